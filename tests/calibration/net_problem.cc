#include "calibration/net_problem.h"

#include <algorithm>

#include "halflife/error.h"
#include "halflife/tune_net.h"
#include "tune/statistics.h"

namespace halflife::testing {
namespace {

constexpr std::uint64_t kNetTestRowsStream = 1001;
constexpr std::uint64_t kNetTruthStream = 3000;
constexpr std::uint64_t kNetTableStream = 2000000;
constexpr std::size_t kNetTestRows = 3000;

NetTuneOptions NetOptionsOf(std::uint64_t seed) {
  NetTuneOptions options;
  options.data.target = "y";
  options.data.seed = seed;
  options.net.hidden = {16};
  options.threads = 1;
  return options;
}

}  // namespace

Population MakeNetPopulation(const std::string& kind, bool classes, std::uint64_t seed) {
  for (std::uint64_t draw = seed * 1000;; ++draw) {
    Population population = MakePopulation(kind, classes, draw);
    if (population.rows <= 800 && population.columns <= 20) return population;
  }
}

Truth FindTruthOfNet(const Population& population, int tables) {
  Random test_random(population.seed, kNetTestRowsStream);
  const Table test = AsTable(population, Draw(population, kNetTestRows, &test_random));
  std::vector<double> gains;
  std::vector<double> losses;
  for (int t = 0; t < tables; ++t) {
    Random random(population.seed, kNetTruthStream + static_cast<std::uint64_t>(t));
    const Table table = AsTable(population, Draw(population, population.rows * 4 / 5, &random));
    try {
      NetTuneOptions options = NetOptionsOf(static_cast<std::uint64_t>(t) + 1);
      options.seeds = 1;
      const TuneResult result = TuneNet(table, &test, options).result;
      const bool none = result.grid[static_cast<std::size_t>(result.best)].decay == 0.0;
      gains.push_back(none ? 0.0 : result.verdict.improvement);
      losses.push_back(result.training->baseline_test->loss.mean);
    } catch (const Error&) {  // a class without a training row: no table to tune
    }
  }
  return TruthOf(gains, losses);
}

Answer AnswerForNet(const Population& population, std::uint64_t number) {
  Random random(population.seed, kNetTableStream + number);
  const Table table = AsTable(population, Draw(population, population.rows, &random));
  return {TuneNet(table, nullptr, NetOptionsOf(population.seed * 1000 + number)).result.verdict,
          {},
          {}};
}

}  // namespace halflife::testing
