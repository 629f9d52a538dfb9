// The rows of a dataset whose cells are not in memory: read again, block by block, whenever
// somebody needs them.
#pragma once

#include <cstddef>
#include <functional>

#include "data/design.h"

namespace halflife {

// Some rows of a dataset, as a design of the same features: its row i is row first + i.
struct RowBlock {
  std::size_t first = 0;
  const Design& design;
};

class RowStream {
 public:
  virtual ~RowStream() = default;

  // Shows all rows: visit(strip, block). Strip s of `strips` is its share of the rows, which one
  // of up to `threads` threads shows in order; it does not depend on their number.
  virtual void Read(std::size_t strips, int threads,
                    const std::function<void(std::size_t strip, const RowBlock&)>& visit) const = 0;
};

}  // namespace halflife
