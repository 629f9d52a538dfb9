#include "optim/memory.h"

#include <fmt/format.h>

#include <algorithm>
#include <functional>

#include "base/error.h"
#include "base/text.h"

namespace halflife {
namespace {

constexpr std::less<const float*> kBefore;  // a total order, as < of unrelated pointers need not be

}  // namespace

ParameterMemory::ParameterMemory(const std::vector<Parameter>& parameters)
    : parameters_(&parameters), checked_(parameters.size(), nullptr) {
  for (std::size_t i = 0; i < parameters.size(); ++i) {
    const std::span<const float> values = parameters[i].values;
    if (!values.empty()) ranges_.push_back({values.data(), values.data() + values.size(), i});
  }
  std::sort(ranges_.begin(), ranges_.end(), [](const Range& a, const Range& b) {
    return a.begin != b.begin ? kBefore(a.begin, b.begin) : a.parameter < b.parameter;
  });
  // Where any two overlap, two neighbours do.
  for (std::size_t i = 0; i + 1 < ranges_.size(); ++i) {
    const Range& a = ranges_[i];
    const Range& b = ranges_[i + 1];
    if (!kBefore(b.begin, a.end)) continue;
    const auto [first, second] = std::minmax(a.parameter, b.parameter);
    const bool tied = a.begin == b.begin && a.end == b.end;
    FailUsage(fmt::format("parameters {} and {} {}: a step would move and decay it twice; {}",
                          Quoted(parameters[first].name), Quoted(parameters[second].name),
                          tied ? "are the same memory" : "overlap in memory",
                          tied ? "pass it once, with the sum of their gradients"
                               : "pass every value in one of them"));
  }
}

void ParameterMemory::CheckGradient(std::size_t index, std::span<const float> gradient) {
  if (gradient.empty() || checked_[index] == gradient.data()) return;
  const float* end = gradient.data() + gradient.size();
  // The first range that ends after the gradient begins.
  const auto range = std::partition_point(ranges_.begin(), ranges_.end(), [&](const Range& r) {
    return !kBefore(gradient.data(), r.end);
  });
  const bool over = range != ranges_.end() && kBefore(range->begin, end);
  const bool own = over && range->parameter == index && range->begin == gradient.data();
  if (over && !own) {
    FailUsage(fmt::format(
        "step: the gradient of parameter {} lies in the memory of parameter {}; give it its own",
        Quoted((*parameters_)[index].name), Quoted((*parameters_)[range->parameter].name)));
  }
  checked_[index] = gradient.data();
}

}  // namespace halflife
