#include "tables/own_problem.h"

#include <algorithm>
#include <cmath>
#include <set>

namespace halflife::testing {
namespace {

using Role = MadeColumn::Role;

bool Missing(const MadeColumn& column, std::size_t row) {
  return column.is_text() ? column.texts[row].empty() : std::isnan(column.numbers[row]);
}

std::vector<std::size_t> UsedRows(const MadeTable& table) {
  std::vector<std::size_t> used;
  const MadeColumn& first = table.columns.front();
  const std::size_t rows = first.is_text() ? first.texts.size() : first.numbers.size();
  for (std::size_t i = 0; i < rows; ++i) {
    const bool out =
        std::any_of(table.columns.begin(), table.columns.end(), [&](const MadeColumn& column) {
          return (column.role == Role::kTarget && Missing(column, i)) ||
                 (column.role == Role::kWeight && !(column.numbers[i] > 0.0));
        });
    if (!out) used.push_back(i);
  }
  return used;
}

template <typename T>
std::vector<T> Pick(const std::vector<T>& values, const std::vector<std::size_t>& rows) {
  std::vector<T> picked;
  for (const std::size_t row : rows) picked.push_back(values[row]);
  return picked;
}

void AddFeatures(const MadeColumn& column, const std::vector<std::size_t>& rows, bool indicator,
                 std::vector<OwnFeature>* features) {
  using Kind = ModelInput::Kind;
  const auto add_marks = [&](Kind kind, const std::string& level, const auto& holds) {
    std::vector<double> marks;
    for (const std::size_t row : rows) marks.push_back(holds(row) ? 1.0 : 0.0);
    features->push_back({column.name, kind, level, marks});
  };
  if (!column.is_text()) {
    features->push_back({column.name, Kind::kNumber, "", Pick(column.numbers, rows)});
    if (!indicator) return;
  }
  const std::set<std::string> levels(column.texts.begin(), column.texts.end());
  for (const std::string& level : levels) {
    if (level.empty()) continue;
    add_marks(Kind::kLevel, level, [&](std::size_t row) { return column.texts[row] == level; });
  }
  add_marks(Kind::kMissing, "", [&](std::size_t row) { return Missing(column, row); });
}

// Two values that differ by more than the rounding of a few operations on the larger one.
bool Varies(const std::vector<double>& values, const std::vector<uint32_t>& rows) {
  double lowest = INFINITY;
  double highest = -INFINITY;
  for (const uint32_t row : rows) {
    if (std::isnan(values[row])) continue;
    lowest = std::min(lowest, values[row]);
    highest = std::max(highest, values[row]);
  }
  return highest - lowest > 1e-14 * std::max(std::fabs(lowest), std::fabs(highest));
}

// The weighted mean of `value(row)` over the rows where it is present.
template <typename Value>
long double MeanOf(const OwnProblem& problem, const std::vector<uint32_t>& rows,
                   const Value& value) {
  long double sum = 0.0L;
  long double weight = 0.0L;
  for (const uint32_t row : rows) {
    const long double v = value(row);
    if (std::isnan(v)) continue;
    sum += problem.weights[row] * v;
    weight += problem.weights[row];
  }
  return sum / weight;
}

}  // namespace

OwnProblem Understand(const MadeTable& table) {
  const std::vector<std::size_t> rows = UsedRows(table);
  OwnProblem problem;
  problem.task = table.options.task;
  problem.weights.assign(rows.size(), 1.0);
  for (const MadeColumn& column : table.columns) {
    if (column.role == Role::kWeight) problem.weights = Pick(column.numbers, rows);
    if (column.role == Role::kInput)
      AddFeatures(column, rows, table.options.missing == MissingPolicy::kIndicator,
                  &problem.features);
    if (column.role != Role::kTarget) continue;
    if (column.is_text()) {
      problem.classes = Pick(column.texts, rows);
    } else {
      problem.target = Pick(column.numbers, rows);
    }
  }
  return problem;
}

OwnScaling LearnOwnScaling(const OwnProblem& problem, const std::vector<uint32_t>& rows) {
  OwnScaling scaling;
  for (std::size_t f = 0; f < problem.features.size(); ++f) {
    const std::vector<double>& values = problem.features[f].values;
    if (!Varies(values, rows)) continue;
    OwnScaling::Of of{.feature = f};
    of.fill =
        MeanOf(problem, rows, [&](uint32_t row) { return static_cast<long double>(values[row]); });
    of.mean = of.fill;  // filled-in cells do not move the mean that fills them in
    of.sd = std::sqrt(MeanOf(problem, rows, [&](uint32_t row) {
      const long double value = std::isnan(values[row]) ? of.fill : values[row];
      return (value - of.mean) * (value - of.mean);
    }));
    scaling.kept.push_back(of);
  }
  return scaling;
}

Eigen::MatrixXd StandardisedRows(const OwnProblem& problem, const OwnScaling& scaling,
                                 const std::vector<uint32_t>& rows) {
  Eigen::MatrixXd standardised(rows.size(), scaling.kept.size());
  for (std::size_t k = 0; k < scaling.kept.size(); ++k) {
    const OwnScaling::Of& of = scaling.kept[k];
    for (std::size_t i = 0; i < rows.size(); ++i) {
      const double raw = problem.features[of.feature].values[rows[i]];
      const long double value = std::isnan(raw) ? of.fill : raw;
      standardised(static_cast<Eigen::Index>(i), static_cast<Eigen::Index>(k)) =
          static_cast<double>((value - of.mean) / of.sd);
    }
  }
  return standardised;
}

TargetSpread SpreadOf(const OwnProblem& problem, const std::vector<uint32_t>& rows) {
  TargetSpread spread;
  spread.mean = MeanOf(problem, rows,
                       [&](uint32_t row) { return static_cast<long double>(problem.target[row]); });
  spread.sd = std::sqrt(MeanOf(problem, rows, [&](uint32_t row) {
    const long double off = problem.target[row] - spread.mean;
    return off * off;
  }));
  return spread;
}

}  // namespace halflife::testing
