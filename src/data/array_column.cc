#include "data/array_column.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <cstring>

namespace halflife {
namespace {

void FillText(const Array& targets, Column* column) {
  // An empty text is the first of the levels in their order.
  const int32_t empty = targets.levels.front().empty() ? 1 : 0;
  column->kind = Column::Kind::kText;
  column->levels.assign(targets.levels.begin() + empty, targets.levels.end());
  std::vector<double> places(targets.size());
  targets.Load(0, places.size(), places.data());
  for (const double place : places)
    column->codes.push_back(static_cast<int32_t>(place) - empty);  // kMissing where empty
}

// The whole numbers of `targets` as they are, and their digits.
template <typename Whole>
void KeepDigits(const Array& targets, Column* column) {
  std::vector<Whole> values(targets.size());
  std::memcpy(values.data(), targets.bytes.data(), targets.bytes.size());
  std::vector<Whole> distinct = values;
  std::sort(distinct.begin(), distinct.end());
  distinct.erase(std::unique(distinct.begin(), distinct.end()), distinct.end());
  for (const Whole value : distinct) column->cell_texts.push_back(fmt::format("{}", value));
  for (const Whole value : values) {
    const auto at = std::lower_bound(distinct.begin(), distinct.end(), value);
    column->cell_text.push_back(static_cast<int32_t>(at - distinct.begin()));
  }
}

}  // namespace

Column TargetColumn(const Array& targets) {
  constexpr double kExact = 9007199254740992.0;  // 2^53
  Column column;
  column.name = targets.name;
  if (targets.is_text()) {
    FillText(targets, &column);
    return column;
  }
  column.numbers.resize(targets.size());
  targets.Load(0, targets.size(), column.numbers.data());
  const bool beyond = std::any_of(column.numbers.begin(), column.numbers.end(),
                                  [](double value) { return std::fabs(value) >= kExact; });
  if (beyond && targets.kind == ElementKind::kI8) KeepDigits<std::int64_t>(targets, &column);
  if (beyond && targets.kind == ElementKind::kU8) KeepDigits<std::uint64_t>(targets, &column);
  return column;
}

}  // namespace halflife
