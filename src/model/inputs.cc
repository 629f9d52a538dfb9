#include "model/inputs.h"

#include <algorithm>

#include "base/error.h"
#include "base/text.h"
#include "data/boolean_words.h"
#include "model/known_levels.h"
#include "model/new_rows.h"

namespace halflife {
namespace {

ModelInput::Kind InputKind(Feature::Kind kind) {
  switch (kind) {
    case Feature::Kind::kNumber:
      return ModelInput::Kind::kNumber;
    case Feature::Kind::kMissing:
      return ModelInput::Kind::kMissing;
    case Feature::Kind::kLevel:
      return ModelInput::Kind::kLevel;
  }
  return ModelInput::Kind::kNumber;
}

// Names the first cell of a text column that is no number, or else the first.
[[noreturn]] void FailText(const std::string& source, const Column& column) {
  std::size_t first = column.rows();
  for (std::size_t i = 0; i < column.rows(); ++i) {
    if (column.missing(i)) continue;
    double value = 0.0;
    const bool number =
        ParseNumber(column.levels[static_cast<std::size_t>(column.codes[i])], &value);
    if (!number || first == column.rows()) first = i;
    if (!number) break;
  }
  if (first == column.rows()) FailIn(source, ErrorKind::kNewColumnEmpty, {column.name});
  FailNoNumber(source, column.name, first + 1,
               column.levels[static_cast<std::size_t>(column.codes[first])]);
}

const Column& NeededColumn(const ModelInput& input, const Table& table) {
  const int at = table.Find(input.column);
  if (at < 0) {
    FailIn(table.source, ErrorKind::kNewColumnMissing,
           {input.column, Nearest(input.column, table.names())});
  }
  const Column& column = table.columns[static_cast<std::size_t>(at)];
  if (input.kind == ModelInput::Kind::kNumber && column.kind == Column::Kind::kText)
    FailText(table.source, column);
  return column;
}

// The codes of `column`, text, that stand for `level`.
std::vector<int32_t> CodesOf(const Column& column, const std::string& level, bool any_case) {
  std::vector<int32_t> codes;
  if (!any_case) {
    const auto at = std::lower_bound(column.levels.begin(), column.levels.end(), level);
    if (at != column.levels.end() && *at == level)
      codes.push_back(static_cast<int32_t>(at - column.levels.begin()));
    return codes;
  }
  for (std::size_t i = 0; i < column.levels.size(); ++i) {
    if (LowerCase(column.levels[i]) == LowerCase(level)) codes.push_back(static_cast<int32_t>(i));
  }
  return codes;
}

// The value of `input` in one cell, before standardising.
double Value(const ModelInput& input, const InputColumn& from, std::size_t row) {
  const Column& column = *from.column;
  switch (input.kind) {
    case ModelInput::Kind::kMissing:
      return column.missing(row) ? 1.0 : 0.0;
    case ModelInput::Kind::kNumber:
      return column.missing(row) ? input.fill : column.numbers[row];
    case ModelInput::Kind::kLevel:
      break;
  }
  if (column.missing(row)) return 0.0;
  if (column.kind == Column::Kind::kNumeric)
    return ShortestNumber(column.numbers[row]) == input.level ? 1.0 : 0.0;
  const auto at = std::find(from.codes.begin(), from.codes.end(), column.codes[row]);
  return at != from.codes.end() ? 1.0 : 0.0;
}

}  // namespace

std::vector<ModelInput> MakeInputs(const Design& design, const Standardizer& standardizer) {
  std::vector<ModelInput> inputs;
  for (const int f : standardizer.kept) {
    const Feature& feature = design.features[static_cast<std::size_t>(f)];
    const double origin = design.origin[static_cast<std::size_t>(f)];
    ModelInput input{.column = feature.column,
                     .kind = InputKind(feature.kind),
                     .level = feature.level,
                     .weights = {}};
    if (feature.kind == Feature::Kind::kNumber) {
      input.fill = origin + standardizer.fill(f);
      input.marks = feature.marks;
    }
    input.mean = origin + standardizer.mean(f);
    input.scale = standardizer.scale(f);
    inputs.push_back(std::move(input));
  }
  return inputs;
}

std::vector<InputColumn> InputColumns(const std::vector<ModelInput>& inputs, const Table& table) {
  table.Check();
  const KnownLevels known(inputs);
  std::vector<InputColumn> columns;
  for (const ModelInput& input : inputs) {
    InputColumn from{.column = &NeededColumn(input, table)};
    if (input.kind == ModelInput::Kind::kLevel && from.column->kind == Column::Kind::kText)
      from.codes = CodesOf(*from.column, input.level, known.IsBoolean(input.column));
    columns.push_back(std::move(from));
  }
  return columns;
}

double StandardisedValue(const ModelInput& input, const InputColumn& from, std::size_t row) {
  return (Value(input, from, row) - input.mean) / input.scale;
}

}  // namespace halflife
