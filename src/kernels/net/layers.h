// What follows the sums of a net's layer, and its derivatives: bias, layer norm, activation and
// dropout in one go over a row panel (kernels/net/panels.h); and the losses. A NaN or an infinity
// that goes in comes out again, so that a run which has diverged is seen.
#pragma once

#include <cstddef>
#include <cstdint>

#include "halflife/activation.h"
#include "kernels/net/panels.h"

namespace halflife {

// The panel of a hidden layer. Arrays are units x 32 where nothing else is said.
struct LayerPanel {
  Activation activation = Activation::kRelu;
  std::size_t units = 0;
  const float* bias = nullptr;   // units
  const float* gain = nullptr;   // units; null: no layer norm
  const float* shift = nullptr;  // units
  const float* mask = nullptr;   // 0, or 1 / (1 - dropout); null: no dropout
  float mask_scale = 1;          // 1 / (1 - dropout)
  float* values = nullptr;       // sums x W' in, outputs out
  // For the way back; null where there is none.
  float* slope = nullptr;       // d output / d activation's argument; not used by relu
  float* normed = nullptr;      // the layer norm's numbers before gain and shift
  float* inverse_sd = nullptr;  // 32: the layer norm's 1 / sqrt(variance + eps)
};

void ForwardPanel(const LayerPanel& panel);

// `delta` (units x 32): d loss / d outputs in, d loss / d sums out. Gradients (units each) are
// added to those of the panels before; those of gain and shift are null without layer norm.
struct LayerGradients {
  float* delta = nullptr;
  float* bias = nullptr;
  float* gain = nullptr;
  float* shift = nullptr;
};

void BackwardPanel(const LayerPanel& panel, const LayerGradients& gradients);

// The last layer's panel and what its rows should have been: `rows` <= 32 classes or numbers.
struct OutputPanel {
  std::size_t units = 0;
  std::size_t rows = 0;
  const float* bias = nullptr;
  float* values = nullptr;  // units x 32: sums in, outputs out (logits, numbers)
  const std::int32_t* classes = nullptr;
  const float* numbers = nullptr;
};

// Adds the bias.
void FinishOutputs(const OutputPanel& panel);

// losses[r]: the log loss of each row's class in nats, or 1/2 (number - output)^2 of its one unit.
void PanelLosses(const OutputPanel& panel, double* losses);

// After FinishOutputs and RowLosses: turns the outputs into the derivatives of sum(losses) * scale,
// zero in rows past the end, and adds their sums to bias_gradient (units).
void LossDerivatives(const OutputPanel& panel, float scale, float* bias_gradient);

// Dropout's mask for row panels of `rows` x `units`: 0 with probability `dropout`, else 1 / (1 -
// dropout). A pure function of the arguments.
struct MaskKey {
  std::uint64_t seed = 0;
  std::uint64_t step = 0;
  std::uint32_t layer = 0;
};
void FillMask(const MaskKey& key, double dropout, std::size_t rows, std::size_t units, float* mask);

}  // namespace halflife
