// Dropout's masks.
#include <algorithm>
#include <cmath>

#include "base/random.h"
#include "kernels/net/layers.h"

namespace halflife {

// One draw of the generator gives the numbers of four rows of a unit.
void FillMask(const MaskKey& key, double dropout, std::size_t rows, std::size_t units,
              float* mask) {
  constexpr std::uint32_t kDomain = 0x6D61736B;  // apart from the streams of class Random
  const auto below = static_cast<std::uint64_t>(std::ldexp(dropout, 32));
  const auto kept = static_cast<float>(1 / (1 - dropout));
  const std::array<std::uint32_t, 2> seed = {static_cast<std::uint32_t>(key.seed) ^ kDomain,
                                             static_cast<std::uint32_t>(key.seed >> 32) ^ ~kDomain};
  for (std::size_t row = 0; row < rows; row += 4) {
    float* at = mask + row / kPanel * Rounded(units) * kPanel + row % kPanel;
    for (std::size_t u = 0; u < units; ++u, at += kPanel) {
      const auto bits = Philox4x32({static_cast<std::uint32_t>(row), static_cast<std::uint32_t>(u),
                                    static_cast<std::uint32_t>(key.step),
                                    static_cast<std::uint32_t>(key.step >> 32) ^ (key.layer << 16)},
                                   seed);
      for (std::size_t i = 0; i < 4; ++i) at[i] = bits[i] < below ? 0 : kept;
    }
  }
}

}  // namespace halflife
