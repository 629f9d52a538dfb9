#include "tune/training/beside.h"

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

// Losses of runs on the rows that judge; none where there are no runs, or one is not finite.
std::optional<RunValues> LossesOf(std::span<const PlannedRun> runs, bool test, HeldRows* held) {
  if (runs.empty()) return std::nullopt;
  const std::optional<std::vector<RowLosses>> rows = held->OfFinite(runs, test);
  if (!rows) return std::nullopt;
  return EachOf(*rows, &RowLosses::losses);
}

class Beside {
 public:
  Beside(const BesideSources& sources, const ChosenRuns& chosen, HeldRows* held, Verdict* verdict)
      : sources_(sources),
        chosen_(chosen),
        held_(*held),
        verdict_(*verdict),
        first_baseline_(FirstOfSplits(chosen.baseline)),
        first_best_(FirstOfSplits(chosen.best)) {}

  bool Add() {
    RunsBeside runs(sources_.splits, sources_.options, &sources_.sweep);
    const std::optional<double> current = sources_.options.current_decay;
    if (current) runs.Ask(*current, chosen_.tuned);
    for (const double decay : Textbook()) runs.Ask(decay, first_baseline_);
    if (!runs.Train()) return false;
    if (current) AddCurrent(runs.Of(*current, chosen_.tuned));
    AddTextbook(runs);
    return AddAllDecayed();
  }

 private:
  std::vector<double> Textbook() const {
    std::vector<double> decays;
    if (!sources_.options.textbook) return decays;
    for (const double decay : kTextbookDecays) {
      if (decay != verdict_.baseline) decays.push_back(decay);
    }
    return decays;
  }

  // What is gained by `after` instead of `before`, losses of runs in the places of `runs`.
  Gain GainFrom(std::span<const PlannedRun> runs, const RunValues& before,
                const RunValues& after) const {
    const bool test = sources_.has_test;
    const double loss = OverSplits(held_.BySplit(runs, before, test)).mean;
    return GainOf(SplitsPairedTest(held_.BySplit(runs, Differences(before, after), test)), loss);
  }

  std::optional<RunValues> Losses(std::span<const PlannedRun> runs) {
    return LossesOf(runs, sources_.has_test, &held_);
  }

  void AddCurrent(const std::vector<PlannedRun>& runs) {
    const std::optional<RunValues> current = Losses(runs);
    if (!current) return;
    verdict_.over_current = {*sources_.options.current_decay,
                             GainFrom(runs, *current, *Losses(chosen_.tuned))};
  }

  void AddTextbook(const RunsBeside& runs) {
    const std::vector<double> decays = Textbook();
    if (decays.empty()) return;
    const RunValues baseline = *Losses(first_baseline_);
    for (const double decay : decays) {
      const std::optional<RunValues> losses = Losses(runs.Of(decay, first_baseline_));
      if (losses)
        verdict_.textbook.push_back({decay, GainFrom(first_baseline_, baseline, *losses)});
    }
  }

  bool AddAllDecayed() {
    const double best = first_best_.front().key.decay;
    if (sources_.all_decayed.empty() || best == 0.0) return true;
    RunsBeside runs(sources_.all_decayed, sources_.options, nullptr);
    runs.Ask(best, first_best_);
    if (!runs.Train()) return false;
    HeldRows held(sources_.all_decayed, held_.classification(), sources_.options.threads);
    const std::optional<RunValues> decayed =
        LossesOf(runs.Of(best, first_best_), sources_.has_test, &held);
    if (decayed) {
      verdict_.biases_decayed = {best, GainFrom(first_best_, *Losses(first_best_), *decayed)};
    }
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

bool AddGainsBeside(const BesideSources& sources, const ChosenRuns& chosen, HeldRows* held,
                    Verdict* verdict) {
  return Beside(sources, chosen, held, verdict).Add();
}

}  // namespace halflife
