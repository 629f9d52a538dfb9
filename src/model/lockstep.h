// Many penalised fits of log loss that advance together: each has its own quasi-Newton step, one
// pass over the rows gives the gradients of all.
#pragma once

#include <optional>
#include <vector>

#include "model/lockstep_passes.h"

namespace halflife {

// The inverse curvature that a fit's steps begin from: the Cholesky factor of its data loss's
// Hessian near the solution, plus the decay.
struct LockstepCurvature {
  Matrix factor;
};

// The Hessian of the fit's own parameters, from the sum of curvatures in the shared scale: output
// by output, symmetric.
Matrix OwnHessian(const FoldScale& scale, const Matrix& summed, int outputs);

// From the sum of curvatures over the training rows in the shared scale. None where it is no
// number.
std::optional<LockstepCurvature> MakeCurvature(const FoldScale& scale, const Matrix& summed,
                                               double weight, double decay, int outputs);

// Effective degrees of freedom: trace of (S + decay)^-1 S, S the Hessian of the weights with the
// intercepts profiled out, from the curvature of all rows at the solution. `rank` is the features'.
double EffectiveDof(const LockstepCurvature& curvature, int outputs, Eigen::Index rank,
                    double decay);

struct LockstepFit {
  double decay = 0.0;
  double weight = 0.0;  // sum of the rows' weights
  const FoldScale* scale = nullptr;
  const LockstepCurvature* curvature = nullptr;
  // Directions of the weights (kept x flat) along which no training row moves: without decay
  // nothing but rounding would step there. May be null.
  const Matrix* flat = nullptr;
  Matrix parameters;  // where it starts, then where it ends
  bool solved = false;
  // The gradient of the data loss's sum where it starts, in the shared scale; empty: not known.
  Matrix gradient = {};
};

// Where a fit may end: `furthest` bounds the norm of a row of cells.
struct LockstepEnd {
  double furthest = 0.0;
  double gradient = 1e-8;  // the most that its norm may be
  double logit = 1e-8;     // the most that the step left may change a logit by; it is then taken
  int passes = 12;         // the most that are made
};

// Moves every fit of the rows to its minimum. Fits that do not come there in a few passes stay
// unsolved; those that are solved already stay as they are.
void SolveLockstep(const LockstepRows& over, const LockstepEnd& end,
                   std::vector<LockstepFit>* fits);

}  // namespace halflife
