// A net's loss in double, row by row, shaped like the papers; its gradient by central differences.
// It shares the layout of the parameters with the library, and no arithmetic.
#pragma once

#include <vector>

#include "data/samples.h"
#include "net/layout.h"
#include "net/pass.h"

namespace halflife {

using NetBlock = std::vector<double>;  // a block of the layout

class ReferenceNet {
 public:
  explicit ReferenceNet(const NetLayout& layout) : layout_(&layout) {}

  // The outputs for one row. `masks` may be null; `place` is the row's place in the batch.
  std::vector<double> Outputs(const NetBlock& block, std::span<const float> row,
                              const NetMasks* masks = nullptr, std::size_t place = 0) const;
  // The log loss of the class, or half the squared error.
  double RowLoss(const NetBlock& block, const Samples& samples, std::size_t row,
                 const NetMasks* masks = nullptr) const;
  double Loss(const NetBlock& block, const Samples& samples, const NetMasks* masks = nullptr) const;

  // For every parameter: the derivative of Loss, and the mean over rows of the size of each row's.
  struct Derivatives {
    NetBlock mean;
    NetBlock size;
  };
  Derivatives Differences(const NetBlock& block, const Samples& samples,
                          const NetMasks* masks = nullptr) const;

 private:
  double At(const NetBlock& block, std::size_t tensor, std::size_t i) const {
    return block[layout_->tensors()[tensor].offset + i];
  }
  void Normalise(const NetBlock& block, const NetLayer& layer, std::vector<double>* z) const;

  const NetLayout* layout_;
};

}  // namespace halflife
