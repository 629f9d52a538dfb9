// AdamW: Adam with the decoupled law, under the name people know. Loshchilov & Hutter 2019,
// arXiv:1711.05101, as PyTorch has it.
#include "kernels/rules/adam.h"

HWY_BEFORE_NAMESPACE();
namespace halflife::HWY_NAMESPACE {

struct Adamw : Adam {
  static constexpr RuleSpec kSpec{
      "adamw",
      "AdamW",
      "Loshchilov & Hutter 2019, arXiv:1711.05101",
      Adam::kSpec.formula,
      "Adam with the decoupled law. The paper's own decay does not scale with lr: that is the law "
      "independent.",
      1e-3,
      DecayLaw::kDecoupled,
      1e-2,
      kOptions};
};

}  // namespace halflife::HWY_NAMESPACE
HWY_AFTER_NAMESPACE();
