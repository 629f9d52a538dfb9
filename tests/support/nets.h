// Small problems for the tests of nets.
#pragma once

#include <cstring>
#include <vector>

#include "base/random.h"
#include "data/array_samples.h"
#include "net/net_trainer.h"

namespace halflife::testing {

// Rows whose class or number follows from their inputs, with noise.
// outputs 1: numbers; else classes.
inline ArraySamples MakeRows(std::size_t rows, std::size_t width, std::size_t outputs,
                             std::uint64_t seed) {
  ArraySamples made;
  made.rows = rows;
  made.width = width;
  Random random(seed, 77);
  for (std::size_t r = 0; r < rows; ++r) {
    double sum = 0;
    for (std::size_t j = 0; j < width; ++j) {
      made.inputs.push_back(static_cast<float>(random.Normal()));
      sum += made.inputs.back() * (j % 3 == 0 ? 1.0 : -0.4);
    }
    sum = std::sin(sum) + 0.3 * random.Normal();
    if (outputs == 1) {
      made.numbers.push_back(static_cast<float>(sum));
    } else {
      const double share = std::clamp((sum + 1.5) / 3, 0.0, 0.999);
      made.classes.push_back(static_cast<std::int32_t>(share * static_cast<double>(outputs)));
    }
  }
  return made;
}

// Training, validation and test rows of one problem.
struct NetProblem {
  NetProblem(std::size_t width, std::size_t outputs_given, std::size_t rows = 150)
      : outputs(outputs_given),
        training(MakeRows(rows, width, outputs, 1)),
        validation(MakeRows(67, width, outputs, 2)),
        test(MakeRows(45, width, outputs, 3)) {}
  NetData data() const { return {training.view(), validation.view(), test.view(), outputs}; }
  std::size_t outputs;
  ArraySamples training, validation, test;
};

// A small net and a short training of it.
inline NetOptions SmallNet() {
  NetOptions net;
  net.hidden = {9, 5};
  return net;
}
inline TrainingOptions ShortTraining(const std::string& rule = "adamw") {
  TrainingOptions training;
  training.epochs = 4;
  training.batch = 40;
  training.optimizer.rule = rule;
  return training;
}

// Trains one run for every key, all in one call.
inline std::vector<const NetRun*> Train(NetTrainer* trainer, const std::vector<RunKey>& keys,
                                        int epochs, int threads) {
  std::vector<const TrainingRun*> runs;
  std::vector<const NetRun*> nets;
  for (const RunKey& key : keys) {
    runs.push_back(trainer->Start(key));
    nets.push_back(&trainer->net(*runs.back()));
  }
  trainer->TrainTo(epochs, runs, threads, {});
  return nets;
}

inline bool SameWeights(const NetRun& a, const NetRun& b) {
  const std::span<const float> x = a.weights();
  const std::span<const float> y = b.weights();
  return x.size() == y.size() && std::memcmp(x.data(), y.data(), x.size_bytes()) == 0;
}

// Weights, curve and end, bit for bit.
inline bool SameRun(const NetRun& a, const NetRun& b) {
  if (!SameWeights(a, b) || a.curve().size() != b.curve().size() || a.diverged() != b.diverged() ||
      a.stopped() != b.stopped())
    return false;
  for (std::size_t e = 0; e < a.curve().size(); ++e) {
    const EpochRecord& x = a.curve()[e];
    const EpochRecord& y = b.curve()[e];
    if (x.train_loss != y.train_loss || x.penalty != y.penalty ||
        x.validation_loss != y.validation_loss || x.validation_score != y.validation_score ||
        x.gradient_norm != y.gradient_norm || x.update_angle != y.update_angle ||
        x.layer_norms != y.layer_norms)
      return false;
  }
  return true;
}

}  // namespace halflife::testing
