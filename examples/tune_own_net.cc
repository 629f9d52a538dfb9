// Finds the weight decay for a net of one's own: 16 tanh units that learn a noisy sine.
#include <halflife/tune_training.h>

#include <cmath>
#include <cstdio>
#include <memory>
#include <random>

constexpr std::size_t kHidden = 16, kBatch = 8;

struct Points {
  std::vector<float> x, y;
  Points(int count, unsigned seed) {
    std::mt19937 random(seed);
    for (int i = 0; i < count; ++i) {
      x.push_back(std::uniform_real_distribution<float>(-3, 3)(random));
      y.push_back(std::normal_distribution<float>(std::sin(x.back()), 0.5F)(random));
    }
  }
};
const Points kTrain(30, 1), kValidation(200, 2), kTest(200, 3);

struct Net {
  std::vector<float> w1, b1, w2, b2 = {0};
  std::uint64_t seed;
  explicit Net(std::uint64_t s) : seed(s) {
    std::mt19937_64 random(seed);
    std::normal_distribution<float> normal;
    for (std::vector<float>* w : {&w1, &b1, &w2})
      for (std::size_t j = 0; j < kHidden; ++j) w->push_back(normal(random));
  }
  float Forward(float x, float* h) const {  // the output; the hidden units go to h
    float out = b2[0];
    for (std::size_t j = 0; j < kHidden; ++j) out += w2[j] * (h[j] = std::tanh(w1[j] * x + b1[j]));
    return out;
  }
  double Gradients(std::int64_t step, std::span<const std::span<float>> g) const {
    for (const std::span<float> one : g) std::fill(one.begin(), one.end(), 0.0F);
    std::mt19937_64 random(seed * 1000003 + static_cast<std::uint64_t>(step));
    double loss = 0;
    float h[kHidden];
    for (std::size_t k = 0; k < kBatch; ++k) {
      const std::size_t i = random() % kTrain.x.size();
      const float x = kTrain.x[i], error = Forward(x, h) - kTrain.y[i], back = error / kBatch;
      loss += 0.5 * error * back;
      g[3][0] += back;
      for (std::size_t j = 0; j < kHidden; ++j) {
        const float inner = back * w2[j] * (1 - h[j] * h[j]);
        g[0][j] += inner * x, g[1][j] += inner, g[2][j] += back * h[j];
      }
    }
    return loss;
  }
  halflife::RowLosses Losses(const Points& points) const {
    halflife::RowLosses rows;
    float h[kHidden];
    for (std::size_t i = 0; i < points.x.size(); ++i)
      rows.losses.push_back(0.5 * std::pow(Forward(points.x[i], h) - points.y[i], 2));
    return rows;
  }
};

int main() {
  const auto make = [](std::uint64_t seed) {
    const auto net = std::make_shared<Net>(seed);
    using halflife::ParameterKind;
    return halflife::OwnNet{{{"w1", {kHidden, 1}, ParameterKind::kWeight, net->w1},
                             {"b1", {kHidden}, ParameterKind::kBias, net->b1},
                             {"w2", {1, kHidden}, ParameterKind::kWeight, net->w2},
                             {"b2", {1}, ParameterKind::kBias, net->b2}},
                            [=](std::int64_t step, auto g) { return net->Gradients(step, g); },
                            [=] { return net->Losses(kValidation); },
                            [=] { return net->Losses(kTest); }};
  };
  halflife::TrainingTuneOptions options;
  options.optimizer.rule = "adamw";
  options.optimizer.lr = 0.02;
  options.steps_per_epoch = 400;
  const halflife::TuneResult result = halflife::Tune(make, options);
  std::printf("decay %g: %s (p = %.2g)\n", result.grid[result.best].decay,
              halflife::Name(result.verdict.label).data(), result.verdict.p_value);
}
