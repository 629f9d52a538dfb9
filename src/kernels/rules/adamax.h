// Adamax: Adam by the infinity norm. Kingma & Ba 2015, arXiv:1412.6980, section 7.1.

HWY_BEFORE_NAMESPACE();
namespace halflife::HWY_NAMESPACE {

struct Adamax {
  static constexpr Names<2> kSlots{"m", "u"};
  static constexpr Names<1> kScalars{"beta1_power"};
  static void Advance(const double* o, double /*lr*/, double* s) {
    HWY_NAMESPACE::NextPower(&s[1], o[0], s[0]);
  }
  static constexpr OptionSpec kOptions[] = {
      {"beta1", 0.9, kFraction, "", "share of m kept each step"},
      {"beta2", 0.999, kFraction, "", "share of u kept each step"},
      {"eps", 1e-8, kPositive, "", "keeps the division finite"}};
  static constexpr RuleSpec kSpec{"adamax",
                                  "Adamax",
                                  "Kingma & Ba 2015, arXiv:1412.6980",
                                  "m <- beta1 m + (1 - beta1) g\nu <- max(beta2 u, |g| + eps)\n"
                                  "w <- w - lr / (1 - beta1^t) m / u",
                                  "",
                                  2e-3,
                                  DecayLaw::kCoupled,
                                  0,
                                  kOptions};

  double beta1, beta2, eps, rate;
  explicit Adamax(const RuleInput& in)
      : beta1(in.options[0]),
        beta2(in.options[1]),
        eps(in.options[2]),
        rate(in.lr / (1 - in.scalars[1])) {}

  template <class L, class V>
  HWY_INLINE V operator()(L lit, V /*w*/, V g, V& m, V& u) const {
    m = lit(beta1) * m + lit(1 - beta1) * g;
    u = Larger(V(lit(beta2) * u), V(Abs(g) + lit(eps)));
    return lit(rate) * m / u;
  }
};

}  // namespace halflife::HWY_NAMESPACE
HWY_AFTER_NAMESPACE();
