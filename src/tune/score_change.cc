#include "tune/score_change.h"

#include <array>
#include <numeric>

#include "tune/pooled_scores.h"

namespace halflife {
namespace {

using FoldScores = std::span<const FoldScore>;

ScoreChange ChangeOf(ScoreChange::Score score, double baseline, double tuned,
                     const PairedTest& test) {
  return {score, baseline, tuned, {test.low, test.high}};
}

// What each fold adds to the change of the pooled R2, times their number: the mean is the change.
std::vector<double> R2Differences(FoldScores baseline, FoldScores tuned) {
  double distance = 0.0;
  for (const FoldScore& fold : baseline) distance += fold.held.squared_distance;
  std::vector<double> differences;
  for (std::size_t f = 0; f < baseline.size(); ++f) {
    const double less = baseline[f].held.squared_error - tuned[f].held.squared_error;
    differences.push_back(distance > 0.0 ? less / distance * static_cast<double>(baseline.size())
                                         : 0.0);
  }
  return differences;
}

std::vector<double> AccuracyDifferences(FoldScores baseline, FoldScores tuned) {
  const auto sum = [](const std::vector<double>& of) {
    return std::accumulate(of.begin(), of.end(), 0.0);
  };
  std::vector<double> differences;
  for (std::size_t f = 0; f < baseline.size(); ++f)
    differences.push_back((sum(tuned[f].held.right) - sum(baseline[f].held.right)) /
                          sum(baseline[f].held.rows));
  return differences;
}

std::vector<double> AucDifferences(FoldScores baseline, FoldScores tuned) {
  std::vector<double> differences;
  for (std::size_t f = 0; f < baseline.size(); ++f) {
    if (baseline[f].held.auc && tuned[f].held.auc)
      differences.push_back(*tuned[f].held.auc - *baseline[f].held.auc);
  }
  return differences;
}

}  // namespace

std::string_view Name(ScoreChange::Score score) {
  static constexpr std::array<std::string_view, 3> kNames = {"r2", "accuracy", "auc"};
  return kNames.at(static_cast<std::size_t>(score));
}

std::vector<ScoreChange> ScoreChanges(FoldScores baseline, FoldScores tuned,
                                      const FoldDependence& dependence) {
  const PooledScores before = PoolScores(baseline);
  const PooledScores after = PoolScores(tuned);
  const auto test = [&](const std::vector<double>& differences) {
    return SkewedPairedTest(differences, dependence);
  };
  if (baseline.front().held.rows.empty()) {
    return {ChangeOf(ScoreChange::Score::kR2, before.score, after.score,
                     test(R2Differences(baseline, tuned)))};
  }
  std::vector<ScoreChange> changes = {ChangeOf(ScoreChange::Score::kAccuracy, before.score,
                                               after.score,
                                               test(AccuracyDifferences(baseline, tuned)))};
  if (before.auc && after.auc) {
    changes.push_back(ChangeOf(ScoreChange::Score::kAuc, *before.auc, *after.auc,
                               test(AucDifferences(baseline, tuned))));
  }
  return changes;
}

}  // namespace halflife
