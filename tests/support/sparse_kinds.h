// Tables on which sparse fits are checked: columns of unfriendly kinds, and the conditions of
// Karush, Kuhn and Tucker by the textbook.
#pragma once

#include <algorithm>
#include <cmath>
#include <limits>
#include <numeric>
#include <string>
#include <vector>

#include "data/dataset.h"
#include "model/model.h"
#include "model/standardizer.h"
#include "support/tables.h"

namespace halflife::testing {

struct SparseKind {
  const char* name;
  std::size_t rows;
  int columns;
  bool copies = false;   // columns that repeat or add up others
  bool scales = false;   // columns from 1e-6 to 1e6, and far from 0
  bool missing = false;  // a tenth of the cells
  bool weighted = false;
  bool text = false;       // two columns of levels, all of them kept
  bool undecayed = false;  // the first column and, below three classes, the first column of text
};

inline const std::vector<SparseKind> kSparseKinds = {
    {"plain", 120, 8},
    {"copies", 120, 12, true},
    {"wide", 40, 90},
    {"wide copies", 30, 60, true},
    {"scales", 150, 9, false, true},
    {"missing", 160, 7, false, false, true},
    {"weighted", 120, 8, false, false, true, true},
    {"text", 200, 5, false, false, false, true, true},
    {"undecayed", 400, 6, false, false, true, true, true, true},
    {"wide undecayed", 40, 70, true, false, false, false, false, true}};

// `classes` 0: numbers.
inline Table SparseTable(const SparseKind& kind, int classes, uint64_t seed) {
  Random random(seed);
  std::vector<std::vector<double>> x(static_cast<std::size_t>(kind.columns));
  for (std::size_t j = 0; j < x.size(); ++j) {
    for (std::size_t i = 0; i < kind.rows; ++i) {
      double value = random.Normal();
      if (j > 0) value = 0.6 * x[j - 1][i] + 0.8 * value;
      if (kind.copies && j % 4 == 3) value = x[j - 2][i];
      if (kind.copies && j % 4 == 2) value = x[j - 1][i] - x[j - 2][i];
      x[j].push_back(value);
    }
  }
  std::vector<double> target;
  std::vector<int32_t> codes[2];
  for (std::size_t i = 0; i < kind.rows; ++i) {
    for (auto& each : codes) each.push_back(static_cast<int32_t>(random.Below(4)));
    double sum = x[0][i] - 0.7 * x[1][i] + (kind.text ? 0.5 * codes[0][i] : 0.0) + random.Normal();
    if (classes > 0) sum = std::clamp(std::floor(0.8 * sum + 0.5 * classes), 0.0, classes - 1.0);
    target.push_back(sum);
  }
  std::vector<Column> columns;
  for (std::size_t j = 0; j < x.size(); ++j) {
    for (double& value : x[j]) {
      if (kind.scales) value = (value + 3.0) * std::pow(10.0, 1.5 * static_cast<double>(j) - 6.0);
      if (kind.missing && random.Below(10) == 0) value = std::numeric_limits<double>::quiet_NaN();
    }
    columns.push_back(Numbers("x" + std::to_string(j), x[j]));
  }
  if (kind.text) {
    columns.push_back(Text("t0", codes[0], {"a", "b", "c", "d"}));
    columns.push_back(Text("t1", codes[1], {"e", "f", "g", "h"}));
  }
  columns.push_back(Numbers("constant", std::vector<double>(kind.rows, 3.0)));
  std::vector<double> weights;
  for (std::size_t i = 0; i < kind.rows; ++i) weights.push_back(0.5 + static_cast<double>(i % 5));
  columns.push_back(Numbers("weight", weights));
  columns.push_back(Numbers("y", target));
  return MakeTable(std::move(columns));
}

inline DataOptions SparseOptions(const SparseKind& kind, int classes) {
  DataOptions options;
  options.rounds = 1;
  options.target = "y";
  options.task = classes > 0 ? Task::kClassification : Task::kRegression;
  options.folds = 3;
  if (kind.weighted) {
    options.weight = "weight";
  } else {
    options.ignore = {"weight"};
  }
  if (kind.undecayed) options.no_decay = {"x0"};
  // Of three classes some level lacks one in some fold: undecayed it would have no finite weight.
  if (kind.undecayed && kind.text && classes < 3) options.no_decay.push_back("t0");
  return options;
}

// Standardised features of all rows as `learnt` has them, a column each.
inline Matrix AllColumns(const Dataset& data, const Standardizer& learnt) {
  std::vector<uint32_t> rows(data.target.rows());
  std::iota(rows.begin(), rows.end(), 0U);
  return Standardize(data.design, learnt, rows).transpose();
}

// Minus the gradient of the mean data loss in the weights of `fit` (features x outputs), and in its
// intercepts (the last row).
inline Matrix TextbookSlopes(const Dataset& data, const Standardizer& learnt, const Fit& fit) {
  const Matrix columns = AllColumns(data, learnt);
  const Vector shares = data.weights / data.weights.sum();
  Matrix outputs = columns * fit.weights;
  outputs.rowwise() += fit.intercept.transpose();
  Matrix off(outputs.rows(), outputs.cols());
  for (Eigen::Index i = 0; i < off.rows(); ++i) {
    if (data.target.task == Task::kRegression) {
      off(i, 0) = data.target.numbers(i) - outputs(i, 0);
      continue;
    }
    const int own = data.target.classes[static_cast<std::size_t>(i)];
    if (off.cols() == 1) {
      off(i, 0) = (own == 1 ? 1.0 : 0.0) - 1.0 / (1.0 + std::exp(-outputs(i, 0)));
      continue;
    }
    const double most = outputs.row(i).maxCoeff();
    const double sum = (outputs.row(i).array() - most).exp().sum();
    for (Eigen::Index k = 0; k < off.cols(); ++k)
      off(i, k) = (own == k ? 1.0 : 0.0) - std::exp(outputs(i, k) - most) / sum;
  }
  Matrix slopes(columns.cols() + 1, off.cols());
  slopes.topRows(columns.cols()) = columns.transpose() * (shares.asDiagonal() * off);
  slopes.bottomRows(1) = shares.transpose() * off;
  return slopes;
}

// By how much `fit` at `decay` misses the conditions of a minimum, at most.
inline double MissedConditions(const Dataset& data, const Standardizer& learnt, const Fit& fit,
                               double decay, double ratio) {
  const Matrix slopes = TextbookSlopes(data, learnt, fit);
  const double l1 = decay * ratio;
  const double l2 = decay * (1.0 - ratio);
  double most = slopes.bottomRows(1).cwiseAbs().maxCoeff();
  for (Eigen::Index k = 0; k < fit.weights.cols(); ++k) {
    for (Eigen::Index j = 0; j < fit.weights.rows(); ++j) {
      const double w = fit.weights(j, k);
      const auto feature = static_cast<std::size_t>(learnt.kept[static_cast<std::size_t>(j)]);
      const bool free = !data.undecayed.empty() && data.undecayed[feature];
      double missed = std::fabs(slopes(j, k));
      if (!free && w == 0.0) missed -= l1;
      if (!free && w != 0.0) missed = std::fabs(slopes(j, k) - l2 * w - std::copysign(l1, w));
      most = std::max(most, missed);
    }
  }
  return most;
}

}  // namespace halflife::testing
