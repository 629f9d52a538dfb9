// The rows of one step, in panels: gathered once for all nets that train on them.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "base/float_block.h"
#include "data/samples.h"
#include "kernels/net/layers.h"

namespace halflife {

class NetBatch {
 public:
  // Room for up to `most` rows of `width` numbers.
  NetBatch(std::size_t most, std::size_t width);

  // Takes those rows of `samples`; with unit panels, which only the way back needs.
  void Gather(const Samples& samples, std::span<const std::uint32_t> rows);
  // Takes rows [begin, end), without unit panels.
  void Take(const Samples& samples, std::size_t begin, std::size_t end);

  std::size_t rows() const { return rows_; }
  const float* row_panels() const { return row_panels_.data(); }
  const float* unit_panels() const { return unit_panels_.data(); }

  // The classes or numbers of the panel's rows; the outputs are still to be set.
  OutputPanel Targets(std::size_t panel) const;

 private:
  void CopyInputs(const Samples& samples, std::span<const std::uint32_t> rows);

  std::size_t width_;
  std::size_t rows_ = 0;
  FloatBlock row_panels_;
  FloatBlock unit_panels_;
  std::vector<std::int32_t> classes_;
  std::vector<float> numbers_;
};

}  // namespace halflife
