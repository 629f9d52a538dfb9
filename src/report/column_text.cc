#include "report/column_text.h"

#include <algorithm>

#include "base/text.h"
#include "report/column_words.h"
#include "report/plain_text.h"
#include "report/say.h"

namespace halflife {
namespace {

std::string KindText(const ColumnSummary& column, Language language) {
  std::string kind(KindName(column.kind, language));
  switch (column.role) {
    case ColumnSummary::Role::kTarget:
      return Say(language, "{}, the target", "{}，目标", kind);
    case ColumnSummary::Role::kWeight:
      return Say(language, "the rows' weight", "行的权重");
    case ColumnSummary::Role::kFold:
      return Say(language, "the rows' fold", "行所在的折");
    case ColumnSummary::Role::kGroup:
      return Say(language, "the rows' group", "行的分组");
    case ColumnSummary::Role::kTime:
      return Say(language, "the rows' time", "行的时间");
    case ColumnSummary::Role::kInput:
      break;
  }
  return kind;
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
      line += (c > 0 ? "  " : "") + (c + 1 < row.size() ? PadRight(row[c], widths[c]) : row[c]);
    lines.push_back(std::move(line));
  }
  return lines;
}

std::string Paragraph(const std::string& text, int indent, int width) {
  const std::string space(static_cast<std::size_t>(indent), ' ');
  if (width == 0) return space + CleanText(text) + "\n";
  std::string block;
  for (const std::string& line : Wrap(text, std::max(20, width - indent)))
    block += space + line + "\n";
  return block;
}

}  // namespace

std::string ColumnText(const TableSummary& summary, const std::string& target, int width,
                       Language language) {
  constexpr int kLongestName = 40;
  constexpr int kIndent = 4;
  std::string text =
      Say(language, "{0}, {1}: {4}\n", "{2} 行，{3} 列：{4}\n", Counted(summary.rows, "row"),
          Counted(summary.columns.size(), "column"), summary.rows, summary.columns.size(),
          KindCounts(summary.columns, language));
  for (const Finding& finding : summary.findings)
    text += Paragraph(TableFindingText(finding, language), 0, width);
  std::vector<std::vector<std::string>> rows = {{}};
  for (const Said& name : ColumnTableHead()) rows.front().push_back(name.In(language));
  for (const ColumnSummary& column : summary.columns) {
    rows.push_back({CutTo(column.name, kLongestName), KindText(column, language),
                    ExtentText(column, language),
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
      text += Paragraph(FindingText(finding, column, target, language), kIndent, width);
  }
  return text;
}

}  // namespace halflife
