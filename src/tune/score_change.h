// What tuning does to R2, accuracy and AUC, with intervals.
#pragma once

#include <span>
#include <vector>

#include "halflife/verdict.h"
#include "model/model.h"
#include "tune/statistics.h"

namespace halflife {

// Of the same folds at the baseline and tuned: the pooled R2, or the mean accuracy and, of two
// classes, the mean AUC over the folds that hold both. Intervals as those of the loss.
std::vector<ScoreChange> ScoreChanges(std::span<const FoldScore> baseline,
                                      std::span<const FoldScore> tuned,
                                      const FoldDependence& dependence);

}  // namespace halflife
