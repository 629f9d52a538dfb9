#include <algorithm>
#include <numeric>

#include "linalg/order.h"

namespace halflife {

std::vector<uint32_t> OrderUp(std::span<const double> values) {
  std::vector<uint32_t> order(values.size());
  std::iota(order.begin(), order.end(), 0U);
  std::sort(order.begin(), order.end(), [&](uint32_t a, uint32_t b) {
    return values[a] < values[b] || (values[a] == values[b] && a < b);
  });
  return order;
}

}  // namespace halflife
