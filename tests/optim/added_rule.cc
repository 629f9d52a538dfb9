// Adds the example's rule before the tests are listed.
namespace own {

void AddSignum();

namespace {
[[maybe_unused]] const bool kAdded = (AddSignum(), true);
}  // namespace

}  // namespace own
