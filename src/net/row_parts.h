// Which rows train, validate and test a net, in each of the splits of a table or an array.
#pragma once

#include <cstdint>
#include <functional>
#include <vector>

#include "data/dataset.h"
#include "data/folds.h"
#include "data/target.h"
#include "halflife/data_options.h"
#include "halflife/table.h"

namespace halflife {

struct RowParts {
  std::vector<std::uint32_t> training;
  std::vector<std::uint32_t> validation;
  std::vector<std::uint32_t> test;
};

// How rows are split, once or several times. Of a single split part 0 validates and part 1 tests;
// of several, split s tests part s of a drawing and validates the next one, so that a drawing's
// splits judge every row once; once its parts are used up, they are drawn anew.
struct SplitPlan {
  std::vector<Folds> drawings;  // of as many parts each
  bool own_test = false;        // the test rows come from elsewhere
  int count = 1;                // of splits

  int parts() const { return drawings.front().count; }
};

// Whether a net can be trained on these rows: there is something to learn from and to tell apart.
using Trainable = std::function<bool(const std::vector<std::uint32_t>& training)>;

// The parts of a split from 0 on. Where the next part would take the last rows that a class has to
// train on, the one after it validates.
RowParts PartsOf(const SplitPlan& plan, int split, const Trainable& trainable);

// Everything trains.
RowParts AllTrain(std::size_t rows);

// Whether the rows hold every class, or two numbers.
bool TargetVaries(const Target& target, const std::vector<std::uint32_t>& rows);

// How many parts so many rows are cut into: 5, or 10 above 20,000.
int PartCount(std::size_t rows);

// The table as parts, `rounds` splits of them (0: as many as PlanSplits finds).
Dataset PrepareParts(const Table& table, DataOptions options, int rounds);

// The plan of `rounds` splits; of 0 rounds a split for each part below 5,000 rows, where the test
// rows are among these, their parts are drawn and every split can be trained on; else one.
SplitPlan PlanSplits(std::vector<Folds> drawings, bool own_test, int rounds,
                     const Trainable& trainable);

// How many drawings `rounds` splits take.
int DrawingsFor(int rounds, int parts);

}  // namespace halflife
