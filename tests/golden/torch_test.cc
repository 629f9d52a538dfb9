// The engine against runs of PyTorch 1.13's own optimizers (make_torch_golden.py).
#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <fstream>
#include <nlohmann/json.hpp>
#include <string>
#include <vector>

#include "halflife/optimizer.h"
#include "halflife/rule.h"

namespace halflife {
namespace {

using Json = nlohmann::json;

Json Golden() {
  std::ifstream file(HALFLIFE_SOURCE_DIR "/tests/golden/torch_trajectories.json");
  return Json::parse(file);
}

DecayLaw LawOf(const std::string& name) {
  for (const DecayLawSpec& law : DecayLaws()) {
    if (law.name == name) return law.law;
  }
  ADD_FAILURE() << name;
  return DecayLaw::kNone;
}

// The same numbers as the script's.
float Start(int i) { return static_cast<float>((i * 5) % 11 - 5) / 4; }
float Gradient(int i, int step) { return static_cast<float>((i * 7 + step * 13) % 17 - 8) / 8; }

void CheckRun(const Json& run, int count) {
  OptimizerOptions options;
  options.rule = run["rule"].get<std::string>();
  options.options = run["options"].get<std::map<std::string, double>>();
  options.law = LawOf(run["law"]);
  options.decay = run["decay"].get<double>();
  options.lr = run["lr"].get<double>();
  std::vector<float> w(static_cast<std::size_t>(count)), g(w.size());
  for (int i = 0; i < count; ++i) w[static_cast<std::size_t>(i)] = Start(i);
  Optimizer optimizer({{"w", {count}, ParameterKind::kWeight, w}}, options);
  // As in tests/optim/reference_test.cc: a step of at most lr times 60 (RMSprop with momentum and
  // its cancelling variance, the largest here: 1 / (1 - 0.9) times a quotient of at most about 6)
  // rounds 32 times, a weight 4 times.
  constexpr double kUlp = 0x1p-24;
  for (int step = 1; step <= 100; ++step) {
    for (int i = 0; i < count; ++i) g[static_cast<std::size_t>(i)] = Gradient(i, step);
    const std::span<const float> span(g);
    optimizer.Step({&span, 1});
    if (!run["weights"].contains(std::to_string(step))) continue;
    const auto expected = run["weights"][std::to_string(step)].get<std::vector<double>>();
    const double bound = step * kUlp * (4 * 4 + 32 * 0.01 * 60);
    for (std::size_t i = 0; i < w.size(); ++i)
      ASSERT_NEAR(w[i], expected[i], bound) << "step " << step << ", element " << i;
  }
}

TEST(Torch, TrajectoriesAreMatched) {
  const Json golden = Golden();
  EXPECT_EQ(golden["torch"].get<std::string>().substr(0, 4), "1.13");
  for (const Json& run : golden["runs"]) {
    SCOPED_TRACE(run["rule"].dump() + run["options"].dump() + run["law"].dump());
    CheckRun(run, golden["count"].get<int>());
  }
}

}  // namespace
}  // namespace halflife
