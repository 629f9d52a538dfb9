#include "tune/verdict.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <limits>
#include <set>

#include "tune/fold_choice.h"
#include "tune/pooled_scores.h"
#include "tune/score_change.h"
#include "tune/verdict_findings.h"

namespace halflife {
namespace {

VerdictLabel LabelOf(const PairedTest& test) {
  constexpr double kLevel = 0.05;
  if (!(test.p_value < kLevel) || test.mean == 0.0) return VerdictLabel::kNoDetectableEffect;
  return test.mean > 0.0 ? VerdictLabel::kHelps : VerdictLabel::kHurts;
}

std::optional<Percent> PercentOf(const std::vector<double>& before,
                                 const std::vector<double>& after,
                                 const FoldDependence& dependence) {
  if (!(MeanAndError(before).mean > 0.0)) return std::nullopt;
  const RatioInterval share = SavedShare(before, after, dependence);
  return Percent{100.0 * share.mean, {100.0 * share.low, 100.0 * share.high}};
}

class Judging {
 public:
  Judging(const Sweep& sweep, const Dataset& dataset)
      : sweep_(sweep),
        baseline_(BaselineOf(sweep)),
        dependence_(DependenceOf(sweep, dataset)),
        baseline_losses_(HeldOutLosses(baseline_.folds)) {
    const std::vector<std::size_t> chosen = ChooseInFolds(sweep);
    for (std::size_t f = 0; f < chosen.size(); ++f) {
      const Trial& trial = sweep.trials[chosen[f]];
      tuned_.push_back(trial.folds[f]);
      if (trial.decay == baseline_.decay) ++chose_baseline_.count;
    }
    chose_baseline_.of = static_cast<int>(chosen.size());
    tuned_losses_ = HeldOutLosses(tuned_);
  }

  Verdict Make(std::optional<double> current) const {
    const bool one = sweep_.trials.size() == 1 && !sweep_.baseline;
    Verdict verdict = one ? NothingCompared(baseline_.decay, baseline_.decay) : Compare();
    for (const double decay : kTextbookDecays) {
      const Trial* trial = decay == baseline_.decay ? nullptr : Find(decay);
      if (trial == nullptr) continue;
      verdict.textbook.push_back(
          {decay, GainBetween(baseline_losses_, HeldOutLosses(trial->folds), dependence_)});
    }
    const Trial* in_use = current ? Find(*current) : nullptr;
    if (in_use != nullptr)
      verdict.over_current = {
          *current, GainBetween(HeldOutLosses(in_use->folds), tuned_losses_, dependence_)};
    return verdict;
  }

 private:
  // Tuned against the baseline.
  Verdict Compare() const {
    const double baseline_loss = MeanAndError(baseline_losses_).mean;
    const PairedTest test =
        SkewedPairedTest(Differences(baseline_losses_, tuned_losses_), dependence_);
    Verdict verdict = VerdictOf(test, baseline_.decay, Compared().decay);
    verdict.gain_percent = PercentOf(baseline_losses_, tuned_losses_, dependence_);
    verdict.baseline_loss = baseline_loss;
    // Where the baseline's loss is nearly 0, a share of it is nothing to speak of.
    constexpr double kOfConstant = 1e-6;
    const double null_loss = MeanAndError(HeldOutLosses(sweep_.null_scores)).mean;
    const double band = std::max(kNegligibleShare * baseline_loss, kOfConstant * null_loss);
    verdict.negligible_band = band;
    verdict.chance_negligible = ChanceWithin(test, band);
    verdict.chose_baseline = chose_baseline_;
    verdict.score_changes = ScoreChanges(baseline_.folds, tuned_, dependence_);
    verdict.findings = FindingsOf(sweep_, verdict, dependence_);
    return verdict;
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
    if (baseline_.decay == decay) return &baseline_;
    for (const std::vector<Trial>* trials : {&sweep_.trials, &sweep_.beside}) {
      for (const Trial& trial : *trials) {
        if (trial.decay == decay) return &trial;
      }
    }
    return nullptr;
  }

  const Sweep& sweep_;
  const Trial& baseline_;
  FoldDependence dependence_;
  std::vector<FoldScore> tuned_;  // every fold at its own choice
  ChoiceCount chose_baseline_;
  std::vector<double> baseline_losses_;
  std::vector<double> tuned_losses_;
};

}  // namespace

std::string_view Name(VerdictLabel label) {
  static constexpr std::array<std::string_view, 4> kNames = {"helps", "no detectable effect",
                                                             "hurts", "no signal"};
  return kNames.at(static_cast<std::size_t>(label));
}

Gain GainBetween(const std::vector<double>& before, const std::vector<double>& after,
                 const FoldDependence& dependence) {
  const PairedTest test = SkewedPairedTest(Differences(before, after), dependence);
  return {test.mean, {test.low, test.high}, test.p_value, PercentOf(before, after, dependence)};
}

Verdict VerdictOf(const PairedTest& test, double baseline, double compared) {
  Verdict verdict;
  verdict.baseline = baseline;
  verdict.compared = compared;
  verdict.improvement = test.mean;
  verdict.ci95[0] = test.low;
  verdict.ci95[1] = test.high;
  verdict.p_value = test.p_value;
  // Where nothing differs there is no gain to be found.
  verdict.minimum_detectable =
      test.error > 0.0 ? test.minimum_detectable : std::numeric_limits<double>::quiet_NaN();
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
          .biases_decayed = {},
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
  FoldDependence dependence{static_cast<int>(sweep.folds.size()) / sweep.repeats,
                            HeldToTraining(dataset)};
  if (sweep.repeats == 1) return dependence;
  std::set<std::vector<uint32_t>> held;
  for (const int index : sweep.folds)
    held.insert(FindFold(dataset.folds, static_cast<std::size_t>(index)).Held());
  dependence.distinct = held.size();
  return dependence;
}

void TellMissingCurrent(std::optional<double> current, const Verdict& verdict,
                        std::vector<TuneFinding>* findings) {
  if (current && !verdict.over_current)
    findings->push_back({.kind = TuneFinding::Kind::kNoCurrent, .decays = {*current}});
}

Verdict Judge(const Sweep& sweep, const Dataset& dataset, std::optional<double> current) {
  return Judging(sweep, dataset).Make(current);
}

}  // namespace halflife
