// Muon: momentum, orthogonalised. Jordan et al. 2024; Liu et al. 2025, arXiv:2502.16982, with the
// details of PyTorch, but in 32 bits.
#include <algorithm>
#include <cmath>

#include "kernels/orthogonalize.h"
#include "kernels/sums.h"
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

  std::size_t Scratch(std::span<const std::int64_t> shape) const override {
    return Orthogonalization{AsMatrix(shape)}.WorkSize();
  }

  void Measure(int /*pass*/, const TensorJob& job, const TensorPart& part,
               double* totals) const override {
    const double* o = job.input.options;
    const auto mu = static_cast<float>(o[0]), rest = static_cast<float>(1 - o[0]);
    float* m = job.slots[0];
    float* u = OrthogonalizationOf(job).Input(job.scratch);
    ForEachRun(part, [&](std::size_t begin, std::size_t count) {
      TakeGradient(job, begin, count, u + begin);
      for (std::size_t i = begin; i < begin + count; ++i) {
        m[i] = ToGrid(mu * m[i] + rest * u[i], GridShift(kGrain));
        u[i] = o[1] != 0 ? mu * m[i] + rest * u[i] : m[i];
      }
      totals[0] += SumOfSquares(u + begin, count);
    });
  }
  bool joins() const override { return true; }
  void Join(int /*pass*/, const TensorJob& job, int threads) const override {
    OrthogonalizationOf(job).Run(job.scratch, threads);
  }
  void Step(const TensorJob& job, const TensorPart& part) const override {
    const MatrixShape shape = AsMatrix(job.shape);
    const auto a = static_cast<double>(shape.rows);
    const auto b = static_cast<double>(shape.columns);
    const double adjust = job.input.options[4] != 0 ? 0.2 * std::sqrt(std::max(a, b))
                                                    : std::sqrt(std::max(1.0, a / b));
    const auto rate = static_cast<float>(job.input.lr * adjust);
    const float* x = OrthogonalizationOf(job).Output(job.scratch);
    ForEachRun(part, [&](std::size_t begin, std::size_t count) {
      float step[kRun];
      for (std::size_t i = 0; i < count; ++i) step[i] = rate * x[begin + i];
      TakeStep(job, begin, count, step);
    });
  }

 private:
  static Orthogonalization OrthogonalizationOf(const TensorJob& job) {
    const double* o = job.input.options;
    const double norm = std::sqrt(job.input.totals[0]);
    return {AsMatrix(job.shape), static_cast<int>(o[3]), 1 / std::max(norm, o[2])};
  }
};

}  // namespace halflife
