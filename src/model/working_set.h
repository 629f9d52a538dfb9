// A quadratic with an elastic-net penalty over the few weights that may differ from 0: where every
// sparse fit does its arithmetic.
#pragma once

#include <vector>

#include "linalg/linalg.h"
#include "model/elastic_net.h"
#include "model/support_factor.h"

namespace halflife {

// Half of w' gram w, less a linear term, over the weights of a working set. `slope` is minus the
// gradient of that at `weights`.
struct WorkingSet {
  std::vector<Eigen::Index> names;  // of its columns, the same from one set to the next
  Eigen::Ref<const Matrix> gram;    // symmetric, positive semidefinite
  Vector weights;
  Vector slope;

  // Moves the weights by `step`, and the slope with them.
  void Move(const Vector& step);
};

// The rows and columns `members` of `from`.
Matrix PickBlock(const Eigen::Ref<const Matrix>& from, const std::vector<Eigen::Index>& members);

// Moves `set` to the minimum of the quadratic and the penalty by coordinate descent (Friedman,
// Hastie, Tibshirani 2010, Journal of Statistical Software 33:1), until a pass over the weights
// would lower it by no more than `tolerance` a weight; every few passes comes a Newton step in the
// weights that are not 0, which on the right ones is the last. Ends too where only rounding is
// left. False where the passes ran out; a weight of no curvature stays as it is.
// `factor` is kept from one set to the next while products of the same names stay the same.
bool Descend(const ElasticNet& penalty, double tolerance, WorkingSet* set, SupportFactor* factor);

}  // namespace halflife
