// Hostile data by seed: every decay above 0 has one finite optimum, and it is found. What counts is
// the gradient at the weights returned, computed in long double from the formulas.
#include <gtest/gtest.h>

#include <cmath>
#include <numeric>

#include "model/model.h"
#include "support/datasets.h"
#include "support/matrices.h"
#include "support/plain_fits.h"

namespace halflife {
namespace {

using testing::Numbers;

std::vector<double> Normals(std::size_t rows, Random* random, double scale = 1.0) {
  std::vector<double> values;
  for (std::size_t i = 0; i < rows; ++i) values.push_back(scale * random->Normal());
  return values;
}

// Some text columns of a few levels each, or three 0/1 numbers: few distinct rows, so that a step
// changes the loss by less than a plain sum over the rows rounds.
Dataset Categories(uint64_t seed, bool numbers) {
  constexpr std::size_t kRows = 3100;
  Random random(seed);
  std::vector<Column> columns;
  std::vector<std::vector<int32_t>> codes(3, std::vector<int32_t>(kRows));
  for (std::size_t f = 0; f < 3; ++f) {
    const uint64_t levels = numbers ? 2 : 2 + f;
    for (int32_t& code : codes[f]) code = static_cast<int32_t>(random.Below(levels));
    const std::string name = std::string("t").append(std::to_string(f));
    std::vector<std::string> names;
    for (uint64_t level = 0; level < levels; ++level)
      names.push_back(std::string("l").append(std::to_string(level)));
    columns.push_back(numbers ? Numbers(name, {codes[f].begin(), codes[f].end()})
                              : testing::Text(name, codes[f], names));
  }
  std::vector<int32_t> classes;
  for (std::size_t i = 0; i < kRows; ++i)
    classes.push_back(random.Uniform() < (codes[0][i] == 1 ? 0.6 : 0.3) ? 1 : 0);
  return testing::MakeDataset(std::move(columns), testing::ClassTarget(classes, 2),
                              testing::RoundRobin(kRows, 3));
}

// Text columns in which most rows have a level of their own.
Dataset NearlyUnique(uint64_t seed, int classes) {
  constexpr std::size_t kRows = 120;
  Random random(seed);
  std::vector<Column> columns = {Numbers("x", Normals(kRows, &random))};
  for (const char* name : {"s", "t", "u"}) {
    std::vector<int32_t> codes;
    std::vector<std::string> levels;
    for (std::size_t i = 0; i < kRows; ++i)
      codes.push_back(static_cast<int32_t>(random.Below(3 * kRows)));
    for (std::size_t level = 0; level < 3 * kRows; ++level)
      levels.push_back("l" + std::to_string(1000 + level));
    columns.push_back(testing::Text(name, codes, levels));
  }
  std::vector<int32_t> own;
  Vector y(kRows);
  for (std::size_t i = 0; i < kRows; ++i) {
    y(static_cast<Eigen::Index>(i)) = columns[0].numbers[i] + random.Normal();
    own.push_back(y(static_cast<Eigen::Index>(i)) > 0.0 ? 1 : 0);
  }
  return testing::MakeDataset(
      std::move(columns),
      classes > 0 ? testing::ClassTarget(own, classes) : testing::NumberTarget(y),
      testing::RoundRobin(kRows, 3));
}

// Levels of one row, a class each.
Dataset LoneLevels(uint64_t seed) {
  constexpr std::size_t kRows = 300;
  Random random(seed);
  std::vector<int32_t> codes;
  std::vector<int32_t> classes;
  std::vector<std::string> levels;
  for (std::size_t i = 0; i < kRows; ++i) {
    codes.push_back(i < 20 ? static_cast<int32_t>(i) : 20 + static_cast<int32_t>(random.Below(3)));
    classes.push_back(random.Uniform() < 0.4 ? 1 : 0);
  }
  for (int level = 0; level < 23; ++level) levels.push_back("l" + std::to_string(100 + level));
  return testing::MakeDataset(
      {testing::Text("t", codes, levels), Numbers("x", Normals(kRows, &random))},
      testing::ClassTarget(classes, 2), testing::RoundRobin(kRows, 3));
}

// A plane apart, but for `wrong` of the rows.
Dataset Separable(uint64_t seed, double wrong, int classes) {
  constexpr std::size_t kRows = 120;
  Random random(seed);
  std::vector<Column> columns;
  for (const char* name : {"a", "b", "c"})
    columns.push_back(Numbers(name, Normals(kRows, &random)));
  for (int i = 0; i < 6 * classes; ++i) {  // some rows in the middle of each class
    const auto row = static_cast<std::size_t>(i);
    columns[0].numbers[row] = (i / 6 + 0.5) * 8.0 / classes - 4.0 - columns[1].numbers[row];
  }
  std::vector<int32_t> own;
  for (std::size_t i = 0; i < kRows; ++i) {
    const double x = columns[0].numbers[i] + columns[1].numbers[i];
    const auto place = static_cast<int32_t>(std::floor((x + 4.0) / 8.0 * classes));
    own.push_back(random.Uniform() < wrong
                      ? static_cast<int32_t>(random.Below(static_cast<uint64_t>(classes)))
                      : std::min(std::max(place, 0), classes - 1));
  }
  return testing::MakeDataset(std::move(columns), testing::ClassTarget(own, classes),
                              testing::RoundRobin(kRows, 3));
}

// Cells a million deviations off, in both directions.
Dataset HeavyTails(uint64_t seed) {
  constexpr std::size_t kRows = 400;
  Random random(seed);
  std::vector<Column> columns;
  std::vector<int32_t> own;
  for (const char* name : {"a", "b", "c", "d"}) {
    std::vector<double> values = Normals(kRows, &random);
    for (int far = 0; far < 3; ++far) values[random.Below(kRows)] = 1e6 * random.Normal();
    columns.push_back(Numbers(name, std::move(values)));
  }
  for (std::size_t i = 0; i < kRows; ++i)
    own.push_back(columns[0].numbers[i] + random.Normal() > 0.0 ? 1 : 0);
  return testing::MakeDataset(std::move(columns), testing::ClassTarget(own, 2),
                              testing::RoundRobin(kRows, 3));
}

// Columns that repeat and nearly repeat each other, at scales from 1e-12 to 1e12.
Dataset Collinear(uint64_t seed, int classes) {
  constexpr std::size_t kRows = 150;
  Random random(seed);
  const std::vector<double> base = Normals(kRows, &random);
  const std::vector<double> more = Normals(kRows, &random);
  std::vector<std::vector<double>> values(5, std::vector<double>(kRows));
  std::vector<int32_t> own;
  Vector y(kRows);
  for (std::size_t i = 0; i < kRows; ++i) {
    values[0][i] = 1e12 * base[i];
    values[1][i] = 1e-12 * base[i];
    values[2][i] = base[i] + more[i];
    values[3][i] = more[i] + 1e-7 * random.Normal();
    values[4][i] = 2000.0 + more[i];
    y(static_cast<Eigen::Index>(i)) = base[i] - more[i] + 0.3 * random.Normal();
    own.push_back(y(static_cast<Eigen::Index>(i)) > 0.0 ? 1 : 0);
  }
  std::vector<Column> columns;
  for (std::size_t f = 0; f < values.size(); ++f)
    columns.push_back(Numbers("x" + std::to_string(f), values[f]));
  return testing::MakeDataset(
      std::move(columns),
      classes > 0 ? testing::ClassTarget(own, classes) : testing::NumberTarget(y),
      testing::RoundRobin(kRows, 3));
}

// More columns than rows.
Dataset Wide(uint64_t seed, std::size_t rows, int columns_in_all, int classes) {
  Random random(seed);
  std::vector<Column> columns;
  for (int f = 0; f < columns_in_all; ++f)
    columns.push_back(Numbers("x" + std::to_string(f), Normals(rows, &random)));
  std::vector<int32_t> own;
  Vector y(static_cast<Eigen::Index>(rows));
  for (std::size_t i = 0; i < rows; ++i) {
    own.push_back(static_cast<int32_t>(i / 3) % std::max(1, classes));
    y(static_cast<Eigen::Index>(i)) = columns[0].numbers[i] + random.Normal();
  }
  return testing::MakeDataset(
      std::move(columns),
      classes > 0 ? testing::ClassTarget(own, classes) : testing::NumberTarget(y),
      testing::RoundRobin(rows, 3));
}

// Weights from a millionth to a million.
Dataset Lopsided(Dataset data, uint64_t seed) {
  Random random(seed);
  for (double& weight : data.weights) weight = std::pow(10.0, 12.0 * random.Uniform() - 6.0);
  return data;
}

double LargestGradient(const Dataset& data, const std::vector<double>& decays) {
  const bool regression = data.target.task == Task::kRegression;
  const ModelContext context{&data, 2, {}, {}};
  const auto model = regression ? MakeLinear(context) : MakeLogistic(context);
  for (const DecayScores& each : model->ScoreFolds(decays)) {
    EXPECT_EQ(each.status, FitStatus::kFitted);
    for (const FoldScore& fold : each.folds) EXPECT_TRUE(std::isfinite(fold.validation_loss));
  }
  const std::vector<Fit> fits = model->FitAll(decays);
  std::vector<uint32_t> all(data.target.rows());
  std::iota(all.begin(), all.end(), 0U);
  const testing::PlainRows rows = testing::PlainRowsOf(data, all, all);
  double largest = 0.0;
  for (std::size_t d = 0; d < decays.size(); ++d) {
    const testing::PlainFit fit{fits[d].weights.cast<long double>(),
                                fits[d].intercept.cast<long double>()};
    const auto gradient = regression ? testing::PlainSquaredGradient(rows, fit, decays[d])
                                     : testing::PlainLogGradient(rows, fit, decays[d]);
    largest = std::max(largest, static_cast<double>(gradient.norm()));
  }
  return largest;
}

const std::vector<double> kDecays = {1e3,  1.0,  0.1,  1e-2, 1e-3,  1e-4,  1e-5,
                                     1e-6, 1e-7, 1e-8, 1e-9, 1e-10, 1e-11, 1e-12};

// What a converged fit promises.
constexpr double kPromised = 1e-8;

TEST(AlwaysFit, TablesOfCategories) {
  for (uint64_t seed = 1; seed <= 6; ++seed) {
    EXPECT_LE(LargestGradient(Categories(seed, true), kDecays), kPromised);
    EXPECT_LE(LargestGradient(Categories(seed, false), kDecays), kPromised);
  }
}

TEST(AlwaysFit, TextWhoseLevelsAreNearlyUnique) {
  for (uint64_t seed = 1; seed <= 3; ++seed) {
    EXPECT_LE(LargestGradient(NearlyUnique(seed, 2), kDecays), kPromised);
    EXPECT_LE(LargestGradient(NearlyUnique(seed, 0), kDecays), kPromised);
  }
}

TEST(AlwaysFit, LevelsOfOneRow) {
  for (uint64_t seed = 1; seed <= 6; ++seed)
    EXPECT_LE(LargestGradient(LoneLevels(seed), kDecays), kPromised);
}

TEST(AlwaysFit, SeparableAndNearlySeparableClasses) {
  for (uint64_t seed = 1; seed <= 4; ++seed) {
    for (const int classes : {2, 3, 5}) {
      EXPECT_LE(LargestGradient(Separable(seed, 0.0, classes), kDecays), kPromised);
      EXPECT_LE(LargestGradient(Separable(seed, 0.02, classes), kDecays), kPromised);
    }
  }
}

TEST(AlwaysFit, HeavyTails) {
  for (uint64_t seed = 1; seed <= 8; ++seed)
    EXPECT_LE(LargestGradient(HeavyTails(seed), kDecays), kPromised);
}

TEST(AlwaysFit, CollinearColumnsOfAllScales) {
  for (uint64_t seed = 1; seed <= 6; ++seed) {
    EXPECT_LE(LargestGradient(Collinear(seed, 2), kDecays), kPromised);
    EXPECT_LE(LargestGradient(Collinear(seed, 0), kDecays), kPromised);
  }
}

TEST(AlwaysFit, MoreColumnsThanRows) {
  for (uint64_t seed = 1; seed <= 4; ++seed) {
    EXPECT_LE(LargestGradient(Wide(seed, 40, 90, 2), kDecays), kPromised);
    EXPECT_LE(LargestGradient(Wide(seed, 40, 90, 0), kDecays), kPromised);
    EXPECT_LE(LargestGradient(Wide(seed, 12, 3, 2), kDecays), kPromised);
  }
}

TEST(AlwaysFit, SixtyClasses) {
  EXPECT_LE(LargestGradient(Wide(1, 360, 6, 60), {1.0, 1e-2, 1e-4, 1e-6}), kPromised);
}

TEST(AlwaysFit, WeightsOfTwelveOrdersOfMagnitude) {
  for (uint64_t seed = 1; seed <= 4; ++seed) {
    EXPECT_LE(LargestGradient(Lopsided(Separable(seed, 0.2, 2), seed), kDecays), kPromised);
    EXPECT_LE(LargestGradient(Lopsided(Collinear(seed, 0), seed), kDecays), kPromised);
  }
}

TEST(AlwaysFit, OneThreadAndTwoGiveTheSameBits) {
  const Dataset data = Separable(3, 0.05, 3);
  std::vector<double> losses[2];
  for (const int threads : {1, 2}) {
    const auto model = MakeLogistic({&data, threads, {}, {}});
    for (const DecayScores& each : model->ScoreFolds(kDecays))
      for (const FoldScore& fold : each.folds) losses[threads - 1].push_back(fold.validation_loss);
  }
  EXPECT_EQ(losses[0], losses[1]);
}

// With --time a class may come up after the training rows end.
TEST(AlwaysFit, AClassThatNoTrainingRowHasHasAFiniteLoss) {
  Dataset data = Separable(2, 0.3, 3);
  data.folds[0] = testing::InOrder(120, 3);
  for (std::size_t i = 0; i < 60; ++i)
    data.target.classes[i] = i < 30 ? 0 : static_cast<int32_t>(i % 2);
  const auto model = MakeLogistic({&data, 1, {}, {}});
  const std::vector<DecayScores> scores = model->ScoreFolds(kDecays);
  const std::vector<FoldScore> null = model->NullScores();
  for (std::size_t d = 0; d < kDecays.size(); ++d) {
    ASSERT_EQ(scores[d].status, FitStatus::kFitted);
    // Fold 0 learns one class alone, so there is nothing but its share.
    EXPECT_EQ(scores[d].folds[0].validation_loss, null[0].validation_loss);
    for (const FoldScore& fold : scores[d].folds) EXPECT_TRUE(std::isfinite(fold.validation_loss));
  }
  // Fold 1 learns classes 0 and 1; with no weights to speak of, its shares are left.
  EXPECT_NEAR(scores[0].folds[1].validation_loss, null[1].validation_loss, 1e-3);
}

}  // namespace
}  // namespace halflife
