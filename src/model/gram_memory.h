// How much memory folds take that are fitted from their sums.
#pragma once

#include <algorithm>

#include "base/parallel.h"
#include "linalg/linalg.h"

namespace halflife {

// Bytes of the sums of products of `features`, the target and 1.
inline double GramBytes(Eigen::Index features) {
  const auto side = static_cast<double>(features + 2);
  return 8.0 * side * side;
}

// As many of `threads` (0: all) as take no more at a time than a few sums and 64 MB.
inline int GramThreads(double gram_bytes, int threads) {
  constexpr double kSpare = 64e6;
  const double most = (5.0 * gram_bytes + kSpare) / (3.0 * gram_bytes);
  return std::clamp(static_cast<int>(most), 1, threads > 0 ? threads : AvailableThreads());
}

// Whether decompositions of so many bytes wait for further decays, all of them; large ones are made
// again.
inline bool AreKept(double bytes, std::size_t count) {
  constexpr double kMostKept = 48e6;
  return bytes * static_cast<double>(count) <= kMostKept;
}

}  // namespace halflife
