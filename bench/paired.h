// Times competitors in turns, in one process: medians, spreads, and ratios taken round by round, so
// that a slow moment of the machine hits all alike.
#pragma once

#include <algorithm>
#include <chrono>
#include <functional>
#include <string>
#include <vector>

namespace halflife::bench {

struct Competitor {
  std::string name;
  std::function<void()> run;
};

// Seconds of each competitor in each round.
struct Rounds {
  std::vector<std::vector<double>> seconds;  // [competitor][round]
};

inline double Median(std::vector<double> values) {
  std::sort(values.begin(), values.end());
  const std::size_t middle = values.size() / 2;
  return values.size() % 2 == 1 ? values[middle] : (values[middle - 1] + values[middle]) / 2;
}

// Half the distance between the quartiles.
inline double Spread(std::vector<double> values) {
  std::sort(values.begin(), values.end());
  return (values[values.size() * 3 / 4] - values[values.size() / 4]) / 2;
}

// Every competitor runs once to warm up, then `rounds` times in turns; the first of a round changes
// from round to round. Each run is repeated `inner` times.
inline Rounds TimeInTurns(const std::vector<Competitor>& competitors, int rounds, int inner) {
  Rounds result;
  result.seconds.resize(competitors.size());
  for (const Competitor& competitor : competitors) competitor.run();
  for (int round = 0; round < rounds; ++round) {
    for (std::size_t turn = 0; turn < competitors.size(); ++turn) {
      const std::size_t i = (turn + static_cast<std::size_t>(round)) % competitors.size();
      const auto begin = std::chrono::steady_clock::now();
      for (int k = 0; k < inner; ++k) competitors[i].run();
      const std::chrono::duration<double> time = std::chrono::steady_clock::now() - begin;
      result.seconds[i].push_back(time.count() / inner);
    }
  }
  return result;
}

// The ratios a / b, round by round.
inline std::vector<double> Ratios(const std::vector<double>& a, const std::vector<double>& b) {
  std::vector<double> ratios;
  for (std::size_t i = 0; i < a.size(); ++i) ratios.push_back(a[i] / b[i]);
  return ratios;
}

}  // namespace halflife::bench
