// Schedule-free AdamW: an average in the place of a schedule. Defazio et al. 2024,
// arXiv:2405.15682. The weights trained are y; evaluate at x, which AverageWeights gives.

HWY_BEFORE_NAMESPACE();
namespace halflife::HWY_NAMESPACE {

struct ScheduleFreeAdamw {
  static constexpr Names<2> kSlots{"z", "v"};
  static constexpr Names<1> kSquares{"v"};
  static constexpr Names<4> kScalars{"beta2_power", "lr_max", "weight_sum", "c"};
  static void Advance(const double* o, double lr, double* s) {
    HWY_NAMESPACE::NextPower(&s[1], o[1], s[0]);
    s[2] = std::max(s[2], lr);
    s[3] += s[2] * s[2];
    s[4] = s[3] > 0 ? s[2] * s[2] / s[3] : 0;
  }
  static constexpr OptionSpec kOptions[] = {
      {"beta1", 0.9, {0, 1, true, true}, "", "how far y lies from z toward the average x"},
      {"beta2", 0.999, kFraction, "", "share of v kept each step"},
      {"eps", 1e-8, kNonNegative, "", "keeps the division finite"}};
  static constexpr RefusedLaw kRefused[] = {
      {DecayLaw::kProximal, "the trained weights y mix z and x, so a zero in y would not last"}};
  static constexpr RuleSpec kSpec{
      "schedule_free_adamw",
      "Schedule-free AdamW",
      "Defazio et al. 2024, arXiv:2405.15682",
      "v <- beta2 v + (1 - beta2) g^2;  u = g / (sqrt(v / (1 - beta2^t)) + eps)   (g taken at y)\n"
      "c = lr_max^2 / sum of lr_max^2;  y <- (1 - c) y + c z - lr (1 - beta1 (1 - c)) u\n"
      "z <- z - lr u;  x = (y - (1 - beta1) z) / beta1",
      "Decay acts at y, on z and y alike. Use a constant lr after warm-up; evaluate at x.",
      2.5e-3,
      DecayLaw::kDecoupled,
      0,
      kOptions,
      kRefused};

  double beta1, beta2, eps, lr, fix, c, pass, first;
  ShareOfSquare rest2;
  explicit ScheduleFreeAdamw(const RuleInput& in)
      : beta1(in.options[0]),
        beta2(in.options[1]),
        eps(in.options[2]),
        lr(in.lr),
        fix(1 / std::sqrt(1 - in.scalars[1])),
        c(in.scalars[4]),
        pass(1 - beta1 * (1 - c)),
        first(in.scalars[0] == 1 ? 1 : 0),
        rest2(1 - beta2) {}

  template <class L, class V>
  HWY_INLINE V operator()(L lit, V y, V g, V& z, V& v) const {
    v = lit(beta2) * v + rest2(lit, g);
    const V move = lit(lr) * g / (Sqrt(v) * lit(fix) + lit(eps));
    z = z + lit(first) * y;
    const V step = lit(c) * (y - z) + lit(pass) * move;
    z = z - move;
    return step;
  }
  // A pull on z by `pull` moves y by its share.
  template <class L, class V>
  HWY_INLINE V Absorb(L lit, V pull, V& z, V& /*v*/) const {
    z = z - pull;
    return lit(pass) * pull;
  }
  template <class L, class V>
  HWY_INLINE V Average(L lit, V y, V z, V /*v*/) const {
    return (y - lit(1 - beta1) * z) / lit(beta1);
  }
};

}  // namespace halflife::HWY_NAMESPACE
HWY_AFTER_NAMESPACE();
