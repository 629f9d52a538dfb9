// How often the verdict claims a gain that is none, covers the true one, and finds it:
// calibrate linear|logistic|net [CELLS] [FIRST], of ways to choose in a fold calibrate
// choices [CELLS] [FIRST], of the shipped data sets calibrate shipped. Prints tables in Markdown;
// exits 1 where a bar of docs/verdict.md is missed.
#include <fmt/format.h>

#include <algorithm>
#include <atomic>
#include <cstdio>
#include <cstdlib>
#include <string>

#include "base/parallel.h"
#include "calibration/choices.h"
#include "calibration/net_problem.h"
#include "calibration/net_ways.h"
#include "calibration/shipped.h"
#include "calibration/tally.h"
#include "halflife/error.h"
#include "linalg/one_blas_thread.h"

namespace halflife::testing {
namespace {

constexpr int kProblems = 4;        // tables a population
constexpr int kTruthTables = 60;    // fresh tables that the truth is a mean over
constexpr int kPowerProblems = 20;  // further tables where a gain is neither sure nor hopeless
constexpr double kFaint = 0.4;      // in standard errors
constexpr double kPlain = 5.0;

void AddAnswers(const Population& population, const Truth& truth, int first, int last, bool beside,
                std::vector<Judged>* judged) {
  for (int i = first; i < last; ++i) {
    try {
      judged->push_back({.kind = population.kind,
                         .training = {},
                         .cell = static_cast<int>(population.seed),
                         .truth = truth,
                         .answer = AnswerFor(population, static_cast<std::uint64_t>(i), beside)});
    } catch (const Error&) {  // one class alone: no table to tune
    }
  }
}

// The problems of a population; the last ones, with others beside, only count for power.
struct Cell {
  std::vector<Judged> problems;
  std::vector<Judged> for_power;
};

Cell JudgeCell(const std::string& kind, bool classes, std::uint64_t seed) {
  const Population population = MakePopulation(kind, classes, seed);
  const Truth truth = FindTruth(population, kTruthTables);
  Cell cell;
  if (truth.tables < kTruthTables / 2) return cell;
  AddAnswers(population, truth, 0, kProblems, false, &cell.problems);
  if (cell.problems.empty() || !cell.problems.front().CanHelp()) return cell;
  double error = 0.0;  // a rough one: half of the mean interval over its quantile
  for (const Judged& problem : cell.problems) {
    const Interval interval = problem.interval();
    error += (interval.high - interval.low) / 4.5 / static_cast<double>(cell.problems.size());
  }
  const double effect = truth.gain / error;
  if (effect > kFaint && effect < kPlain)
    AddAnswers(population, truth, kProblems, kProblems + kPowerProblems, true, &cell.for_power);
  return cell;
}

// Numbers and classes in turns.
Cell JudgeNetCell(const std::string& kind, std::uint64_t seed) {
  const bool classes = seed % 2 == 0;
  const std::vector<std::string> known = classes ? ClassificationKinds() : RegressionKinds();
  Cell cell;
  if (std::find(known.begin(), known.end(), kind) == known.end()) return cell;
  const NetPopulation population = MakeNetPopulation(kind, classes, seed);
  const Truth truth = FindTruthOfNet(population, kTruthTables);
  if (truth.tables < kTruthTables / 2) return cell;
  for (int i = 0; i < kProblems; ++i) {
    try {
      cell.problems.push_back({.kind = kind,
                               .training = population.length,
                               .cell = static_cast<int>(seed),
                               .truth = truth,
                               .answer = AnswerForNet(population, static_cast<std::uint64_t>(i))});
    } catch (const Error&) {  // a class without a training row
    }
  }
  return cell;
}

// What is told of nets alone: how they did by the length of their training, and ways to an
// interval.
std::string TellNets(std::vector<Judged> problems) {
  const std::string ways = TallyNetWays(problems);
  for (Judged& problem : problems) problem.kind = problem.training;
  return TallyByKind(problems).text + "\n" + ways;
}

int Calibrate(const std::string& family, int cells, int first) {
  const bool classes = family == "logistic";
  const std::vector<std::string> kinds = classes ? ClassificationKinds() : RegressionKinds();
  const OneBlasThread one_blas_thread;
  std::vector<Cell> judged(kinds.size() * static_cast<std::size_t>(cells));
  std::atomic<int> done = 0;
  ParallelFor(judged.size(), AvailableThreads(), [&](std::size_t i) {
    const std::string& kind = kinds[i % kinds.size()];
    const std::uint64_t seed = static_cast<std::uint64_t>(first) + i / kinds.size();
    judged[i] = family == "net" ? JudgeNetCell(kind, seed) : JudgeCell(kind, classes, seed);
    if (++done % 50 == 0) fmt::print(stderr, "{} of {} populations\n", done.load(), judged.size());
  });
  std::vector<Judged> problems;
  std::vector<Judged> for_power;
  for (const Cell& cell : judged) {
    problems.insert(problems.end(), cell.problems.begin(), cell.problems.end());
    for_power.insert(for_power.end(), cell.for_power.begin(), cell.for_power.end());
  }
  const Tally tally = TallyByKind(problems);
  fmt::print("{}\n{}\n{}\n", tally.text,
             family == "net" ? TellNets(problems) : TallyByEffect(for_power),
             tally.holds ? "Every bar holds." : "A bar is MISSED.");
  return tally.holds ? 0 : 1;
}

}  // namespace
}  // namespace halflife::testing

int main(int argc, char** argv) {
  const std::string family = argc > 1 ? argv[1] : "";
  if (family == "shipped") {
    const halflife::testing::Tally tally = halflife::testing::TallyShipped();
    fmt::print("{}", tally.text);
    return tally.holds ? 0 : 1;
  }
  if (family == "choices") {
    fmt::print("{}", halflife::testing::TallyChoices(argc > 2 ? std::atoi(argv[2]) : 36,
                                                     argc > 3 ? std::atoi(argv[3]) : 1));
    return 0;
  }
  if (family != "linear" && family != "logistic" && family != "net") {
    fmt::print(stderr, "usage: calibrate linear|logistic|net|choices|shipped [CELLS] [FIRST]\n");
    return 2;
  }
  const int cells = argc > 2 ? std::atoi(argv[2]) : family == "net" ? 16 : 36;
  const int first = argc > 3 ? std::atoi(argv[3]) : 1;
  return halflife::testing::Calibrate(family, cells, first);
}
