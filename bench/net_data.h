// The data of net_bench: Fashion-MNIST (Debian's dataset-fashion-mnist) and data/digits.csv, as
// standardised floats.
#pragma once

#include <string>

#include "data/array_samples.h"

namespace halflife::bench {

struct TrainAndTest {
  ArraySamples train, test;
};

// Both throw Error when a file cannot be read.
TrainAndTest FashionMnist();
TrainAndTest Digits();

// Writes train.x, train.y, test.x, test.y for net_peers.py.
void WriteFor(const TrainAndTest& data, const std::string& folder);

}  // namespace halflife::bench
