// The engine against LibTorch's torch::optim, in turns, on the same tensors' sizes.
//   torch_bench [keep-pages] [small]      keep-pages: malloc keeps its pages instead of giving them
//   back
#include <fmt/format.h>
#include <malloc.h>
#include <torch/torch.h>

#include <cmath>
#include <cstdlib>
#include <string>
#include <vector>

#include "halflife/optimizer.h"
#include "paired.h"

namespace halflife::bench {
namespace {

// The same tensors for both, each with a gradient.
struct Pair {
  explicit Pair(std::size_t tensors, std::int64_t size) {
    for (std::size_t i = 0; i < tensors; ++i) {
      ours.push_back(torch::full({size}, 0.5F));
      theirs.push_back(torch::full({size}, 0.5F).requires_grad_(true));
      gradients.push_back(torch::full({size}, 0.01F));
      theirs.back().mutable_grad() = gradients.back();
      const auto count = static_cast<std::size_t>(size);
      parameters.push_back({"w" + std::to_string(i),
                            {size},
                            ParameterKind::kWeight,
                            {ours.back().data_ptr<float>(), count}});
      spans.emplace_back(gradients.back().data_ptr<float>(), count);
    }
  }
  std::vector<torch::Tensor> ours, theirs, gradients;
  std::vector<Parameter> parameters;
  std::vector<std::span<const float>> spans;
};

void Check(const Pair& pair, const std::string& name) {
  for (std::size_t i = 0; i < pair.ours.size(); i += 997) {
    if ((pair.ours[i] - pair.theirs[i].detach()).abs().max().item<float>() < 5e-7F) continue;
    fmt::print(stderr, "{}: the two do not agree\n", name);
    std::exit(1);
  }
}

template <class Torch>
void Compare(const std::string& name, const std::string& rule, Pair* pair, Torch theirs, int rounds,
             int inner) {
  OptimizerOptions options;
  options.rule = rule;
  options.lr = 1e-4;
  if (rule == "sgd") options.options["momentum"] = 0.9;
  Optimizer ours(pair->parameters, options);
  const auto step = [&] { ours.Step(pair->spans); };
  for (int i = 0; i < 3; ++i) {
    step();
    theirs.step();
  }
  Check(*pair, name);
  const Rounds timed =
      TimeInTurns({{"halflife", step}, {"torch", [&] { theirs.step(); }}}, rounds, inner);
  const std::vector<double> ratios = Ratios(timed.seconds[1], timed.seconds[0]);
  fmt::print("{:<36} halflife {:10.3f} ms, torch {:10.3f} ms, torch / halflife {:.1f} +- {:.1f}\n",
             name, Median(timed.seconds[0]) * 1e3, Median(timed.seconds[1]) * 1e3, Median(ratios),
             Spread(ratios));
}

}  // namespace
}  // namespace halflife::bench

int main(int argc, char** argv) {
  using namespace halflife::bench;  // NOLINT
  const bool keep = argc > 1 && std::string(argv[1]) == "keep-pages";
  if (keep) {
    mallopt(M_MMAP_MAX, 0);
    mallopt(M_TRIM_THRESHOLD, -1);
  }
  torch::set_num_threads(2);
  torch::NoGradGuard no_grad;
  fmt::print("malloc: {}\n", keep ? "keeps its pages" : "default");
  const bool small = std::string(argv[argc - 1]) == "small";
  if (!small) {
    Pair pair(1, 100'000'000);
    Compare("adamw, one tensor of 100M", "adamw", &pair,
            torch::optim::AdamW(pair.theirs, torch::optim::AdamWOptions(1e-4).weight_decay(0.01)),
            9, 1);
  }
  if (!small) {
    Pair pair(1, 100'000'000);
    Compare("sgd momentum, one tensor of 100M", "sgd", &pair,
            torch::optim::SGD(pair.theirs, torch::optim::SGDOptions(1e-4).momentum(0.9)), 9, 1);
  }
  {
    Pair pair(10'000, 256);
    Compare("adamw, 10,000 tensors of 256", "adamw", &pair,
            torch::optim::AdamW(pair.theirs, torch::optim::AdamWOptions(1e-4).weight_decay(0.01)),
            9, 5);
  }
  return 0;
}
