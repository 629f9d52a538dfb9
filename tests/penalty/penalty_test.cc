#include "halflife/penalty.h"

#include <gtest/gtest.h>

#include <cmath>
#include <span>
#include <vector>

#include "halflife/error.h"

namespace halflife {
namespace {

using Vec = std::vector<double>;

std::vector<Penalty> AllPenalties() {
  using Kind = Penalty::Kind;
  return {{Kind::kL2, 0.7},
          {Kind::kL1, 0.7},
          {Kind::kLp, 0.7, 1},
          {Kind::kLp, 0.7, 1.5},
          {Kind::kLp, 0.7, 3},
          {Kind::kElasticNet, 0.7, 2, 0.3},
          {Kind::kGroupLasso, 0.7, 2, 0.5, 2}};
}

TEST(Penalty, ValuesAreTheFormulas) {
  const Vec w = {3, -4, 0, 0.5};
  using Kind = Penalty::Kind;
  EXPECT_DOUBLE_EQ((Penalty{Kind::kL2, 2}.Value(w)), 25.25);
  EXPECT_DOUBLE_EQ((Penalty{Kind::kL1, 2}.Value(w)), 15);
  EXPECT_DOUBLE_EQ((Penalty{Kind::kLp, 2, 3}.Value(w)), 2.0 / 3 * (27 + 64 + 0.125));
  EXPECT_DOUBLE_EQ((Penalty{Kind::kElasticNet, 2, 2, 0.25}.Value(w)),
                   2 * (0.25 * 7.5 + 0.75 / 2 * 25.25));
  EXPECT_DOUBLE_EQ((Penalty{Kind::kGroupLasso, 2, 2, 0.5, 2}.Value(w)), 2 * std::sqrt(2) * 5.5);
}

TEST(Penalty, GradientsAreTheSlopesOfTheValue) {
  const Vec w = {3, -4, 0.2, 0.5};
  for (const Penalty& penalty : AllPenalties()) {
    Vec g(w.size());
    penalty.AddGradient(w, g);
    for (std::size_t i = 0; i < w.size(); ++i) {
      constexpr double kStep = 1e-5;
      Vec up = w, down = w;
      up[i] += kStep;
      down[i] -= kStep;
      // A central difference is off by a third derivative times kStep^2 / 6, and by rounding /
      // kStep.
      EXPECT_NEAR(g[i], (penalty.Value(up) - penalty.Value(down)) / (2 * kStep), 1e-8);
    }
  }
}

TEST(Penalty, TheProximalMapMinimises) {
  const Vec w = {3, -4, 0.2, 0.5};
  for (const Penalty& penalty : AllPenalties()) {
    Vec x = w;
    penalty.ApplyProximalMap(0.9, x);
    const auto objective = [&](const Vec& at) {
      double squares = 0;
      for (std::size_t i = 0; i < w.size(); ++i) squares += std::pow(at[i] - w[i], 2);
      return squares / 2 + 0.9 * penalty.Value(at);
    };
    const double least = objective(x);
    for (std::size_t i = 0; i < w.size(); ++i) {
      for (const double step : {1e-2, 1e-3, -1e-3, -1e-2}) {
        Vec other = x;
        other[i] += step;
        EXPECT_GT(objective(other), least);
      }
    }
  }
}

TEST(Penalty, L1AndGroupLassoGiveExactZeros) {
  Vec w = {0.5, -2, 0.1, 0.2};
  Penalty{Penalty::Kind::kL1, 1}.ApplyProximalMap(0.5, w);
  EXPECT_EQ(w, (Vec{0, -1.5, 0, 0}));
  w = {3, -4, 0.1, 0.2};
  Penalty{Penalty::Kind::kGroupLasso, 1, 2, 0.5, 2}.ApplyProximalMap(1, w);
  EXPECT_EQ(w[2], 0);
  EXPECT_EQ(w[3], 0);
  EXPECT_NEAR(w[0], 3 * (1 - std::sqrt(2) / 5), 1e-15);
}

// Of a longer array only the weights that were given are read and written.
TEST(Penalty, WhatLiesBesideTheWeightsCountsForNothing) {
  for (const Penalty& penalty : AllPenalties()) {
    Vec w = {3, -4, 0.2, 0.5, 7, -8}, others = {3, -4, 0.2, 0.5, 100, 200};
    const auto given = std::span(w).first(4), same = std::span(others).first(4);
    EXPECT_EQ(penalty.Value(given), penalty.Value(same));
    Vec g(6, 1);
    penalty.AddGradient(given, std::span(g).first(4));
    EXPECT_EQ(g[4], 1);
    EXPECT_EQ(g[5], 1);
    penalty.ApplyProximalMap(0.9, given);
    EXPECT_EQ(w[4], 7);
    EXPECT_EQ(w[5], -8);
  }
}

TEST(Penalty, NumbersOutOfRangeAreRefused) {
  using Kind = Penalty::Kind;
  EXPECT_THROW((Penalty{Kind::kL2, -1}.Validate()), Error);
  EXPECT_THROW((Penalty{Kind::kLp, 1, 0.5}.Validate()), Error);
  EXPECT_THROW((Penalty{Kind::kElasticNet, 1, 2, 1.5}.Validate()), Error);
  EXPECT_THROW((Penalty{Kind::kGroupLasso, 1, 2, 0.5, 0}.Validate()), Error);
  EXPECT_THROW((Penalty{Kind::kElasticNet, 1, 2, -0.5}.Validate()), Error);
}

TEST(Penalty, TheGroupLassoRefusesWhatAreNoWholeRows) {
  const Penalty penalty{Penalty::Kind::kGroupLasso, 1, 2, 0.5, 2};
  std::vector<double> w = {1, 2, 3}, g = {0, 0, 0};
  EXPECT_THROW(static_cast<void>(penalty.Value(w)), Error);
  EXPECT_THROW(penalty.AddGradient(w, g), Error);
  EXPECT_THROW(penalty.ApplyProximalMap(1, w), Error);
}

TEST(Penalty, TheEndsOfTheirRangesAreTaken) {
  using Kind = Penalty::Kind;
  EXPECT_NO_THROW((Penalty{Kind::kL2, 0}.Validate()));
  EXPECT_NO_THROW((Penalty{Kind::kLp, 1, 1}.Validate()));
  const std::vector<double> w = {3, -4};
  EXPECT_EQ((Penalty{Kind::kElasticNet, 2, 2, 0}.Value(w)), (Penalty{Kind::kL2, 2}.Value(w)));
  EXPECT_EQ((Penalty{Kind::kElasticNet, 2, 2, 1}.Value(w)), (Penalty{Kind::kL1, 2}.Value(w)));
  EXPECT_EQ((Penalty{Kind::kGroupLasso, 2, 2, 0.5, 1}.Value(w)), (Penalty{Kind::kL1, 2}.Value(w)));
}

}  // namespace
}  // namespace halflife
