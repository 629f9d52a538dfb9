// Adan: adaptive Nesterov momentum. Xie et al. 2022, arXiv:2208.06677. The betas are shares kept,
// as in the published code (the paper's are one minus these).

HWY_BEFORE_NAMESPACE();
namespace halflife::HWY_NAMESPACE {

struct Adan {
  static constexpr Names<4> kSlots{"m", "d", "n", "g_last"};
  static constexpr Names<1> kSquares{"n"};
  static constexpr Names<3> kScalars{"beta1_power", "beta2_power", "beta3_power"};
  static void Advance(const double* o, double /*lr*/, double* s) {
    for (int i = 0; i < 3; ++i) HWY_NAMESPACE::NextPower(&s[i + 1], o[i], s[0]);
  }
  static constexpr OptionSpec kOptions[] = {
      {"beta1", 0.98, kFraction, "", "share of m kept each step"},
      {"beta2", 0.92, kFraction, "", "share of d, the mean change of the gradient, kept"},
      {"beta3", 0.99, kFraction, "", "share of n kept each step"},
      {"eps", 1e-8, kNonNegative, "", "keeps the division finite"}};
  static constexpr RuleSpec kSpec{
      "adan",
      "Adan",
      "Xie et al. 2022, arXiv:2208.06677",
      "D = g - g_last   (0 at t = 1)\nm <- beta1 m + (1 - beta1) g;  d <- beta2 d + (1 - beta2) D\n"
      "n <- beta3 n + (1 - beta3) (g + beta2 D)^2;  mhat, dhat, nhat = m, d, n / (1 - beta^t)\n"
      "w <- w - lr (mhat + beta2 dhat) / (sqrt(nhat) + eps)",
      "The published decay w / (1 + lr decay) is the proximal law with L2; its no_prox is "
      "decoupled.",
      1e-3,
      DecayLaw::kProximal,
      0,
      kOptions};

  double beta1, beta2, beta3, eps, first, for_m, for_d, fix;
  ShareOfSquare rest3;
  explicit Adan(const RuleInput& in)
      : beta1(in.options[0]),
        beta2(in.options[1]),
        beta3(in.options[2]),
        eps(in.options[3]),
        first(in.scalars[0] == 1 ? 1 : 0),
        for_m(in.lr / (1 - in.scalars[1])),
        for_d(in.lr * beta2 / (1 - in.scalars[2])),
        fix(1 / std::sqrt(1 - in.scalars[3])),
        rest3(1 - beta3) {}

  template <class L, class V>
  HWY_INLINE V operator()(L lit, V /*w*/, V g, V& m, V& d, V& n, V& g_last) const {
    const V change = g - (g_last + lit(first) * g);
    const V ahead = g + lit(beta2) * change;
    m = lit(beta1) * m + lit(1 - beta1) * g;
    d = lit(beta2) * d + lit(1 - beta2) * change;
    n = lit(beta3) * n + rest3(lit, ahead);
    g_last = g;
    return (lit(for_m) * m + lit(for_d) * d) / (Sqrt(n) * lit(fix) + lit(eps));
  }
};

}  // namespace halflife::HWY_NAMESPACE
HWY_AFTER_NAMESPACE();
