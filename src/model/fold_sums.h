// The sums of every fold's rows from one pass over them, and those of what a fold trains on.
#pragma once

#include <vector>

#include "data/folds.h"
#include "model/gram.h"

namespace halflife {

// Rows [begin, end) of a design, whose row i is row offset + i of target, weights and folds.
struct RowSpan {
  std::size_t begin = 0;
  std::size_t end = 0;
  std::size_t offset = 0;
};

// Adds rows to the sums of fold -1, 0, 1, ...; each row is read once. Leaves the sums' own weights
// to AddWeights, which sets them.
void AddToFolds(const SummedRows& of, const RowSpan& rows, const Folds& folds,
                std::vector<RowSums>* sums);
void AddWeights(const Vector& weights, const Folds& folds, std::vector<RowSums>* sums);

// Training rows are added up, never subtracted from all, and so lose no digits; sums of several
// folds are kept beside those of each where there are many, so that few are added.
class FoldSums {
 public:
  // Adds up all rows, on up to `threads` threads; the sums do not depend on their number.
  FoldSums(const SummedRows& of, const Folds& folds, int threads);
  // Of sums of fold -1, 0, 1, ...
  FoldSums(std::vector<RowSums> parts, const Folds& folds);

  const RowSums& Held(int fold) const { return held_[static_cast<std::size_t>(fold)]; }
  RowSums All() const { return TrainingOf(-1, -1); }
  // Of the rows that train `fold`.
  RowSums Training(int fold) const { return TrainingOf(fold, -1); }
  // Of the rows that train both of two folds.
  RowSums TrainingOfBoth(int fold, int other) const { return TrainingOf(fold, other); }

 private:
  RowSums TrainingOf(int fold, int other) const;
  bool Trains(int of_rows, int fold) const { return fold < 0 || folds_.Trains(of_rows, fold); }

  const Folds& folds_;
  RowSums never_held_;
  std::vector<RowSums> held_;
  std::vector<RowSums> blocks_;  // sums of block_ folds each
  int block_ = 0;
};

}  // namespace halflife
