// Rows for training in mini-batches: floats side by side, with a class or a number a row.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>

namespace halflife {

// A view of rows; exactly one of `classes` and `numbers` is as long as `rows`, the other empty.
struct Samples {
  std::span<const float> inputs;  // rows x width, row-major, standardised
  std::size_t rows = 0;
  std::size_t width = 0;
  std::span<const std::int32_t> classes;  // classification: 0 <= class < outputs
  std::span<const float> numbers;         // regression

  std::span<const float> row(std::size_t i) const { return inputs.subspan(i * width, width); }
};

}  // namespace halflife
