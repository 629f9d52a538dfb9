#include "model/fold_sums.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <limits>

#include "support/datasets.h"
#include "support/matrices.h"

namespace halflife {
namespace {

// Numbers with gaps and text, weighted; `folds` has no target of its own.
Dataset Made(std::size_t rows, std::size_t numbers, Folds folds) {
  Random random(3);
  std::vector<Column> columns;
  for (std::size_t c = 0; c < numbers; ++c) {
    std::vector<double> values;
    for (std::size_t i = 0; i < rows; ++i)
      values.push_back((i + c) % 11 == 0 && c % 3 == 0 ? std::nan("") : 5.0 + random.Normal());
    columns.push_back(testing::Numbers("x" + std::to_string(c), std::move(values)));
  }
  std::vector<int32_t> codes;
  for (std::size_t i = 0; i < rows; ++i) codes.push_back(static_cast<int32_t>(random.Below(4)) - 1);
  columns.push_back(testing::Text("t", std::move(codes), {"a", "b", "c"}));
  Vector y = testing::RandomMatrix(static_cast<Eigen::Index>(rows), 1, 4);
  Dataset data =
      testing::MakeDataset(std::move(columns), testing::NumberTarget(y), std::move(folds));
  for (double& weight : data.weights) weight = 0.5 + random.Uniform();
  return data;
}

SummedRows Of(const Dataset& data) { return {data.design, data.target.numbers, data.weights}; }

// Sums of up to 9,000 products: each rounds by half an eps of what there is so far, and such errors
// add up as a random walk of some hundred steps does, with room for its largest of thousands.
void ExpectSame(const RowSums& a, const RowSums& b) {
  const Matrix lower_a = a.products.triangularView<Eigen::Lower>();
  const Matrix lower_b = b.products.triangularView<Eigen::Lower>();
  const double size = lower_b.cwiseAbs().maxCoeff();
  EXPECT_LT((lower_a - lower_b).cwiseAbs().maxCoeff(),
            1000 * std::numeric_limits<double>::epsilon() * size);
  EXPECT_EQ(a.range.lowest, b.range.lowest);
  EXPECT_EQ(a.range.highest, b.range.highest);
  EXPECT_LT((a.range.present - b.range.present).cwiseAbs().maxCoeff(), 1e-11 * b.weight);
  EXPECT_NEAR(a.weight, b.weight, 1e-12 * b.weight);
}

// The products one by one, and the ranges cell by cell.
RowSums SumRows(const Dataset& data, const std::vector<uint32_t>& rows) {
  const Eigen::Index p = data.design.size();
  const auto count = static_cast<Eigen::Index>(rows.size());
  Matrix cells(count, p + 2);
  ReadCells(data.design, rows, 0, cells.leftCols(p));
  cells.col(p) = data.target.numbers(rows);
  cells.col(p + 1).setOnes();
  const Vector weights = data.weights(rows);
  RowSums sums = NoRows(p);
  sums.products = cells.transpose() * weights.asDiagonal() * cells;
  sums.weight = weights.sum();
  for (Eigen::Index f = 0; f < p; ++f) {
    const int indicator = data.design.indicator[static_cast<std::size_t>(f)];
    for (Eigen::Index i = 0; i < count; ++i) {
      if (indicator >= 0 && cells(i, indicator) != 0.0) continue;
      sums.range.lowest(f) = std::min(sums.range.lowest(f), cells(i, f));
      sums.range.highest(f) = std::max(sums.range.highest(f), cells(i, f));
      sums.range.present(f) += weights(i);
    }
  }
  return sums;
}

void ExpectSumsOfRows(const Dataset& data, const FoldSums& sums) {
  const Folds& folds = data.folds.front();
  std::vector<uint32_t> all;
  for (uint32_t row = 0; row < folds.of_row.size(); ++row) all.push_back(row);
  ExpectSame(sums.All(), SumRows(data, all));
  for (int f = 0; f < folds.count; ++f) {
    ExpectSame(sums.Held(f), SumRows(data, folds.Held(f)));
    if (!folds.Training(f).empty()) ExpectSame(sums.Training(f), SumRows(data, folds.Training(f)));
    const int other = (f + 1) % folds.count;
    std::vector<uint32_t> both;
    for (const uint32_t row : folds.Training(f)) {
      if (folds.Trains(folds.of_row[row], other)) both.push_back(row);
    }
    if (!both.empty()) ExpectSame(sums.TrainingOfBoth(f, other), SumRows(data, both));
  }
}

TEST(FoldSums, AreThoseOfTheRowsOfEachFold) {
  for (const Folds& folds : {testing::RoundRobin(9000, 4), testing::InOrder(9000, 3),
                             testing::RoundRobin(9000, 30), testing::RoundRobin(7, 3)}) {
    const std::size_t rows = folds.of_row.size();
    const Dataset data = Made(rows, 5, folds);
    ExpectSumsOfRows(data, FoldSums(Of(data), data.folds.front(), 2));
  }
}

// Above some hundred features the sums are cut into panels of columns instead of strips of rows.
TEST(FoldSums, OfManyFeaturesAreThoseOfTheRowsToo) {
  for (const int count : {3, 12, 40}) {  // the last a fold at a time
    const Dataset data = Made(60, count == 40 ? 300 : 700, testing::RoundRobin(60, count));
    ExpectSumsOfRows(data, FoldSums(Of(data), data.folds.front(), 2));
  }
  // Of more than one window of rows, some of which no fold holds out.
  const Dataset data = Made(2100, 450, testing::InOrder(2100, 4));
  ExpectSumsOfRows(data, FoldSums(Of(data), data.folds.front(), 2));
}

TEST(FoldSums, HaveTheSameBytesForAnyNumberOfThreads) {
  for (const std::size_t numbers : {3U, 700U}) {
    const Dataset data =
        Made(5000 / numbers + 3000, numbers, testing::RoundRobin(5000 / numbers + 3000, 3));
    const FoldSums one(Of(data), data.folds.front(), 1);
    const FoldSums three(Of(data), data.folds.front(), 3);
    for (int f = 0; f < 3; ++f) {
      const Matrix a = one.Held(f).products.triangularView<Eigen::Lower>();
      const Matrix b = three.Held(f).products.triangularView<Eigen::Lower>();
      EXPECT_EQ(a, b);
      EXPECT_EQ(one.Held(f).range.lowest, three.Held(f).range.lowest);
      EXPECT_EQ(one.Held(f).range.highest, three.Held(f).range.highest);
      EXPECT_EQ(one.Held(f).range.present, three.Held(f).range.present);
    }
  }
}

TEST(ReadCells, AnyWindowOfFeaturesIsThatOfTheWhole) {
  const Dataset data = Made(40, 4, testing::RoundRobin(40, 2));
  const std::vector<uint32_t> rows = {7, 3, 3, 39, 0};
  Matrix whole(5, data.design.size());
  ReadCells(data.design, rows, 0, whole);
  for (Eigen::Index first = 0; first < data.design.size(); ++first) {
    for (Eigen::Index count = 1; first + count <= data.design.size(); ++count) {
      Matrix part = Matrix::Constant(5, count, -1.0);
      ReadCells(data.design, rows, first, part);
      EXPECT_EQ(part, whole.middleCols(first, count)) << first << ' ' << count;
    }
  }
  const Design other = data.design.WithRows(rows);
  Matrix again(5, data.design.size());
  ReadCells(other, std::vector<uint32_t>{0, 1, 2, 3, 4}, 0, again);
  EXPECT_EQ(again, whole);
  Matrix twice(2, data.design.size());
  ReadCells(other.WithRows({4, 3}), std::vector<uint32_t>{0, 1}, 0, twice);
  EXPECT_EQ(twice.row(0), whole.row(4));
  EXPECT_EQ(twice.row(1), whole.row(3));
}

}  // namespace
}  // namespace halflife
