// Adadelta: Adagrad with a memory, in the units of the weights. Zeiler 2012, arXiv:1212.5701.

HWY_BEFORE_NAMESPACE();
namespace halflife::HWY_NAMESPACE {

struct Adadelta {
  static constexpr Names<2> kSlots{"s", "a"};
  static constexpr auto kSquares = kSlots;
  static constexpr OptionSpec kOptions[] = {
      {"rho", 0.9, kFraction, "", "share of s and a kept each step"},
      {"eps", 1e-6, kPositive, "", "inside both roots; sets the size of the first steps"}};
  static constexpr RuleSpec kSpec{
      "adadelta",
      "Adadelta",
      "Zeiler 2012, arXiv:1212.5701",
      "s <- rho s + (1 - rho) g^2\nd = sqrt(a + eps) / sqrt(s + eps) g\n"
      "a <- rho a + (1 - rho) d^2\nw <- w - lr d",
      "",
      1,
      DecayLaw::kCoupled,
      0,
      kOptions};

  double lr, rho, eps;
  ShareOfSquare rest;
  explicit Adadelta(const RuleInput& in)
      : lr(in.lr), rho(in.options[0]), eps(in.options[1]), rest(1 - rho) {}

  template <class L, class V>
  HWY_INLINE V operator()(L lit, V /*w*/, V g, V& s, V& a) const {
    s = lit(rho) * s + rest(lit, g);
    const V d = Sqrt(a + lit(eps)) / Sqrt(s + lit(eps)) * g;
    a = lit(rho) * a + rest(lit, d);
    return lit(lr) * d;
  }
};

}  // namespace halflife::HWY_NAMESPACE
HWY_AFTER_NAMESPACE();
