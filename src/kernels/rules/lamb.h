// LAMB: Adam whose step is as long as the weights. You et al. 2020, arXiv:1904.00962.
#include <cmath>

#include "kernels/sums.h"
#include "kernels/tensor_rule.h"

namespace halflife {

class Lamb : public TensorRule {
 public:
  static constexpr OptionSpec kOptions[] = {
      {"beta1", 0.9, kFraction, "", "share of m kept each step"},
      {"beta2", 0.999, kFraction, "", "share of v kept each step"},
      {"eps", 1e-6, kNonNegative, "", "keeps the division finite"},
      {"always_adapt", 0, kFlag, "", "use the ratio for tensors without decay too"}};
  static constexpr RuleSpec kSpec{
      "lamb",
      "LAMB",
      "You et al. 2020, arXiv:1904.00962",
      "m, v, mhat, vhat as in Adam;  u = mhat / (sqrt(vhat) + eps) + decay w\n"
      "w <- w - lr ||w|| / ||u|| u   (norms over the tensor)",
      "Coupled decay is inside the ratio. Tensors without decay skip the ratio.",
      1e-3,
      DecayLaw::kCoupled,
      0,
      kOptions,
      {},
      true};
  const RuleSpec& spec() const override { return kSpec; }

  std::vector<TensorSlot> Slots(std::span<const std::int64_t> shape) const override {
    const MatrixShape matrix = AsMatrix(shape);
    return {{"m", matrix.rows * matrix.columns},
            {"v", matrix.rows * matrix.columns, kGrainOfSquares}};
  }
  std::span<const std::string_view> Scalars() const override {
    static constexpr std::string_view kNames[] = {"beta1_power", "beta2_power"};
    return kNames;
  }
  void Advance(const double* o, double /*lr*/, double* s) const override {
    for (int i = 0; i < 2; ++i) s[i + 1] = (s[0] == 1 ? 1.0 : s[i + 1]) * o[i];
  }

  void Step(const TensorJob& job, std::span<float> step) const override {
    const double* o = job.input.options;
    const auto beta1 = static_cast<float>(o[0]), rest1 = static_cast<float>(1 - o[0]);
    const auto beta2 = static_cast<float>(o[1]), rest2 = static_cast<float>(1 - o[1]);
    const auto eps = static_cast<float>(o[2]), decay = static_cast<float>(job.decay);
    const auto fix1 = static_cast<float>(1 / (1 - job.input.scalars[1]));
    const auto fix2 = static_cast<float>(1 / std::sqrt(1 - job.input.scalars[2]));
    const auto least = static_cast<float>(std::sqrt(kGrainOfSquares / (1 - o[1])));
    float* m = job.slots[0];
    float* v = job.slots[1];
    for (std::size_t i = 0; i < step.size(); ++i) {
      const float g = job.g[i];
      m[i] = ToGrid(beta1 * m[i] + rest1 * g, GridShift(kGrain));
      const float counted = OrZero(g, least);
      v[i] = ToGrid(beta2 * v[i] + rest2 * counted * counted, GridShift(kGrainOfSquares));
      const float from = job.center.empty() ? job.w[i] : job.w[i] - job.center[i];
      step[i] = fix1 * m[i] / (std::sqrt(v[i]) * fix2 + eps) + decay * from;
    }
    double ratio = 1;
    if (job.decayed || o[3] != 0) {
      const double w_norm = std::sqrt(SumOfSquares(job.w.data(), job.w.size()));
      const double u_norm = std::sqrt(SumOfSquares(step.data(), step.size()));
      if (w_norm > 0 && u_norm > 0) ratio = w_norm / u_norm;
    }
    const auto rate = static_cast<float>(job.input.lr * ratio);
    for (float& x : step) x *= rate;
  }
};

}  // namespace halflife
