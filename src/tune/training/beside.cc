#include "tune/training/beside.h"

#include <iterator>

#include "tune/statistics.h"
#include "tune/training/runs_beside.h"
#include "tune/training/verdict.h"
#include "tune/verdict.h"

namespace halflife {
namespace {

std::vector<PlannedRun> FirstOfSplits(std::span<const PlannedRun> runs) {
  std::vector<PlannedRun> first;
  for (const PlannedRun& run : runs) {
    if (first.empty() || first.back().split != run.split) first.push_back(run);
  }
  return first;
}

// Losses of runs on the rows that judge, a list a run.
std::vector<std::vector<double>> LossesOf(std::span<const PlannedRun> runs, bool test,
                                          HeldRows* held) {
  std::vector<std::vector<double>> losses;
  losses.reserve(runs.size());
  for (RowLosses& run : held->Of(runs, test)) losses.push_back(std::move(run.losses));
  return losses;
}

// What is gained by `after`, of the same splits and seeds as `before`.
Gain GainOf(std::span<const PlannedRun> runs, const std::vector<std::vector<double>>& before,
            const std::vector<std::vector<double>>& after, bool test, const HeldRows& held) {
  std::vector<std::vector<double>> less;
  less.reserve(before.size());
  for (std::size_t i = 0; i < before.size(); ++i) less.push_back(Differences(before[i], after[i]));
  const double loss = OverSplits(held.BySplit(runs, before, test)).mean;
  return GainOf(SplitsPairedTest(held.BySplit(runs, std::move(less), test)), loss);
}

class Beside {
 public:
  Beside(const BesideSources& sources, const ChosenRuns& chosen, HeldRows* held, Verdict* verdict)
      : sources_(sources),
        chosen_(chosen),
        held_(*held),
        verdict_(*verdict),
        first_baseline_(FirstOfSplits(chosen.baseline)),
        first_best_(FirstOfSplits(chosen.of_best)) {}

  bool Add() {
    RunsBeside runs(sources_.splits, sources_.options, &sources_.sweep);
    const std::optional<double> current = sources_.options.current_decay;
    if (current) runs.Ask(At(*current), chosen_.tuned);
    for (const double decay : Textbook()) runs.Ask(At(decay), first_baseline_);
    if (!runs.Train()) return false;
    if (current) AddCurrent(runs.Of(At(*current), chosen_.tuned));
    for (const double decay : Textbook()) AddTextbook(decay, runs.Of(At(decay), first_baseline_));
    return AddAllDecayed();
  }

 private:
  DecayAtLr At(double decay) const { return {decay, chosen_.best.lr}; }

  std::vector<double> Textbook() const {
    std::vector<double> decays;
    if (!sources_.options.textbook) return decays;
    for (const double decay : kTextbookDecays) {
      if (decay != verdict_.baseline) decays.push_back(decay);
    }
    return decays;
  }

  Gain GainFrom(std::span<const PlannedRun> before, std::span<const PlannedRun> after) {
    const bool test = sources_.has_test;
    return GainOf(before, LossesOf(before, test, &held_), LossesOf(after, test, &held_), test,
                  held_);
  }

  void AddCurrent(const std::vector<PlannedRun>& runs) {
    const double decay = *sources_.options.current_decay;
    if (!runs.empty()) verdict_.over_current = {decay, GainFrom(runs, chosen_.tuned)};
  }

  void AddTextbook(double decay, const std::vector<PlannedRun>& runs) {
    if (!runs.empty()) verdict_.textbook.push_back({decay, GainFrom(first_baseline_, runs)});
  }

  bool AddAllDecayed() {
    if (sources_.all_decayed.empty() || chosen_.best.decay == 0.0) return true;
    RunsBeside runs(sources_.all_decayed, sources_.options, nullptr);
    runs.Ask(chosen_.best, first_best_);
    if (!runs.Train()) return false;
    const std::vector<PlannedRun> decayed = runs.Of(chosen_.best, first_best_);
    if (decayed.empty()) return true;
    const bool test = sources_.has_test;
    HeldRows held(sources_.all_decayed, sources_.classification, sources_.options.threads);
    verdict_.biases_decayed = {chosen_.best.decay,
                               GainOf(first_best_, LossesOf(first_best_, test, &held_),
                                      LossesOf(decayed, test, &held), test, held_)};
    return true;
  }

  const BesideSources& sources_;
  const ChosenRuns& chosen_;
  HeldRows& held_;
  Verdict& verdict_;
  std::vector<PlannedRun> first_baseline_;
  std::vector<PlannedRun> first_best_;
};

}  // namespace

std::int64_t EpochsBeside(const BesideSources& sources) {
  const TrainingSweepOptions& options = sources.options;
  std::int64_t runs = options.textbook ? std::ssize(kTextbookDecays) : 0;
  runs += options.current_decay ? options.seeds : 0;
  runs += sources.all_decayed.empty() ? 0 : 1;
  return runs * options.epochs * std::ssize(sources.splits);
}

bool AddGainsBeside(const BesideSources& sources, const ChosenRuns& chosen, HeldRows* held,
                    Verdict* verdict) {
  return Beside(sources, chosen, held, verdict).Add();
}

}  // namespace halflife
