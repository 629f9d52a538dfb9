// The code that the report prints trains what halflife trained: for PyTorch against runs of the
// printed code there (make_torch_snippets.py), for C++ by running it.
#include <gtest/gtest.h>

#include <cmath>
#include <cstring>
#include <fstream>
#include <nlohmann/json.hpp>

#include "golden/snippets/cases.h"
#include "printed_snippets.h"
#include "report/torch_code.h"

namespace halflife::testing {
namespace {

void Train(Optimizer* optimizer, const std::vector<std::vector<float>>& values) {
  for (int step = 1; step <= kSnippetSteps; ++step) {
    std::vector<std::vector<float>> gradients;
    for (std::size_t t = 0; t < values.size(); ++t) {
      gradients.emplace_back();
      for (std::size_t i = 0; i < values[t].size(); ++i)
        gradients.back().push_back(SnippetGradient(t, i, step));
    }
    optimizer->Step(std::vector<std::span<const float>>(gradients.begin(), gradients.end()));
  }
}

std::vector<std::vector<float>> Trained(const OptimizerOptions& options) {
  std::vector<std::vector<float>> values = StartValues();
  Optimizer optimizer(SnippetParameters(&values), options);
  Train(&optimizer, values);
  return values;
}

// To 1e-5, the figure that the code is promised to: floats of size 2 round by 1e-7 a step.
TEST(Snippets, PyTorchGetsTheSameWeights) {
  std::ifstream file(HALFLIFE_SOURCE_DIR "/tests/golden/snippets/torch_snippets.json");
  const nlohmann::json golden = nlohmann::json::parse(file);
  EXPECT_EQ(golden["torch"].get<std::string>().substr(0, 4), "1.13");
  ASSERT_EQ(golden["cases"].size(), SnippetCases().size());
  for (const SnippetCase& one : SnippetCases()) {
    SCOPED_TRACE(one.name);
    const nlohmann::json& known = golden["cases"].at(one.name);
    EXPECT_EQ(known["code"].get<std::string>(), TorchCode(one.training));
    const std::vector<std::vector<float>> values = Trained(one.training.optimizer);
    const auto expected = known["weights"].get<std::vector<std::vector<double>>>();
    ASSERT_EQ(expected.size(), values.size());
    for (std::size_t t = 0; t < values.size(); ++t) {
      ASSERT_EQ(expected[t].size(), values[t].size());
      for (std::size_t i = 0; i < values[t].size(); ++i)
        EXPECT_NEAR(values[t][i], expected[t][i], 1e-5) << "tensor " << t << ", element " << i;
    }
  }
}

TEST(Snippets, CppIsTheSameTrainingBitForBit) {
  const std::vector<SnippetCase> cases = SnippetCases();
  ASSERT_EQ(std::size(kPrinted), cases.size());
  for (std::size_t c = 0; c < cases.size(); ++c) {
    std::vector<std::vector<float>> printed = StartValues();
    Optimizer optimizer = kPrinted[c](SnippetParameters(&printed));
    Train(&optimizer, printed);
    EXPECT_EQ(printed, Trained(cases[c].training.optimizer)) << cases[c].name;
  }
}

}  // namespace
}  // namespace halflife::testing
