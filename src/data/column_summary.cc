#include "data/column_summary.h"

#include <algorithm>

#include "base/text.h"

namespace halflife {
namespace {

ColumnSummary::Kind KindOf(const Column& column) {
  if (column.kind == Column::Kind::kNumeric) {
    return column.meaning == Column::Meaning::kDate ? ColumnSummary::Kind::kDate
                                                    : ColumnSummary::Kind::kNumber;
  }
  return column.meaning == Column::Meaning::kBoolean ? ColumnSummary::Kind::kBoolean
                                                     : ColumnSummary::Kind::kCategory;
}

// Where nearly all cells of a text column are numbers: which one is not.
std::optional<Finding> LoneText(const Column& column, const ColumnRange& range) {
  constexpr double kNearlyAll = 0.9;
  std::size_t numbers = 0;
  std::size_t present = 0;
  const LevelUse* other = nullptr;  // of the levels that are none, the one that comes first
  for (std::size_t i = 0; i < range.levels.size(); ++i) {
    const LevelUse& level = range.levels[i];
    double value = 0.0;
    present += level.rows;
    if (ParseNumber(column.levels[i], &value)) {
      numbers += level.rows;
    } else if (level.rows > 0 && (other == nullptr || level.first < other->first)) {
      other = &level;
    }
  }
  if (static_cast<double>(numbers) < kNearlyAll * static_cast<double>(present) || other == nullptr)
    return std::nullopt;
  return Finding{.kind = Finding::Kind::kLoneText,
                 .text = column.levels[static_cast<std::size_t>(other - range.levels.data())],
                 .number = static_cast<double>(other->first) + 1.0,
                 .count = numbers};
}

void AddTextFindings(const Column& column, const ColumnRange& range, const ColumnUse& use,
                     ColumnSummary* summary) {
  if (std::optional<Finding> lone = LoneText(column, range)) summary->findings.push_back(*lone);
  if (!use.input()) return;
  const std::vector<std::size_t> lone = LoneLevels(range);
  if (lone.empty()) return;
  summary->findings.push_back({.kind = Finding::Kind::kLoneLevels,
                               .text = column.levels[lone.front()],
                               .count = lone.size()});
}

ColumnSummary Summarise(const Column& column, const ColumnRange& range, const ColumnUse& use) {
  ColumnSummary summary;
  summary.name = column.name;
  summary.kind = use.left_out ? ColumnSummary::Kind::kLeftOut : KindOf(column);
  summary.role = use.role;
  summary.missing = range.missing;
  summary.findings = column.findings;
  if (column.kind == Column::Kind::kText) {
    summary.levels = column.levels.size();
    AddTextFindings(column, range, use, &summary);
  } else if (!range.empty()) {
    summary.min = range.lowest;
    summary.max = range.highest;
  }
  if (use.left_out) summary.findings.push_back(*use.left_out);
  return summary;
}

}  // namespace

std::vector<ColumnSummary> SummariseColumns(const Table& table,
                                            const std::vector<ColumnRange>& ranges,
                                            const std::vector<ColumnUse>& uses) {
  std::vector<ColumnSummary> list;
  for (std::size_t c = 0; c < table.columns.size(); ++c)
    list.push_back(Summarise(table.columns[c], ranges[c], uses[c]));
  list.insert(list.end(), table.removed.begin(), table.removed.end());
  return list;
}

}  // namespace halflife
