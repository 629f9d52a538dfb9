// The classes that some rows have, where folds by time or group may lack one.
#pragma once

#include <cstdint>
#include <vector>

#include "data/dataset.h"
#include "linalg/linalg.h"

namespace halflife {

// Of training rows. A class without any would have an optimum of probability 0: it gets its share
// of `shares` instead, whatever the features, and the others, fitted among themselves, what is
// left. One class alone needs no fit.
struct PresentClasses {
  std::vector<int32_t> present;  // ascending
  std::vector<int32_t> of_row;   // numbered as in `present`
  Vector shares;                 // of all classes; see ClassShares
  int outputs = 1;               // of the fit: 1 for two classes, else one a class present

  bool one() const { return present.size() == 1; }

  // The logits of all classes (as HeldOutOfLogits takes them) from those of the fit, outputs x n.
  Matrix Complete(const Matrix& logits) const;
};

PresentClasses FindPresent(const Dataset& data, const std::vector<uint32_t>& rows);

}  // namespace halflife
