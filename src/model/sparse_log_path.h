// Log loss with an elastic-net penalty along a path of decays: proximal Newton, output by output,
// each fit starting from the last.
#pragma once

#include <vector>

#include "model/elastic_net.h"
#include "model/log_loss.h"
#include "model/output_curvature.h"

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
  void RefreshSlopes();
  std::vector<Eigen::Index> Candidates(int output, double least) const;
  bool Settle(const ElasticNet& penalty, double enough);
  double Step(int output, const ElasticNet& penalty, bool renew);
  bool Search(int output, const ElasticNet& penalty, const Vector& move, const Vector& step,
              const Vector& free_step, double promised);
  void ShareOut(const ElasticNet& penalty);
  bool Work(std::size_t output, Eigen::Index feature);
  bool WorkOnViolators(const ElasticNet& penalty);

  LogLossRows rows_;
  Matrix weights_;
  Matrix free_weights_;
  Matrix logits_;  // n x outputs; for several outputs but for a number a row
  LogLoss state_;
  Matrix slopes_;  // minus the data loss's gradient in the decayed weights, where refreshed
  std::vector<OutputCurvature> curvature_;
  std::vector<std::vector<Eigen::Index>> working_;
  double largest_ = 0.0;
  double unit_ = 1.0;  // the loss where the decayed weights are 0
  double l1_;
  bool fits_ = true;
  bool halved_ = false;  // whether the last step had to be shortened
};

}  // namespace halflife
