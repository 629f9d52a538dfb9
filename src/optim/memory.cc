#include "optim/memory.h"

#include <algorithm>
#include <functional>

#include "base/error.h"

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
    Fail(tied ? ErrorKind::kParametersTied : ErrorKind::kParametersOverlap,
         {parameters[first].name, parameters[second].name});
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
    Fail(ErrorKind::kGradientInParameter,
         {(*parameters_)[index].name, (*parameters_)[range->parameter].name});
  }
  checked_[index] = gradient.data();
}

}  // namespace halflife
