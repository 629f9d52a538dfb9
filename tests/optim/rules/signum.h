// Signum: the sign of a momentum. Bernstein et al. 2018, arXiv:1802.04434. A rule of the tests
// alone: with its one line in CMakeLists.txt it is listed, checked, trained and saved like any
// other.
HWY_BEFORE_NAMESPACE();
namespace halflife::HWY_NAMESPACE {

struct Signum {
  static constexpr Names<1> kSlots{"m"};
  static constexpr OptionSpec kOptions[] = {
      {"momentum", 0.9, kFraction, "", "share of m kept each step"}};
  static constexpr RuleSpec kSpec{"signum",
                                  "Signum",
                                  "Bernstein et al. 2018, arXiv:1802.04434",
                                  "m <- momentum m + (1 - momentum) g\nw <- w - lr sign(m)",
                                  "",
                                  1e-4,
                                  DecayLaw::kDecoupled,
                                  0,
                                  kOptions};

  double lr, mu;
  explicit Signum(const RuleInput& in) : lr(in.lr), mu(in.options[0]) {}

  template <class L, class V>
  HWY_INLINE V operator()(L lit, V /*w*/, V g, V& m) const {
    m = lit(mu) * m + lit(1 - mu) * g;
    return lit(lr) * Sign(lit, m);
  }
};

}  // namespace halflife::HWY_NAMESPACE
HWY_AFTER_NAMESPACE();
