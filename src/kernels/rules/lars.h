// LARS: momentum whose gradient is scaled to the weights, tensor by tensor. You et al. 2017,
// arXiv:1708.03888.
#include <cmath>

#include "kernels/sums.h"
#include "kernels/tensor_rule.h"

namespace halflife {

class Lars : public TensorRule {
 public:
  static constexpr OptionSpec kOptions[] = {
      {"momentum", 0.9, kFraction, "", "share of the velocity kept each step"},
      {"trust", 1e-3, kPositive, "", "length of a step as a share of ||w||"},
      {"eps", 1e-8, kNonNegative, "", "keeps the division finite"},
      {"always_adapt", 0, kFlag, "", "use the ratio for tensors without decay too"}};
  static constexpr RuleSpec kSpec{
      "lars",
      "LARS",
      "You, Gitman & Ginsburg 2017, arXiv:1708.03888",
      "r = trust ||w|| / (||g|| + decay ||w|| + eps)   (norms over the tensor)\n"
      "b <- momentum b + r (g + decay w)\nw <- w - lr b",
      "Coupled decay is inside the ratio. Tensors without decay skip the ratio.",
      1e-1,
      DecayLaw::kCoupled,
      0,
      kOptions,
      {},
      true};
  const RuleSpec& spec() const override { return kSpec; }

  std::vector<TensorSlot> Slots(std::span<const std::int64_t> shape) const override {
    const MatrixShape matrix = AsMatrix(shape);
    return {{"velocity", matrix.rows * matrix.columns}};
  }

  void Step(const TensorJob& job, std::span<float> step) const override {
    const double* o = job.input.options;
    double ratio = 1;
    if (job.decayed || o[3] != 0) {
      const double w_norm = std::sqrt(SumOfSquares(job.w.data(), job.w.size()));
      const double g_norm = std::sqrt(SumOfSquares(job.g.data(), job.g.size()));
      if (w_norm > 0 && g_norm > 0) ratio = o[1] * w_norm / (g_norm + job.decay * w_norm + o[2]);
    }
    const auto mu = static_cast<float>(o[0]), lr = static_cast<float>(job.input.lr);
    const auto scale = static_cast<float>(ratio), decay = static_cast<float>(job.decay);
    float* b = job.slots[0];
    for (std::size_t i = 0; i < step.size(); ++i) {
      const float from = job.center.empty() ? job.w[i] : job.w[i] - job.center[i];
      b[i] = ToGrid(mu * b[i] + scale * (job.g[i] + decay * from), GridShift(kGrain));
      step[i] = lr * b[i];
    }
  }
};

}  // namespace halflife
