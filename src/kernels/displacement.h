// The displacement rule: w -= g, with any decay law.
HWY_BEFORE_NAMESPACE();
namespace halflife::HWY_NAMESPACE {

struct Displacement {
  static constexpr Names0 kSlots{};
  explicit Displacement(const RuleInput& /*in*/) {}

  template <class L, class V>
  HWY_INLINE V operator()(L /*lit*/, V /*w*/, V g) const {
    return g;
  }
};

}  // namespace halflife::HWY_NAMESPACE
HWY_AFTER_NAMESPACE();
