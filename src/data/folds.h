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
  std::vector<uint32_t> TrainingBoth(int fold, int other) const;  // that train both folds
  std::vector<std::size_t> TrainingCounts() const;                // how many train each fold
  std::vector<uint32_t> FoldByFold() const;  // all rows, those of fold -1 first, each ascending
  // The place of a fold in a list that begins with the rows never held out, fold -1.
  static std::size_t PartOf(int fold) {
    const int part = fold + 1;
    return static_cast<std::size_t>(part);
  }
  bool Trains(int of_row, int fold) const {  // whether a row of fold `of_row` trains `fold`
    return ordered ? of_row < fold : of_row != fold;
  }
};

// One of the folds of several rounds.
struct FoldOfRound {
  const Folds& folds;
  int fold = 0;

  std::vector<uint32_t> Held() const { return folds.Held(fold); }
  std::vector<uint32_t> Training() const { return folds.Training(fold); }
};

// How many folds all rounds have, and the one that is `index` among these, one round after another.
std::size_t CountFolds(const std::vector<Folds>& rounds);
FoldOfRound FindFold(const std::vector<Folds>& rounds, std::size_t index);

// `count` folds of sizes as equal as can be, shuffled by `seed` and `repeat`; classes are dealt out
// evenly (stratified). Throws Error (usage) if count is below 2 or above the number of rows.
Folds DrawFolds(const Target& target, int count, uint64_t seed, int repeat);

// As DrawFolds, rows of one value of `groups` staying in one fold: groups are taken in a random
// order, large ones first, each to the fold where it leaves the sizes, and of each class the
// numbers, most alike. Throws Error if a cell of `groups` is missing or there are fewer groups than
// folds.
Folds DrawGroupFolds(const Target& target, const Column& groups, int count, uint64_t seed,
                     int repeat);

// The rows in the order of `time`, cut into count + 1 blocks as equal as rows of one time, which
// stay together, allow; block 0 is never held out, block f + 1 is fold f (`ordered`). Throws Error
// if a cell of `time` is missing or text, or there are too few different times.
Folds TimeFolds(const Column& time, int count);

// A fold for each distinct value of `column`. Throws Error if there is only one, or a cell is
// missing.
Folds FoldsFromColumn(const Column& column);

// Throws Error if some class has no row in the training part of some fold, or a regression target
// is constant there.
void CheckFolds(const Folds& folds, const Target& target);

}  // namespace halflife
