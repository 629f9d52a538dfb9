#include "net/evaluate.h"

#include <algorithm>
#include <numeric>

#include "base/check.h"
#include "net/pass.h"

namespace halflife {
namespace {

constexpr std::size_t kBlock = 256;  // rows

// Calls body(first row, batch) for every block.
template <class Body>
void ForEachBlock(const Samples& samples, const Body& body) {
  NetBatch batch(std::min(kBlock, samples.rows), samples.width);
  for (std::size_t first = 0; first < samples.rows; first += kBlock) {
    batch.Take(samples, first, std::min(first + kBlock, samples.rows));
    body(first, batch);
  }
}

// Whether the row's first largest logit is that of its class.
bool IsRight(const OutputPanel& output, std::size_t row) {
  std::size_t best = 0;
  for (std::size_t u = 1; u < output.units; ++u) {
    if (output.values[u * kPanel + row] > output.values[best * kPanel + row]) best = u;
  }
  return best == static_cast<std::size_t>(output.classes[row]);
}

// 1 - sum of squared errors / sum of squared distances from the mean of the rows trained on, which
// is 0: targets are scaled by them.
double RSquared(std::span<const float> numbers, double mean_loss) {
  const auto count = static_cast<double>(numbers.size());
  double squares = 0;
  for (const float y : numbers) squares += static_cast<double>(y) * y;
  return squares == 0 ? 0 : 1 - 2 * mean_loss * count / squares;
}

}  // namespace

std::vector<Evaluation> EvaluateNets(const NetLayout& layout,
                                     std::span<const std::span<const float>> weights,
                                     const Samples& samples) {
  HALFLIFE_CHECK(samples.rows > 0 && samples.width == layout.inputs());
  std::vector<Evaluation> evaluations(weights.size());
  for (Evaluation& evaluation : evaluations) {
    evaluation.losses.resize(samples.rows);
    evaluation.right.reserve(samples.classes.size());
  }
  NetPass pass(layout, std::min(kBlock, samples.rows));
  ForEachBlock(samples, [&](std::size_t first, const NetBatch& batch) {
    for (std::size_t i = 0; i < weights.size(); ++i) {
      double* losses = evaluations[i].losses.data() + first;
      pass.Predict(weights[i], batch, [&](const OutputPanel& output) {
        PanelLosses(output, losses);
        losses += output.rows;
        if (output.classes == nullptr) return;
        for (std::size_t r = 0; r < output.rows; ++r)
          evaluations[i].right.push_back(IsRight(output, r) ? 1.0 : 0.0);
      });
    }
  });
  const auto mean = [&](const std::vector<double>& values) {
    return std::accumulate(values.begin(), values.end(), 0.0) / static_cast<double>(samples.rows);
  };
  for (Evaluation& evaluation : evaluations) {
    evaluation.loss = mean(evaluation.losses);
    evaluation.score = samples.classes.empty() ? RSquared(samples.numbers, evaluation.loss)
                                               : mean(evaluation.right);
  }
  return evaluations;
}

std::vector<float> PredictNet(const NetLayout& layout, std::span<const float> weights,
                              const Samples& samples) {
  HALFLIFE_CHECK(samples.width == layout.inputs());
  std::vector<float> outputs(samples.rows * layout.outputs());
  Samples bare = samples;
  const std::vector<float> unknown(samples.rows, 0.0F);
  bare.classes = {};
  bare.numbers = unknown;
  NetPass pass(layout, std::min(kBlock, samples.rows));
  ForEachBlock(bare, [&](std::size_t first, const NetBatch& batch) {
    float* to = outputs.data() + first * layout.outputs();
    pass.Predict(weights, batch, [&](const OutputPanel& output) {
      for (std::size_t r = 0; r < output.rows; ++r) {
        for (std::size_t u = 0; u < output.units; ++u) *to++ = output.values[u * kPanel + r];
      }
    });
  });
  return outputs;
}

}  // namespace halflife
