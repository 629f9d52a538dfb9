// Newton's method for penalised log loss: preconditioned conjugate gradients for the step, a line
// search for safety.
#pragma once

#include "model/softmax.h"

namespace halflife {

enum class NewtonEnd {
  kConverged,
  kSeparable,  // decay 0 and the loss falls without end
  kStuck,      // no progress before the gradient was small: extreme values in the data
};

// Solves one problem at one decay after another, each starting where the last ended; keeps the
// curvature it factored while that still serves.
class NewtonSolver {
 public:
  // `rows` must outlive the solver.
  explicit NewtonSolver(const SoftmaxRows* rows);

  // Moves `parameters` to the minimum at `decay`: gradient norm at most 1e-8, and a last step that
  // changed no logit by more than 1e-7, which bounds the error in directions of little curvature
  // too.
  NewtonEnd Solve(double decay, Matrix* parameters, SoftmaxState* state);

  // Zero weights and the intercepts that give each class its share of the rows.
  Matrix Start() const;

 private:
  Matrix Step(const SoftmaxState& state, const Matrix& gradient, double decay, double tolerance);
  Matrix Precondition(const Matrix& residual) const;  // about the inverse Hessian times `residual`
  double Reach(const Matrix& step) const;             // the most by which `step` changes a logit
  void Factor(const SoftmaxState& state, double decay);
  bool Search(double decay, const Matrix& gradient, Matrix step, Matrix* parameters,
              SoftmaxState* state);

  const SoftmaxRows* rows_;
  std::vector<std::vector<int>>
      groups_;                   // outputs whose joint Hessian is factored: all, or one by one
  std::vector<Matrix> factors_;  // its Cholesky factor, one a group
  bool stale_ = true;
};

}  // namespace halflife
