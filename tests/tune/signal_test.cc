// Whether the columns tell anything about the target.
#include "tune/signal.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <numeric>

#include "base/random.h"
#include "support/tables.h"

namespace halflife {
namespace {

using testing::MakeTable;
using testing::NoisyLine;
using testing::Numbers;

struct Prepared {
  Dataset dataset;
  Standardizer standardizer;

  explicit Prepared(const Table& table, const std::string& weight = "") {
    DataOptions options;
    options.target = "y";
    options.weight = weight;
    dataset = PrepareDataset(table, options);
    std::vector<uint32_t> rows(dataset.target.rows());
    std::iota(rows.begin(), rows.end(), 0U);
    standardizer = LearnStandardizer(dataset.design, rows, dataset.weights);
  }
  SignalQuestion Ask(int threads = 1) const {
    return {.dataset = &dataset, .standardizer = &standardizer, .seed = 1, .threads = threads};
  }
};

Table Noise(std::size_t rows, int features, uint64_t seed) {
  Table table = NoisyLine(rows, features, seed);
  Random random(seed, 99);
  for (double& y : table.columns.back().numbers) y = random.Normal();
  return table;
}

TEST(PermutationPValue, IsUniformUnderNoise) {
  int below_third = 0;
  int below_half = 0;
  constexpr int kTables = 200;
  for (uint64_t seed = 1; seed <= kTables; ++seed) {
    const double p = PermutationPValue(Prepared(Noise(40, 3, seed)).Ask());
    below_third += p <= 0.3 ? 1 : 0;
    below_half += p <= 0.5 ? 1 : 0;
  }
  // Binomial counts: mean 60 and 100, standard deviations 6.5 and 7.1; five of them either side are
  // left in fewer than 1 of 10^6 draws.
  EXPECT_NEAR(below_third, 60, 33);
  EXPECT_NEAR(below_half, 100, 36);
}

// Weights that go with the features must not make noise look like a signal.
TEST(PermutationPValue, IsUniformUnderNoiseWithWeightsThatFollowTheFeatures) {
  int below_twentieth = 0;
  constexpr int kTables = 200;
  for (uint64_t seed = 1; seed <= kTables; ++seed) {
    Table table = Noise(60, 3, seed + 1000);
    std::vector<double> weights;
    for (std::size_t i = 0; i < 60; ++i)
      weights.push_back(std::fabs(table.columns[0].numbers[i]) > 1.3 ? 100.0 : 1.0);
    table.columns.push_back(Numbers("w", weights));
    below_twentieth += PermutationPValue(Prepared(table, "w").Ask()) <= 0.05 ? 1 : 0;
  }
  // Binomial: mean 10, standard deviation 3.1; more than 26 in 1 of 10^6 draws. Weights that moved
  // with the targets gave about twice as many as they should.
  EXPECT_LE(below_twentieth, 26);
  EXPECT_GE(below_twentieth, 1);
}

TEST(PermutationPValue, IsSmallWhereTheColumnsTell) {
  for (uint64_t seed = 1; seed <= 20; ++seed)
    EXPECT_LE(PermutationPValue(Prepared(NoisyLine(100, 4, seed)).Ask()), 0.002);
}

TEST(PermutationPValue, IsTheSameForAnyNumberOfThreads) {
  for (uint64_t seed = 1; seed <= 5; ++seed) {
    const Prepared prepared(Noise(60, 3, seed));
    EXPECT_EQ(PermutationPValue(prepared.Ask(1)), PermutationPValue(prepared.Ask(3)));
  }
}

// With ten as large the rest need not be drawn: p is then 10 over the orders drawn.
TEST(PermutationPValue, AgreesWithCountingEveryOrderOfAFewRows) {
  const Table table = MakeTable({Numbers("x", {1, 2, 3, 4, 6}), Numbers("y", {2, 1, 4, 3, 5})});
  DataOptions options;
  options.target = "y";
  options.folds = 2;
  Prepared prepared(Noise(10, 2, 1));
  prepared.dataset = PrepareDataset(table, options);
  std::vector<uint32_t> rows = {0, 1, 2, 3, 4};
  prepared.standardizer =
      LearnStandardizer(prepared.dataset.design, rows, prepared.dataset.weights);
  const std::vector<double>& x = table.columns[0].numbers;
  std::vector<double> y = table.columns[1].numbers;
  const auto pull = [&](const std::vector<double>& target) {
    double sum = 0.0;
    for (std::size_t i = 0; i < 5; ++i) sum += (x[i] - 3.2) * (target[i] - 3.0);
    return sum * sum;
  };
  const double found = pull(y);
  std::sort(y.begin(), y.end());
  int as_large = 0;
  do {
    as_large += pull(y) >= found - 1e-9 ? 1 : 0;
  } while (std::next_permutation(y.begin(), y.end()));
  const double exact = as_large / 120.0;
  // The tenth success of draws with probability q: 10/p has mean 10/q and standard deviation
  // sqrt(10 (1 - q))/q, so 1/p is within 5 of them.
  const double p = PermutationPValue(prepared.Ask());
  EXPECT_NEAR(1.0 / p, 1.0 / exact, 5.0 * std::sqrt(10.0 * (1.0 - exact)) / exact / 10.0);
}

TEST(PermutationPValue, WeighsRows) {
  Table table = Noise(80, 2, 7);
  std::vector<double> weights;
  Random random(8);
  for (std::size_t i = 0; i < 80; ++i) {
    // Heavy rows follow x0, light ones do not.
    weights.push_back(i % 4 == 0 ? 100.0 : 0.01);
    if (i % 4 == 0) table.columns[2].numbers[i] = table.columns[0].numbers[i];
  }
  EXPECT_GT(PermutationPValue(Prepared(table).Ask()), 0.001);
  table.columns.push_back(Numbers("w", weights));
  EXPECT_LE(PermutationPValue(Prepared(table, "w").Ask()), 0.01);
}

TEST(TestSignal, NeedsNoPermutationsWhereTheIntervalIsClear) {
  const Prepared prepared(NoisyLine(100, 3, 1));
  std::vector<FoldScore> null(10);
  std::vector<FoldScore> best(10);
  for (std::size_t f = 0; f < 10; ++f) {
    null[f].validation_loss = 1.0 + 0.01 * static_cast<double>(f % 3);
    best[f].validation_loss = 0.5 + 0.01 * static_cast<double>(f % 2);
  }
  SignalQuestion question = prepared.Ask();
  question.null_scores = null;
  question.best_scores = best;
  question.held_to_training = 1.0 / 9.0;
  const SignalTest clear = TestSignal(question);
  EXPECT_FALSE(clear.none);
  EXPECT_FALSE(clear.p_value);
  EXPECT_GT(clear.ci95[0], 0.0);
  std::swap(question.null_scores, question.best_scores);
  const SignalTest worse = TestSignal(question);
  EXPECT_TRUE(worse.none);
  EXPECT_FALSE(worse.p_value);  // a constant did better: nothing to look for
}

TEST(TestSignal, TakesNoPermutationsForGroups) {
  const Prepared prepared(NoisyLine(100, 3, 2));
  std::vector<FoldScore> null(10);
  std::vector<FoldScore> best(10);
  for (std::size_t f = 0; f < 10; ++f) {
    null[f].validation_loss = 1.0 + (f % 2 == 0 ? 0.5 : -0.4);
    best[f].validation_loss = 1.0;
  }
  SignalQuestion question = prepared.Ask();
  question.null_scores = null;
  question.best_scores = best;
  question.held_to_training = 1.0 / 9.0;
  EXPECT_FALSE(TestSignal(question).none);  // by permutation
  question.rows_are_exchangeable = false;
  EXPECT_TRUE(TestSignal(question).none);
}

}  // namespace
}  // namespace halflife
