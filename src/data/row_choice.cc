#include "data/row_choice.h"

#include <algorithm>

#include "base/error.h"

namespace halflife {
namespace {

const Column* ColumnOf(const Table& table, const std::vector<ColumnUse>& uses,
                       ColumnSummary::Role role) {
  for (std::size_t c = 0; c < uses.size(); ++c) {
    if (uses[c].role == role) return &table.columns[c];
  }
  return nullptr;
}

void CheckWeights(const Table& table, const Column& column) {
  if (column.kind == Column::Kind::kText) {
    FailIn(table.source, ErrorKind::kWeightText, {column.name}, OddCell(column));
  }
  for (std::size_t row = 0; row < table.rows; ++row) {
    if (column.missing(row)) {
      FailIn(table.source, ErrorKind::kWeightMissing, {column.name, row + 1});
    }
    if (column.numbers[row] >= 0.0) continue;
    FailIn(table.source, ErrorKind::kWeightNegative, {column.name, column.numbers[row], row + 1});
  }
}

// Beyond this ratio the light rows' share of a sum is below its rounding, and squares overflow.
void CheckSpread(const Table& table, const Column& column) {
  constexpr double kMost = 1e12;
  double lowest = 0.0;
  double highest = 0.0;
  for (const double weight : column.numbers) {
    if (weight > 0.0 && (lowest == 0.0 || weight < lowest)) lowest = weight;
    highest = std::max(highest, weight);
  }
  if (highest <= kMost * lowest && highest <= kMost && (highest == 0.0 || lowest >= 1.0 / kMost))
    return;
  FailIn(table.source, ErrorKind::kWeightSpread, {column.name, lowest, highest});
}

void FailOnTooFew(const Table& table, const Column& target, const RowChoice& choice) {
  if (choice.without_target == table.rows)
    FailIn(table.source, ErrorKind::kTargetMissing, {target.name});
  if (choice.rows.size() >= 2) return;
  FailIn(table.source,
         choice.with_missing > 0 ? ErrorKind::kRowsTooFewDropped : ErrorKind::kRowsTooFew,
         {choice.rows.size(), table.rows});
}

}  // namespace

RowChoice ChooseRows(const Table& table, const std::vector<ColumnUse>& uses,
                     const std::vector<char>& incomplete) {
  const Column& target = *ColumnOf(table, uses, ColumnSummary::Role::kTarget);
  const Column* weight = ColumnOf(table, uses, ColumnSummary::Role::kWeight);
  if (weight != nullptr) {
    CheckWeights(table, *weight);
    CheckSpread(table, *weight);
  }
  RowChoice choice;
  choice.rows.reserve(table.rows);
  for (uint32_t row = 0; row < table.rows; ++row) {
    if (target.missing(row)) {
      ++choice.without_target;
    } else if (weight != nullptr && weight->numbers[row] == 0.0) {
      ++choice.without_weight;
    } else if (!incomplete.empty() && incomplete[row] != 0) {
      ++choice.with_missing;
    } else {
      choice.rows.push_back(row);
    }
  }
  FailOnTooFew(table, target, choice);
  return choice;
}

Vector RowWeights(const Table& table, const std::vector<ColumnUse>& uses, const RowSet& rows) {
  const Column* weight = ColumnOf(table, uses, ColumnSummary::Role::kWeight);
  Vector weights = Vector::Ones(static_cast<Eigen::Index>(rows.size()));
  for (std::size_t i = 0; weight != nullptr && i < rows.size(); ++i)
    weights(static_cast<Eigen::Index>(i)) = weight->numbers[rows[i]];
  return weights;
}

}  // namespace halflife
