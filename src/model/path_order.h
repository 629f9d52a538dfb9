// Folds that walk a path of decays from the largest down: the order, and which of them are done.
#pragma once

#include <algorithm>
#include <iterator>
#include <span>
#include <vector>

#include "model/model.h"

namespace halflife {

// The places of those decays that are not `settled(place)`, the largest decay first.
template <typename IsSettled>
std::vector<std::size_t> LargestFirst(std::span<const double> decays, const IsSettled& settled) {
  std::vector<std::size_t> order;
  for (std::size_t d = 0; d < decays.size(); ++d) {
    if (!settled(d)) order.push_back(d);
  }
  std::sort(order.begin(), order.end(),
            [&](std::size_t a, std::size_t b) { return decays[a] > decays[b]; });
  return order;
}

// Decays from the largest down, and the place of each among those asked for.
struct DecaysDown {
  std::vector<double> decays;
  std::vector<std::size_t> places;

  explicit DecaysDown(std::span<const double> all)
      : places(LargestFirst(all, [](std::size_t) { return false; })) {
    for (const std::size_t d : places) decays.push_back(all[d]);
  }
};

// The folds whose walk is `done`, none unless that of all rows is, which is the first.
template <typename Walk>
std::vector<int> DoneWalks(const std::vector<Walk>& walks) {
  std::vector<int> done;
  if (!walks.front().done) return done;
  for (std::size_t i = 1; i < walks.size(); ++i) {
    if (walks[i].done) done.push_back(static_cast<int>(i - 1));
  }
  return done;
}

// What is in both of two ascending lists.
inline std::vector<int> Both(const std::vector<int>& a, const std::vector<int>& b) {
  std::vector<int> both;
  std::set_intersection(a.begin(), a.end(), b.begin(), b.end(), std::back_inserter(both));
  return both;
}

// Of scores of `folds`, those of the folds that are in `done` too; both ascending.
inline DecayScores OfFolds(const DecayScores& scores, const std::vector<int>& folds,
                           const std::vector<int>& done) {
  DecayScores some{scores.status, {}};
  for (std::size_t i = 0; i < scores.folds.size(); ++i) {
    if (std::binary_search(done.begin(), done.end(), folds[i]))
      some.folds.push_back(scores.folds[i]);
  }
  return some;
}

}  // namespace halflife
