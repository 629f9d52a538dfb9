#include "reference/reference_net.h"

#include <algorithm>
#include <cmath>
#include <numbers>

namespace halflife {
namespace {

double Activated(Activation activation, double z) {
  if (activation == Activation::kRelu) return std::max(z, 0.0);
  if (activation == Activation::kTanh) return std::tanh(z);
  return z * 0.5 * (1 + std::erf(z / std::numbers::sqrt2));
}

}  // namespace

// n_i = (z_i - mean z) / sqrt(var z + eps); gain_i n_i + shift_i (Ba, Kiros, Hinton 2016).
void ReferenceNet::Normalise(const NetBlock& block, const NetLayer& layer,
                             std::vector<double>* z) const {
  const auto count = static_cast<double>(z->size());
  double mean = 0;
  for (const double x : *z) mean += x / count;
  double variance = 0;
  for (const double x : *z) variance += (x - mean) * (x - mean) / count;
  for (std::size_t i = 0; i < z->size(); ++i) {
    (*z)[i] = At(block, layer.gain, i) * ((*z)[i] - mean) / std::sqrt(variance + 1e-5) +
              At(block, layer.shift, i);
  }
}

std::vector<double> ReferenceNet::Outputs(const NetBlock& block, std::span<const float> row,
                                          const NetMasks* masks, std::size_t place) const {
  std::vector<double> x(row.begin(), row.end());
  for (std::size_t l = 0; l < layout_->layers().size(); ++l) {
    const NetLayer& layer = layout_->layers()[l];
    std::vector<double> z(layer.units);
    for (std::size_t i = 0; i < layer.units; ++i) {
      z[i] = At(block, layer.bias, i);
      for (std::size_t j = 0; j < layer.inputs; ++j)
        z[i] += At(block, layer.weight, i * layer.inputs + j) * x[j];
    }
    if (l + 1 == layout_->layers().size()) return z;
    if (layer.gain != NetLayer::kNone) Normalise(block, layer, &z);
    for (std::size_t i = 0; i < layer.units; ++i) {
      z[i] = Activated(layout_->options().activation, z[i]);
      if (masks != nullptr && masks->layer(l) != nullptr)
        z[i] *= masks->layer(l)[(place / 32 * Rounded(layer.units) + i) * 32 + place % 32];
    }
    x = z;
  }
  return x;
}

double ReferenceNet::RowLoss(const NetBlock& block, const Samples& samples, std::size_t row,
                             const NetMasks* masks) const {
  const std::vector<double> f = Outputs(block, samples.row(row), masks, row);
  if (samples.classes.empty()) return std::pow(samples.numbers[row] - f[0], 2) / 2;
  double sum = 0;
  for (const double logit : f) sum += std::exp(logit);
  return std::log(sum) - f[static_cast<std::size_t>(samples.classes[row])];
}

double ReferenceNet::Loss(const NetBlock& block, const Samples& samples,
                          const NetMasks* masks) const {
  double sum = 0;
  for (std::size_t r = 0; r < samples.rows; ++r) sum += RowLoss(block, samples, r, masks);
  return sum / static_cast<double>(samples.rows);
}

ReferenceNet::Derivatives ReferenceNet::Differences(const NetBlock& block, const Samples& samples,
                                                    const NetMasks* masks) const {
  constexpr double kStep = 1e-5;
  Derivatives found{NetBlock(block.size()), NetBlock(block.size())};
  NetBlock moved = block;
  for (const NetTensor& tensor : layout_->tensors()) {
    for (std::size_t i = tensor.offset; i < tensor.offset + tensor.count; ++i) {
      for (std::size_t r = 0; r < samples.rows; ++r) {
        moved[i] = block[i] + kStep;
        const double above = RowLoss(moved, samples, r, masks);
        moved[i] = block[i] - kStep;
        const double slope = (above - RowLoss(moved, samples, r, masks)) / (2 * kStep);
        moved[i] = block[i];
        found.mean[i] += slope / static_cast<double>(samples.rows);
        found.size[i] += std::abs(slope) / static_cast<double>(samples.rows);
      }
    }
  }
  return found;
}

}  // namespace halflife
