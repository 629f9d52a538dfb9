// Ridge at every decay from one Krylov basis of products with the rows: what a decomposition is to
// small problems, for those with thousands of sparse features.
#pragma once

#include <span>
#include <vector>

#include "model/sparse_rows.h"

namespace halflife {

// A = R (Z - 1 m') for the rows Z: each row times the root R of its weight, its weighted mean m
// taken away, as an intercept that is fitted along does.
class CentredRows {
 public:
  // `weights`: one a row, not negative. `rows` must outlive it.
  CentredRows(const SparseRows& rows, const Vector& weights);

  const SparseRows& rows() const { return rows_; }
  const Vector& roots() const { return roots_; }
  Vector Times(const Vector& features) const;
  Vector Against(const Vector& values) const;

 private:
  Vector WithoutMean(Vector values) const;

  const SparseRows& rows_;
  Vector roots_;
  Vector unit_;  // roots, of norm 1
};

struct RidgeSolutions {
  Matrix weights;            // features x decays
  std::vector<char> solved;  // one a decay
  int steps = 0;
};

// Minimises ||b - A w||^2 + decay ||w||^2 at every decay, at 0 with the least ||w||, by Golub and
// Kahan's bidiagonalisation with damping (Paige and Saunders 1982, ACM TOMS 8:43), each new vector
// made orthogonal to all before it. Solutions lie in the rows' span, so that levels that add up to
// 1, or any other dependent columns, need no care. Solved: the gradient is 1e-14 of that at w = 0,
// by the recurrence.
RidgeSolutions SolveByKrylov(const CentredRows& a, const Vector& b, std::span<const double> decays,
                             int most_steps = 500);

// The same for one decay by conjugate gradients, preconditioned with the exact inverse at this
// decay or, below it, at one whose rounding is still small; that inverse shares all eigenvectors
// with the problem, so that the solution stays in the rows' span. For what SolveByKrylov leaves
// unsolved: rows whose categories hang together by few threads. False where it ends no nearer than
// 1e-11 of the gradient at 0.
bool SolveBySchur(const CentredRows& a, const Vector& b, double decay, Eigen::Ref<Vector> weights);

// About the eigenvalues of A'A that are not 0: some of them, largest first, each standing for a
// number of them.
struct SpectrumEstimate {
  Vector values;
  Vector counts;

  // As many values as there are eigenvalues, to a whole number.
  Vector Spread() const;
  double EffectiveDof(double decay) const;
};

// By Lanczos quadrature from random signs (Ubaru, Chen and Saad 2017, SIAM J. Matrix Anal. 38:1075)
// that are always the same; for the effective degrees of freedom this is Hutchinson's estimate of a
// trace. Relative errors are some 1/sqrt(probes * features).
SpectrumEstimate EstimateSpectrum(const CentredRows& a, int probes, int threads);

}  // namespace halflife
