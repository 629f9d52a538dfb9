#include "data/labels.h"

#include <algorithm>

#include "base/text.h"

namespace halflife {
namespace {

// Many rows of few values need no copy to be sorted.
std::vector<double> ValuesOf(const std::vector<double>& numbers) {
  constexpr std::size_t kFew = 256;
  std::vector<double> few = FewDistinctValues(numbers, kFew + 1);
  return few.size() > kFew ? DistinctValues(numbers) : few;
}

Labels LabelNumbers(const Column& column) {
  const std::vector<double> distinct = ValuesOf(column.numbers);
  Labels labels;
  labels.index.reserve(column.numbers.size());
  for (const double value : distinct) labels.names.push_back(ShortestNumber(value));
  for (const double value : column.numbers) {
    const auto at = std::lower_bound(distinct.begin(), distinct.end(), value);
    labels.index.push_back(static_cast<int32_t>(at - distinct.begin()));
  }
  return labels;
}

// `codes` are places in `texts`. Texts that no row holds (their rows were dropped) get no name.
Labels LabelText(const std::vector<std::string>& texts, const std::vector<int32_t>& codes) {
  std::vector<int32_t> label(texts.size(), -1);
  for (const int32_t code : codes) label[static_cast<std::size_t>(code)] = 0;
  Labels labels;
  for (std::size_t level = 0; level < label.size(); ++level) {
    if (label[level] < 0) continue;
    label[level] = static_cast<int32_t>(labels.names.size());
    labels.names.push_back(texts[level]);
  }
  labels.index.reserve(codes.size());
  for (const int32_t code : codes) labels.index.push_back(label[static_cast<std::size_t>(code)]);
  return labels;
}

}  // namespace

Labels LabelRows(const Column& column) {
  if (column.kind == Column::Kind::kText) return LabelText(column.levels, column.codes);
  if (!column.cell_text.empty()) return LabelText(column.cell_texts, column.cell_text);
  return LabelNumbers(column);
}

std::vector<double> DistinctValues(std::vector<double> values) {
  std::sort(values.begin(), values.end());
  values.erase(std::unique(values.begin(), values.end()), values.end());
  values.shrink_to_fit();
  return values;
}

std::vector<double> FewDistinctValues(std::span<const double> values, std::size_t most) {
  std::vector<double> distinct;
  for (const double value : values) {
    const auto at = std::lower_bound(distinct.begin(), distinct.end(), value);
    if (at != distinct.end() && *at == value) continue;
    distinct.insert(at, value);
    if (distinct.size() >= most) break;
  }
  return distinct;
}

}  // namespace halflife
