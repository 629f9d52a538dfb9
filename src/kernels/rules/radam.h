// RAdam: Adam whose division waits until the variance of v is known. Liu et al. 2020,
// arXiv:1908.03265.

HWY_BEFORE_NAMESPACE();
namespace halflife::HWY_NAMESPACE {

struct Radam {
  static constexpr Names<2> kSlots{"m", "v"};
  static constexpr Names<1> kSquares{"v"};
  static constexpr Names<2> kScalars{"beta1_power", "beta2_power"};
  static void Advance(const double* o, double /*lr*/, double* s) {
    HWY_NAMESPACE::NextPower(&s[1], o[0], s[0]);
    HWY_NAMESPACE::NextPower(&s[2], o[1], s[0]);
  }
  static constexpr OptionSpec kOptions[] = {
      {"beta1", 0.9, kFraction, "", "share of m kept each step"},
      {"beta2", 0.999, kFraction, "", "share of v kept each step"},
      {"eps", 1e-8, kNonNegative, "", "keeps the division finite"}};
  static constexpr RuleSpec kSpec{
      "radam",
      "RAdam",
      "Liu et al. 2020, arXiv:1908.03265",
      "m <- beta1 m + (1 - beta1) g\nv <- beta2 v + (1 - beta2) g^2;  mhat = m / (1 - beta1^t)\n"
      "R = 2 / (1 - beta2) - 1;  r_t = R - 2 t beta2^t / (1 - beta2^t)\n"
      "r_t > 5: w <- w - lr mhat sqrt[(r_t - 4)(r_t - 2) R / ((R - 4)(R - 2) r_t)] "
      "sqrt(1 - beta2^t) / (sqrt(v) + eps)\n"
      "else:    w <- w - lr mhat",
      "eps is outside the bias correction, as PyTorch has it.",
      1e-3,
      DecayLaw::kCoupled,
      0,
      kOptions};

  double beta1, beta2, eps, rate, rectified = 0;
  ShareOfSquare rest2;
  explicit Radam(const RuleInput& in)
      : beta1(in.options[0]),
        beta2(in.options[1]),
        eps(in.options[2]),
        rate(in.lr / (1 - in.scalars[1])),
        rest2(1 - beta2) {
    const double power = in.scalars[2];
    const double limit = 2 / (1 - beta2) - 1;
    const double rho = limit - 2 * in.scalars[0] * power / (1 - power);
    if (rho > 5) {
      rectified = rate *
                  std::sqrt((rho - 4) * (rho - 2) * limit / ((limit - 4) * (limit - 2) * rho)) *
                  std::sqrt(1 - power);
    }
  }

  template <class L, class V>
  HWY_INLINE V operator()(L lit, V /*w*/, V g, V& m, V& v) const {
    m = lit(beta1) * m + lit(1 - beta1) * g;
    v = lit(beta2) * v + rest2(lit, g);
    if (rectified == 0) return lit(rate) * m;
    return lit(rectified) * m / (Sqrt(v) + lit(eps));
  }
};

}  // namespace halflife::HWY_NAMESPACE
HWY_AFTER_NAMESPACE();
