#include "halflife/table.h"

#include <algorithm>
#include <cmath>

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

}  // namespace halflife
