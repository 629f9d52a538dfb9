// One net over one batch: outputs, loss and gradients. Everything that is rounded depends on the
// weights and the batch alone.
#pragma once

#include <functional>
#include <span>
#include <vector>

#include "base/float_block.h"
#include "net/batch.h"
#include "net/layout.h"

namespace halflife {

// The masks of one step's batch; the nets of a seed share them.
class NetMasks {
 public:
  NetMasks(const NetLayout& layout, std::size_t most_rows);
  void Fill(std::uint64_t seed, std::uint64_t step, std::size_t rows);
  // Row panels of the hidden layer's mask; null without dropout.
  const float* layer(std::size_t l) const { return masks_.empty() ? nullptr : masks_[l].data(); }

 private:
  const NetLayout* layout_;
  std::vector<FloatBlock> masks_;
};

// Room for the numbers between the layers. Not for two threads at once.
class NetPass {
 public:
  // For batches of up to `most_rows`. `layout` has to outlive it.
  NetPass(const NetLayout& layout, std::size_t most_rows);

  // The mean loss over the batch's rows; `gradients`, a block of the layout, becomes its gradient.
  double Learn(std::span<const float> weights, const NetBatch& batch, const NetMasks& masks,
               std::span<float> gradients);

  // Without dropout: hands over the finished outputs (kernels/net/layers.h) panel by panel.
  void Predict(std::span<const float> weights, const NetBatch& batch,
               const std::function<void(const OutputPanel&)>& take);

 private:
  // One hidden layer's arrays, in row panels; unit panels of its outputs where the next layer's
  // gradient needs them.
  struct Hidden {
    FloatBlock values, slope, normed, inverse_sd, delta, unit_panels;
  };
  LayerPanel HiddenPanel(std::size_t l, std::size_t panel, std::span<const float> weights);
  OutputPanel ForwardPanels(std::span<const float> weights, const NetBatch& batch,
                            const NetMasks* masks, std::size_t panel);
  void BackwardPanels(std::span<const float> weights, const NetMasks& masks, std::size_t panel,
                      std::span<float> gradients);
  void WeightGradients(const NetBatch& batch, std::span<float> gradients);
  float* Delta(std::size_t l, std::size_t panel);

  const NetLayout* layout_;
  std::vector<Hidden> hidden_;
  FloatBlock outputs_;  // row panels; derivatives after the loss
};

}  // namespace halflife
