// What it would cost to decay the intercept as well.
#pragma once

#include <optional>
#include <vector>

#include "halflife/verdict.h"
#include "tune/diagnostics/fold_refits.h"

namespace halflife {

// The gain at the best decay, mostly below 0, of fits to the training rows of `folds` in which the
// intercept of standardised features is decayed as the weights are. Of numbers it goes from the
// training rows' mean m to m/(1 + decay), with an L1 part to where the penalty's own shrinkage
// takes it, and no weight changes, for the features' means are 0; of classes a fit of its own is
// made. None at decay 0, for fewer than two folds, where a fold has no fit or the rest was stopped,
// and of classes with an L1 part or columns that are not decayed.
std::optional<DecayGain> GainOfDecayedIntercept(const FoldQuestion& question,
                                                const std::vector<int>& folds);

}  // namespace halflife
