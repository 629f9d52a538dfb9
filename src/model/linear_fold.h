// One fold of linear regression: the ridge problem of its training rows, and the rows that check
// it.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <vector>

#include "model/fold_rows.h"
#include "model/gram.h"
#include "model/model.h"
#include "model/ridge.h"
#include "model/ridge_criteria.h"

namespace halflife {

// The held-out rows stand as their sums, or as they are: in the axes of the ridge problem.
struct LinearFold {
  Ridge ridge;
  GramStandardizer learnt;
  bool from_sums = false;
  Matrix held_axes;    // rows: r x held rows
  Vector held_target;  // rows: less the training mean
};

// From sums over the training rows. None where `ridge` has to come from the rows.
std::optional<LinearFold> LinearFoldFromSums(const FoldRows& rows, RowSums training);

// From the rows.
LinearFold LinearFoldFromRows(const FoldRows& rows);

// The fits at `decays` of all rows, of weight `weight`, whose ridge problem is `full`; `left_out`
// is of all rows.
std::vector<Fit> FitsOf(const Ridge& full, std::span<const double> decays, double intercept,
                        double weight, const std::vector<std::optional<LeftOut>>& left_out);

// The score of each decay: mean losses `train`, sums of squared errors `errors` over held-out rows
// of weight `weight`, and those of the training mean, `distance`.
std::vector<FoldScore> LinearScores(const Vector& train, const std::vector<double>& errors,
                                    double weight, double distance);

// The ridge problem of the rows behind `sums`, where these have the digits for it.
std::optional<Ridge> RidgeOfSums(const Dataset& data, RowSums sums, const GramStandardizer& learnt,
                                 const std::vector<uint32_t>& rows);

// The ridge problem of `rows`; `target`, theirs, has a weighted mean of 0.
Ridge RidgeOfRows(const Dataset& data, const Standardizer& learnt, const Vector& target,
                  const std::vector<uint32_t>& rows);

// Two folds that were removed at once: the rows that both train on, and those that each holds out.
struct PairRows {
  const Dataset& data;
  const Vector& centred;
  std::vector<uint32_t> training;
  std::vector<uint32_t> first;
  std::vector<uint32_t> second;
};

// One a decay; `sums` are null, or those of the training rows and of each fold's.
struct PairSums {
  RowSums training;
  const RowSums& first;
  const RowSums& second;
};
std::vector<PairLosses> ScoreLinearPair(const PairRows& rows, std::optional<PairSums> sums,
                                        std::span<const double> decays);

// The mean leave-one-out loss of the training rows, one a decay.
std::vector<std::optional<double>> LeaveOneOutOfTraining(const FoldRows& rows,
                                                         const LinearFold& fold,
                                                         std::span<const double> decays);

// One a decay; `held` are the sums of the held-out rows, which a fold made from sums asks for.
// Where their digits do not tell an error, it comes from the rows.
std::vector<FoldScore> ScoreLinearFold(const FoldRows& rows, const LinearFold& fold,
                                       const RowSums* held, std::span<const double> decays);

}  // namespace halflife
