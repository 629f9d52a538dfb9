// Parameters: the tensors that an optimizer trains.
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace halflife {

// What a tensor is for; decides by default whether it decays.
enum class ParameterKind { kWeight, kBias, kNorm, kEmbedding, kScalar, kOther };

std::string_view Name(ParameterKind kind);

// One tensor, row-major, in the caller's memory, which must outlive the optimizer.
struct Parameter {
  std::string name;
  std::vector<std::int64_t> shape;  // empty: a scalar
  ParameterKind kind = ParameterKind::kWeight;
  std::span<float> values;
  std::vector<float> center = {};  // for DecayCenter::kGiven: as long as values
};

}  // namespace halflife
