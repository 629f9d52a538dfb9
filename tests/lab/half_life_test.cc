// A decay in the unit of time.
#include <gtest/gtest.h>

#include <cmath>

#include "lab/questions.h"
#include "support/errors.h"

namespace halflife {
namespace {

TEST(HalfLife, IsTheTimeInWhichHalfIsLeft) {
  const Answer answer = AskHalfLife(Question("lr=1e-3 decay=0.1 steps_per_epoch=50 epochs=200"));
  const double steps = answer.numbers.at("half_life_steps")[0];
  // ln 2 / -ln(1 - 1e-4); both sides have a relative rounding error of some 2^-53 times the
  // condition number of 1 - x at x = 1e-4, 1e4.
  EXPECT_NEAR(steps, std::log(2.0) / -std::log1p(-1e-4), 1e-11 * steps);
  EXPECT_DOUBLE_EQ(answer.numbers.at("half_life_epochs")[0], steps / 50);
  EXPECT_DOUBLE_EQ(answer.numbers.at("averaging_steps")[0], 1e4);
  EXPECT_DOUBLE_EQ(answer.numbers.at("averaging_epochs")[0], 200);
  // 10,000 steps of 1 - 1e-4, each factor with a rounding error of 2^-53.
  EXPECT_NEAR(answer.numbers.at("left")[0], std::exp(1e4 * std::log1p(-1e-4)), 1e-11);
}

TEST(HalfLife, IsEndlessWithoutDecay) {
  const Answer answer = AskHalfLife(Question("decay=0"));
  EXPECT_TRUE(std::isinf(answer.numbers.at("half_life_steps")[0]));
  EXPECT_TRUE(std::isinf(answer.numbers.at("averaging_steps")[0]));
  EXPECT_EQ(answer.numbers.at("left")[0], 1);
}

TEST(HalfLife, AWholeWeightAStepIsRefused) {
  for (const char* options : {"lr=1 decay=1", "lr=1 decay=100", "lr=100 decay=1000000"}) {
    EXPECT_NE(testing::ErrorOf([&] { AskHalfLife(Question(options)); }).find("must stay below 1"),
              std::string::npos)
        << options;
  }
  EXPECT_FALSE(std::isnan(AskHalfLife(Question("lr=1 decay=0.999")).numbers.at("left")[0]));
}

}  // namespace
}  // namespace halflife
