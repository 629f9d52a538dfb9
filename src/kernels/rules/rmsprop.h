// RMSprop: steps divided by a running root mean square of the gradient. Hinton 2012, lecture 6e;
// centered: Graves 2013, arXiv:1308.0850.

HWY_BEFORE_NAMESPACE();
namespace halflife::HWY_NAMESPACE {

template <bool kCentered, bool kMomentum>
struct RmspropStep {
  static constexpr auto kSlots = [] {
    if constexpr (kCentered && kMomentum) return Names<3>{"v", "g_mean", "b"};
    if constexpr (kCentered && !kMomentum) return Names<2>{"v", "g_mean"};
    if constexpr (!kCentered && kMomentum) return Names<2>{"v", "b"};
    if constexpr (!kCentered && !kMomentum) return Names<1>{"v"};
  }();
  static constexpr Names<1> kSquares{"v"};
  double lr, alpha, eps, mu;
  ShareOfSquare fresh, square{1};
  explicit RmspropStep(const RuleInput& in)
      : lr(in.lr), alpha(in.options[0]), eps(in.options[1]), mu(in.options[2]), fresh(1 - alpha) {}

  template <class L, class V, class... Rest>
  HWY_INLINE V operator()(L lit, V /*w*/, V g, V& v, Rest&... rest) const {
    V* const more[] = {&v, &rest...};
    v = lit(alpha) * v + fresh(lit, g);
    V spread = v;
    if constexpr (kCentered) {
      *more[1] = lit(alpha) * *more[1] + lit(1 - alpha) * g;
      spread =
          Larger(V(v - square(lit, *more[1])), V(lit(0)));  // rounding may leave less than nothing
    }
    const V d = g / (Sqrt(spread) + lit(eps));
    if constexpr (!kMomentum) return lit(lr) * d;
    V& b = *more[sizeof...(rest)];
    b = lit(mu) * b + d;
    return lit(lr) * b;
  }
};

struct Rmsprop {
  using Variants = std::tuple<RmspropStep<false, false>, RmspropStep<false, true>,
                              RmspropStep<true, false>, RmspropStep<true, true>>;
  static std::size_t Pick(const double* o) { return (o[3] != 0 ? 2 : 0) + (o[2] > 0 ? 1 : 0); }
  static constexpr OptionSpec kOptions[] = {
      {"alpha", 0.99, kFraction, "", "share of v and g_mean kept each step"},
      {"eps", 1e-8, kNonNegative, "", "keeps the division finite"},
      {"momentum", 0, kFraction, "", "share of b kept each step"},
      {"centered", 0, kFlag, "", "divide by the spread around the mean gradient"}};
  static constexpr RuleSpec kSpec{"rmsprop",
                                  "RMSprop",
                                  "Hinton 2012, lecture 6e; centered: Graves 2013, arXiv:1308.0850",
                                  "v <- alpha v + (1 - alpha) g^2   (centered: also g_mean, of g)\n"
                                  "d = g / (sqrt(v) + eps)   (centered: sqrt(v - g_mean^2))\n"
                                  "b <- momentum b + d\nw <- w - lr b",
                                  "",
                                  1e-2,
                                  DecayLaw::kCoupled,
                                  0,
                                  kOptions};
};

}  // namespace halflife::HWY_NAMESPACE
HWY_AFTER_NAMESPACE();
