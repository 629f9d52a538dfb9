#include "linalg/order.h"

#include <hwy/contrib/sort/vqsort.h>

#include <bit>

namespace halflife {

std::vector<uint32_t> OrderUp(std::span<const double> values) {
  constexpr uint64_t kSign = uint64_t{1} << 63;
  std::vector<hwy::uint128_t> keys(values.size());
  for (std::size_t i = 0; i < values.size(); ++i) {
    // As whole numbers the bits of doubles stand in the order of their sizes.
    const auto bits = std::bit_cast<uint64_t>(values[i] + 0.0);
    keys[i].hi = (bits & kSign) != 0 ? ~bits : bits | kSign;
    keys[i].lo = i;
  }
  const hwy::Sorter sorter;
  sorter(keys.data(), keys.size(), hwy::SortAscending());
  std::vector<uint32_t> order(values.size());
  for (std::size_t i = 0; i < order.size(); ++i) order[i] = static_cast<uint32_t>(keys[i].lo);
  return order;
}

}  // namespace halflife
