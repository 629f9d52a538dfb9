// Log loss with an elastic-net penalty along a path of decays: proximal Newton, each fit
// starting from the last.
#pragma once

#include <vector>

#include "model/elastic_net.h"
#include "model/log_curvature.h"
#include "model/log_loss.h"

namespace halflife {

// Whose decayed weights are all 0 at first.
class SparseLogPath {
 public:
  explicit SparseLogPath(LogLossRows rows);

  // The least l1 at which all decayed weights are 0. None where the columns that are not decayed
  // have no finite fit.
  double LargestL1() const { return largest_; }
  bool fits() const { return fits_; }

  // Moves to the minimum at `penalty`: to a duality gap of at most 1e-10 of the loss without
  // decayed weights where rounding allows it, by steps that each minimise the quadratic that
  // touches the loss in one output's weights (Lee, Sun, Saunders 2014, SIAM J. Optim. 24:1420).
  // False where the gap stays above 1e-6.
  bool MoveTo(const ElasticNet& penalty);

  // Back to decayed weights of 0.
  void Restart();

  const Matrix& weights() const { return weights_; }            // decayed features x outputs
  const Matrix& free_weights() const { return free_weights_; }  // intercepts, then the others
  double loss() const { return state_.loss; }                   // mean data loss
  double l1() const { return l1_; }                             // of the last penalty
  double Gap(const ElasticNet& penalty) const;

  // Of one output: the trace of what maps the targets to their fit, at the last Newton step.
  double EffectiveDof(const ElasticNet& penalty);

 private:
  // A block of outputs whose weights step together: all, or where their joint curvature would be
  // too large one by one.
  struct Block {
    std::vector<Eigen::Index> outputs;
    LogCurvature curvature;
    std::vector<WeightPlace> working;  // the weights that may differ from 0
  };
  // A step of a block's weights, and the logits' move.
  struct Move {
    Vector before;
    Vector after;
    Vector free;
    Matrix logits;          // n x outputs of the block
    double promised = 0.0;  // what loss and penalty would fall by, were they a line along it
  };

  void Divide(const std::vector<WeightPlace>& working);
  void RefreshSlopes();
  std::vector<WeightPlace> Candidates(double least) const;
  bool Settle(const ElasticNet& penalty, double enough);
  double Step(const ElasticNet& penalty, double exact, bool renew, Block* block);
  Move Propose(const ElasticNet& penalty, double exact, const Block& block) const;
  bool Search(const ElasticNet& penalty, const Move& move, const Block& block);
  void ShareOut(const ElasticNet& penalty);
  bool Work(const WeightPlace& place);
  bool WorkOnViolators(const ElasticNet& penalty);

  LogLossRows rows_;
  Matrix weights_;
  Matrix free_weights_;
  Matrix logits_;  // n x outputs; for several outputs but for a number a row
  LogLoss state_;
  Matrix slopes_;  // minus the data loss's gradient in the decayed weights, where refreshed
  std::vector<Block> blocks_;
  double largest_ = 0.0;
  double unit_ = 1.0;  // the loss where the decayed weights are 0
  double l1_;
  bool fits_ = true;
  bool halved_ = false;  // whether the last step had to be shortened
};

}  // namespace halflife
