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

struct Sweep {
  std::vector<Trial> trials;      // ascending decay; those asked for that have a fit
  std::optional<Trial> baseline;  // decay 0 where it was not asked for but has a fit
  int best = 0;
  bool best_at_edge = false;
  int one_se = 0;
  std::vector<std::string> notes;
};

// Tries `decays` (none: the automatic grid, extended while the best lies at its edge). The model's
// folds are those of `repeats` rounds.
Sweep RunSweep(Model* model, std::vector<double> decays, int repeats = 1);

}  // namespace halflife
