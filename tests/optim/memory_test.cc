// Parameters that share memory, and gradients that lie over weights.
#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "base/random.h"
#include "halflife/error.h"
#include "halflife/optimizer.h"

namespace halflife {
namespace {

Parameter Part(const std::string& name, std::vector<float>* memory, std::size_t begin,
               std::size_t count) {
  return {name,
          {static_cast<std::int64_t>(count)},
          ParameterKind::kWeight,
          std::span(*memory).subspan(begin, count)};
}

std::string RefusalOf(std::vector<Parameter> parameters) {
  try {
    const Optimizer optimizer(std::move(parameters), {});
  } catch (const Error& error) {
    return error.what();
  }
  return "";
}

TEST(Memory, TiedWeightsAreRefusedNamingBothAndWhatToDo) {
  std::vector<float> w(12, 1.0F), other(5, 1.0F);
  const std::string refusal =
      RefusalOf({Part("tokens", &w, 0, 12), Part("bias", &other, 0, 5), Part("logits", &w, 0, 12)});
  EXPECT_NE(refusal.find("\"tokens\" and \"logits\" are the same memory"), std::string::npos)
      << refusal;
  EXPECT_NE(refusal.find("pass it once"), std::string::npos) << refusal;
  EXPECT_EQ(refusal.find('\n'), std::string::npos);
}

TEST(Memory, AnyOverlapIsRefused) {
  std::vector<float> w(30, 1.0F);
  for (const auto& [begin, count] : std::vector<std::pair<std::size_t, std::size_t>>{
           {9, 1}, {0, 11}, {19, 11}, {12, 3}, {10, 9}, {0, 30}, {10, 10}}) {
    EXPECT_NE(RefusalOf({Part("a", &w, 10, 10), Part("b", &w, begin, count)}) == "",
              begin + count > 10 && begin < 20)
        << begin << " " << count;
  }
  EXPECT_NE(RefusalOf({Part("all", &w, 0, 30), Part("x", &w, 2, 3), Part("y", &w, 29, 1)}), "");
}

TEST(Memory, NeighboursAndEmptyTensorsAreFine) {
  std::vector<float> w(30, 1.0F);
  EXPECT_EQ(RefusalOf({Part("c", &w, 20, 10), Part("a", &w, 0, 10), Part("b", &w, 10, 10)}), "");
  EXPECT_EQ(RefusalOf({Part("a", &w, 0, 30), Part("none", &w, 7, 0), Part("too", &w, 7, 0)}), "");
}

// Against the definition: two of the ranges have a value in common.
TEST(Memory, RandomRangesAreRefusedExactlyWhenTwoMeet) {
  std::vector<float> w(64, 1.0F);
  int refused = 0;
  for (std::uint64_t trial = 0; trial < 400; ++trial) {
    Random random(trial);
    std::vector<Parameter> parameters;
    std::vector<int> users(w.size(), 0);
    for (int i = 0; i < 4; ++i) {
      const auto begin = static_cast<std::size_t>(random.Uniform() * 60);
      const auto count =
          std::min(static_cast<std::size_t>(random.Uniform() * 16), w.size() - begin);
      for (std::size_t k = begin; k < begin + count; ++k) ++users[k];
      parameters.push_back(Part("p" + std::to_string(i), &w, begin, count));
    }
    const bool meet = std::any_of(users.begin(), users.end(), [](int n) { return n > 1; });
    EXPECT_EQ(RefusalOf(parameters) != "", meet) << trial;
    refused += meet ? 1 : 0;
  }
  EXPECT_GT(refused, 50);
  EXPECT_LT(refused, 350);
}

TEST(Memory, AGradientOverWeightsIsRefusedUnlessItIsTheWeightsThemselves) {
  std::vector<float> memory(40, 1.0F);
  Optimizer optimizer({Part("a", &memory, 0, 10), Part("b", &memory, 10, 10)}, {});
  const std::span<const float> all(memory);
  const auto step = [&](std::size_t for_a, std::size_t for_b) {
    const std::span<const float> gradients[] = {all.subspan(for_a, 10), all.subspan(for_b, 10)};
    optimizer.Step(gradients);
  };
  step(20, 30);
  step(0, 10);   // g = w, the gradient of 1/2 ||w||^2
  step(20, 20);  // gradients may share memory
  EXPECT_THROW(step(1, 30), Error);
  EXPECT_THROW(step(20, 0), Error);
  EXPECT_THROW(step(15, 30), Error);
  try {
    step(20, 5);
    ADD_FAILURE() << "it was taken";
  } catch (const Error& error) {
    EXPECT_NE(std::string(error.what())
                  .find("gradient of parameter \"b\" lies in the memory of parameter \"a\""),
              std::string::npos)
        << error.what();
  }
}

}  // namespace
}  // namespace halflife
