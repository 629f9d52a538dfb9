// Every decay on every fold: the scores that the grid, the choice and the verdict are made from.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "halflife/tune.h"
#include "model/model.h"

namespace halflife {

// The scores of one decay, one a fold.
struct Trial {
  double decay = 0.0;
  std::vector<FoldScore> folds;

  double MeanValidation() const;
  // Of one part of the scores; the folds are those of `repeats` rounds.
  Estimate Of(double FoldScore::*part, int repeats) const;
};

// The folds of a model: `repeats` rounds of `folds` each.
struct Rounds {
  int repeats = 1;
  int folds = 0;
};

struct Sweep {
  std::vector<Trial> trials;      // ascending decay; those asked for that have a fit
  std::optional<Trial> baseline;  // decay 0 where it was not asked for but has a fit
  std::vector<Trial> beside;      // decays that are no part of the grid but are told of
  // The folds that all scores here are of, one after another: all, or where the sweep was stopped
  // the whole rounds that were done, or what was done of the round with the most.
  std::vector<int> folds;
  int repeats = 1;                     // rounds of `folds`
  std::vector<FoldScore> null_scores;  // of the best constant, one a fold
  int best = 0;
  bool best_at_edge = false;
  int one_se = 0;
  bool interrupted = false;
  std::vector<double> unfit_decays;  // asked for, but no fit reached its tolerance; ascending
  std::vector<TuneFinding> findings;
};

// Tries `decays` (none: the automatic grid, extended while the best lies at its edge) on the
// model's folds, which are those of `rounds`, and those of `beside` for comparison, of which those
// without a fit are left out. Throws Error where no decay has a fit, or where the
// model was stopped before two folds of one round and the fit on all rows were done.
Sweep RunSweep(Model* model, std::vector<double> decays, const Rounds& rounds,
               const std::vector<double>& beside = {});

// What decays are compared with: decay 0, or the smallest that has a fit.
const Trial& BaselineOf(const Sweep& sweep);

}  // namespace halflife
