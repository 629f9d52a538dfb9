#include "net/layout.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "base/error.h"
#include "base/random.h"

namespace halflife {

NetLayout::NetLayout(std::size_t inputs, std::size_t outputs, const NetOptions& options)
    : options_(options) {
  CheckOptions(options);
  constexpr std::size_t kMostInputs = std::size_t{1} << 20;
  if (inputs == 0 || outputs == 0 || inputs > kMostInputs || outputs > kMostInputs) {
    Fail(ErrorKind::kNetSizes, {inputs, outputs, kMostInputs});
  }
  for (std::size_t l = 0; l <= options.hidden.size(); ++l) {
    const bool last = l == options.hidden.size();
    NetLayer layer;
    layer.inputs = l == 0 ? inputs : layers_.back().units;
    layer.units = last ? outputs : static_cast<std::size_t>(options.hidden[l]);
    const auto rows = static_cast<std::int64_t>(layer.units);
    const auto columns = static_cast<std::int64_t>(layer.inputs);
    layer.weight = Add(fmt::format("layers.{}.weight", l), {rows, columns}, ParameterKind::kWeight);
    layer.bias = Add(fmt::format("layers.{}.bias", l), {rows}, ParameterKind::kBias);
    if (options.layer_norm && !last) {
      layer.gain = Add(fmt::format("layers.{}.norm.gain", l), {rows}, ParameterKind::kNorm);
      layer.shift = Add(fmt::format("layers.{}.norm.shift", l), {rows}, ParameterKind::kNorm);
    }
    layers_.push_back(layer);
  }
}

std::size_t NetLayout::Add(const std::string& name, std::vector<std::int64_t> shape,
                           ParameterKind kind) {
  constexpr std::size_t kMost = std::size_t{1} << 28;
  constexpr std::size_t kPad = 16;
  std::uint64_t wide = 1;  // beyond 32 bits in WebAssembly too
  for (const std::int64_t size : shape) wide *= static_cast<std::uint64_t>(size);
  if (size_ + wide > kMost) Fail(ErrorKind::kNetParametersTooMany, {kMost});
  const auto count = static_cast<std::size_t>(wide);
  tensors_.push_back({name, std::move(shape), kind, size_, count});
  size_ += (count + kPad - 1) / kPad * kPad;
  return tensors_.size() - 1;
}

std::vector<Parameter> NetLayout::Parameters(std::span<float> block) const {
  std::vector<Parameter> parameters;
  for (std::size_t i = 0; i < tensors_.size(); ++i)
    parameters.push_back({tensors_[i].name, tensors_[i].shape, tensors_[i].kind, Of(i, block)});
  return parameters;
}

void NetLayout::Initialise(std::uint64_t seed, std::span<float> block) const {
  std::fill(block.begin(), block.end(), 0.0F);
  for (std::size_t l = 0; l < layers_.size(); ++l) {
    const NetLayer& layer = layers_[l];
    const auto in = static_cast<double>(layer.inputs);
    const auto out = static_cast<double>(layer.units);
    const bool he = l + 1 < layers_.size() && options_.activation != Activation::kTanh;
    const double bound = he ? std::sqrt(6 / in) : std::sqrt(6 / (in + out));
    Random random(seed, WeightStream(l));
    for (float& w : Of(layer.weight, block))
      w = static_cast<float>((2 * random.Uniform() - 1) * bound);
    if (layer.gain != NetLayer::kNone) std::ranges::fill(Of(layer.gain, block), 1.0F);
  }
}

}  // namespace halflife
