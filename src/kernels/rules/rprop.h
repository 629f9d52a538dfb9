// Rprop: a step size for every weight, by signs alone, for full batches. Riedmiller & Braun 1993.
// The sizes are kept relative to lr, so a schedule acts on them.

HWY_BEFORE_NAMESPACE();
namespace halflife::HWY_NAMESPACE {

struct Rprop {
  static constexpr Names<2> kSlots{"size", "g_last"};
  static constexpr OptionSpec kOptions[] = {
      {"eta_minus", 0.5, {0, 1, true, true}, "", "shrinks the size when the sign flips"},
      {"eta_plus", 1.2, {1, kUnbounded, true, true}, "", "grows it when the sign stays"},
      {"step_min", 1e-6, kPositive, "", "least size of a step"},
      {"step_max", 50, kPositive, "", "largest size of a step"}};
  static constexpr RefusedLaw kRefused[] = {
      {DecayLaw::kCoupled,
       "only the gradient's sign counts, so a penalty added to it has no size"}};
  static constexpr RuleSpec kSpec{
      "rprop",
      "Rprop",
      "Riedmiller & Braun 1993",
      "size <- clamp(size {eta_plus | eta_minus | 1}, step_min, step_max)   by g g_last {> | < | "
      "=} 0\n"
      "g <- 0 where g g_last < 0;  g_last <- g\nw <- w - size sign(g)   (size starts at lr)",
      "For full batches only.",
      1e-2,
      DecayLaw::kDecoupled,
      0,
      kOptions,
      kRefused};
  static std::string_view Refuse(const double* o) {
    return o[2] > o[3] ? "step_min must not exceed step_max" : "";
  }

  double lr, minus, plus, low, high, first;
  explicit Rprop(const RuleInput& in)
      : lr(in.lr),
        minus(in.options[0]),
        plus(in.options[1]),
        low(in.lr > 0 ? in.options[2] / in.lr : 0),
        high(in.lr > 0 ? in.options[3] / in.lr : kUnbounded),
        first(in.scalars[0] == 1 ? 1 : 0) {}

  template <class L, class V>
  HWY_INLINE V operator()(L lit, V /*w*/, V g, V& size, V& g_last) const {
    const V agree = Sign(lit, g) * Sign(lit, g_last);
    const V flipped = lit(0) - agree;
    const V factor = IfPositive(agree, V(lit(plus)), IfPositive(flipped, V(lit(minus)), V(lit(1))));
    size = Smaller(Larger(V((size + lit(first)) * factor), V(lit(low))), V(lit(high)));
    g_last = IfPositive(flipped, V(lit(0)), g);
    return lit(lr) * size * Sign(lit, g_last);
  }
};

}  // namespace halflife::HWY_NAMESPACE
HWY_AFTER_NAMESPACE();
