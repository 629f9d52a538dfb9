// Where each parameter of a net lies in one block of floats, and what the block starts as.
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <vector>

#include "halflife/net.h"

namespace halflife {

// One tensor in the block; without values where it has no elements to speak of (no layer norm).
struct NetTensor {
  std::string name;  // "layers.0.weight"
  std::vector<std::int64_t> shape;
  ParameterKind kind = ParameterKind::kWeight;
  std::size_t offset = 0;  // in floats, a multiple of 16; what lies between tensors stays zero
  std::size_t count = 0;
};

// Layer l maps `inputs` to `units`: sums x W' + b, W units x inputs. Indices into tensors();
// gain and shift are kNone without layer norm and in the last layer.
struct NetLayer {
  static constexpr std::size_t kNone = static_cast<std::size_t>(-1);
  std::size_t inputs = 0;
  std::size_t units = 0;
  std::size_t weight = 0;
  std::size_t bias = 0;
  std::size_t gain = kNone;
  std::size_t shift = kNone;
};

class NetLayout {
 public:
  // Throws Error when an option is out of its range or the net has more than 2^28 parameters.
  NetLayout(std::size_t inputs, std::size_t outputs, const NetOptions& options);

  const NetOptions& options() const { return options_; }
  const std::vector<NetLayer>& layers() const { return layers_; }
  const std::vector<NetTensor>& tensors() const { return tensors_; }
  std::size_t inputs() const { return layers_.front().inputs; }
  std::size_t outputs() const { return layers_.back().units; }
  std::size_t size() const { return size_; }  // floats of a block

  // The tensors as parameters of an optimizer, over a block.
  std::vector<Parameter> Parameters(std::span<float> block) const;

  // A tensor's values in a block.
  std::span<float> Of(std::size_t tensor, std::span<float> block) const {
    return block.subspan(tensors_[tensor].offset, tensors_[tensor].count);
  }
  std::span<const float> Of(std::size_t tensor, std::span<const float> block) const {
    return block.subspan(tensors_[tensor].offset, tensors_[tensor].count);
  }

  // Fills a block with initial weights: a pure function of the seed and the layout.
  void Initialise(std::uint64_t seed, std::span<float> block) const;

 private:
  std::size_t Add(const std::string& name, std::vector<std::int64_t> shape, ParameterKind kind);

  NetOptions options_;
  std::vector<NetLayer> layers_;
  std::vector<NetTensor> tensors_;
  std::size_t size_ = 0;
};

// The streams of random numbers of a run's seed; see base/random.h.
inline std::uint64_t WeightStream(std::size_t layer) { return (std::uint64_t{1} << 32) | layer; }
inline std::uint64_t OrderStream(std::size_t epoch) { return (std::uint64_t{2} << 32) | epoch; }

}  // namespace halflife
