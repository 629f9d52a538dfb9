// How often setting decays aside early changes the chosen decay, and what it saves: sweeps of small
// nets on digits and Fashion-MNIST, each run once with every run to its end and once with the rule,
// from the same recorded curves. Usage: halving_bench [SWEEPS [CURVES.csv]]; curves that the file
// holds are not trained again, and it takes the others.
#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <cstdio>
#include <cstdlib>
#include <fstream>
#include <map>
#include <sstream>
#include <string>
#include <tuple>

#include "base/parallel.h"
#include "base/random.h"
#include "linalg/one_blas_thread.h"
#include "net/net_trainer.h"
#include "net_data.h"
#include "support/replay_trainer.h"
#include "tune/training/choice.h"
#include "tune/training/sweep.h"

namespace halflife {
namespace {

using testing::ReplayTrainer;

// Rows order[begin..end), a share of the labels drawn anew.
ArraySamples Take(const ArraySamples& all, const std::vector<uint32_t>& order, std::size_t begin,
                  std::size_t end, double wrong, Random* random) {
  ArraySamples part;
  part.rows = end - begin;
  part.width = all.width;
  for (std::size_t i = begin; i < end; ++i) {
    const auto row = all.inputs.begin() + static_cast<std::ptrdiff_t>(order[i] * all.width);
    part.inputs.insert(part.inputs.end(), row, row + static_cast<std::ptrdiff_t>(all.width));
    const bool redraw = random->Uniform() < wrong;
    part.classes.push_back(redraw ? static_cast<std::int32_t>(random->Below(10))
                                  : all.classes[order[i]]);
  }
  return part;
}

// One of the sweeps: a net, a part of the rows, a share of wrong labels, a length, a rate.
struct Case {
  std::string text;
  ArraySamples training;
  ArraySamples validation;
  NetOptions net;
  TrainingOptions how;
  TrainingSweepOptions options;
};

template <typename T>
T OneOf(std::initializer_list<T> values, Random* random) {
  return values.begin()[random->Below(values.size())];
}

Case MakeCase(const ArraySamples& digits, const ArraySamples& fashion, std::uint64_t index) {
  Random random(index, 77);
  const bool images = index % 3 == 2;  // they take longer
  const ArraySamples& data = images ? fashion : digits;
  const auto rows = OneOf<std::size_t>({200, 400, 800, 1100}, &random);
  const auto wrong = OneOf({0.0, 0.1, 0.2, 0.4}, &random);
  const auto lr = OneOf({0.001, 0.003, 0.01}, &random);
  Case made;
  made.how.epochs = OneOf({10, 20, 40, 80}, &random);
  made.how.lr_shape = OneOf({ScheduleShape::kConstant, ScheduleShape::kCosine}, &random);
  made.how.batch = OneOf({8, 16, 32, 128}, &random);
  made.net.hidden = {OneOf({32, 64}, &random)};
  const auto all = static_cast<uint32_t>(std::min<std::size_t>(data.classes.size(), 4000));
  const std::vector<uint32_t> order = random.Permutation(all);
  const std::size_t end = std::min<std::size_t>(rows + (all - rows) / 2, rows + 700);
  made.training = Take(data, order, 0, rows, wrong, &random);
  made.validation = Take(data, order, rows, end, wrong, &random);
  made.options.lrs = {lr};
  made.options.epochs = made.how.epochs;
  made.options.seed = 100 * index + 1;
  made.text = fmt::format("{}, rows {} wrong {} lr {} {} epochs {} batch {} hidden {}",
                          images ? "images" : "digits", rows, wrong, lr, Name(made.how.lr_shape),
                          made.how.epochs, made.how.batch, made.net.hidden[0]);
  return made;
}

// By decay and seed.
using Curves = std::map<std::tuple<double, std::uint64_t>, std::vector<EpochRecord>>;

// Whole curves, trained when first asked for.
class Recorder {
 public:
  Recorder(const Case& one, Curves* curves)
      : case_(one),
        trainer_({one.training.view(), one.validation.view(), {}, 10}, one.net, one.how),
        curves_(*curves) {}

  std::vector<EpochRecord> Curve(const RunKey& key) {
    const auto at = std::tuple(key.decay, key.seed);
    const auto known = curves_.find(at);
    if (known != curves_.end()) return known->second;
    const TrainingRun* const run = trainer_.Start(key);
    trainer_.TrainTo(case_.options.epochs, {&run, 1}, 1, nullptr);
    return curves_[at] = run->curve();
  }

 private:
  const Case& case_;
  NetTrainer trainer_;
  Curves& curves_;
};

// Lines "sweep,decay,seed,epoch,validation loss" after a first one.
void ReadCurves(const char* path, std::vector<Curves>* curves) {
  std::ifstream file(path);
  std::string line;
  std::getline(file, line);
  while (std::getline(file, line)) {
    std::replace(line.begin(), line.end(), ',', ' ');
    std::istringstream cells(line);
    std::size_t sweep = 0;
    double decay = 0.0;
    std::uint64_t seed = 0;
    int epoch = 0;
    EpochRecord record;
    cells >> sweep >> decay >> seed >> epoch >> record.validation_loss;
    if (sweep < curves->size()) (*curves)[sweep][{decay, seed}].push_back(record);
  }
}

void WriteCurves(const char* path, const std::vector<Curves>& curves) {
  std::ofstream file(path);
  file << "sweep,decay,seed,epoch,validation_loss\n";
  for (std::size_t sweep = 0; sweep < curves.size(); ++sweep) {
    for (const auto& [key, curve] : curves[sweep]) {
      for (std::size_t e = 0; e < curve.size(); ++e) {
        file << fmt::format("{},{},{},{},{}\n", sweep, std::get<0>(key), std::get<1>(key), e + 1,
                            curve[e].validation_loss);
      }
    }
  }
}

struct Answer {
  std::vector<double> decays;  // of the grid
  double best = 0.0;
  double trainings = 0.0;  // epochs over those of a whole run
};

Answer Sweep(Recorder* recorder, TrainingSweepOptions options, bool full) {
  options.full = full;
  ReplayTrainer replay([&](const RunKey& key) { return recorder->Curve(key); });
  const TrainingSweep sweep = RunTrainingSweep(&replay, options);
  const TrainingChoice choice = Choose(sweep, options);
  Answer answer;
  for (const TrainingTrial* point : choice.points) answer.decays.push_back(point->decay);
  answer.best = choice.points[choice.best]->decay;
  answer.trainings = static_cast<double>(sweep.epochs_trained) / options.epochs;
  return answer;
}

struct Outcome {
  int steps = 0;
  bool decays = false;  // the full sweep chose a decay
  double regret = 0.0;  // of the loss
  double full = 0.0;
  double halved = 0.0;
  std::string text;
};

double MeanLoss(Recorder* recorder, const TrainingSweepOptions& options, double decay) {
  double mean = 0.0;
  for (int s = 0; s < options.seeds; ++s) {
    const RunKey key{decay, options.lrs[0], options.seed + static_cast<std::uint64_t>(s)};
    mean += recorder->Curve(key).back().validation_loss / options.seeds;
  }
  return mean;
}

Outcome Compare(const ArraySamples& digits, const ArraySamples& fashion, std::uint64_t index,
                Curves* curves) {
  const Case one = MakeCase(digits, fashion, index);
  Recorder recorder(one, curves);
  const Answer full = Sweep(&recorder, one.options, true);
  const Answer halved = Sweep(&recorder, one.options, false);
  std::vector<double> all = full.decays;
  all.insert(all.end(), halved.decays.begin(), halved.decays.end());
  std::sort(all.begin(), all.end());
  all.erase(std::unique(all.begin(), all.end()), all.end());
  const auto place = [&](double decay) { return std::find(all.begin(), all.end(), decay); };
  Outcome outcome;
  outcome.steps = static_cast<int>(std::abs(place(full.best) - place(halved.best)));
  const double best = MeanLoss(&recorder, one.options, full.best);
  outcome.regret = MeanLoss(&recorder, one.options, halved.best) / best - 1.0;
  outcome.decays = full.best > 0.0;
  outcome.full = full.trainings;
  outcome.halved = halved.trainings;
  outcome.text = fmt::format("sweep {}, {}: {} in full, {} halved, loss {:+.2f} %", index, one.text,
                             full.best, halved.best, 100.0 * outcome.regret);
  return outcome;
}

void Report(const std::vector<Outcome>& outcomes) {
  std::vector<double> cost;
  double full = 0.0;
  double regret = 0.0;
  double worst = 0.0;
  int same = 0;
  int moved = 0;
  int decays = 0;
  int same_decays = 0;
  for (const Outcome& outcome : outcomes) {
    const auto count = static_cast<double>(outcomes.size());
    cost.push_back(outcome.halved);
    full += outcome.full / count;
    regret += outcome.regret / count;
    worst = std::max(worst, outcome.regret);
    same += outcome.steps == 0 ? 1 : 0;
    decays += outcome.decays ? 1 : 0;
    same_decays += outcome.decays && outcome.steps == 0 ? 1 : 0;
    moved += outcome.steps > 1 ? 1 : 0;
    if (outcome.steps > 1) fmt::print("  moved {} steps: {}\n", outcome.steps, outcome.text);
  }
  std::sort(cost.begin(), cost.end());
  double mean = 0.0;
  for (const double one : cost) mean += one / static_cast<double>(cost.size());
  fmt::print("{} sweeps: the same choice in {}, moved by more than one step in {}\n",
             outcomes.size(), same, moved);
  fmt::print("of the {} whose choice in full is not no decay, the same in {}\n", decays,
             same_decays);
  fmt::print(
      "loss of the chosen decay against that of the full sweep's: mean {:+.3f} %, worst {:+.2f} "
      "%\n",
      100.0 * regret, 100.0 * worst);
  fmt::print(
      "whole trainings: {:.1f} in full; halved mean {:.1f}, median {:.1f}, 90 % up to {:.1f}, most "
      "{:.1f}\n",
      full, mean, cost[cost.size() / 2], cost[cost.size() * 9 / 10], cost.back());
}

}  // namespace
}  // namespace halflife

int main(int argc, char** argv) {
  const std::size_t sweeps = argc > 1 ? std::strtoul(argv[1], nullptr, 10) : 100;
  const halflife::OneBlasThread one_blas_thread;
  const halflife::ArraySamples digits = halflife::bench::Digits().train;
  const halflife::ArraySamples fashion = halflife::bench::FashionMnist().train;
  std::vector<halflife::Curves> curves(sweeps);
  if (argc > 2) halflife::ReadCurves(argv[2], &curves);
  std::vector<halflife::Outcome> outcomes(sweeps);
  halflife::ParallelFor(sweeps, 0, [&](std::size_t i) {
    outcomes[i] = halflife::Compare(digits, fashion, i, &curves[i]);
  });
  halflife::Report(outcomes);
  if (argc > 2) halflife::WriteCurves(argv[2], curves);
}
