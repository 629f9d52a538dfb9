// A table and a net that are tuned in no time, for tests of TuneNet.
#pragma once

#include <vector>

#include "halflife/tune_net.h"
#include "support/tables.h"

namespace halflife::testing {

// 300 rows of a noisy line of two of eight columns, a net that can overfit them, a short sweep.
inline Table NoisyTable() { return NoisyLine(300, 8, 11); }
inline NetTuneOptions Short() {
  NetTuneOptions options;
  options.data.target = "y";
  options.net.hidden = {16};
  options.training.epochs = 12;
  options.training.batch = 30;
  options.decays = {0.0, 0.1, 1.0};
  options.lrs = {0.02};
  options.rounds = 1;
  options.seeds = 2;
  return options;
}

// The same with five splits, a seed each.
inline NetTuneOptions Splits() {
  NetTuneOptions options = Short();
  options.rounds = 0;
  options.seeds.reset();
  return options;
}

// The weights of a net as they are kept.
inline std::vector<std::vector<float>> WeightsOf(const FittedNet& net) {
  std::vector<std::vector<float>> all;
  for (const NetWeights& tensor : net.weights) all.push_back(tensor.values);
  return all;
}

}  // namespace halflife::testing
