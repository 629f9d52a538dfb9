// The data of net_bench: Fashion-MNIST (Debian's dataset-fashion-mnist) and data/digits.csv, as
// standardised floats.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "data/samples.h"

namespace halflife::bench {

struct Rows {
  std::size_t width = 0;
  std::vector<float> inputs;
  std::vector<std::int32_t> classes;

  Samples samples() const { return {inputs, classes.size(), width, classes, {}}; }
};

struct TrainAndTest {
  Rows train, test;
};

// Both throw Error when a file cannot be read.
TrainAndTest FashionMnist();
TrainAndTest Digits();

// Writes train.x, train.y, test.x, test.y for net_peers.py.
void WriteFor(const TrainAndTest& data, const std::string& folder);

}  // namespace halflife::bench
