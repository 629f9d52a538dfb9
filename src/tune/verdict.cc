#include "tune/verdict.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <limits>

#include "tune/fold_choice.h"
#include "tune/score_change.h"
#include "tune/verdict_findings.h"

namespace halflife {
namespace {

VerdictLabel LabelOf(const PairedTest& test) {
  constexpr double kLevel = 0.05;
  if (!(test.p_value < kLevel) || test.mean == 0.0) return VerdictLabel::kNoDetectableEffect;
  return test.mean > 0.0 ? VerdictLabel::kHelps : VerdictLabel::kHurts;
}

class Judging {
 public:
  Judging(const Sweep& sweep, const Dataset& dataset)
      : sweep_(sweep),
        baseline_(BaselineOf(sweep)),
        dependence_(DependenceOf(sweep, dataset)),
        baseline_loss_(MeanAndError(LossesOf(baseline_.folds)).mean),
        null_loss_(MeanAndError(LossesOf(sweep.null_scores)).mean) {
    for (const std::size_t chosen : ChooseInFolds(sweep)) tuned_.push_back(&sweep.trials[chosen]);
  }

  Verdict Make(std::optional<double> current) const {
    const bool one = sweep_.trials.size() == 1 && !sweep_.baseline;
    Verdict verdict = one ? NothingCompared(baseline_.decay, baseline_.decay) : Compare();
    for (const double decay : kTextbookDecays) {
      const Trial* trial = decay == baseline_.decay ? nullptr : Find(decay);
      if (trial != nullptr)
        verdict.textbook.push_back(
            {decay, GainOver(LossesOf(baseline_.folds), LossesOf(trial->folds))});
    }
    const Trial* in_use = current ? Find(*current) : nullptr;
    if (in_use != nullptr)
      verdict.over_current = {*current, GainOver(LossesOf(in_use->folds), TunedLosses())};
    return verdict;
  }

 private:
  // Tuned against the baseline.
  Verdict Compare() const {
    const std::vector<double> before = LossesOf(baseline_.folds);
    const std::vector<double> after = TunedLosses();
    const PairedTest test = SkewedPairedTest(Less(before, after), dependence_);
    Verdict verdict = VerdictOf(test, baseline_.decay, Compared().decay);
    if (!(test.error > 0.0)) verdict.minimum_detectable = std::numeric_limits<double>::quiet_NaN();
    verdict.gain_percent = PercentOf(before, after);
    verdict.baseline_loss = baseline_loss_;
    verdict.negligible_band = Band();
    verdict.chance_negligible = ChanceWithin(test, Band());
    const auto chosen = std::count_if(tuned_.begin(), tuned_.end(), [&](const Trial* trial) {
      return trial->decay == baseline_.decay;
    });
    verdict.chose_baseline = {static_cast<int>(chosen), static_cast<int>(tuned_.size())};
    verdict.score_changes = ScoreChanges(baseline_.folds, TunedFolds(), dependence_);
    verdict.findings = FindingsOf(sweep_, verdict, dependence_);
    return verdict;
  }

  static std::vector<double> LossesOf(const std::vector<FoldScore>& folds) {
    std::vector<double> losses;
    losses.reserve(folds.size());
    for (const FoldScore& fold : folds) losses.push_back(fold.validation_loss);
    return losses;
  }

  std::vector<double> TunedLosses() const {
    std::vector<double> losses;
    for (std::size_t f = 0; f < tuned_.size(); ++f)
      losses.push_back(tuned_[f]->folds[f].validation_loss);
    return losses;
  }

  static std::vector<double> Less(const std::vector<double>& a, const std::vector<double>& b) {
    std::vector<double> differences(a.size());
    for (std::size_t i = 0; i < a.size(); ++i) differences[i] = a[i] - b[i];
    return differences;
  }

  std::optional<Percent> PercentOf(const std::vector<double>& before,
                                   const std::vector<double>& after) const {
    if (!(MeanAndError(before).mean > 0.0)) return std::nullopt;
    const RatioInterval share = SavedShare(before, after, dependence_);
    return Percent{100.0 * share.mean, {100.0 * share.low, 100.0 * share.high}};
  }

  Gain GainOver(const std::vector<double>& before, const std::vector<double>& after) const {
    const PairedTest test = SkewedPairedTest(Less(before, after), dependence_);
    return {test.mean, {test.low, test.high}, test.p_value, PercentOf(before, after)};
  }

  // Where the baseline's loss is nearly 0, a share of it is nothing to speak of.
  double Band() const {
    constexpr double kOfConstant = 1e-6;
    return std::max(kNegligibleShare * baseline_loss_, kOfConstant * null_loss_);
  }

  // The best, or where that is the baseline, the best of the others.
  const Trial& Compared() const {
    const Trial* best = &sweep_.trials[static_cast<std::size_t>(sweep_.best)];
    if (best->decay != baseline_.decay || sweep_.trials.size() < 2) return *best;
    best = &sweep_.trials[1];
    for (const Trial& trial : sweep_.trials) {
      if (trial.decay != baseline_.decay && trial.MeanValidation() <= best->MeanValidation())
        best = &trial;
    }
    return *best;
  }

  const Trial* Find(double decay) const {
    const auto in = [&](const std::vector<Trial>& trials) -> const Trial* {
      const auto at = std::find_if(trials.begin(), trials.end(),
                                   [&](const Trial& trial) { return trial.decay == decay; });
      return at == trials.end() ? nullptr : &*at;
    };
    if (baseline_.decay == decay) return &baseline_;
    const Trial* found = in(sweep_.trials);
    return found != nullptr ? found : in(sweep_.beside);
  }

  std::vector<FoldScore> TunedFolds() const {
    std::vector<FoldScore> folds;
    for (std::size_t f = 0; f < tuned_.size(); ++f) folds.push_back(tuned_[f]->folds[f]);
    return folds;
  }

  const Sweep& sweep_;
  const Trial& baseline_;
  FoldDependence dependence_;
  double baseline_loss_;
  double null_loss_;
  std::vector<const Trial*> tuned_;  // one a fold
};

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

Verdict NothingCompared(double baseline, double compared) {
  constexpr double kUnknown = std::numeric_limits<double>::quiet_NaN();
  return {.baseline = baseline,
          .compared = compared,
          .improvement = kUnknown,
          .ci95 = {kUnknown, kUnknown},
          .p_value = kUnknown,
          .minimum_detectable = kUnknown,
          .score_changes = {},
          .textbook = {},
          .findings = {}};
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

FoldDependence DependenceOf(const Sweep& sweep, const Dataset& dataset) {
  return {static_cast<int>(sweep.folds.size()) / sweep.repeats, HeldToTraining(dataset)};
}

Verdict Judge(const Sweep& sweep, const Dataset& dataset, std::optional<double> current) {
  return Judging(sweep, dataset).Make(current);
}

}  // namespace halflife
