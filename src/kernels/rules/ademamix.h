// AdEMAMix: Adam with a second, much slower momentum. Pagliardini et al. 2024, arXiv:2409.03137.

HWY_BEFORE_NAMESPACE();
namespace halflife::HWY_NAMESPACE {

struct Ademamix {
  static constexpr Names<3> kSlots{"m1", "m2", "v"};
  static constexpr Names<1> kSquares{"v"};
  static constexpr Names<2> kScalars{"beta1_power", "beta2_power"};
  static void Advance(const double* o, double /*lr*/, double* s) {
    HWY_NAMESPACE::NextPower(&s[1], o[0], s[0]);
    HWY_NAMESPACE::NextPower(&s[2], o[1], s[0]);
  }
  static constexpr OptionSpec kOptions[] = {
      {"beta1", 0.9, {0, 1, true, true}, "", "share of m1 kept each step"},
      {"beta2", 0.999, kFraction, "", "share of v kept each step"},
      {"beta3", 0.9999, {0, 1, true, true}, "", "share of m2 kept each step"},
      {"alpha", 5, kNonNegative, "", "weight of the slow momentum"},
      {"warmup", 0, kCount, "steps", "over these, alpha rises from 0 and beta3 from beta1"},
      {"eps", 1e-8, kNonNegative, "", "keeps the division finite"}};
  static constexpr RuleSpec kSpec{
      "ademamix",
      "AdEMAMix",
      "Pagliardini, Ablin & Grangier 2024, arXiv:2409.03137",
      "m1 <- beta1 m1 + (1 - beta1) g;  m2 <- beta3 m2 + (1 - beta3) g\n"
      "v <- beta2 v + (1 - beta2) g^2\n"
      "w <- w - lr (m1 / (1 - beta1^t) + alpha m2) / (sqrt(v) / sqrt(1 - beta2^t) + eps)",
      "",
      1e-3,
      DecayLaw::kDecoupled,
      0,
      kOptions};

  double beta1, beta2, beta3, eps, for_m1, for_m2, fix;
  ShareOfSquare rest2;
  explicit Ademamix(const RuleInput& in)
      : beta1(in.options[0]),
        beta2(in.options[1]),
        beta3(in.options[2]),
        eps(in.options[5]),
        for_m1(in.lr / (1 - in.scalars[1])),
        for_m2(in.lr * in.options[3]),
        fix(1 / std::sqrt(1 - in.scalars[2])),
        rest2(1 - beta2) {
    if (in.scalars[0] >= in.options[4]) return;
    const double part = in.scalars[0] / in.options[4];
    const double fast = std::log(beta1);
    const double slow = std::log(beta3);
    for_m2 *= part;  // the averaging time, not beta3 itself, rises linearly
    beta3 = std::min(beta3, std::exp(fast * slow / ((1 - part) * slow + part * fast)));
  }

  template <class L, class V>
  HWY_INLINE V operator()(L lit, V /*w*/, V g, V& m1, V& m2, V& v) const {
    m1 = lit(beta1) * m1 + lit(1 - beta1) * g;
    m2 = lit(beta3) * m2 + lit(1 - beta3) * g;
    v = lit(beta2) * v + rest2(lit, g);
    return (lit(for_m1) * m1 + lit(for_m2) * m2) / (Sqrt(v) * lit(fix) + lit(eps));
  }
};

}  // namespace halflife::HWY_NAMESPACE
HWY_AFTER_NAMESPACE();
