// Signum, the sign of a momentum: a rule of one's own. Bernstein et al. 2018, arXiv:1802.04434.
#include <halflife/custom_rule.h>

HWY_BEFORE_NAMESPACE();
namespace own::HWY_NAMESPACE {
using namespace halflife::HWY_NAMESPACE;  // Names, Sign, Sqrt, Larger, ...

struct Signum {
  static constexpr Names<1> kSlots{"m"};  // the state of each weight, 0 at first
  static constexpr halflife::OptionSpec kOptions[] = {
      {"momentum", 0.9, halflife::kFraction, "", "share of m kept each step"}};
  static constexpr halflife::RuleSpec kSpec{
      .name = "signum",
      .title = "Signum",
      .paper = "Bernstein et al. 2018, arXiv:1802.04434",
      .formula = "m <- momentum m + (1 - momentum) g\nw <- w - lr sign(m)",
      .lr = 1e-4,
      .law = halflife::DecayLaw::kDecoupled,
      .options = kOptions};

  double lr, mu;  // what a step needs, made once a step from its options
  explicit Signum(const halflife::RuleInput& in) : lr(in.lr), mu(in.options[0]) {}

  // What is to be taken from w. V is a vector of floats, or one float; lit(0.5) is a V of 0.5.
  template <class L, class V>
  HWY_INLINE V operator()(L lit, V /*w*/, V g, V& m) const {
    m = lit(mu) * m + lit(1 - mu) * g;
    return lit(lr) * Sign(lit, m);
  }
};

void RunSignum(std::size_t variant, const halflife::ElementwiseJob& job) {
  RunCustomRule<Signum>(variant, job);
}

}  // namespace own::HWY_NAMESPACE
HWY_AFTER_NAMESPACE();

#if HWY_ONCE  // below: once, not for every SIMD target
namespace own {
HWY_EXPORT(RunSignum);

void AddSignum() {
  HWY_NAMESPACE::AddRule<HWY_NAMESPACE::Signum>(
      [](std::size_t variant, const halflife::ElementwiseJob& job) {
        HWY_DYNAMIC_DISPATCH(RunSignum)(variant, job);
      });
}
}  // namespace own
#endif
