#include "net/pass.h"

#include <algorithm>

namespace halflife {
namespace {

// Where the panel begins in row panels of `units`.
std::size_t PanelStart(std::size_t panel, std::size_t units) {
  return panel * Rounded(units) * kPanel;
}

}  // namespace

NetMasks::NetMasks(const NetLayout& layout, std::size_t most_rows) : layout_(&layout) {
  if (layout.options().dropout == 0) return;
  for (std::size_t l = 0; l + 1 < layout.layers().size(); ++l)
    masks_.emplace_back(Rounded(most_rows) * Rounded(layout.layers()[l].units));
}

void NetMasks::Fill(std::uint64_t seed, std::uint64_t step, std::size_t rows) {
  for (std::size_t l = 0; l < masks_.size(); ++l) {
    FillMask({seed, step, static_cast<std::uint32_t>(l)}, layout_->options().dropout, rows,
             layout_->layers()[l].units, masks_[l].data());
  }
}

NetPass::NetPass(const NetLayout& layout, std::size_t most_rows) : layout_(&layout) {
  const NetOptions& options = layout.options();
  const std::size_t rows = Rounded(most_rows);
  for (std::size_t l = 0; l + 1 < layout.layers().size(); ++l) {
    const std::size_t size = rows * Rounded(layout.layers()[l].units);
    Hidden hidden;
    hidden.values = FloatBlock(size);
    if (options.activation != Activation::kRelu) hidden.slope = FloatBlock(size);
    if (options.layer_norm) {
      hidden.normed = FloatBlock(size);
      hidden.inverse_sd = FloatBlock(rows);
    }
    hidden.delta = FloatBlock(size);
    hidden.unit_panels = FloatBlock(size);
    hidden_.push_back(std::move(hidden));
  }
  outputs_ = FloatBlock(rows * Rounded(layout.outputs()));
}

float* NetPass::Delta(std::size_t l, std::size_t panel) {
  const FloatBlock& block = l < hidden_.size() ? hidden_[l].delta : outputs_;
  return block.data() + PanelStart(panel, layout_->layers()[l].units);
}

LayerPanel NetPass::HiddenPanel(std::size_t l, std::size_t panel, std::span<const float> weights) {
  const NetLayer& layer = layout_->layers()[l];
  const Hidden& hidden = hidden_[l];
  const std::size_t start = PanelStart(panel, layer.units);
  LayerPanel job;
  job.activation = layout_->options().activation;
  job.units = layer.units;
  job.bias = layout_->Of(layer.bias, weights).data();
  job.values = hidden.values.data() + start;
  if (hidden.slope.size() > 0) job.slope = hidden.slope.data() + start;
  if (layer.gain != NetLayer::kNone) {
    job.gain = layout_->Of(layer.gain, weights).data();
    job.shift = layout_->Of(layer.shift, weights).data();
    job.normed = hidden.normed.data() + start;
    job.inverse_sd = hidden.inverse_sd.data() + panel * kPanel;
  }
  return job;
}

OutputPanel NetPass::ForwardPanels(std::span<const float> weights, const NetBatch& batch,
                                   const NetMasks* masks, std::size_t panel) {
  OutputPanel output = batch.Targets(panel);
  const float* inputs = batch.row_panels() + PanelStart(panel, layout_->inputs());
  for (std::size_t l = 0; l <= hidden_.size(); ++l) {
    const NetLayer& layer = layout_->layers()[l];
    ProductJob product;
    product.rows = layer.units;
    product.depth = layer.inputs;
    product.a = layout_->Of(layer.weight, weights).data();
    product.a_row = layer.inputs;
    product.b = inputs;
    product.c = (l < hidden_.size() ? hidden_[l].values.data() : outputs_.data()) +
                PanelStart(panel, layer.units);
    MultiplyPanel(product);
    inputs = product.c;
    if (l == hidden_.size()) {
      output.units = layer.units;
      output.bias = layout_->Of(layer.bias, weights).data();
      output.values = product.c;
      FinishOutputs(output);
      return output;
    }
    LayerPanel hidden = HiddenPanel(l, panel, weights);
    if (masks != nullptr && masks->layer(l) != nullptr)
      hidden.mask = masks->layer(l) + PanelStart(panel, layer.units);
    ForwardPanel(hidden);
  }
  return output;
}

// Deltas of the hidden layers from that of the outputs, and the gradients of all but the weights.
void NetPass::BackwardPanels(std::span<const float> weights, const NetMasks& masks,
                             std::size_t panel, std::span<float> gradients) {
  for (std::size_t l = hidden_.size(); l-- > 0;) {
    const NetLayer& layer = layout_->layers()[l];
    const NetLayer& next = layout_->layers()[l + 1];
    ProductJob product;  // delta = W' (next delta)
    product.rows = layer.units;
    product.depth = next.units;
    product.a = layout_->Of(next.weight, weights).data();
    product.a_row = 1;
    product.a_depth = layer.units;
    product.b = Delta(l + 1, panel);
    product.c = Delta(l, panel);
    MultiplyPanel(product);
    LayerPanel hidden = HiddenPanel(l, panel, weights);
    if (masks.layer(l) != nullptr)
      hidden.mask_scale = static_cast<float>(1 / (1 - layout_->options().dropout));
    LayerGradients to;
    to.delta = product.c;
    to.bias = layout_->Of(layer.bias, gradients).data();
    if (layer.gain != NetLayer::kNone) {
      to.gain = layout_->Of(layer.gain, gradients).data();
      to.shift = layout_->Of(layer.shift, gradients).data();
    }
    BackwardPanel(hidden, to);
  }
}

// delta' inputs, summed over all rows in order; 32 columns of every row at a time.
void NetPass::WeightGradients(const NetBatch& batch, std::span<float> gradients) {
  const std::size_t panels = Panels(batch.rows());
  for (std::size_t l = hidden_.size() + 1; l-- > 0;) {
    const NetLayer& layer = layout_->layers()[l];
    const float* inputs = batch.unit_panels();
    if (l > 0) {
      const Hidden& before = hidden_[l - 1];
      TransposePanels(before.values.data(), batch.rows(), layer.inputs, before.unit_panels.data());
      inputs = before.unit_panels.data();
    }
    ProductJob product;
    product.rows = layer.units;
    product.blocks = panels;
    product.depth = kPanel;
    product.a = Delta(l, 0);
    product.a_row = kPanel;
    product.a_block = PanelStart(1, layer.units);
    product.b_block = kPanel * kPanel;
    product.c_row = layer.inputs;
    for (std::size_t q = 0; q < Panels(layer.inputs); ++q) {
      product.columns = std::min(kPanel, layer.inputs - q * kPanel);
      product.b = inputs + PanelStart(q, batch.rows());
      product.c = layout_->Of(layer.weight, gradients).data() + q * kPanel;
      MultiplyPanel(product);
    }
  }
}

double NetPass::Learn(std::span<const float> weights, const NetBatch& batch, const NetMasks& masks,
                      std::span<float> gradients) {
  for (std::size_t i = 0; i < layout_->tensors().size(); ++i) {
    if (layout_->tensors()[i].kind != ParameterKind::kWeight)
      std::ranges::fill(layout_->Of(i, gradients), 0.0F);
  }
  const auto scale = static_cast<float>(1.0 / static_cast<double>(batch.rows()));
  const NetLayer& last = layout_->layers().back();
  double loss = 0;
  for (std::size_t panel = 0; panel < Panels(batch.rows()); ++panel) {
    const OutputPanel output = ForwardPanels(weights, batch, &masks, panel);
    double losses[kPanel];
    PanelLosses(output, losses);
    for (std::size_t r = 0; r < output.rows; ++r) loss += losses[r];
    LossDerivatives(output, scale, layout_->Of(last.bias, gradients).data());
    BackwardPanels(weights, masks, panel, gradients);
  }
  WeightGradients(batch, gradients);
  return loss / static_cast<double>(batch.rows());
}

void NetPass::Predict(std::span<const float> weights, const NetBatch& batch,
                      const std::function<void(const OutputPanel&)>& take) {
  for (std::size_t panel = 0; panel < Panels(batch.rows()); ++panel)
    take(ForwardPanels(weights, batch, nullptr, panel));
}

}  // namespace halflife
