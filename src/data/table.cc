#include "halflife/table.h"

#include <algorithm>
#include <cmath>

#include "base/error.h"

namespace halflife {

bool Column::missing(std::size_t row) const {
  return kind == Kind::kNumeric ? std::isnan(numbers[row]) : codes[row] == kMissing;
}

std::size_t Column::missing_count() const {
  std::size_t count = 0;
  for (std::size_t row = 0; row < rows(); ++row) count += missing(row) ? 1 : 0;
  return count;
}

int Table::Find(std::string_view name) const {
  const auto at = std::find_if(columns.begin(), columns.end(),
                               [&](const Column& column) { return column.name == name; });
  return at == columns.end() ? -1 : static_cast<int>(at - columns.begin());
}

std::vector<std::string> Table::names() const {
  std::vector<std::string> all;
  all.reserve(columns.size());
  for (const Column& column : columns) all.push_back(column.name);
  return all;
}

void Table::Check() const {
  for (const Column& column : columns) {
    if (column.rows() != rows)
      FailIn(source, ErrorKind::kTableColumnLength, {column.name, column.rows(), rows});
    for (std::size_t row = 0; row < column.codes.size(); ++row) {
      const int32_t code = column.codes[row];
      if (code >= Column::kMissing && code < static_cast<int32_t>(column.levels.size())) continue;
      FailIn(source, ErrorKind::kTableColumnCode,
             {column.name, code, row + 1, column.levels.size()});
    }
  }
}

}  // namespace halflife
