// Muon: momentum, orthogonalised. Jordan et al. 2024; Liu et al. 2025, arXiv:2502.16982, with the
// details of PyTorch, but in 32 bits.
#include <algorithm>
#include <cmath>

#include "kernels/orthogonalize.h"
#include "kernels/tensor_rule.h"

namespace halflife {

class Muon : public TensorRule {
 public:
  static constexpr OptionSpec kOptions[] = {
      {"momentum", 0.95, kFraction, "", "share of m kept each step"},
      {"nesterov", 1, kFlag, "", "orthogonalise a look ahead instead of m"},
      {"eps", 1e-7, kPositive, "", "least norm that u is divided by"},
      {"ns_steps", 5, {1, 99, false, false, true}, "", "Newton-Schulz iterations"},
      {"match_rms_adamw", 0, kFlag, "", "lr' = 0.2 lr sqrt(max(A, B)), so that AdamW's lr fits"}};
  static constexpr RefusedLaw kRefused[] = {
      {DecayLaw::kCoupled,
       "the penalty would be orthogonalised with the gradient, so its size would mean nothing"}};
  static constexpr RuleSpec kSpec{
      "muon",
      "Muon",
      "Jordan et al. 2024; Liu et al. 2025, arXiv:2502.16982",
      "m <- momentum m + (1 - momentum) g;  u = nesterov ? momentum m + (1 - momentum) g : m\n"
      "O = ns_steps Newton-Schulz steps of u / ||u||:  X <- a X + (b X X^T + c (X X^T)^2) X\n"
      "    (a, b, c) = (3.4445, -4.7750, 2.0315)\n"
      "w <- w - lr' O,  lr' = lr sqrt(max(1, A / B)) for an A x B matrix",
      "For matrices only; further dimensions count as columns. Decoupled decay uses lr, not lr'.",
      1e-3,
      DecayLaw::kDecoupled,
      0.1,
      kOptions,
      kRefused};
  const RuleSpec& spec() const override { return kSpec; }

  std::vector<TensorSlot> Slots(std::span<const std::int64_t> shape) const override {
    const MatrixShape matrix = AsMatrix(shape);
    return {{"m", matrix.rows * matrix.columns}};
  }
  std::string Refuse(std::span<const std::int64_t> shape) const override {
    return shape.size() < 2 ? "muon trains matrices only; give vectors and scalars a group with "
                              "another rule, such as adamw"
                            : "";
  }

  void Step(const TensorJob& job, std::span<float> step) const override {
    const double* o = job.input.options;
    const auto mu = static_cast<float>(o[0]), rest = static_cast<float>(1 - o[0]);
    float* m = job.slots[0];
    for (std::size_t i = 0; i < step.size(); ++i) {
      m[i] = ToGrid(mu * m[i] + rest * job.g[i], GridShift(kGrain));
      step[i] = o[1] != 0 ? mu * m[i] + rest * job.g[i] : m[i];
    }
    const MatrixShape shape = AsMatrix(job.shape);
    Orthogonalize(step, shape, static_cast<int>(o[3]), o[2]);
    const auto a = static_cast<double>(shape.rows);
    const auto b = static_cast<double>(shape.columns);
    const double adjust =
        o[4] != 0 ? 0.2 * std::sqrt(std::max(a, b)) : std::sqrt(std::max(1.0, a / b));
    const auto rate = static_cast<float>(job.input.lr * adjust);
    for (float& x : step) x *= rate;
  }
};

}  // namespace halflife
