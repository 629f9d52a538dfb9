// Adafactor: second moments kept as one row and one column a matrix. Shazeer & Stern 2018,
// arXiv:1804.04235, with the details of PyTorch.
#include <algorithm>
#include <cmath>

#include "kernels/sums.h"
#include "kernels/tensor_rule.h"

namespace halflife {

class Adafactor : public TensorRule {
 public:
  static constexpr OptionSpec kOptions[] = {
      {"beta2_decay", -0.8, {-1, 0, false, true}, "", "share of v kept is 1 - t^beta2_decay"},
      {"eps1", 0x1p-23, kPositive, "", "least row mean; v is at least its square"},
      {"eps2", 1e-3, kNonNegative, "", "least root mean square of w in the step's scale"},
      {"d", 1, kPositive, "", "largest root mean square of the update"}};
  static constexpr RuleSpec kSpec{
      "adafactor",
      "Adafactor",
      "Shazeer & Stern 2018, arXiv:1804.04235",
      "b = 1 - t^beta2_decay;  a = max(eps2, RMS(w)) min(lr, 1 / sqrt(t))\n"
      "row <- b row + (1 - b) mean over columns of g^2;  col likewise over rows\n"
      "v = row col^T / max(mean(row), eps1)   (vectors: v <- b v + (1 - b) g^2)\n"
      "U = g / sqrt(max(v, eps1^2))\nw <- w - a U / max(1, RMS(U) / d)",
      "Decoupled decay uses lr, not a.",
      1e-2,
      DecayLaw::kDecoupled,
      0,
      kOptions};
  const RuleSpec& spec() const override { return kSpec; }

  std::vector<TensorSlot> Slots(std::span<const std::int64_t> shape) const override {
    const Batch batch = BatchOf(shape);
    if (shape.size() < 2) return {{"v", batch.columns, kGrainOfSquares}};
    return {{"row", batch.count * batch.rows, kGrainOfSquares},
            {"col", batch.count * batch.columns, kGrainOfSquares}};
  }

  void Step(const TensorJob& job, std::span<float> step) const override {
    const double* o = job.input.options;
    const double t = job.input.scalars[0];
    const double fresh = std::pow(t, o[0]);
    const Batch batch = BatchOf(job.shape);
    if (job.shape.size() < 2) {
      float* v = job.slots[0];
      for (std::size_t i = 0; i < step.size(); ++i) {
        v[i] = Mean(v[i], fresh, static_cast<double>(job.g[i]) * job.g[i]);
        step[i] = Divide(job.g[i], v[i], o[1]);
      }
    } else {
      for (std::size_t b = 0; b < batch.count; ++b) Factored(job, batch, b, fresh, step);
    }
    const auto size = static_cast<double>(step.size());
    const double w_rms = std::sqrt(SumOfSquares(job.w.data(), job.w.size()) / size);
    const double u_rms = std::sqrt(SumOfSquares(step.data(), step.size()) / size);
    const double alpha = std::max(o[2], w_rms) * std::min(job.input.lr, 1 / std::sqrt(t));
    const auto rate = static_cast<float>(alpha / std::max(1.0, u_rms / o[3]));
    for (float& x : step) x *= rate;
  }

 private:
  struct Batch {
    std::size_t count = 1;
    std::size_t rows = 1;
    std::size_t columns = 1;
  };
  static Batch BatchOf(std::span<const std::int64_t> shape) {
    Batch batch;
    if (!shape.empty()) batch.columns = static_cast<std::size_t>(shape.back());
    if (shape.size() < 2) return batch;
    batch.rows = static_cast<std::size_t>(shape[shape.size() - 2]);
    for (std::size_t i = 0; i + 2 < shape.size(); ++i) {
      batch.count *= static_cast<std::size_t>(shape[i]);
    }
    return batch;
  }
  // (1 - fresh) old + fresh now, in double: so that only what a float cannot hold is infinite.
  static float Mean(float old, double fresh, double now) {
    const double mean = (1 - fresh) * old + fresh * now;
    return mean < kGrainOfSquares ? 0.0F : static_cast<float>(mean);
  }
  static float Divide(float g, float v, double eps1) {
    return g / std::sqrt(std::max(v, static_cast<float>(eps1 * eps1)));
  }
  static void Factored(const TensorJob& job, const Batch& batch, std::size_t b, double fresh,
                       std::span<float> step) {
    const std::size_t rows = batch.rows;
    const std::size_t columns = batch.columns;
    const float* g = job.g.data() + b * rows * columns;
    float* row = job.slots[0] + b * rows;
    float* col = job.slots[1] + b * columns;
    std::vector<double> col_sums(columns, 0.0);
    double row_total = 0;
    for (std::size_t i = 0; i < rows; ++i) {
      const double sum = SumOfSquares(g + i * columns, columns);
      for (std::size_t j = 0; j < columns; ++j) {
        col_sums[j] += static_cast<double>(g[i * columns + j]) * g[i * columns + j];
      }
      row[i] = Mean(row[i], fresh, sum / static_cast<double>(columns));
      row_total += row[i];
    }
    for (std::size_t j = 0; j < columns; ++j) {
      col[j] = Mean(col[j], fresh, col_sums[j] / static_cast<double>(rows));
    }
    const double eps1 = job.input.options[1];
    const auto mean = static_cast<float>(std::max(row_total / static_cast<double>(rows), eps1));
    for (std::size_t i = 0; i < rows; ++i) {
      const float share = OrZero(row[i] / mean, kGrainOfSquares);
      const float least = kGrainOfSquares / share;  // of col, so that the product is a normal float
      for (std::size_t j = 0; j < columns; ++j) {
        const std::size_t at = i * columns + j;
        step[b * rows * columns + at] = Divide(g[at], share * OrZero(col[j], least), eps1);
      }
    }
  }
};

}  // namespace halflife
