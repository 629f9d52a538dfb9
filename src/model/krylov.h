// Ridge at every decay from one Krylov basis of products with the rows: what a decomposition is to
// small problems, for those with thousands of features, of which a row sets few.
#pragma once

#include <span>
#include <vector>

#include "model/centred_rows.h"

namespace halflife {

struct RidgeSolutions {
  Matrix weights;            // features x decays
  std::vector<char> solved;  // one a decay
  int steps = 0;
};

// Minimises ||b - A w||^2 + decay ||w||^2 at every decay, at 0 with the least ||w||, by Golub and
// Kahan's bidiagonalisation with damping (Paige and Saunders 1982, ACM TOMS 8:43), each new vector
// made orthogonal to all before it. Solutions lie in the rows' span, so that levels that add up to
// 1, or any other dependent columns, need no care. Solved: the gradient is 1e-14 of that at w = 0,
// or less by the square of the smallest singular value's share of the largest, by the recurrence.
RidgeSolutions SolveByKrylov(const CentredRows& a, const Vector& b, std::span<const double> decays,
                             int most_steps = 500);

// The same for one decay by conjugate gradients, preconditioned with the exact inverse at this
// decay or, below it, at one whose rounding is still small; that inverse shares all eigenvectors
// with the problem, so that the solution stays in the rows' span. For what SolveByKrylov leaves
// unsolved: rows whose categories hang together by few threads. False where it ends no nearer than
// 1e-11 of the gradient at 0.
bool SolveBySchur(const CentredRows& a, const Vector& b, double decay, Eigen::Ref<Vector> weights);

}  // namespace halflife
