// Stochastic gradient descent with momentum, dampening and Nesterov's step. Sutskever et al. 2013;
// momentum as PyTorch has it: lr stays outside the velocity, so a schedule acts at once.

HWY_BEFORE_NAMESPACE();
namespace halflife::HWY_NAMESPACE {

template <bool kMomentum>
struct SgdStep {
  static constexpr Names<kMomentum ? 1 : 0> kSlots = [] {
    if constexpr (kMomentum) return Names<1>{"velocity"};
    if constexpr (!kMomentum) return Names0{};
  }();
  double lr, mu, keep, nesterov;
  // The first velocity is g itself, without dampening.
  explicit SgdStep(const RuleInput& in)
      : lr(in.lr),
        mu(in.options[0]),
        keep(in.scalars[0] == 1 ? 1 : 1 - in.options[1]),
        nesterov(in.options[2]) {}

  template <class L, class V>
  HWY_INLINE V operator()(L lit, V /*w*/, V g) const {
    return lit(lr) * g;
  }
  template <class L, class V>
  HWY_INLINE V operator()(L lit, V /*w*/, V g, V& b) const {
    b = lit(mu) * b + lit(keep) * g;
    if (nesterov != 0) return lit(lr) * (g + lit(mu) * b);
    return lit(lr) * b;
  }
};

struct Sgd {
  using Variants = std::tuple<SgdStep<false>, SgdStep<true>>;
  static std::size_t Pick(const double* o) { return o[0] > 0 ? 1 : 0; }
  static std::string_view Refuse(const double* o) {
    return o[2] != 0 && (o[0] == 0 || o[1] != 0) ? "nesterov needs momentum > 0 and dampening = 0"
                                                 : "";
  }
  static constexpr OptionSpec kOptions[] = {
      {"momentum", 0, kFraction, "", "share of the velocity kept each step"},
      {"dampening", 0, {0, 1}, "", "share of the gradient held back from the velocity"},
      {"nesterov", 0, kFlag, "", "step along g + momentum b instead of b"}};
  static constexpr RuleSpec kSpec{"sgd",
                                  "Stochastic gradient descent",
                                  "Robbins & Monro 1951; Sutskever et al. 2013 (momentum)",
                                  "b <- momentum b + (1 - dampening) g   (at t = 1: b <- g)\n"
                                  "w <- w - lr b   (nesterov: w - lr (g + momentum b))",
                                  "Without momentum nothing is stored.",
                                  1e-2,
                                  DecayLaw::kCoupled,
                                  0,
                                  kOptions};
};

}  // namespace halflife::HWY_NAMESPACE
HWY_AFTER_NAMESPACE();
