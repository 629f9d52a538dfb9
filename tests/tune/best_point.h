// The point of the grid that a result chose.
#pragma once

#include "halflife/tune.h"

namespace halflife {

inline const GridPoint& Best(const TuneResult& result) {
  return result.grid[static_cast<std::size_t>(result.best)];
}

}  // namespace halflife
