// Adam: adaptive moments. Kingma & Ba 2015, arXiv:1412.6980; amsgrad: Reddi et al. 2018,
// arXiv:1904.09237, with the maximum of v before its correction, as PyTorch's code has it.

#if defined(HALFLIFE_KERNELS_RULES_ADAM_H_) == defined(HWY_TARGET_TOGGLE)
#ifdef HALFLIFE_KERNELS_RULES_ADAM_H_
#undef HALFLIFE_KERNELS_RULES_ADAM_H_
#else
#define HALFLIFE_KERNELS_RULES_ADAM_H_
#endif

HWY_BEFORE_NAMESPACE();
namespace halflife::HWY_NAMESPACE {

template <bool kAmsgrad>
struct AdamStep {
  static constexpr auto kSlots = [] {
    if constexpr (kAmsgrad) return Names<3>{"m", "v", "v_max"};
    if constexpr (!kAmsgrad) return Names<2>{"m", "v"};
  }();
  static constexpr Names<2> kSquares{"v", "v_max"};
  double beta1, beta2, eps, rate;
  ShareOfSquare rest2;
  // Both sides of the division times sqrt(1 - beta2^t): one multiplication less.
  explicit AdamStep(const RuleInput& in)
      : beta1(in.options[0]),
        beta2(in.options[1]),
        eps(in.options[2] * std::sqrt(1 - in.scalars[2])),
        rate(in.lr * std::sqrt(1 - in.scalars[2]) / (1 - in.scalars[1])),
        rest2(1 - beta2) {}

  template <class L, class V>
  HWY_INLINE V operator()(L lit, V /*w*/, V g, V& m, V& v) const {
    m = lit(beta1) * m + lit(1 - beta1) * g;
    v = lit(beta2) * v + rest2(lit, g);
    return lit(rate) * m / (Sqrt(v) + lit(eps));
  }
  template <class L, class V>
  HWY_INLINE V operator()(L lit, V /*w*/, V g, V& m, V& v, V& v_max) const {
    m = lit(beta1) * m + lit(1 - beta1) * g;
    v = lit(beta2) * v + rest2(lit, g);
    v_max = Larger(v_max, v);
    return lit(rate) * m / (Sqrt(v_max) + lit(eps));
  }
};

struct Adam {
  using Variants = std::tuple<AdamStep<false>, AdamStep<true>>;
  static std::size_t Pick(const double* o) { return o[3] != 0 ? 1 : 0; }
  static constexpr Names<2> kScalars{"beta1_power", "beta2_power"};
  static void Advance(const double* o, double /*lr*/, double* s) {
    HWY_NAMESPACE::NextPower(&s[1], o[0], s[0]);
    HWY_NAMESPACE::NextPower(&s[2], o[1], s[0]);
  }
  static constexpr OptionSpec kOptions[] = {
      {"beta1", 0.9, kFraction, "", "share of m kept each step"},
      {"beta2", 0.999, kFraction, "", "share of v kept each step"},
      {"eps", 1e-8, kNonNegative, "", "keeps the division finite"},
      {"amsgrad", 0, kFlag, "", "divide by the largest v so far"}};
  static constexpr RuleSpec kSpec{
      "adam",
      "Adam",
      "Kingma & Ba 2015, arXiv:1412.6980; amsgrad: Reddi et al. 2018, arXiv:1904.09237",
      "m <- beta1 m + (1 - beta1) g\nv <- beta2 v + (1 - beta2) g^2\n"
      "w <- w - lr / (1 - beta1^t) m / (sqrt(v) / sqrt(1 - beta2^t) + eps)",
      "Coupled decay here is the L2 penalty, scaled by the same division; it is not AdamW.",
      1e-3,
      DecayLaw::kCoupled,
      0,
      kOptions};
};

}  // namespace halflife::HWY_NAMESPACE
HWY_AFTER_NAMESPACE();

#endif  // per-target include guard
