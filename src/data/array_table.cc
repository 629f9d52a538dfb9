// Arrays as tables, for the models that take columns.
#include <fmt/format.h>

#include "base/error.h"
#include "data/array_column.h"
#include "halflife/arrays.h"

namespace halflife {

void RequireNumbers(const Array& array) {
  if (!array.is_text()) return;
  FailIn(array.source, ErrorKind::kArrayNoNumbers, {}, Cause(ErrorKind::kHoldsText));
}

Table ArrayRows(const Array& inputs) {
  constexpr std::size_t kMostCells = 10'000'000;  // 80 MB as doubles
  RequireNumbers(inputs);
  const std::size_t rows = inputs.rows();
  const std::size_t width = inputs.width();
  if (inputs.size() > kMostCells) {
    FailIn(inputs.source, ErrorKind::kInputsNeedNet, {rows, width, kMostCells});
  }
  Table table{.source = inputs.source, .rows = rows};
  table.columns.resize(width);
  for (std::size_t c = 0; c < width; ++c) {
    table.columns[c].name = fmt::format("x{}", c);
    table.columns[c].numbers.resize(rows);
  }
  std::vector<double> row(width);
  for (std::size_t i = 0; i < rows; ++i) {
    inputs.Load(i * width, width, row.data());
    for (std::size_t c = 0; c < width; ++c) table.columns[c].numbers[i] = row[c];
  }
  return table;
}

Table ArrayTable(const ArrayData& data) {
  Table table = ArrayRows(data.inputs);
  table.columns.push_back(TargetColumn(data.targets));
  table.columns.back().name = "target";
  return table;
}

}  // namespace halflife
