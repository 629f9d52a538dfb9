// Adafactor: second moments kept as one row and one column a matrix. Shazeer & Stern 2018,
// arXiv:1804.04235, with the details of PyTorch.
#include <algorithm>
#include <cmath>

#include "kernels/factored_moments.h"

namespace halflife {

class Adafactor : public TensorRule {
 public:
  static constexpr OptionSpec kOptions[] = {
      {"beta2_decay", -0.8, {-1, 0, false, true}, "", "share of v kept is 1 - t^beta2_decay"},
      {"eps1",
       0x1p-23,
       {1.1e-19, kUnbounded, false, true},  // its square is the grain of squares
       "",
       "least row mean; v is at least its square"},
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
    const MatrixTiles tiles(shape);
    const TensorSlot columns{shape.size() < 2 ? "v" : "col", tiles.matrices * tiles.columns,
                             kGrainOfSquares};
    if (shape.size() < 2) return {columns};
    return {{"row", tiles.matrices * tiles.rows, kGrainOfSquares}, columns};
  }
  std::vector<TensorPart> Parts(std::span<const std::int64_t> shape) const override {
    return MatrixTiles(shape).Parts();
  }
  std::size_t Scratch(std::span<const std::int64_t> shape) const override {
    return FactoredMoments::Scratch(shape);
  }

  // First the moments and ||w||, then ||U||: v needs all of the moments.
  int measures() const override { return 2; }
  void Measure(int pass, const TensorJob& job, const TensorPart& part,
               double* totals) const override {
    totals[pass] +=
        pass == 0 ? MomentsOf(job).Measure(part, Fresh(job)) : MomentsOf(job).SquaresOfU(part);
  }
  bool joins() const override { return true; }
  void Join(int pass, const TensorJob& job, int threads) const override {
    if (pass == 0) MomentsOf(job).Join(Fresh(job), threads);
  }
  void Step(const TensorJob& job, const TensorPart& part) const override {
    const double* o = job.input.options;
    const auto size = static_cast<double>(job.count);
    const double w_rms = std::sqrt(job.input.totals[0] / size);
    const double u_rms = std::sqrt(job.input.totals[1] / size);
    const double rho = std::min(job.input.lr, 1 / std::sqrt(job.input.scalars[0]));
    const double alpha = std::max(o[2], w_rms) * rho;
    MomentsOf(job).Step(part, alpha / std::max(1.0, u_rms / o[3]));
  }

 private:
  static FactoredMoments MomentsOf(const TensorJob& job) { return {job, job.input.options[1]}; }
  static double Fresh(const TensorJob& job) {
    return std::pow(job.input.scalars[0], job.input.options[0]);
  }
};

}  // namespace halflife
