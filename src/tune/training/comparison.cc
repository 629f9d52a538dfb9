#include "tune/training/comparison.h"

#include <algorithm>

#include "tune/training/points.h"

namespace halflife {
namespace {

const TrainingTrial& TrialAt(const TrainingSweep& sweep, const DecayAtLr& at) {
  const TrainingTrial* found = nullptr;
  for (const TrialFamily& family : sweep.families) {
    for (const TrainingTrial& trial : family.trials) {
      if (family.lr == at.lr && trial.decay == at.decay) found = &trial;
    }
  }
  return *found;
}

void Append(const TrainingTrial& trial, std::size_t first, int count,
            std::vector<PlannedRun>* runs) {
  const auto begin = trial.runs.begin() + static_cast<std::ptrdiff_t>(first);
  runs->insert(runs->end(), begin, begin + count);
}

ComparedTrial MakeCompared(const TrainingTrial& trial, const std::vector<PlannedRun>& runs,
                           bool has_test, HeldRows* held) {
  ComparedTrial compared{.decay = trial.decay, .lr = trial.lr, .test = held->Of(runs, has_test)};
  const auto count = static_cast<double>(runs.size());
  for (const PlannedRun& run : runs) {
    const EpochRecord& kept = KeptRecord(*run.run);
    compared.train_loss += kept.train_loss / count;
    compared.validation_loss += kept.validation_loss / count;
  }
  return compared;
}

// Of those that the splits compared with.
DecayAtLr SmallestBaseline(const PooledSweep& sweep) {
  const auto smaller = [](const SplitChoice& a, const SplitChoice& b) {
    return a.baseline.decay < b.baseline.decay;
  };
  return std::min_element(sweep.choices.begin(), sweep.choices.end(), smaller)->baseline;
}

// The runs of several splits, and what each of these had.
void FindSplits(const PooledSweep& sweep, const HeldRows& held, ComparedRuns* compared) {
  const double baseline = SmallestBaseline(sweep).decay;
  for (std::size_t s = 0; s < sweep.choices.size(); ++s) {
    const SplitChoice& choice = sweep.choices[s];
    if (choice.baseline.decay != baseline) continue;
    const std::size_t first = s * static_cast<std::size_t>(sweep.seeds);
    Append(TrialAt(sweep.sweep, choice.baseline), first, choice.seeds, &compared->baseline);
    Append(TrialAt(sweep.sweep, choice.chosen), first, choice.seeds, &compared->best);
    compared->chosen.push_back(choice.chosen);
    compared->comparison.splits.push_back({.chosen = choice.chosen.decay,
                                           .runs = static_cast<std::size_t>(choice.seeds),
                                           .rows = held.split(s).test_rows});
    if (!held.split(s).test_null.empty())
      compared->comparison.null_losses.push_back(held.split(s).test_null);
  }
}

// Whether any split had two decays to choose from.
bool AnythingToCompare(const PooledSweep& sweep, const TrainingChoice& choice) {
  if (choice.baseline == nullptr) return false;
  return choice.rival != nullptr ||
         std::any_of(sweep.choices.begin(), sweep.choices.end(),
                     [](const SplitChoice& s) { return !(s.chosen == s.baseline); });
}

}  // namespace

ComparedRuns Compare(const PooledSweep& sweep, const TrainingChoice& choice, bool has_test,
                     HeldRows* held) {
  ComparedRuns compared;
  if (!AnythingToCompare(sweep, choice)) return compared;
  const TrainingTrial& best = *choice.points[choice.best];
  const TrainingTrial& rival = choice.rival != nullptr ? *choice.rival : best;
  if (sweep.choices.size() > 1) {
    FindSplits(sweep, *held, &compared);
  } else {
    Append(*choice.baseline, 0, choice.seeds, &compared.baseline);
    Append(rival, 0, choice.seeds, &compared.best);
    if (!held->split(0).test_null.empty())
      compared.comparison.null_losses = {held->split(0).test_null};
  }
  TrainedComparison& comparison = compared.comparison;
  comparison.baseline = MakeCompared(*choice.baseline, compared.baseline, has_test, held);
  comparison.best = MakeCompared(rival, compared.best, has_test, held);
  // Of several splits it may be one that the choice over all could not use.
  if (!sweep.choices.empty()) comparison.baseline.decay = SmallestBaseline(sweep).decay;
  comparison.best_is_baseline = &best == choice.baseline && best.decay == comparison.baseline.decay;
  comparison.chance = choice.chance;
  comparison.on_validation = !has_test;
  return compared;
}

}  // namespace halflife
