#include "tune/verdict.h"

#include <array>
#include <iterator>
#include <limits>

namespace halflife {
namespace {

bool Underfits(const Comparison& c) {
  double train = 0.0;
  double held = 0.0;
  for (std::size_t f = 0; f < c.best_scores.size(); ++f) {
    train += c.best_scores[f].train_loss - c.baseline_scores[f].train_loss;
    held += c.best_scores[f].validation_loss - c.baseline_scores[f].validation_loss;
  }
  return train > 0.0 && held > 0.0;
}

VerdictLabel LabelOf(const PairedTest& test) {
  constexpr double kLevel = 0.05;
  if (!(test.p_value < kLevel) || test.mean == 0.0) return VerdictLabel::kNoDetectableEffect;
  return test.mean > 0.0 ? VerdictLabel::kHelps : VerdictLabel::kHurts;
}

}  // namespace

std::string_view Name(VerdictLabel label) {
  static constexpr std::array<std::string_view, 4> kNames = {"helps", "no detectable effect",
                                                             "hurts", "no signal"};
  return kNames.at(static_cast<std::size_t>(label));
}

Verdict VerdictOf(const PairedTest& test, double baseline, double compared) {
  Verdict verdict;
  verdict.baseline = baseline;
  verdict.compared = compared;
  verdict.improvement = test.mean;
  verdict.ci95[0] = test.low;
  verdict.ci95[1] = test.high;
  verdict.p_value = test.p_value;
  verdict.minimum_detectable = test.minimum_detectable;
  verdict.label = LabelOf(test);
  return verdict;
}

double HeldToTraining(const Dataset& dataset) {
  const Folds& folds = dataset.folds.front();
  std::vector<double> held(static_cast<std::size_t>(folds.count), 0.0);
  std::vector<double> training(held.size(), 0.0);
  for (std::size_t row = 0; row < folds.of_row.size(); ++row) {
    const double weight = dataset.weights(static_cast<Eigen::Index>(row));
    const int own = folds.of_row[row];
    if (own >= 0) held[static_cast<std::size_t>(own)] += weight;
    for (int fold = 0; fold < folds.count; ++fold) {
      if (folds.Trains(own, fold)) training[static_cast<std::size_t>(fold)] += weight;
    }
  }
  double ratio = 0.0;
  for (std::size_t fold = 0; fold < held.size(); ++fold) ratio += held[fold] / training[fold];
  return ratio / static_cast<double>(folds.count);
}

Verdict NothingCompared(double baseline, double compared) {
  constexpr double kUnknown = std::numeric_limits<double>::quiet_NaN();
  return {.baseline = baseline,
          .compared = compared,
          .improvement = kUnknown,
          .ci95 = {kUnknown, kUnknown},
          .p_value = kUnknown,
          .minimum_detectable = kUnknown,
          .findings = {}};
}

Verdict Judge(const Comparison& comparison, const Dataset& dataset) {
  if (comparison.best == comparison.baseline)
    return NothingCompared(comparison.baseline, comparison.best);
  std::vector<double> differences;
  for (std::size_t f = 0; f < comparison.best_scores.size(); ++f) {
    differences.push_back(comparison.baseline_scores[f].validation_loss -
                          comparison.best_scores[f].validation_loss);
  }
  const PairedTest test = CorrectedPairedTest(differences, HeldToTraining(dataset));
  Verdict verdict = VerdictOf(test, comparison.baseline, comparison.best);
  const auto tell = [&](TuneFinding::Kind kind) {
    verdict.findings.push_back({.kind = kind, .decays = {comparison.best, comparison.baseline}});
  };
  tell(TuneFinding::Kind::kFoldsCompared);
  verdict.findings.back().count = std::ssize(differences);
  if (comparison.selected && test.mean > 0.0) tell(TuneFinding::Kind::kOptimistic);
  if (comparison.best_is_baseline) tell(TuneFinding::Kind::kBaselineIsBest);
  if (verdict.label == VerdictLabel::kHurts && Underfits(comparison))
    tell(TuneFinding::Kind::kUnderfits);
  return verdict;
}

}  // namespace halflife
