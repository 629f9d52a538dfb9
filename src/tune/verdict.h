// Does decay help? Tuned against none, and what the answer is worth.
#pragma once

#include <optional>
#include <vector>

#include "data/dataset.h"
#include "halflife/tune.h"
#include "tune/statistics.h"
#include "tune/sweep.h"

namespace halflife {

// Decays as they stand in textbooks and examples.
inline constexpr double kTextbookDecays[] = {1e-4, 1e-3, 1e-2};

// A gain of less than this share of the baseline's loss is practically nothing.
inline constexpr double kNegligibleShare = 0.01;

// Held-out over training weight, the mean over the folds of the first round: what the correction of
// the resampled t test takes.
double HeldToTraining(const Dataset& dataset);

// How the differences of the sweep's folds hang together.
FoldDependence DependenceOf(const Sweep& sweep, const Dataset& dataset);

// What is gained by `after` instead of `before`, losses of the same folds.
Gain GainBetween(const std::vector<double>& before, const std::vector<double>& after,
                 const FoldDependence& dependence);

// The numbers of a comparison and its label, at the 5 % level.
Verdict VerdictOf(const PairedTest& test, double baseline, double compared);

// The verdict where there are no two decays to compare: every number of the comparison is NaN.
Verdict NothingCompared(double baseline, double compared);

// A finding where the decay in use was asked about and the verdict of whole results cannot tell of
// it.
void TellMissingCurrent(std::optional<double> current, const Verdict& verdict,
                        std::vector<TuneFinding>* findings);

// What tuning gains over the baseline on rows like these, K - 1 in K of their number: the decay is
// chosen in every fold anew (see ChooseInFolds), the interval is that of SkewedPairedTest.
// `current` is the decay in use, one of sweep.beside or of its trials.
Verdict Judge(const Sweep& sweep, const Dataset& dataset, std::optional<double> current);

}  // namespace halflife
