// Which rows are held out together: drawn from a seed, or named by a column.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "data/target.h"
#include "halflife/table.h"

namespace halflife {

// Every row is held out once, row i in fold of_row[i], 0 <= of_row[i] < count, and all others
// train; where `ordered`, only rows of earlier folds train, and those of fold -1 are never held
// out.
struct Folds {
  int count = 0;
  bool ordered = false;
  std::vector<int> of_row;
  std::vector<std::string> names;  // for messages: "1".."K", or the values of the fold column

  std::vector<uint32_t> Held(int fold) const;      // rows held out in `fold`, ascending
  std::vector<uint32_t> Training(int fold) const;  // rows that train, ascending
  bool Trains(int of_row, int fold) const {        // whether a row of fold `of_row` trains `fold`
    return ordered ? of_row < fold : of_row != fold;
  }
};

// `count` folds of sizes as equal as can be, shuffled by `seed` and `repeat`; classes are dealt out
// evenly (stratified). Throws Error (usage) if count is below 2 or above the number of rows.
Folds DrawFolds(const Target& target, int count, uint64_t seed, int repeat);

// A fold for each distinct value of `column`. Throws Error if there is only one, or a cell is
// missing.
Folds FoldsFromColumn(const Column& column);

// Throws Error if some class has no row in the training part of some fold, or a regression target
// is constant there.
void CheckFolds(const Folds& folds, const Target& target);

}  // namespace halflife
