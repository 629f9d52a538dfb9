// NAdam: Adam with Nesterov's momentum. Dozat 2016. The schedule mu_t is PyTorch's.

HWY_BEFORE_NAMESPACE();
namespace halflife::HWY_NAMESPACE {

struct Nadam {
  static constexpr Names<2> kSlots{"m", "v"};
  static constexpr Names<1> kSquares{"v"};
  static constexpr Names<4> kScalars{"beta2_power", "mu_power", "mu_product", "mu"};
  static double Mu(const double* o, double power) { return o[0] * (1 - 0.5 * power); }
  static void Advance(const double* o, double /*lr*/, double* s) {
    HWY_NAMESPACE::NextPower(&s[1], o[1], s[0]);
    HWY_NAMESPACE::NextPower(&s[2], std::pow(0.96, o[3]), s[0]);
    s[4] = Mu(o, s[2]);
    HWY_NAMESPACE::NextPower(&s[3], s[4], s[0]);
  }
  static constexpr OptionSpec kOptions[] = {
      {"beta1", 0.9, kFraction, "", "share of m kept each step"},
      {"beta2", 0.999, kFraction, "", "share of v kept each step"},
      {"eps", 1e-8, kNonNegative, "", "keeps the division finite"},
      {"momentum_decay", 4e-3, kNonNegative, "", "how fast mu_t rises to beta1"}};
  static constexpr RuleSpec kSpec{
      "nadam",
      "NAdam",
      "Dozat 2016, Incorporating Nesterov momentum into Adam",
      "m <- beta1 m + (1 - beta1) g\nv <- beta2 v + (1 - beta2) g^2\n"
      "mu_t = beta1 (1 - 0.96^(t momentum_decay) / 2);  P_t = mu_1 ... mu_t\n"
      "w <- w - lr [(1 - mu_t) / (1 - P_t) g + mu_{t+1} / (1 - P_{t+1}) m] "
      "/ (sqrt(v / (1 - beta2^t)) + eps)",
      "PyTorch 1.13's single-tensor path has mu_t once too often; its foreach path is this "
      "formula.",
      2e-3,
      DecayLaw::kCoupled,
      0,
      kOptions};

  double beta1, beta2, eps, fix, for_g, for_m;
  ShareOfSquare rest2;
  explicit Nadam(const RuleInput& in)
      : beta1(in.options[0]),
        beta2(in.options[1]),
        eps(in.options[2]),
        fix(1 / std::sqrt(1 - in.scalars[1])),
        for_g(in.lr * (1 - in.scalars[4]) / (1 - in.scalars[3])),
        rest2(1 - beta2) {
    const double next = Mu(in.options, in.scalars[2] * std::pow(0.96, in.options[3]));
    for_m = in.lr * next / (1 - in.scalars[3] * next);
  }

  template <class L, class V>
  HWY_INLINE V operator()(L lit, V /*w*/, V g, V& m, V& v) const {
    m = lit(beta1) * m + lit(1 - beta1) * g;
    v = lit(beta2) * v + rest2(lit, g);
    return (lit(for_g) * g + lit(for_m) * m) / (Sqrt(v) * lit(fix) + lit(eps));
  }
};

}  // namespace halflife::HWY_NAMESPACE
HWY_AFTER_NAMESPACE();
