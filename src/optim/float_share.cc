#include "optim/float_share.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <numbers>

#include "halflife/custom/tiny.h"

namespace halflife {
namespace {

constexpr double kLowest = 0x1p23;   // a float is M ulps, M from here
constexpr double kHighest = 0x1p24;  // to here
// From this share on a step takes over 1,000 ulps, so that their rounding no longer shows.
constexpr double kFine = 0x1p-13;

double OneStep(DecayLaw law, double kernel_share, double w) {
  const auto x = static_cast<float>(w);
  if (law == DecayLaw::kProximal) return x * static_cast<float>(1 - kernel_share);
  return x - static_cast<float>(kernel_share) * x;
}

// How many of the next steps surely take the same, `taken`, as this one; at least 1.
std::int64_t EqualSteps(double kernel_share, double w, double taken) {
  int exponent = 0;
  std::frexp(w, &exponent);
  const double ulp = std::ldexp(1.0, exponent - 24);
  const double low = std::max((taken / ulp - 0.5) * ulp / kernel_share, kLowest * ulp);
  constexpr double kMargin = 2;  // the product is rounded before the difference is
  return std::max(static_cast<std::int64_t>((w - low) / taken - kMargin), std::int64_t{1});
}

}  // namespace

double KernelShare(DecayLaw law, double share) {
  if (law == DecayLaw::kProximal) return 1 - static_cast<double>(static_cast<float>(1 - share));
  return share < kFine ? static_cast<double>(static_cast<float>(share)) : share;
}

// A weight of M ulps loses round(share M) of them. So the time from M = 2^24 to 2^23 is the sum
// over k of the M that lose k, divided by k; M in [(k - 1/2) / share, (k + 1/2) / share] lose k.
FloatShare FloatShareOf(double share) {
  if (share <= 0) return {};
  if (share >= kFine) return {share, share, -std::numbers::ln2 / std::log1p(-share)};
  const double fewest = std::floor(share * kLowest + 0.5);  // M itself is larger, so ties go up
  const double most = std::ceil(share * kHighest - 0.5);    // and here to the even M, which stays
  FloatShare result;
  const double last_of_fewest = std::min((fewest + 0.5) / share, kHighest);
  result.least = fewest / last_of_fewest;
  result.most =
      std::max(fewest / kLowest, most > fewest ? (fewest + 1) * share / (fewest + 0.5) : 0.0);
  if (fewest == 0) return result;
  double steps = 0;
  const auto last = static_cast<std::int64_t>(most);  // a share below kFine takes few grains
  for (auto grains = static_cast<std::int64_t>(fewest); grains <= last; ++grains) {
    const auto k = static_cast<double>(grains);
    steps += (std::min((k + 0.5) / share, kHighest) - std::max((k - 0.5) / share, kLowest)) / k;
  }
  // As many as there would be in real numbers, times what the rounding changes.
  result.half_life = steps * share / -std::log1p(-share);
  return result;
}

double AfterSteps(DecayLaw law, double kernel_share, double w, std::int64_t steps) {
  if (kernel_share >= kFine)
    return w * std::exp(static_cast<double>(steps) * std::log1p(-kernel_share));
  w = static_cast<float>(w);
  while (steps > 0 && w >= kGrain) {
    const double taken = w - OneStep(law, kernel_share, w);
    if (taken <= 0) return w;
    const std::int64_t equal = std::min(EqualSteps(kernel_share, w, taken), steps);
    w -= static_cast<double>(equal) * taken;
    steps -= equal;
  }
  return w >= kGrain ? w : 0;
}

}  // namespace halflife
