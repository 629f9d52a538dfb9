// Lion: steps of one size, by the sign of a momentum. Chen et al. 2023, arXiv:2302.06675.

HWY_BEFORE_NAMESPACE();
namespace halflife::HWY_NAMESPACE {

struct Lion {
  static constexpr Names<1> kSlots{"m"};
  static constexpr OptionSpec kOptions[] = {
      {"beta1", 0.9, kFraction, "", "share of m in the direction"},
      {"beta2", 0.99, kFraction, "", "share of m kept each step"}};
  static constexpr RuleSpec kSpec{
      "lion",
      "Lion",
      "Chen et al. 2023, arXiv:2302.06675",
      "w <- w - lr sign(beta1 m + (1 - beta1) g)\nm <- beta2 m + (1 - beta2) g",
      "Steps are larger than Adam's: lr about a tenth, decay about ten times.",
      1e-4,
      DecayLaw::kDecoupled,
      0,
      kOptions};

  double lr, beta1, beta2;
  explicit Lion(const RuleInput& in) : lr(in.lr), beta1(in.options[0]), beta2(in.options[1]) {}

  template <class L, class V>
  HWY_INLINE V operator()(L lit, V /*w*/, V g, V& m) const {
    const V u = Sign(lit, V(lit(beta1) * m + lit(1 - beta1) * g));
    m = lit(beta2) * m + lit(1 - beta2) * g;
    return lit(lr) * u;
  }
};

}  // namespace halflife::HWY_NAMESPACE
HWY_AFTER_NAMESPACE();
