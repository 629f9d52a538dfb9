// Newton's method for penalised log loss: preconditioned conjugate gradients for the step, a line
// search for safety.
#pragma once

#include <memory>
#include <vector>

#include "model/softmax.h"

namespace halflife {

enum class NewtonEnd {
  kConverged,
  kSeparable,  // decay 0 and the loss falls without end
  kStuck,      // the steps ran out before the gradient was small
};

// Up to this many outputs their joint Hessian is built, whose blocks grow with the square of the
// number.
inline constexpr int kMostOutputsTogether = 30;

// Solves one problem at one decay after another, from the parameters given; keeps the
// curvature it factored while that still serves.
class NewtonSolver {
 public:
  // `rows` must outlive the solver.
  explicit NewtonSolver(const SoftmaxRows* rows, int most_steps = 200);

  // Moves `parameters` to the minimum at `decay`: gradient norm at most 1e-8, and a last step that
  // changed no logit by more than 1e-7 (or a next one that would change none by 1e-9), which bounds
  // the error in directions of little curvature too; or, where rounding keeps steps above that,
  // until neither gradient nor steps shrink.
  NewtonEnd Solve(double decay, Matrix* parameters, SoftmaxState* state);

  // Zero weights and the intercepts that give each class its share of the rows.
  Matrix Start() const;

 private:
  Matrix Step(const SoftmaxState& state, const Matrix& gradient, double decay, double tolerance);
  Matrix Precondition(const Matrix& residual) const;  // about the inverse Hessian times `residual`
  double Reach(const Matrix& step) const;             // the most by which `step` changes a logit
  bool Factor(const SoftmaxState& state, double decay);
  void Move(double decay, const Matrix& gradient, const Matrix& step, double reach,
            Matrix* parameters, SoftmaxState* state) const;
  bool Lowers(double decay, double slope, double length, const Matrix& step,
              const SoftmaxState& before, const Matrix& moved, const SoftmaxState& after) const;

  const SoftmaxRows* rows_;
  int most_steps_;
  double furthest_;  // no row has a larger norm
  std::vector<std::vector<int>>
      groups_;                   // outputs whose joint Hessian is factored: all, or one by one
  std::vector<Matrix> factors_;  // its Cholesky factor, one a group
  // Of inputs that are not laid out: instead of factors.
  std::unique_ptr<InputPreconditioner> preconditioner_;
  bool closely_ = false;  // whether it is as near to the inverse as can be
  bool stale_ = true;
  // By how much the inverse Hessian exceeded the preconditioner along the last step's directions.
  double gain_ = 0.0;
};

// Whether without any decay `rows` have no finite fit. Their inputs should be independent: along
// columns that depend on each other a step may be rounding alone.
bool HasNoFiniteFit(const SoftmaxRows& rows);

// Where a solver was stuck: the same problem from `Start` down a path of its own, a factor of 10 in
// decay at a time, with many more steps each.
NewtonEnd SolveFromScratch(const SoftmaxRows& rows, double decay, Matrix* parameters,
                           SoftmaxState* state);

}  // namespace halflife
