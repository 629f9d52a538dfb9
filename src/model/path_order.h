// The order in which a sparse path takes decays, and folds that two models have both done.
#pragma once

#include <algorithm>
#include <iterator>
#include <span>
#include <vector>

namespace halflife {

// Decays from the largest down, and the place of each among those asked for.
struct DecaysDown {
  std::vector<double> decays;
  std::vector<std::size_t> places;

  explicit DecaysDown(std::span<const double> all) {
    for (std::size_t d = 0; d < all.size(); ++d) places.push_back(d);
    std::sort(places.begin(), places.end(),
              [&](std::size_t a, std::size_t b) { return all[a] > all[b]; });
    for (const std::size_t d : places) decays.push_back(all[d]);
  }
};

// What is in both of two ascending lists.
inline std::vector<int> Both(const std::vector<int>& a, const std::vector<int>& b) {
  std::vector<int> both;
  std::set_intersection(a.begin(), a.end(), b.begin(), b.end(), std::back_inserter(both));
  return both;
}

}  // namespace halflife
