#include "calibration/net_problem.h"

#include <algorithm>
#include <cmath>

#include "halflife/error.h"
#include "halflife/rule.h"
#include "halflife/tune_net.h"
#include "net/net_trainer.h"
#include "net/rows.h"
#include "tune/training/net_facts.h"
#include "tune/training/result.h"

namespace halflife::testing {
namespace {

constexpr std::uint64_t kSettingStream = 1002;
constexpr std::uint64_t kNetTruthStream = 3000;
constexpr std::uint64_t kNetTableStream = 2000000;
constexpr std::size_t kNetTestRows = 3000;
constexpr std::size_t kMostRowsOfNet = 2000;
constexpr std::size_t kMostRowsOfLongNets = 200;
constexpr int kMostColumnsOfNet = 20;
constexpr const char* kToTheEnd = "to the end";
constexpr const char* kEarlyStopping = "early stopping";
constexpr const char* kFewSteps = "few steps";
constexpr double kSteps = 2000.0;  // of training to the end, as TuneNet has it by itself

int EpochsOf(double steps, std::size_t rows, int batch) {
  const auto size = static_cast<std::size_t>(batch);
  const std::size_t each = (rows * 3 / 5 + size - 1) / size;
  return static_cast<int>(std::ceil(steps / static_cast<double>(each)));
}

// To the end at the rule's own rate, or at ten times that with early stopping, or for 50 to 500
// steps.
void SetTraining(NetPopulation* population, Random* random) {
  constexpr int kUnits[] = {2, 4, 8, 16};
  population->net.hidden = {kUnits[random->Below(4)]};
  const double u = random->Uniform();
  population->length = u < 0.15 ? kToTheEnd : u < 0.5 ? kEarlyStopping : kFewSteps;
  TrainingOptions& training = population->training;
  population->lr = RuleOf(training.optimizer).spec->lr;
  if (population->length != kToTheEnd) population->lr *= 10.0;
  if (population->length == kEarlyStopping) training.patience = 10;
  const double steps =
      population->length == kFewSteps ? 50.0 * std::pow(10.0, random->Uniform()) : kSteps;
  training.epochs = EpochsOf(steps, population->rows.rows, training.batch);
}

NetTuneOptions NetOptionsOf(const NetPopulation& population, std::uint64_t seed) {
  NetTuneOptions options;
  options.data.target = "y";
  options.data.seed = seed;
  options.net = population.net;
  options.training = population.training;
  options.lrs = {population.lr};
  options.threads = 1;
  return options;
}

// With a column that puts a quarter of the rows into each of four parts.
Table WithParts(Table table) {
  Column part;
  part.name = "part";
  part.kind = Column::Kind::kText;
  part.levels = {"a", "b", "c", "d"};
  for (std::size_t i = 0; i < table.rows; ++i) part.codes.push_back(static_cast<int>(i % 4));
  table.columns.push_back(std::move(part));
  return table;
}

// The sweep of one of several splits, on rows that it has not seen.
TuneResult TuneOnce(const NetPopulation& population, const Table& table, const Table& test,
                    std::uint64_t seed) {
  NetTuneOptions options = NetOptionsOf(population, seed);
  options.data.group = "part";
  const NetRows rows = SplitTable(table, &test, options.data);
  NetTrainer trainer(rows.view(), options.net, options.training);
  TrainingSweepOptions sweep;
  sweep.lrs = {population.lr};
  sweep.seeds = 1;
  sweep.seed = seed;
  sweep.epochs = options.training.epochs;
  sweep.early_stopping = options.training.patience > 0;
  const NetProbe probe(trainer, sweep.lrs.front());
  sweep.may_try = [&](double decay, double lr) { return probe.Of(decay, lr).Largest() < 1.0; };
  TrainingFacts facts;
  facts.classification = population.rows.classes;
  return TuneTraining(&trainer, AsOneOfSeveral(sweep), facts).result;
}

}  // namespace

NetPopulation MakeNetPopulation(const std::string& kind, bool classes, std::uint64_t seed) {
  // A stream for each kind.
  Random random(seed, kSettingStream + kind.size() * 31 + static_cast<unsigned char>(kind.back()));
  for (std::uint64_t draw = seed * 1000;; ++draw) {
    NetPopulation population;
    population.rows = MakePopulation(kind, classes, draw);
    SetTraining(&population, &random);
    const std::size_t most = population.length == kToTheEnd ? kMostRowsOfLongNets : kMostRowsOfNet;
    if (population.rows.rows <= most && population.rows.columns <= kMostColumnsOfNet)
      return population;
  }
}

Truth FindTruthOfNet(const NetPopulation& population, int tables) {
  std::vector<double> gains;
  std::vector<double> losses;
  for (int t = 0; t < tables; ++t) {
    Random random(population.rows.seed, kNetTruthStream + static_cast<std::uint64_t>(t));
    const Table table = WithParts(
        AsTable(population.rows, Draw(population.rows, population.rows.rows * 4 / 5, &random)));
    const Table test = AsTable(population.rows, Draw(population.rows, kNetTestRows, &random));
    try {
      const TuneResult result =
          TuneOnce(population, table, test, static_cast<std::uint64_t>(t) + 1);
      const bool none = result.grid[static_cast<std::size_t>(result.best)].decay == 0.0;
      gains.push_back(none ? 0.0 : result.verdict.improvement);
      losses.push_back(result.training->baseline_test->loss.mean);
    } catch (const Error&) {  // a class without a training row: no table to tune
    }
  }
  return TruthOf(gains, losses);
}

Answer AnswerForNet(const NetPopulation& population, std::uint64_t number) {
  Random random(population.rows.seed, kNetTableStream + number);
  const Table table =
      AsTable(population.rows, Draw(population.rows, population.rows.rows, &random));
  const TuneResult result =
      TuneNet(table, nullptr, NetOptionsOf(population, population.rows.seed * 1000 + number))
          .result;
  return {.verdict = result.verdict, .splits = result.training->splits};
}

}  // namespace halflife::testing
