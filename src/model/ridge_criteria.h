// What a ridge fit on all of some rows says of a decay without holding any out: leave-one-out,
// generalised cross-validation and the evidence, all from the decomposition that the fit comes
// from.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <vector>

#include "data/dataset.h"
#include "model/ridge.h"
#include "model/standardizer.h"

namespace halflife {

// The rows that a ridge problem was made of: how they were standardised, their target (in their
// order, less its weighted mean).
struct RidgeRows {
  const Dataset& data;
  const Standardizer& learnt;
  const std::vector<uint32_t>& rows;
  const Vector& target;
  int threads = 1;
};

// V of the singular value decomposition of the rows, scaled by the roots of their shares of the
// weight: outward' z sqrt(share), a row a row.
struct RowAxes {
  Vector values;   // squares of the singular values
  Vector turned;   // V'y
  Matrix outward;  // basis diag(1 / sqrt(values)); empty where V is at hand
};
// Of a ridge problem that knows its rows; none where its decomposition is not found.
std::optional<RowAxes> AxesOf(const Ridge& ridge);

// Some rows of V, their shares of the weight, and their targets times the roots of these.
struct AxesRows {
  Matrix v;
  Vector share;
  Vector target;
};

// Of predicting each row by the fit to the others.
struct LeftOut {
  double loss = 0.0;
  // The mean over rows of the prediction's variance, the noise's variance being 1 (of a row of
  // average weight; its inverse goes with the weight).
  double variance = 0.0;
};

// Sums over some rows for LeaveOneOut, a value a decay.
struct LeftOutSums {
  Vector squares;
  Vector spreads;  // of a row's prediction: sum of the others' squared parts in it
  std::vector<char> known;
};
LeftOutSums SumLeftOut(const AxesRows& rows, const RowAxes& axes, std::span<const double> decays);
// `rows`: how many all parts have together.
std::vector<std::optional<LeftOut>> LeftOutOf(std::span<const LeftOutSums> parts,
                                              std::size_t decays, std::size_t rows);

// Whether the ridge problem still knows its rows well enough for LeaveOneOut: one made by
// RidgeFromRows does while it has `right`.
bool KnowsItsRows(const Ridge& ridge);

// Whether LeaveOneOut costs little beside the fits.
bool LeaveOneOutIsCheap(const Ridge& ridge, std::size_t rows, std::size_t decays);

// The mean loss, 1/2 squared error weighted as all losses are, of predicting each row by the fit to
// the others, one a decay: means, scales and the penalty (weight of the rows * decay) stay those of
// all rows, the intercept is fitted anew. With the leverage h_i = w_i/W + w_i z_i'(Z'WZ + W
// decay)^-1 z_i a residual e_i becomes e_i / (1 - h_i) (Allen 1974, Technometrics 16:125). A row
// that its fit without decay meets whatever its target is, has the limit for decay from above.
// With M the matrix that makes the residuals, the prediction without row i is the targets of the
// others times -M_ij / M_ii: its variance is ((M^2)_ii / M_ii^2 - 1) times the noise's. None where
// a leverage is so near to 1 that its distance from it has too few digits.
std::vector<std::optional<LeftOut>> LeaveOneOut(const Ridge& ridge, const RidgeRows& of,
                                                std::span<const double> decays);

// 1/2 (RSS/n) / (1 - (dof + 1)/n)^2 of rows of weight n (Golub, Heath and Wahba 1979, Technometrics
// 21:215; the intercept counts as one), `loss` being RSS/n/2. None where nothing is left of n.
std::optional<double> GcvLoss(const Vector& values, double loss, double weight, double decay);

// The log density of the centred targets of rows of weight n, in their own unit: weights have the
// prior variance noise/(n decay), and the noise is what makes it largest (MacKay 1992, Neural
// Computation 4:415). `fit` is twice the penalised loss, RSS/n + decay ||w||^2. None without decay,
// where it is 0.
std::optional<double> LogEvidence(const Vector& values, double fit, double weight, double decay);

}  // namespace halflife
