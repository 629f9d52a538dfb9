// How a fit, or the best constant, does on rows that it was not trained on.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "model/model.h"

namespace halflife {

// Area under the ROC curve: the share of pairs, one of each class, that `scores` order rightly, a
// tie counting half. None where a class has no row.
std::optional<double> AreaUnderRoc(const Vector& scores, std::span<const int32_t> classes,
                                   const Vector& weights);

// The sum over thresholds of the precision at each times the recall gained there (no
// interpolation). None where a class has no row.
std::optional<double> AveragePrecision(const Vector& scores, std::span<const int32_t> classes,
                                       const Vector& weights);

// Of the logits (m x n; one logit for two classes) of n held-out rows; `weights` are theirs.
HeldOutParts HeldOutOfLogits(const Matrix& logits, std::span<const int32_t> classes,
                             const Vector& weights);

// What share of the rows each class has, `weight` (a class each) being the sum of its rows'
// weights. A class without a row counts as half a row of mean weight `row`, so that a held-out row
// of it has a finite loss.
Vector ClassShares(const Vector& weight, double row);

// The logits of constant class shares: one for two classes, else one a class.
Vector LogitsOfShares(const Vector& shares);

// Of the best constant of the training rows, on every fold of every repeat (see Model).
std::vector<FoldScore> ScoreConstants(const Dataset& dataset, int threads = 1);

// All pairs of folds, first by first, without losses yet.
std::vector<PairScores> PairsOf(const Folds& folds, std::size_t decays);

}  // namespace halflife
