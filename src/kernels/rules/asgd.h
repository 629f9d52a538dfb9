// ASGD: averaged stochastic gradient descent. Polyak & Juditsky 1992, with the schedule of PyTorch.

HWY_BEFORE_NAMESPACE();
namespace halflife::HWY_NAMESPACE {

struct Asgd {
  static constexpr Names<1> kSlots{"average"};
  static constexpr OptionSpec kOptions[] = {
      {"lambd", 1e-4, kNonNegative, "", "its own decay, beside the decay law"},
      {"alpha", 0.75, kNonNegative, "", "power by which the rate falls"},
      {"t0", 1e6, kNonNegative, "steps", "averaging starts here"}};
  static constexpr RuleSpec kSpec{
      "asgd",
      "Averaged SGD",
      "Polyak & Juditsky 1992, SIAM J. Control Optim. 30(4)",
      "rate = lr / (1 + lambd lr (t - 1))^alpha\nw <- w - rate (g + lambd w)\n"
      "average <- average + (w - average) / max(1, t - 1 - t0)",
      "lambd decays weights too, whatever the law: set it to 0 to choose by the law alone. "
      "AverageWeights gives the average.",
      1e-2,
      DecayLaw::kCoupled,
      0,
      kOptions};

  double rate, lambd, share;
  explicit Asgd(const RuleInput& in)
      : rate(in.lr / std::pow(1 + in.options[0] * in.lr * (in.scalars[0] - 1), in.options[1])),
        lambd(in.options[0]),
        share(1 / std::max(1.0, in.scalars[0] - 1 - in.options[2])) {}

  template <class L, class V>
  HWY_INLINE V operator()(L lit, V w, V g, V& /*average*/) const {
    return lit(rate) * (g + lit(lambd) * w);
  }
  // Sees the weight after the decay law.
  template <class L, class V>
  HWY_INLINE void After(L lit, V w, V& average) const {
    average = lit(1 - share) * average + lit(share) * w;
  }
  template <class L, class V>
  HWY_INLINE V Average(L /*lit*/, V /*w*/, V average) const {
    return average;
  }
};

}  // namespace halflife::HWY_NAMESPACE
HWY_AFTER_NAMESPACE();
