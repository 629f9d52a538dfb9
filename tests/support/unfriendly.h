// Small datasets of the kinds that break formulas: dependent and constant columns, more columns
// than rows, weights, missing cells, a level that one row has alone, rows that stand twice.
#pragma once

#include <string>
#include <vector>

#include "base/random.h"
#include "support/datasets.h"

namespace halflife::testing {

struct Unfriendly {
  std::size_t rows = 60;
  int numbers = 4;        // columns of random numbers
  int classes = 0;        // 0: a regression
  bool repeats = false;   // a column twice, a sum of two, and a constant one
  bool missing = false;   // cells of the first column, some rows
  bool weighted = false;  // by numbers between 1/7 and 7, mostly
  bool text = false;      // a column of levels, one of them of row 0 alone
  bool twins = false;     // rows 1 and 2 are equal in all inputs
  bool far = false;       // a column far from 0
  bool near = false;      // a column equal to another but for 1e-6: sums have no digits for it
  bool ordered = false;   // folds in the order of rows
  int folds = 4;
};

inline std::vector<Column> UnfriendlyColumns(const Unfriendly& kind, Random* random) {
  std::vector<Column> columns;
  for (int c = 0; c < kind.numbers; ++c) {
    std::vector<double> values;
    for (std::size_t i = 0; i < kind.rows; ++i) values.push_back(random->Normal());
    if (kind.twins) values[2] = values[1];
    columns.push_back(Numbers(std::string("x").append(std::to_string(c)), std::move(values)));
  }
  if (kind.repeats) {
    std::vector<double> sum = columns[0].numbers;
    for (std::size_t i = 0; i < kind.rows; ++i) sum[i] += columns[1].numbers[i];
    columns.push_back(Numbers("again", columns[1].numbers));
    columns.push_back(Numbers("sum", std::move(sum)));
    columns.push_back(Numbers("same", std::vector<double>(kind.rows, 3.5)));
  }
  if (kind.far) {
    std::vector<double> values = columns[1].numbers;
    for (double& value : values) value = 1e5 + 3.0 * value + random->Normal();
    columns.push_back(Numbers("far", std::move(values)));
  }
  if (kind.near) {
    std::vector<double> values = columns[1].numbers;
    for (double& value : values) value += 1e-6 * random->Normal();
    columns.push_back(Numbers("near", std::move(values)));
  }
  if (kind.missing) {
    for (std::size_t i = 3; i < kind.rows; i += 7) columns[0].numbers[i] = NAN;
  }
  if (kind.text) {
    std::vector<int32_t> codes(kind.rows, 2);
    for (std::size_t i = 1; i < kind.rows; ++i) codes[i] = static_cast<int32_t>(random->Below(2));
    columns.push_back(Text("t", codes, {"p", "q", "alone"}));
  }
  return columns;
}

// What a dataset is made of, row by row.
struct UnfriendlyParts {
  std::vector<Column> columns;
  Target target;
  Folds folds;
  Vector weights;
};

inline UnfriendlyParts MakeUnfriendlyParts(const Unfriendly& kind, uint64_t seed) {
  Random random(seed);
  std::vector<Column> columns = UnfriendlyColumns(kind, &random);
  Vector y(static_cast<Eigen::Index>(kind.rows));
  std::vector<int32_t> classes;
  for (std::size_t i = 0; i < kind.rows; ++i) {
    const double signal = columns[1].numbers[i] - 0.5 * columns[2].numbers[i];
    y(static_cast<Eigen::Index>(i)) = 20.0 + signal + random.Normal();
    const double noisy = signal + 1.5 * random.Normal();
    classes.push_back(kind.classes == 2 ? (noisy > 0.0 ? 1 : 0)
                                        : (noisy > 0.7    ? 2
                                           : noisy > -0.7 ? 1
                                                          : 0));
  }
  Vector weights = Vector::Ones(y.size());
  if (kind.weighted) {
    for (double& weight : weights) weight = std::exp(random.Normal());
  }
  return {std::move(columns),
          kind.classes == 0 ? NumberTarget(y) : ClassTarget(classes, kind.classes),
          kind.ordered ? InOrder(kind.rows, kind.folds) : RoundRobin(kind.rows, kind.folds),
          std::move(weights)};
}

inline Dataset DatasetOf(UnfriendlyParts parts) {
  Dataset data =
      MakeDataset(std::move(parts.columns), std::move(parts.target), std::move(parts.folds));
  data.weights = std::move(parts.weights);
  return data;
}

inline Dataset MakeUnfriendly(const Unfriendly& kind, uint64_t seed) {
  return DatasetOf(MakeUnfriendlyParts(kind, seed));
}

}  // namespace halflife::testing
