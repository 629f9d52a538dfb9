// One fold of linear regression: the ridge problem of its training rows, and the rows that check
// it.
#pragma once

#include <span>
#include <vector>

#include "model/gram.h"
#include "model/model.h"
#include "model/ridge.h"

namespace halflife {

// The held-out rows stand either as their Gram matrix or as they are.
struct LinearFold {
  Ridge ridge;
  std::optional<StandardizedGram> held_gram;
  Matrix held_axes;            // rows: r x held rows, in the axes of the basis
  Vector held_target;          // rows: less the training mean
  Vector held_weights;         // rows
  double held_weight = 0.0;    // sum of the held-out rows' weights
  double held_distance = 0.0;  // mean of the squared distance of their target to the training mean
};

// From sums over training and held-out rows. None where `ridge` has to come from the rows.
std::optional<LinearFold> LinearFoldFromSums(const Dataset& data, const RowSums& training,
                                             const RowSums& held,
                                             const std::vector<uint32_t>& training_rows);

// From the rows; `centred` is the target of all rows less some constant.
LinearFold LinearFoldFromRows(const Dataset& data, const Vector& centred,
                              const std::vector<uint32_t>& training,
                              const std::vector<uint32_t>& held);

// The ridge problem of the rows behind `sums`, where these have the digits for it.
std::optional<Ridge> RidgeOfSums(const Dataset& data, const RowSums& sums,
                                 const GramStandardizer& learnt, const std::vector<uint32_t>& rows);

// The ridge problem of `rows`; `target`, theirs, has a weighted mean of 0.
Ridge RidgeOfRows(const Dataset& data, const Standardizer& learnt, const Vector& target,
                  const std::vector<uint32_t>& rows);

// One a decay.
std::vector<FoldScore> ScoreLinearFold(const LinearFold& fold, std::span<const double> decays);

}  // namespace halflife
