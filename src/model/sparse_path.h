// Least squares with an elastic-net penalty along a path of decays: each fit starts from the last.
#pragma once

#include <vector>

#include "model/elastic_net.h"
#include "model/least_squares.h"
#include "model/support_factor.h"

namespace halflife {

// Whose weights are all 0 at first.
class SparsePath {
 public:
  explicit SparsePath(LeastSquares problem);

  // The least l1 at which all weights are 0.
  double LargestL1() const {
    return problem_.cross().size() > 0 ? problem_.cross().lpNorm<Eigen::Infinity>() : 0.0;
  }

  // Moves to the minimum at `penalty`, to a duality gap of at most 1e-12 of target() / 2 where
  // rounding allows it. Sequential strong rules say which weights may differ from 0 (Tibshirani et
  // al. 2012, JRSS B 74:245); all others are checked at the end. False where the gap stays above
  // 1e-6 of target() / 2.
  bool MoveTo(const ElasticNet& penalty);

  // Back to weights of 0.
  void Restart();

  // Gives the memory back of what can be made again.
  void Forget();

  const LeastSquares& problem() const { return problem_; }
  LeastSquares& problem() { return problem_; }
  const Vector& weights() const { return weights_; }
  const Vector& slopes() const { return slopes_; }  // minus the data loss's gradient
  double l1() const { return l1_; }                 // of the last penalty; infinite at first
  double SquaredError() const { return problem_.SquaredError(weights_, slopes_); }

  // The duality gap at `penalty`, a bound of how far the fit's objective is above the minimum.
  double Gap(const ElasticNet& penalty) const;

 private:
  std::vector<Eigen::Index> Candidates(const ElasticNet& penalty);
  bool AddViolators(const ElasticNet& penalty, std::vector<Eigen::Index>* members) const;
  Vector Expected(double l1) const;
  bool Solve(const ElasticNet& penalty, double tolerance, const Vector* start,
             std::vector<Eigen::Index>* members);
  double Rounding() const;

  LeastSquares problem_;
  Vector weights_;
  Vector slopes_;
  double certain_ = 0.0;  // slopes from here on have all their digits, see LeastSquares::Slopes
  double l1_;
  SupportFactor factor_;
  Vector weights_before_;  // of the penalty before the last
  double l1_before_;
};

}  // namespace halflife
