// Held-out scores of several folds as one: what a decay's row of the table says beside its losses.
#pragma once

#include <optional>
#include <span>
#include <vector>

#include "model/model.h"

namespace halflife {

struct PooledScores {
  double score = 0.0;  // R2 over all held-out rows, or the mean of the folds' accuracies
  std::optional<double> balanced_accuracy;  // classification: mean over classes of pooled recall
  std::optional<double> auc;                // mean over the folds that hold both classes
  std::optional<double> average_precision;  // as auc
};

// The folds' losses on what they hold out.
std::vector<double> HeldOutLosses(std::span<const FoldScore> folds);

// Of at least one fold. R2 is 1 - sum of squared errors / sum of squared distances to the means of
// the rows trained on (0 where these are all 0).
PooledScores PoolScores(std::span<const FoldScore> folds);

// Of classes: the accuracy, mean over folds as score is, of always telling the one class with which
// it is highest.
double LargestShare(std::span<const FoldScore> folds);

}  // namespace halflife
