// Whose memory is whose: parameters lie apart from each other, and gradients apart from parameters.
#pragma once

#include <cstddef>
#include <span>
#include <vector>

#include "halflife/parameter.h"

namespace halflife {

class ParameterMemory {
 public:
  // Throws Error when two parameters share memory, naming them and what to do. O(n log n).
  explicit ParameterMemory(const std::vector<Parameter>& parameters);

  // Throws Error when the gradient of parameter `index` lies over weights: what it then reads would
  // depend on vectors and threads. Over its own weights from the first to the last it may lie: each
  // element is read before it is written. O(log n), and nothing where the last one was.
  void CheckGradient(std::size_t index, std::span<const float> gradient);

 private:
  struct Range {
    const float* begin;
    const float* end;
    std::size_t parameter;
  };

  const std::vector<Parameter>* parameters_;
  std::vector<Range> ranges_;          // of those that are not empty, by address
  std::vector<const float*> checked_;  // the last gradient of each
};

}  // namespace halflife
