// The engine against the limits of the machine: memory for large models, instructions in cache.
// Every competitor's result is checked before it is timed.
//   optimizer_bench [large] [gpt2] [cache] [small] [laws] [tensor] [muon]
//     (no argument: all)
#include <fmt/format.h>

#include <cmath>
#include <cstring>
#include <memory>
#include <set>
#include <string>

#include "halflife/optimizer.h"
#include "model.h"
#include "moving.h"
#include "paired.h"

namespace halflife::bench {
namespace {

OptimizerOptions OptionsOf(const std::string& rule, int threads) {
  OptimizerOptions options;
  options.rule = rule;
  if (rule == "sgd") options.options["momentum"] = 0.9;
  options.lr = 1e-4;
  options.threads = threads;
  return options;
}

// The first step from w = 0.5 with g = 0.01. AdamW: m / sqrt(v) is 1, so w falls by lr (1 + decay
// w); SGD: by lr g, and its decay is coupled and 0. Both are told from no step and from a step
// without decay: those differ by lr decay w = 5e-7 and lr g = 1e-6, a float near 0.5 is rounded by
// 3e-8.
void CheckFirstStep(const Model& model, const std::string& rule) {
  const double expected = rule == "adamw" ? 0.5 - 1e-4 * (1 + 0.01 * 0.5) : 0.5 - 1e-4 * 0.01;
  for (std::size_t i = 0; i < model.total; i += model.total / 7 + 1) {
    Check(std::abs(model.w.get()[i] - expected) < 1e-7, rule);
  }
}

// One model against a kernel that only moves the same bytes.
void AgainstMemory(const std::string& name, const std::vector<std::size_t>& sizes,
                   const std::string& rule, int threads) {
  Model model(sizes);
  Optimizer optimizer(model.parameters, OptionsOf(rule, threads));
  optimizer.Step(model.gradients);
  CheckFirstStep(model, rule);
  const std::size_t total = model.total;
  const Floats w = Filled(total, 0), m = Filled(total, 0),
               v = Filled(rule == "adamw" ? total : 1, 0);
  const auto move = [&](std::size_t begin, std::size_t count) {
    if (rule == "adamw") {
      MoveAdam(w.get() + begin, model.g.get() + begin, m.get() + begin, v.get() + begin, count);
    } else {
      MoveMomentum(w.get() + begin, model.g.get() + begin, m.get() + begin, count);
    }
  };
  const int inner = static_cast<int>(std::max<std::size_t>(1, 50'000'000 / total));
  const Rounds rounds = TimeInTurns({{"engine", [&] { optimizer.Step(model.gradients); }},
                                     {"bytes", [&] { InPieces(total, threads, move); }}},
                                    kRounds, inner);
  PrintRatio(fmt::format("{} {}, {} thread(s)", rule, name, threads), rounds, 0, 1,
             static_cast<double>(total));
}

// 25M parameters in 150 tensors shaped like a GPT-2 small with a narrower model: 12 layers.
std::vector<std::size_t> Gpt2Sizes() {
  constexpr std::size_t kWidth = 360;
  std::vector<std::size_t> sizes = {kWidth * 16384, kWidth * 1024};
  for (int layer = 0; layer < 12; ++layer) {
    for (const std::size_t size :
         {kWidth, kWidth, 3 * kWidth * kWidth, 3 * kWidth, kWidth * kWidth, kWidth, kWidth, kWidth,
          4 * kWidth * kWidth, 4 * kWidth, 4 * kWidth * kWidth, kWidth}) {
      sizes.push_back(size);
    }
  }
  for (int i = 0; i < 4; ++i) sizes.push_back(kWidth);
  return sizes;
}

volatile float sink;

void InCache() {
  constexpr std::size_t kCount = 16384;
  Model model({kCount});
  Optimizer optimizer(model.parameters, OptionsOf("adamw", 1));
  optimizer.Step(model.gradients);
  CheckFirstStep(model, "adamw");
  const Floats w = Filled(kCount, 0), m = Filled(kCount, 0), v = Filled(kCount, 0);
  const Rounds rounds =
      TimeInTurns({{"engine", [&] { optimizer.Step(model.gradients); }},
                   {"instructions", [&] { sink = AdamArithmetic(kCount); }},
                   {"bytes", [&] { MoveAdam(w.get(), model.g.get(), m.get(), v.get(), kCount); }}},
                  31, 2000);
  const std::vector<double> ratios = Ratios(rounds.seconds[0], rounds.seconds[1]);
  fmt::print(
      "adamw 16k in cache, 1 thread: {:.4f} ns/element; its arithmetic on registers {:.4f}, its "
      "bytes {:.4f}; engine / arithmetic {:.3f} +- {:.3f}\n",
      Median(rounds.seconds[0]) / kCount * 1e9, Median(rounds.seconds[1]) / kCount * 1e9,
      Median(rounds.seconds[2]) / kCount * 1e9, Median(ratios), Spread(ratios));
}

void SmallTensors() {
  Model flat({10'000 * 256});
  Model small(std::vector<std::size_t>(10'000, 256));
  Optimizer flat_optimizer(flat.parameters, OptionsOf("adamw", 2));
  Optimizer small_optimizer(small.parameters, OptionsOf("adamw", 2));
  const Rounds rounds = TimeInTurns({{"small", [&] { small_optimizer.Step(small.gradients); }},
                                     {"flat", [&] { flat_optimizer.Step(flat.gradients); }}},
                                    kRounds, 20);
  Check(std::memcmp(flat.w.get(), small.w.get(), flat.total * sizeof(float)) == 0,
        "10,000 tensors");
  const std::vector<double> ratios = Ratios(rounds.seconds[0], rounds.seconds[1]);
  fmt::print(
      "adamw 10,000 tensors of 256, 2 threads: {:.1f} ns a tensor; time over one flat tensor's "
      "{:.3f} +- {:.3f}\n",
      Median(rounds.seconds[0]) / 1e4 * 1e9, Median(ratios), Spread(ratios));
}

// Every decay law against no decay, in memory.
void Laws() {
  constexpr std::size_t kRow = 1000;
  constexpr std::size_t kRows = 25'000;
  Model model({kRow * kRows});
  model.parameters[0].shape = {kRows, kRow};
  const auto start = model.parameters;
  std::vector<Competitor> competitors;
  std::vector<std::unique_ptr<Optimizer>> optimizers;
  const auto add = [&](const std::string& name, DecayLaw law, ProximalPenalty penalty) {
    OptimizerOptions options = OptionsOf("adamw", 2);
    options.law = law;
    options.penalty = penalty;
    optimizers.push_back(std::make_unique<Optimizer>(start, options));
    competitors.push_back({name, [&model, optimizer = optimizers.back().get()] {
                             optimizer->Step(model.gradients);
                           }});
  };
  for (const DecayLawSpec& law : DecayLaws()) {
    if (law.law != DecayLaw::kProximal) add(std::string(law.name), law.law, ProximalPenalty::kL2);
  }
  add("proximal L2", DecayLaw::kProximal, ProximalPenalty::kL2);
  add("proximal L1", DecayLaw::kProximal, ProximalPenalty::kL1);
  add("proximal elastic net", DecayLaw::kProximal, ProximalPenalty::kElasticNet);
  add("proximal group lasso", DecayLaw::kProximal, ProximalPenalty::kGroupLasso);
  const Rounds rounds = TimeInTurns(competitors, kRounds, 2);
  for (std::size_t i = 1; i < competitors.size(); ++i) {
    const std::vector<double> ratios = Ratios(rounds.seconds[i], rounds.seconds[0]);
    fmt::print("adamw 25M, 2 threads, {:<24} time over no decay {:.3f} +- {:.3f}\n",
               competitors[i].name, Median(ratios), Spread(ratios));
  }
}

int Main(const std::set<std::string>& wanted) {
  const auto want = [&](const char* name) { return wanted.empty() || wanted.count(name) > 0; };
  for (const char* rule : {"adamw", "sgd"}) {
    for (const int threads : {1, 2}) {
      if (want("large")) AgainstMemory("100M", {100'000'000}, rule, threads);
      if (want("gpt2")) AgainstMemory("25M in 150 tensors", Gpt2Sizes(), rule, threads);
    }
  }
  if (want("cache")) InCache();
  if (want("small")) SmallTensors();
  if (want("laws")) Laws();
  if (want("tensor")) TensorRules();
  if (want("muon")) MuonAgainstItsProducts();
  return 0;
}

}  // namespace
}  // namespace halflife::bench

int main(int argc, char** argv) { return halflife::bench::Main({argv + 1, argv + argc}); }
