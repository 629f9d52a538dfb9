#include "tune/pooled_scores.h"

#include <algorithm>
#include <numeric>

namespace halflife {
namespace {

double SumOfAll(const std::vector<double>& values) {
  return std::accumulate(values.begin(), values.end(), 0.0);
}

// Mean of the folds that have the part; none where no fold has.
std::optional<double> MeanWhereKnown(std::span<const FoldScore> folds,
                                     std::optional<double> HeldOutParts::*part) {
  double sum = 0.0;
  int count = 0;
  for (const FoldScore& fold : folds) {
    const std::optional<double>& value = fold.held.*part;
    if (!value) continue;
    sum += *value;
    ++count;
  }
  return count > 0 ? std::optional(sum / count) : std::nullopt;
}

double PooledR2(std::span<const FoldScore> folds) {
  double error = 0.0;
  double distance = 0.0;
  for (const FoldScore& fold : folds) {
    error += fold.held.squared_error;
    distance += fold.held.squared_distance;
  }
  return distance > 0.0 ? 1.0 - error / distance : 0.0;
}

double MeanAccuracy(std::span<const FoldScore> folds) {
  double sum = 0.0;
  for (const FoldScore& fold : folds) sum += SumOfAll(fold.held.right) / SumOfAll(fold.held.rows);
  return sum / static_cast<double>(folds.size());
}

double BalancedAccuracy(std::span<const FoldScore> folds) {
  double recalls = 0.0;
  int classes = 0;
  for (std::size_t c = 0; c < folds.front().held.rows.size(); ++c) {
    double right = 0.0;
    double rows = 0.0;
    for (const FoldScore& fold : folds) {
      right += fold.held.right[c];
      rows += fold.held.rows[c];
    }
    if (!(rows > 0.0)) continue;  // never held out, as ordered folds can have it
    recalls += right / rows;
    ++classes;
  }
  return recalls / classes;
}

}  // namespace

std::vector<double> HeldOutLosses(std::span<const FoldScore> folds) {
  std::vector<double> losses;
  losses.reserve(folds.size());
  for (const FoldScore& fold : folds) losses.push_back(fold.validation_loss);
  return losses;
}

PooledScores PoolScores(std::span<const FoldScore> folds) {
  PooledScores scores;
  if (folds.front().held.rows.empty()) {
    scores.score = PooledR2(folds);
    return scores;
  }
  scores.score = MeanAccuracy(folds);
  scores.balanced_accuracy = BalancedAccuracy(folds);
  scores.auc = MeanWhereKnown(folds, &HeldOutParts::auc);
  scores.average_precision = MeanWhereKnown(folds, &HeldOutParts::average_precision);
  return scores;
}

double LargestShare(std::span<const FoldScore> folds) {
  std::vector<double> shares(folds.front().held.rows.size(), 0.0);
  for (const FoldScore& fold : folds) {
    const double rows = SumOfAll(fold.held.rows);
    for (std::size_t c = 0; c < shares.size(); ++c) shares[c] += fold.held.rows[c] / rows;
  }
  return *std::max_element(shares.begin(), shares.end()) / static_cast<double>(folds.size());
}

}  // namespace halflife
