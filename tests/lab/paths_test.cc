// Walks on a bowl by the library's rules and laws.
#include "lab/paths.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <string>
#include <vector>

#include "base/random.h"
#include "halflife/rule.h"
#include "lab/questions.h"
#include "report/xml_check.h"
#include "support/errors.h"

namespace halflife {
namespace {

using testing::ErrorOf;

OptimizerOptions OptionsOf(const std::string& rule, DecayLaw law, double lr, double decay) {
  OptimizerOptions options;
  options.rule = rule;
  options.law = law;
  options.lr = lr;
  options.decay = decay;
  return options;
}

double Largest(const std::vector<double>& values) {
  return *std::max_element(values.begin(), values.end());
}

bool AllFinite(const Answer& answer) {
  for (const auto& [name, values] : answer.numbers) {
    for (const double value : values) {
      if (!std::isfinite(value)) return false;
    }
  }
  return true;
}

// The first words of issue 5's section 6. The bound is derived in paths.cc.
TEST(Paths, SgdIsTheSameCoupledAndDecoupledButForRounding) {
  Random random(8, 1);
  double largest = 0;
  for (int i = 0; i < 300; ++i) {
    const auto between = [&](double low, double high) {
      return low + (high - low) * random.Uniform();
    };
    const Bowl bowl = MakeBowl({between(-3, 3), between(-3, 3)}, between(1, 20), between(-90, 90));
    const double decay = between(0, 2);
    // Above 2 it diverges; a step must not take all of a weight.
    const double lr = std::min(between(0.001, 2.2) / (bowl.stretch + decay), 0.99 / decay);
    const Point start{between(-3, 3), between(-3, 3)};
    const Walk a = WalkOn(bowl, start, OptionsOf("sgd", DecayLaw::kCoupled, lr, decay), 200);
    const Walk b = WalkOn(bowl, start, OptionsOf("sgd", DecayLaw::kDecoupled, lr, decay), 200);
    const std::vector<double> bound = RoundingBound(bowl, a, lr, decay);
    ASSERT_EQ(bound.size(), a.points.size());
    for (std::size_t k = 0; k < std::min(a.points.size(), b.points.size()); ++k) {
      const double apart = std::hypot(a.points[k].x - b.points[k].x, a.points[k].y - b.points[k].y);
      ASSERT_LE(apart, bound[k]) << "walk " << i << ", step " << k;
      largest = std::max(largest, apart);
    }
  }
  EXPECT_GT(largest, 0);  // they do round differently
}

TEST(Paths, TheRoundingBoundIsFarBelowWhatAnyOtherLawChanges) {
  const Answer sgd = AskPaths(Question("rule=sgd lr=0.05 decay=0.5"));
  ASSERT_EQ(sgd.numbers.at("rounding").size(), 61U);
  EXPECT_LT(Largest(sgd.numbers.at("rounding")), 1e-5);
  EXPECT_LE(Largest(sgd.numbers.at("difference")), Largest(sgd.numbers.at("rounding")));
  const Answer other = AskPaths(Question("rule=sgd lr=0.05 decay=0.5 law_b=independent"));
  EXPECT_TRUE(other.numbers.at("rounding").empty());
  EXPECT_GT(Largest(other.numbers.at("difference")), 0.1);
  EXPECT_TRUE(AskPaths(Question("rule=adam")).numbers.at("rounding").empty());
  EXPECT_TRUE(AskPaths(Question("rule=sgd option.momentum=0.9")).numbers.at("rounding").empty());
}

TEST(Paths, AdamAndAdamWPart) {
  const Answer answer = AskPaths(Question("rule=adam lr=0.1 decay=0.5 steps=100"));
  EXPECT_GT(answer.numbers.at("difference").back(), 0.05);
  // Rule adam with the decoupled law is AdamW.
  const Answer adamw = AskPaths(Question("rule=adamw lr=0.1 decay=0.5 steps=100"));
  EXPECT_EQ(answer.numbers.at("path_b"), adamw.numbers.at("path_b"));
}

TEST(Paths, EqualSteppingTheLibraryByHand) {
  const Answer answer = AskPaths(Question(
      "rule=adam law_a=cautious law_b=none lr=0.07 decay=0.2 steps=50 cx=-1 cy=0.5 stretch=7 "
      "angle=-35 start_x=2 start_y=-2.5 option.beta1=0.8"));
  const Bowl bowl = MakeBowl({-1, 0.5}, 7, -35);
  std::vector<float> w = {2, -2.5};
  OptimizerOptions options = OptionsOf("adam", DecayLaw::kCautious, 0.07, 0.2);
  options.options["beta1"] = 0.8;
  Optimizer optimizer({{"w", {2}, ParameterKind::kWeight, w}}, options);
  const std::vector<double>& path = answer.numbers.at("path_a");
  ASSERT_EQ(path.size(), 102U);
  for (std::size_t step = 0; step <= 50; ++step) {
    ASSERT_EQ(path[2 * step], w[0]) << step;
    ASSERT_EQ(path[2 * step + 1], w[1]) << step;
    const Point slope = bowl.Gradient({w[0], w[1]});
    const std::vector<float> g = {static_cast<float>(slope.x), static_cast<float>(slope.y)};
    const std::span<const float> gradient(g);
    optimizer.Step({&gradient, 1});
  }
}

// Plain gradient descent in double, on the bowl's matrix written another way.
TEST(Paths, SgdWithoutDecayFollowsTheGradient) {
  const double angle = 0.4;
  const double lr = 0.05;
  const Bowl bowl = MakeBowl({1, -1}, 5, angle * 180 / 3.14159265358979324);
  const Walk walk = WalkOn(bowl, {-2, 2}, OptionsOf("sgd", DecayLaw::kNone, lr, 0), 80);
  const double c = std::cos(angle);
  const double s = std::sin(angle);
  for (int step = 0; step <= 80; ++step) {
    const double lengthwise = (c * -3 + s * 3) * std::pow(1 - lr, step);
    const double across = (-s * -3 + c * 3) * std::pow(1 - lr * 5, step);
    // A weight of up to 3 rounds by 2^-23 a step, and what it was rounded by shrinks by 1 - lr:
    // 20 such roundings at most, those of the gradient and of lr taken in.
    EXPECT_NEAR(walk.points[step].x, 1 + c * lengthwise - s * across, 40 * 0x1p-23);
    EXPECT_NEAR(walk.points[step].y, -1 + s * lengthwise + c * across, 40 * 0x1p-23);
  }
}

TEST(Paths, EveryRuleAndLawRunsAThousandStepsAtItsOwnRate) {
  const Bowl bowl = MakeBowl({1.6, 1}, 2, 30);
  const Point start{-1.5, 2};
  for (const RuleSpec* rule : Rules()) {
    for (const DecayLawSpec& law : DecayLaws()) {
      const auto refused = [&](const RefusedLaw& one) { return one.law == law.law; };
      if (std::any_of(rule->refused.begin(), rule->refused.end(), refused)) continue;
      SCOPED_TRACE(std::string(rule->name) + ", " + std::string(law.name));
      const Walk walk =
          WalkOn(bowl, start, OptionsOf(std::string(rule->name), law.law, rule->lr, 0.01), 1000);
      EXPECT_EQ(walk.diverged, -1);
      ASSERT_EQ(walk.points.size(), 1001U);
      for (const Point& at : walk.points) ASSERT_TRUE(std::isfinite(at.x) && std::isfinite(at.y));
      // Lower than at the start, and in 1000 steps of any rule the weights have moved. (The
      // independent law takes a hundredth of the weights a step here, and so holds them back.)
      if (law.law != DecayLaw::kIndependent) {
        EXPECT_LT(bowl.Loss(walk.points.back()), bowl.Loss(start));
      }
      EXPECT_NE(walk.points.back().x, start.x);
    }
  }
}

TEST(Paths, AWalkThatDivergesEndsAndSaysSo) {
  const Answer answer =
      AskPaths(Question("rule=sgd lr=0.6 decay=0.1 steps=2000 law_b=none stretch=4"));
  const double diverged = answer.numbers.at("diverged_a").front();
  EXPECT_GT(diverged, 1);
  EXPECT_LT(diverged, 100);
  EXPECT_EQ(answer.numbers.at("path_a").size(), 2 * static_cast<std::size_t>(diverged));
  EXPECT_EQ(answer.numbers.at("loss_a").size(), static_cast<std::size_t>(diverged));
  EXPECT_TRUE(AllFinite(answer));
  for (const double value : answer.numbers.at("path_a")) EXPECT_LE(std::abs(value), 1e6);
  EXPECT_EQ(AskPaths(Question("rule=sgd lr=0.1")).numbers.at("diverged_a").front(), -1);
  // A hundredfold a step.
  const Answer at_once = AskPaths(Question("rule=sgd lr=10 decay=0.05 steps=2000 stretch=20"));
  EXPECT_LT(at_once.numbers.at("diverged_b").front(), 5);
  EXPECT_TRUE(AllFinite(at_once));
}

TEST(Paths, ARefusedLawSaysWhy) {
  EXPECT_EQ(ErrorOf([] { AskPaths(Question("rule=muon law_a=coupled law_b=none")); }),
            "muon refuses the coupled law: the penalty would be orthogonalised with the gradient, "
            "so its size would mean nothing");
  EXPECT_EQ(ErrorOf([] { AskPaths(Question("rule=rprop law_a=none law_b=coupled")); }),
            "rprop refuses the coupled law: only the gradient's sign counts, so a penalty added to "
            "it has no size");
  EXPECT_NE(ErrorOf([] { AskPaths(Question("rule=sgd lr=10 decay=1")); }).find("must stay below 1"),
            std::string::npos);
}

TEST(Paths, TheProximalLawOfL1GivesExactZeros) {
  const Answer answer = AskPaths(Question(
      "rule=sgd lr=0.1 decay=1 steps=400 law_a=proximal law_b=coupled penalty=l1 cx=2 cy=0.2 "
      "angle=0"));
  const std::vector<double>& a = answer.numbers.at("path_a");
  EXPECT_EQ(a.back(), 0.0);
  EXPECT_NEAR(a[a.size() - 2], 1.0, 1e-5);  // c - decay; float steps of 1e-7 against lr 0.1
  EXPECT_NE(answer.numbers.at("path_b").back(), 0.0);
}

TEST(Paths, FiguresAreWellFormedAndTheRateIsTheRulesOwn) {
  for (const RuleSpec* rule : Rules()) {
    const Answer answer = AskPaths(
        Question("rule=" + std::string(rule->name) + " law_a=none law_b=cautious steps=130"));
    EXPECT_EQ(answer.numbers.at("lr").front(), rule->lr);
    for (const char* name :
         {"figure.wide", "figure.narrow", "difference.wide", "difference.narrow"})
      EXPECT_EQ(XmlProblem(answer.texts.at(name)), "") << name;
    EXPECT_NE(answer.texts.at("figure.wide").find("data-handle=\"start\""), std::string::npos);
  }
}

}  // namespace
}  // namespace halflife
