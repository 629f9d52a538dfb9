// Nets over rows that they do not train on, in blocks that fit the cache.
#pragma once

#include <span>
#include <vector>

#include "data/samples.h"
#include "net/layout.h"

namespace halflife {

struct Evaluation {
  std::vector<double> losses;  // a value a row: log loss in nats, or 1/2 (y - f)^2
  std::vector<double> right;   // classes alone: 1 of a row that is told right, else 0
  double loss = 0;             // the mean of the losses
  double score = 0;            // accuracy; or R2, 0 where all numbers are the same
};

// Nets of one layout, each a block of weights, on the same rows (at least one).
std::vector<Evaluation> EvaluateNets(const NetLayout& layout,
                                     std::span<const std::span<const float>> weights,
                                     const Samples& samples);

// The outputs of one net, rows x layout.outputs(): logits or numbers. Only the samples' inputs are
// read.
std::vector<float> PredictNet(const NetLayout& layout, std::span<const float> weights,
                              const Samples& samples);

}  // namespace halflife
