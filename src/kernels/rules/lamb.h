// LAMB: Adam whose step is as long as the weights. You et al. 2020, arXiv:1904.00962.
#include <cmath>

HWY_BEFORE_NAMESPACE();
namespace halflife::HWY_NAMESPACE {

struct Lamb {
  static constexpr OptionSpec kOptions[] = {
      {"beta1", 0.9, kFraction, "", "share of m kept each step"},
      {"beta2", 0.999, kFraction, "", "share of v kept each step"},
      {"eps", 1e-6, kNonNegative, "", "keeps the division finite"},
      {"always_adapt", 0, kFlag, "", "use the ratio for tensors without decay too"}};
  static constexpr RuleSpec kSpec{
      "lamb",
      "LAMB",
      "You et al. 2020, arXiv:1904.00962",
      "m, v, mhat, vhat as in Adam;  u = mhat / (sqrt(vhat) + eps) + decay w\n"
      "w <- w - lr ||w|| / ||u|| u   (norms over the tensor)",
      "Coupled decay is inside the ratio. Tensors without decay skip the ratio.",
      1e-3,
      DecayLaw::kCoupled,
      0,
      kOptions,
      {},
      true};
  static constexpr Names<2> kSlots{"m", "v"};
  static constexpr Names<1> kSquares{"v"};
  static constexpr Names<2> kScalars{"beta1_power", "beta2_power"};
  static constexpr std::size_t kTotals = 2;  // of w and of u
  static constexpr bool kStepMovesSlots = false;
  static constexpr bool kStepReadsGradient = false;
  static constexpr bool kPlain = false;

  double beta1, beta2, eps, decay, fix1, fix2, rate;
  ShareOfSquare fresh;
  explicit Lamb(const TensorInput& in)
      : beta1(in.options[0]),
        beta2(in.options[1]),
        eps(in.options[2]),
        decay(in.decay),
        fix1(1 / (1 - in.scalars[1])),
        fix2(1 / std::sqrt(1 - in.scalars[2])),
        rate(in.lr),
        fresh(1 - in.options[1]) {
    const double w_norm = std::sqrt(in.totals[0]), u_norm = std::sqrt(in.totals[1]);
    if ((in.decayed || in.options[3] != 0) && w_norm > 0 && u_norm > 0) rate *= w_norm / u_norm;
  }
  static void Advance(const double* o, double /*lr*/, double* s) {
    HWY_NAMESPACE::NextPower(&s[1], o[0], s[0]);
    HWY_NAMESPACE::NextPower(&s[2], o[1], s[0]);
  }

  template <class L, class V>
  HWY_INLINE V U(L lit, V distance, V m, V v) const {
    return lit(fix1) * m / (Sqrt(v) * lit(fix2) + lit(eps)) + lit(decay) * distance;
  }
  template <class L, class V>
  HWY_INLINE void Measure(L lit, V w, V distance, V g, V* squares, V& m, V& v) const {
    m = ToGrid(V(lit(beta1) * m + lit(1 - beta1) * g), V(lit(GridShift(kGrain))));
    v = ToGrid(V(lit(beta2) * v + fresh(lit, g)), V(lit(GridShift(kGrainOfSquares))));
    squares[0] = w;
    squares[1] = U(lit, distance, m, v);
  }
  template <class L, class V>
  HWY_INLINE V Step(L lit, V distance, V /*g*/, V m, V v) const {
    return lit(rate) * U(lit, distance, m, v);
  }
};

}  // namespace halflife::HWY_NAMESPACE
HWY_AFTER_NAMESPACE();
