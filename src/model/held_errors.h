// Held-out squared errors of linear predictions, from sums over the held-out rows.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "model/fold_rows.h"
#include "model/gram.h"

namespace halflife {

// Weighted sums of squared errors, a column of `weights` each, and which of them are a small rest
// of large sums, so that their digits are lost.
struct ErrorsOfSums {
  std::vector<double> errors;
  std::vector<Eigen::Index> close;
};
ErrorsOfSums HeldErrorsOfSums(const Design& design, const GramStandardizer& learnt,
                              const RowSums& held, const Matrix& weights);

// Adds the squared errors over `rows` of `design`, whose targets, less what `learnt` has them less,
// and weights are given.
void AddSquaredErrors(const Design& design, std::span<const uint32_t> rows,
                      const GramStandardizer& learnt, const Vector& target,
                      const Vector& row_weights, const Matrix& weights,
                      std::vector<double>* errors);

// The weighted sum over rows.held of squared errors for each column of `weights` (kept x decays, of
// standardised features), `held` being the sums of those rows. An error that is a small rest of
// large sums is added up anew from the rows.
std::vector<double> HeldErrors(const FoldRows& rows, const GramStandardizer& learnt,
                               const RowSums& held, const Matrix& weights);

// The same over `which` rows, from the rows themselves.
std::vector<double> ErrorsOfRows(const FoldRows& rows, std::span<const uint32_t> which,
                                 const GramStandardizer& learnt, const Matrix& weights);

}  // namespace halflife
