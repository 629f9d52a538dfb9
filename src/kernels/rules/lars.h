// LARS: momentum whose gradient is scaled to the weights, tensor by tensor. You et al. 2017,
// arXiv:1708.03888.
#include <cmath>

HWY_BEFORE_NAMESPACE();
namespace halflife::HWY_NAMESPACE {

struct Lars {
  static constexpr OptionSpec kOptions[] = {
      {"momentum", 0.9, kFraction, "", "share of the velocity kept each step"},
      {"trust", 1e-3, kPositive, "", "length of a step as a share of ||w||"},
      {"eps", 1e-8, kNonNegative, "", "keeps the division finite"},
      {"always_adapt", 0, kFlag, "", "use the ratio for tensors without decay too"}};
  static constexpr RuleSpec kSpec{
      "lars",
      "LARS",
      "You, Gitman & Ginsburg 2017, arXiv:1708.03888",
      "r = trust ||w|| / (||g|| + decay ||w|| + eps)   (norms over the tensor)\n"
      "b <- momentum b + r (g + decay w)\nw <- w - lr b",
      "Coupled decay is inside the ratio. Tensors without decay skip the ratio.",
      1e-1,
      DecayLaw::kCoupled,
      0,
      kOptions,
      {},
      true};
  static constexpr Names<1> kSlots{"velocity"};
  static constexpr std::size_t kTotals = 2;  // of w and of g
  static constexpr bool kStepMovesSlots = true;
  static constexpr bool kStepReadsGradient = true;
  static constexpr bool kPlain = false;

  double mu, lr, decay, ratio = 1;
  explicit Lars(const TensorInput& in) : mu(in.options[0]), lr(in.lr), decay(in.decay) {
    const double w_norm = std::sqrt(in.totals[0]), g_norm = std::sqrt(in.totals[1]);
    if ((in.decayed || in.options[3] != 0) && w_norm > 0 && g_norm > 0)
      ratio = in.options[1] * w_norm / (g_norm + decay * w_norm + in.options[2]);
  }

  template <class L, class V>
  HWY_INLINE void Measure(L /*lit*/, V w, V /*distance*/, V g, V* squares, V& /*b*/) const {
    squares[0] = w;
    squares[1] = g;
  }
  template <class L, class V>
  HWY_INLINE V Step(L lit, V distance, V g, V& b) const {
    const V pulled = g + lit(decay) * distance;
    b = ToGrid(V(lit(mu) * b + lit(ratio) * pulled), V(lit(GridShift(kGrain))));
    return lit(lr) * b;
  }
};

}  // namespace halflife::HWY_NAMESPACE
HWY_AFTER_NAMESPACE();
