// Sums over the rows of each fold, and over those that train where it is held out.
#pragma once

#include "data/dataset.h"
#include "model/gram.h"

namespace halflife {

// Of one repeat. Training rows are added up, never subtracted, and lose no digits.
class TrainingSums {
 public:
  // `target` is that of all rows, less some constant.
  TrainingSums(const Dataset& data, const Vector& target, const Folds& folds, int threads);

  const RowSums& Held(int fold) const { return held_[static_cast<std::size_t>(fold)]; }
  RowSums Training(int fold) const;
  RowSums All() const;

 private:
  std::vector<RowSums> held_;
  std::vector<RowSums> before_;  // the folds before each, with the rows that are never held out
  std::vector<RowSums> after_;   // empty where these do not train
};

}  // namespace halflife
