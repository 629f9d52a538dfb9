// Trains a small net to tell two rings apart, with gradients written by hand: one hidden layer of
// 16 tanh units, log loss, AdamW with decay on the weights alone.
#include <halflife/optimizer.h>

#include <cmath>
#include <cstdio>
#include <vector>

constexpr int kRows = 200, kHidden = 16, kSteps = 500;

int main() {
  std::vector<float> w1(2 * kHidden), b1(kHidden), w2(kHidden), b2(1);
  for (int j = 0; j < kHidden; ++j) {  // spread the first weights without random numbers
    w1[2 * j] = std::sin(1.7F * static_cast<float>(j));
    w1[2 * j + 1] = std::cos(2.9F * static_cast<float>(j));
    w2[j] = j % 2 == 0 ? 0.5F : -0.5F;
  }
  using halflife::ParameterKind, halflife::Schedule;
  const halflife::OptimizerOptions options{
      {.rule = "adamw",
       .lr = 0.03,
       .lr_schedule = Schedule::WarmUp(20).Then(20, Schedule::Cosine(kSteps - 20)),
       .decay = 0.01},
      {.clip_norm = 1}};
  halflife::Optimizer optimizer({{"hidden.weight", {kHidden, 2}, ParameterKind::kWeight, w1},
                                 {"hidden.bias", {kHidden}, ParameterKind::kBias, b1},
                                 {"out.weight", {1, kHidden}, ParameterKind::kWeight, w2},
                                 {"out.bias", {1}, ParameterKind::kBias, b2}},
                                options);
  std::printf("%s", optimizer.PlanText().c_str());

  for (int step = 0; step <= kSteps; ++step) {
    std::vector<float> g1(2 * kHidden), gb1(kHidden), g2(kHidden), gb2(1), h(kHidden);
    float loss = 0;
    for (int i = 0; i < kRows; ++i) {
      const int label = i % 2;
      const float angle = 0.37F * static_cast<float>(i), radius = label == 0 ? 1.0F : 2.0F;
      const float x = radius * std::cos(angle), y = radius * std::sin(angle);
      float logit = b2[0];
      for (int j = 0; j < kHidden; ++j) {
        h[j] = std::tanh(w1[2 * j] * x + w1[2 * j + 1] * y + b1[j]);
        logit += w2[j] * h[j];
      }
      loss += std::log1p(std::exp(label == 1 ? -logit : logit)) / kRows;
      const float back = (1 / (1 + std::exp(-logit)) - static_cast<float>(label)) / kRows;
      gb2[0] += back;
      for (int j = 0; j < kHidden; ++j) {
        const float inner = back * w2[j] * (1 - h[j] * h[j]);
        g2[j] += back * h[j];
        gb1[j] += inner;
        g1[2 * j] += inner * x;
        g1[2 * j + 1] += inner * y;
      }
    }
    if (step % 100 == 0) std::printf("step %3d  loss %.4f\n", step, loss);
    optimizer.Step({g1, gb1, g2, gb2});
  }
}
