// What is told of each decay of a sweep: means over the runs that ended, in pairs with the best
// where some are missing, or those of the epoch that all had come to when it was set aside.
#pragma once

#include <functional>
#include <optional>
#include <vector>

#include "halflife/tune.h"
#include "tune/training/choice.h"
#include "tune/training/held.h"

namespace halflife {

struct PointFacts {
  std::int64_t steps_per_epoch = 1;
  int epochs = 1;  // of a whole run
  bool early_stopping = false;
  // The share of a weight that a step takes off at the peak of both schedules; 0 where the law has
  // no fixed one.
  std::function<double(const RunKey&)> largest_share;
};

// A point for each of choice.points.
std::vector<GridPoint> MakePoints(const TrainingChoice& choice, const PointFacts& facts,
                                  HeldRows* held);

// The runs of a trial that its figures are means over; not of a trial that was set aside.
std::vector<PlannedRun> RunsToTell(const TrainingTrial& trial, const TrainingChoice& choice);

// Places of the runs that two trials both ended with, among the choice's own.
std::vector<std::size_t> SharedRuns(const TrainingTrial& a, const TrainingTrial& b,
                                    const TrainingChoice& choice);

// The record of the epoch that a run stands for; it has one.
const EpochRecord& KeptRecord(const TrainingRun& run);

}  // namespace halflife
