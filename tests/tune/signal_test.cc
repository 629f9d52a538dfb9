// Whether the columns tell anything about the target.
#include "tune/signal.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <numeric>

#include "base/random.h"
#include "model/coded_rows.h"
#include "support/tables.h"

namespace halflife {
namespace {

using testing::MakeTable;
using testing::NoisyLine;
using testing::Numbers;

struct Prepared {
  Dataset dataset;
  Standardizer standardizer;

  explicit Prepared(Table table, const std::string& weight = "", const std::string& group = "") {
    DataOptions options;
    options.target = "y";
    options.weight = weight;
    options.group = group;
    dataset = PrepareDataset(std::move(table), options);
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

TEST(ScorePValue, IsUniformUnderNoise) {
  int below_third = 0;
  int below_half = 0;
  constexpr int kTables = 200;
  for (uint64_t seed = 1; seed <= kTables; ++seed) {
    const double p = ScorePValue(Prepared(Noise(40, 3, seed)).Ask());
    below_third += p <= 0.3 ? 1 : 0;
    below_half += p <= 0.5 ? 1 : 0;
  }
  // Binomial counts: mean 60 and 100, standard deviations 6.5 and 7.1; five of them either side are
  // left in fewer than 1 of 10^6 draws.
  EXPECT_NEAR(below_third, 60, 33);
  EXPECT_NEAR(below_half, 100, 36);
}

// Weights that go with the features must not make noise look like a signal.
TEST(ScorePValue, IsUniformUnderNoiseWithWeightsThatFollowTheFeatures) {
  int below_twentieth = 0;
  constexpr int kTables = 200;
  for (uint64_t seed = 1; seed <= kTables; ++seed) {
    Table table = Noise(60, 3, seed + 1000);
    std::vector<double> weights;
    for (std::size_t i = 0; i < 60; ++i)
      weights.push_back(std::fabs(table.columns[0].numbers[i]) > 1.3 ? 100.0 : 1.0);
    table.columns.push_back(Numbers("w", weights));
    below_twentieth += ScorePValue(Prepared(table, "w").Ask()) <= 0.05 ? 1 : 0;
  }
  // Binomial: mean 10, standard deviation 3.1; more than 26 in 1 of 10^6 draws. Weights that moved
  // with the targets gave about twice as many as they should.
  EXPECT_LE(below_twentieth, 26);
  EXPECT_GE(below_twentieth, 1);
}

TEST(ScorePValue, IsSmallWhereTheColumnsTell) {
  for (uint64_t seed = 1; seed <= 20; ++seed)
    EXPECT_LE(ScorePValue(Prepared(NoisyLine(100, 4, seed)).Ask()), 0.002);
}

TEST(ScorePValue, IsTheSameForAnyNumberOfThreads) {
  for (uint64_t seed = 1; seed <= 5; ++seed) {
    const Prepared prepared(Noise(60, 3, seed));
    EXPECT_EQ(ScorePValue(prepared.Ask(1)), ScorePValue(prepared.Ask(3)));
  }
}

// Sixty columns that are taken for such as do not vary add nothing to a score, but leave the design
// to be laid out.
TEST(ScorePValue, IsTheSameWhetherWideTextIsLaidOutOrNot) {
  constexpr std::size_t kWideRows = 3300;
  constexpr std::size_t kLevels = 1100;
  Table table = Noise(kWideRows, 2, 7);
  std::vector<int32_t> codes;
  std::vector<std::string> levels;
  for (std::size_t i = 0; i < kWideRows; ++i) codes.push_back(static_cast<int32_t>(i % kLevels));
  for (std::size_t i = 0; i < kLevels; ++i) levels.push_back(std::to_string(10000 + i));
  table.columns.push_back(testing::Text("t", codes, levels));
  const Prepared coded(table);
  for (int c = 0; c < 60; ++c) {
    std::vector<double> values(kWideRows, 1.0);
    values.front() = 0.0;
    table.columns.push_back(Numbers("c" + std::to_string(c), values));
  }
  Prepared dense(table);
  dense.standardizer.kept.resize(coded.standardizer.kept.size());
  ASSERT_TRUE(StaysCoded(coded.dataset.design));
  ASSERT_FALSE(StaysCoded(dense.dataset.design));
  const double p = ScorePValue(coded.Ask());
  EXPECT_EQ(p, ScorePValue(dense.Ask()));
  EXPECT_EQ(p, ScorePValue(coded.Ask(3)));
}

// With ten as large the rest need not be drawn: p is then 10 over the orders drawn.
TEST(ScorePValue, AgreesWithCountingEveryOrderOfAFewRows) {
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
  const double p = ScorePValue(prepared.Ask());
  EXPECT_NEAR(1.0 / p, 1.0 / exact, 5.0 * std::sqrt(10.0 * (1.0 - exact)) / exact / 10.0);
}

TEST(ScorePValue, WeighsRows) {
  Table table = Noise(80, 2, 7);
  std::vector<double> weights;
  Random random(8);
  for (std::size_t i = 0; i < 80; ++i) {
    // Heavy rows follow x0, light ones do not.
    weights.push_back(i % 4 == 0 ? 100.0 : 0.01);
    if (i % 4 == 0) table.columns[2].numbers[i] = table.columns[0].numbers[i];
  }
  EXPECT_GT(ScorePValue(Prepared(table).Ask()), 0.001);
  table.columns.push_back(Numbers("w", weights));
  EXPECT_LE(ScorePValue(Prepared(table, "w").Ask()), 0.01);
}

// `groups` groups of 5 rows: x and y each have a part that the group's rows share; x tells of y
// only where `tells`.
Prepared Grouped(int groups, uint64_t seed, bool tells) {
  Random random(seed, 5);
  std::vector<double> group;
  std::vector<std::vector<double>> x(2);
  std::vector<double> y;
  for (int g = 0; g < groups; ++g) {
    const double shared[3] = {2.0 * random.Normal(), 2.0 * random.Normal(), 2.0 * random.Normal()};
    for (int row = 0; row < 5; ++row) {
      group.push_back(g);
      x[0].push_back(shared[0] + random.Normal());
      x[1].push_back(shared[1] + random.Normal());
      y.push_back(shared[2] + random.Normal() + (tells ? x[0].back() : 0.0));
    }
  }
  const Table table =
      MakeTable({Numbers("a", x[0]), Numbers("b", x[1]), Numbers("g", group), Numbers("y", y)});
  return Prepared(table, "", "g");
}

// Rows in any order would be found small in about half of these tables.
TEST(ScorePValue, OfGroupsIsUniformUnderNoiseThatAGroupShares) {
  constexpr int kTables = 200;
  int below_twentieth = 0;
  int rows_below = 0;
  for (uint64_t seed = 1; seed <= kTables; ++seed) {
    const Prepared prepared = Grouped(30, seed, false);
    SignalQuestion question = prepared.Ask();
    rows_below += ScorePValue(question) <= 0.05 ? 1 : 0;
    question.exchangeable = Exchangeable::kGroups;
    below_twentieth += ScorePValue(question) <= 0.05 ? 1 : 0;
  }
  // Binomial: mean 10, standard deviation 3.1; more than 26 in 1 of 10^6 draws.
  EXPECT_LE(below_twentieth, 26);
  EXPECT_GE(below_twentieth, 1);
  EXPECT_GT(rows_below, 26);  // what rows in any order would make of the same
}

// Many columns and few groups: deviations that lack what their mean took would make every draw
// smaller than what was found, and half of these tables' p .3 or less.
TEST(ScorePValue, OfGroupsIsNoSmallerThanUniformForMoreColumnsThanGroups) {
  constexpr int kTables = 100;
  int below_twentieth = 0;
  int below_third = 0;
  for (uint64_t seed = 1; seed <= kTables; ++seed) {
    Table table = Noise(40, 800, seed + 5000);
    std::vector<double> group;
    for (int row = 0; row < 40; ++row) group.push_back(row % 8);
    table.columns.insert(table.columns.begin(), Numbers("g", group));
    const Prepared prepared(table, "", "g");
    SignalQuestion question = prepared.Ask();
    question.exchangeable = Exchangeable::kGroups;
    const double p = ScorePValue(question);
    below_twentieth += p <= 0.05 ? 1 : 0;
    below_third += p <= 0.3 ? 1 : 0;
  }
  // Binomial: mean 5, standard deviation 2.2; more than 16 in 1 of 10^5 draws.
  EXPECT_LE(below_twentieth, 16);
  // Likewise: mean 30, standard deviation 4.6; more than 49 in 1 of 40,000 draws.
  EXPECT_LE(below_third, 49);
}

TEST(ScorePValue, OfGroupsIsSmallWhereTheColumnsTell) {
  int small = 0;
  for (uint64_t seed = 1; seed <= 20; ++seed) {
    const Prepared prepared = Grouped(40, seed, true);
    SignalQuestion question = prepared.Ask();
    question.exchangeable = Exchangeable::kGroups;
    small += ScorePValue(question) <= 0.01 ? 1 : 0;
  }
  // x0 is half of y's variance: over 40 groups about 5 standard errors, where p of .01 takes 2.6.
  EXPECT_GE(small, 14);
}

// 2^(G - 1) different draws are all there are: of 5 groups one in 16 is what was found, and the
// tenth as large comes within 320 draws but for a chance of 1 in 100.
TEST(ScorePValue, OfFewGroupsIsNeverSmall) {
  for (uint64_t seed = 1; seed <= 10; ++seed) {
    const Prepared prepared = Grouped(5, seed, true);
    SignalQuestion question = prepared.Ask();
    question.exchangeable = Exchangeable::kGroups;
    EXPECT_GT(ScorePValue(question), 10.0 / 320.0);
  }
}

TEST(TestSignal, DrawsNothingForFewerThanEightGroups) {
  for (const int groups : {7, 8}) {
    const Prepared prepared = Grouped(groups, 3, true);
    const std::vector<FoldScore> best(5);
    std::vector<FoldScore> null(5);
    null[0].validation_loss = 1.0;  // the interval includes 0
    SignalQuestion question = prepared.Ask();
    question.null_scores = null;
    question.best_scores = best;
    question.dependence = {static_cast<int>(best.size()), 0.25};
    question.exchangeable = Exchangeable::kGroups;
    EXPECT_EQ(TestSignal(question).p_value.has_value(), groups >= 8);
  }
}

TEST(TestSignal, ALeakIsASignalWhateverTheFoldsSay) {
  Prepared prepared(NoisyLine(100, 3, 2));
  std::vector<FoldScore> null(5);
  std::vector<FoldScore> best(5);
  null[0].validation_loss = 1e6;  // one fold has nearly all of the target's size
  SignalQuestion question = prepared.Ask();
  question.null_scores = null;
  question.best_scores = best;
  question.dependence = {static_cast<int>(best.size()), 0.25};
  question.exchangeable = Exchangeable::kNothing;
  EXPECT_TRUE(TestSignal(question).none);
  prepared.dataset.column_list[0].findings.push_back({.kind = Finding::Kind::kLeak, .number = 1.0});
  EXPECT_FALSE(TestSignal(question).none);
}

TEST(TestSignal, NeedsNoDrawsWhereTheIntervalIsClear) {
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
  question.dependence = {static_cast<int>(best.size()), 1.0 / 9.0};
  const SignalTest clear = TestSignal(question);
  EXPECT_FALSE(clear.none);
  EXPECT_FALSE(clear.p_value);
  EXPECT_GT(clear.ci95[0], 0.0);
  std::swap(question.null_scores, question.best_scores);
  const SignalTest worse = TestSignal(question);
  EXPECT_TRUE(worse.none);
  EXPECT_FALSE(worse.p_value);  // a constant did better: nothing to look for
}

TEST(TestSignal, TakesNoDrawsForFoldsOfTheUsersOwn) {
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
  question.dependence = {static_cast<int>(best.size()), 1.0 / 9.0};
  EXPECT_FALSE(TestSignal(question).none);  // by permutation
  question.exchangeable = Exchangeable::kNothing;
  EXPECT_TRUE(TestSignal(question).none);
}

}  // namespace
}  // namespace halflife
