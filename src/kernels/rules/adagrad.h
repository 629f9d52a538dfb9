// Adagrad: steps divided by the root of all squared gradients so far. Duchi et al. 2011, JMLR 12.

HWY_BEFORE_NAMESPACE();
namespace halflife::HWY_NAMESPACE {

struct Adagrad {
  static constexpr Names<1> kSlots{"s"};
  static constexpr auto kSquares = kSlots;
  static constexpr OptionSpec kOptions[] = {
      {"lr_decay", 0, kNonNegative, "", "the rate is lr / (1 + (t - 1) lr_decay)"},
      {"initial_accumulator_value", 0, kNonNegative, "", "s0, added to s"},
      {"eps", 1e-10, kNonNegative, "", "keeps the division finite"}};
  static constexpr RuleSpec kSpec{
      "adagrad",
      "Adagrad",
      "Duchi, Hazan & Singer 2011, JMLR 12",
      "s <- s + g^2\nw <- w - lr / (1 + (t - 1) lr_decay) g / (sqrt(s0 + s) + eps)",
      "",
      1e-2,
      DecayLaw::kCoupled,
      0,
      kOptions};

  double start, eps, rate;
  ShareOfSquare square{1};
  explicit Adagrad(const RuleInput& in)
      : start(in.options[1]),
        eps(in.options[2]),
        rate(in.lr / (1 + (in.scalars[0] - 1) * in.options[0])) {}

  template <class L, class V>
  HWY_INLINE V operator()(L lit, V /*w*/, V g, V& s) const {
    s = s + square(lit, g);
    return lit(rate) * g / (Sqrt(s + lit(start)) + lit(eps));
  }
};

}  // namespace halflife::HWY_NAMESPACE
HWY_AFTER_NAMESPACE();
