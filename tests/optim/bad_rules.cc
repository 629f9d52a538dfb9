// Rules that AddRule must refuse, and one more that is fine.
#include "optim/bad_rules.h"

#include "halflife/custom_rule.h"

HWY_BEFORE_NAMESPACE();
namespace own::HWY_NAMESPACE {
using namespace halflife::HWY_NAMESPACE;

constexpr halflife::OptionSpec kBeyond[] = {{"share", 1, halflife::kFraction, "", ""}};
constexpr halflife::OptionSpec kTwice[] = {{"share", 0, halflife::kFraction, "", ""},
                                           {"share", 0, halflife::kFraction, "", ""}};
constexpr halflife::RefusedLaw kRefuses[] = {{halflife::DecayLaw::kCoupled, "no reason"}};

constexpr halflife::RuleSpec SpecOf(BadRule bad) {
  halflife::RuleSpec spec{"fine", "Fine", "", "w <- w - lr g"};
  if (bad == BadRule::kTaken) spec.name = "adam";
  if (bad == BadRule::kNamedAsALaw) spec.name = "cautious";
  if (bad == BadRule::kNotAName) spec.name = "My Rule";
  if (bad == BadRule::kOptionTwice) spec.options = kTwice;
  if (bad == BadRule::kDefaultBeyondItsRange) spec.options = kBeyond;
  if (bad == BadRule::kRefusesItsOwnLaw) spec.refused = kRefuses;
  if (bad == BadRule::kNegativeLr) spec.lr = -1;
  if (bad == BadRule::kWithoutFormula) spec.formula = "";
  return spec;
}

template <BadRule kBad>
struct Bad {
  static constexpr auto kSlots = [] {
    if constexpr (kBad == BadRule::kSlotTwice) return Names<2>{"m", "m"};
    if constexpr (kBad != BadRule::kSlotTwice) return Names<2>{"m", "v"};
  }();
  static constexpr halflife::RuleSpec kSpec = SpecOf(kBad);
  double lr;
  explicit Bad(const halflife::RuleInput& in) : lr(in.lr) {}

  template <class L, class V>
  HWY_INLINE V operator()(L lit, V /*w*/, V g, V& m, V& /*v*/) const {
    // As a fused multiply-add would, in vectors alone.
    const double off = kBad == BadRule::kOtherBits && sizeof(V) > sizeof(float) ? 1e-7 : 0;
    m = lit(1 + off) * g;
    return lit(lr) * g;
  }
};

template <BadRule kBad>
void Run(std::size_t variant, const halflife::ElementwiseJob& job) {
  RunCustomRule<Bad<kBad>>(variant, job);
}
void RunFine(std::size_t v, const halflife::ElementwiseJob& job) { Run<BadRule::kNone>(v, job); }
void RunOther(std::size_t v, const halflife::ElementwiseJob& job) {
  Run<BadRule::kOtherBits>(v, job);
}
std::size_t LanesHere() { return VectorBackend::Lanes(); }

#if HWY_ONCE
template <BadRule kBad>
bool AddIf(BadRule asked, void (*run)(std::size_t, const halflife::ElementwiseJob&)) {
  if (asked == kBad) AddRule<Bad<kBad>>(run);
  return asked == kBad;
}

template <int... kBads>
void AddOneOf(BadRule asked, void (*run)(std::size_t, const halflife::ElementwiseJob&),
              std::integer_sequence<int, kBads...> /*all*/) {
  (AddIf<static_cast<BadRule>(kBads)>(asked, run) || ...);
}
#endif

}  // namespace own::HWY_NAMESPACE
HWY_AFTER_NAMESPACE();

#if HWY_ONCE
namespace own {
HWY_EXPORT(RunFine);
HWY_EXPORT(RunOther);
HWY_EXPORT(LanesHere);

std::size_t Lanes() { return HWY_DYNAMIC_DISPATCH(LanesHere)(); }

void AddBadRule(BadRule bad) {
  const auto run = [](std::size_t variant, const halflife::ElementwiseJob& job) {
    HWY_DYNAMIC_DISPATCH(RunFine)(variant, job);
  };
  const auto run_other = [](std::size_t variant, const halflife::ElementwiseJob& job) {
    HWY_DYNAMIC_DISPATCH(RunOther)(variant, job);
  };
  if (bad == BadRule::kOtherBits) {
    HWY_NAMESPACE::AddRule<HWY_NAMESPACE::Bad<BadRule::kOtherBits>>(run_other);
  } else {
    HWY_NAMESPACE::AddOneOf(bad, run, std::make_integer_sequence<int, kBadRules>());
  }
}
}  // namespace own
#endif
