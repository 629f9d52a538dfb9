#include "report/column_text.h"

#include <fmt/format.h>

#include <algorithm>

#include "base/text.h"
#include "report/column_words.h"
#include "report/plain_text.h"

namespace halflife {
namespace {

std::string KindText(const ColumnSummary& column) {
  switch (column.role) {
    case ColumnSummary::Role::kTarget:
      return fmt::format("{}, the target", KindName(column.kind));
    case ColumnSummary::Role::kWeight:
      return "the rows' weight";
    case ColumnSummary::Role::kFold:
      return "the rows' fold";
    case ColumnSummary::Role::kGroup:
      return "the rows' group";
    case ColumnSummary::Role::kTime:
      return "the rows' time";
    case ColumnSummary::Role::kInput:
      break;
  }
  return std::string(KindName(column.kind));
}

std::string Padded(const std::string& text, int width) {
  return text + std::string(static_cast<std::size_t>(std::max(0, width - DisplayWidth(text))), ' ');
}

// Rows of equal length with the cells of a column one below the other.
std::vector<std::string> InColumns(const std::vector<std::vector<std::string>>& rows) {
  std::vector<int> widths(rows.front().size(), 0);
  for (const auto& row : rows) {
    for (std::size_t c = 0; c < row.size(); ++c)
      widths[c] = std::max(widths[c], DisplayWidth(row[c]));
  }
  std::vector<std::string> lines;
  for (const auto& row : rows) {
    std::string line;
    for (std::size_t c = 0; c < row.size(); ++c)
      line += (c > 0 ? "  " : "") + (c + 1 < row.size() ? Padded(row[c], widths[c]) : row[c]);
    lines.push_back(std::move(line));
  }
  return lines;
}

std::string Block(const std::string& text, int indent, int width) {
  const std::string space(static_cast<std::size_t>(indent), ' ');
  if (width == 0) return space + CleanText(text) + "\n";
  std::string block;
  for (const std::string& line : Wrap(text, std::max(20, width - indent)))
    block += space + line + "\n";
  return block;
}

}  // namespace

std::string ColumnText(const TableSummary& summary, const std::string& target, int width) {
  constexpr int kLongestName = 40;
  constexpr int kIndent = 4;
  std::string text =
      fmt::format("{}, {}: {}\n", Counted(summary.rows, "row"),
                  Counted(summary.columns.size(), "column"), KindCounts(summary.columns));
  for (const Finding& finding : summary.findings)
    text += Block(TableFindingText(finding), 0, width);
  std::vector<std::vector<std::string>> rows = {{"column", "kind", "levels or range", "missing"}};
  for (const ColumnSummary& column : summary.columns) {
    rows.push_back({CutTo(column.name, kLongestName), KindText(column), ExtentText(column),
                    column.missing == 0 ? "" : std::to_string(column.missing)});
  }
  const std::vector<std::string> lines = InColumns(rows);
  text += "\n" + lines.front() + "\n";
  for (std::size_t c = 0; c < summary.columns.size(); ++c) {
    std::string line = lines[c + 1];
    line.erase(line.find_last_not_of(' ') + 1);
    text += line + "\n";
    const ColumnSummary& column = summary.columns[c];
    for (const Finding& finding : column.findings)
      text += Block(FindingText(finding, column, target), kIndent, width);
  }
  return text;
}

}  // namespace halflife
