#include "lab/decay_path.h"

#include <algorithm>
#include <cmath>

#include "base/text.h"

namespace halflife {

std::vector<double> DecayPath(int per_decade) {
  const long first = std::lround(std::log10(kLeastDecay));
  const long last = std::lround(std::log10(kLargestDecay));
  std::vector<double> decays = {0.0};
  for (long i = first * per_decade; i <= last * per_decade; ++i)
    decays.push_back(RoundSignificant(std::pow(10.0, static_cast<double>(i) / per_decade), 4));
  return decays;
}

double MarkedDecay(double decay) { return decay > 0.0 ? std::max(decay, kLeastDecay) : 0.0; }

}  // namespace halflife
