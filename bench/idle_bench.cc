// Whether a step stays as fast when gradients stop or all but vanish: moments then sink through the
// smallest floats, with which processors are slow. Every rule, against itself under usual
// gradients.
//   idle_bench [rule]     (no argument: all)
#include <fmt/format.h>

#include <algorithm>
#include <chrono>
#include <cmath>
#include <cstdlib>
#include <cstring>
#include <string>

#include "halflife/optimizer.h"
#include "optim/safetensors.h"
#include "support/training.h"

namespace halflife::bench {
namespace {

constexpr std::size_t kRows = 128;
constexpr std::size_t kColumns = 512;
constexpr std::size_t kCount = kRows * kColumns;
constexpr int kFirst = 10;           // steps before anything is timed: RAdam's first five do less
constexpr std::size_t kPage = 1024;  // floats

// One tensor in training.
struct Training {
  explicit Training(const testing::RuleVariantOptions& variant)
      : memory(2 * kCount + kPage),
        w(PageIn(memory), kCount),
        g(w.data() + kCount, kCount),
        optimizer(MakeOptimizer(variant, w)) {
    std::fill(w.begin(), w.end(), 1.0F);
    SetGradients(1e-3F);
    Step(kFirst);
  }
  // Where a page begins: places within pages would show more than what is measured.
  static float* PageIn(std::vector<float>& memory) {
    const auto at = reinterpret_cast<std::uintptr_t>(memory.data()) / sizeof(float);
    return memory.data() + (kPage - at % kPage) % kPage;
  }
  static Optimizer MakeOptimizer(const testing::RuleVariantOptions& variant, std::span<float> w) {
    OptimizerOptions options;
    options.rule = variant.rule;
    options.options = variant.options;
    options.lr = 1e-3;
    options.decay = 0.01;
    options.threads = 1;
    return Optimizer({{"w", {kRows, kColumns}, ParameterKind::kWeight, w}}, options);
  }
  // Of several sizes around `size`, of both signs.
  void SetGradients(float size) {
    for (std::size_t i = 0; i < kCount; ++i)
      g[i] = size * static_cast<float>(1 + i % 7) * (i % 2 == 0 ? 1.0F : -1.0F);
  }
  void Step(int steps) {
    const std::span<const float> span(g);
    for (int i = 0; i < steps; ++i) optimizer.Step({&span, 1});
  }

  std::vector<float> memory;
  std::span<float> w, g;
  Optimizer optimizer;
};

// Every number of the state set to `value`.
void SetState(Optimizer* optimizer, float value) {
  const std::string bytes = optimizer->StateBytes();
  SafeTensors file = ReadSafeTensors(bytes, "state");
  const std::vector<float> values(kCount, value);
  for (SafeTensor& tensor : file.tensors) {
    if (tensor.dtype != "F32") continue;
    tensor.bytes = {reinterpret_cast<const char*>(values.data()), tensor.bytes.size()};
  }
  optimizer->LoadBytes(WriteSafeTensors(file), "state");
}

// Seconds of the fastest of a few steps: what else the machine does only adds.
double FastestStep(Training* training, int steps) {
  double best = HUGE_VAL;
  for (int i = 0; i < steps; ++i) {
    const auto begin = std::chrono::steady_clock::now();
    training->Step(1);
    const std::chrono::duration<double> time = std::chrono::steady_clock::now() - begin;
    best = std::min(best, time.count());
  }
  return best;
}

// The slowest stretch of ten of the next `steps` steps.
double SlowestStretch(Training* training, int steps) {
  constexpr int kStretch = 10;
  double slowest = 0;
  for (int i = 0; i < steps; i += kStretch)
    slowest = std::max(slowest, FastestStep(training, kStretch));
  return slowest;
}

void CheckNormal(const Training& training, const std::string& rule) {
  const std::string bytes = training.optimizer.StateBytes();
  const auto denormal = [](float x) { return std::fpclassify(x) == FP_SUBNORMAL; };
  bool found = std::any_of(training.w.begin(), training.w.end(), denormal);
  for (const SafeTensor& tensor : ReadSafeTensors(bytes, "state").tensors) {
    if (tensor.dtype != "F32") continue;
    std::vector<float> values(tensor.bytes.size() / sizeof(float));
    std::memcpy(values.data(), tensor.bytes.data(), tensor.bytes.size());
    found |= std::any_of(values.begin(), values.end(), denormal);
  }
  if (!found) return;
  fmt::print(stderr, "idle_bench: {} keeps denormals\n", rule);
  std::exit(1);
}

// What happens after the first steps, and how many steps of it are timed.
struct Phase {
  const char* name;
  void (*begin)(Training* training);
  int steps;
};

void AllStateTiny(Training* training) {
  training->SetGradients(0);
  SetState(&training->optimizer, 1e-37F);
}
void AllWeightsTiny(Training* training) {
  training->SetGradients(0);
  std::fill(training->w.begin(), training->w.end(), 1e-36F);
  training->Step(1);
}

constexpr Phase kPhases[] = {
    {"no gradients", [](Training* t) { t->SetGradients(0); }, 2500},
    {"state 1e-37", AllStateTiny, 100},
    {"weights 1e-36", AllWeightsTiny, 100},
    {"gradients 1e-20", [](Training* t) { t->SetGradients(1e-20F); }, 800},
    {"1e-29", [](Training* t) { t->SetGradients(1e-29F); }, 800},
    {"1e-40", [](Training* t) { t->SetGradients(1e-40F); }, 800},
};

double Slowdown(const testing::RuleVariantOptions& variant, const Phase& phase) {
  Training training(variant);
  const double usual = FastestStep(&training, 50);
  phase.begin(&training);
  const double idle = SlowestStretch(&training, phase.steps);
  CheckNormal(training, variant.rule);
  return idle / usual;
}

std::string NameOf(const testing::RuleVariantOptions& variant) {
  std::string name = variant.rule;
  for (const auto& [option, value] : variant.options) name += " " + option;
  return name;
}

int Main(const std::string& only) {
  fmt::print("the slowest ten steps of each over the same rule's usual step\n");
  for (const testing::RuleVariantOptions& variant : testing::RuleVariants()) {
    if (!only.empty() && variant.rule != only) continue;
    std::string line;
    for (const Phase& phase : kPhases) {
      line += fmt::format("  {} {:.2f}", phase.name, Slowdown(variant, phase));
    }
    fmt::print("{:<28}{}\n", NameOf(variant), line);
  }
  return 0;
}

}  // namespace
}  // namespace halflife::bench

int main(int argc, char** argv) { return halflife::bench::Main(argc > 1 ? argv[1] : ""); }
