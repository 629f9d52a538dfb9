#include "report/decay_table.h"

#include <algorithm>
#include <functional>

#include "base/text.h"
#include "report/net_words.h"
#include "report/penalty_words.h"
#include "report/plain_text.h"
#include "report/rows.h"
#include "report/say.h"
#include "report/words.h"

namespace halflife {
namespace {

using Cells = std::vector<std::string>;

// Numbers to the right, the last column (the marks) to the left, two spaces between.
std::vector<std::string> Align(const std::vector<Cells>& table) {
  std::vector<int> widths(table.front().size());
  for (const Cells& row : table) {
    for (std::size_t c = 0; c < row.size(); ++c)
      widths[c] = std::max(widths[c], DisplayWidth(row[c]));
  }
  std::vector<std::string> lines;
  for (const Cells& row : table) {
    std::string line;
    for (std::size_t c = 0; c + 1 < row.size(); ++c) line += "  " + PadLeft(row[c], widths[c]);
    line += "  " + row.back();
    line.erase(line.find_last_not_of(' ') + 1);
    lines.push_back(std::move(line));
  }
  return lines;
}

int Longest(const std::vector<std::string>& lines) {
  int longest = 0;
  for (const std::string& line : lines) longest = std::max(longest, DisplayWidth(line));
  return longest;
}

// A column of the table: its name, its cells, and when it goes, and one that is shorter comes, as
// the table is made narrower (0: never goes, is there from the start).
struct TableColumn {
  std::string name;
  std::function<std::string(const TableRow&)> cell;
  int goes = 0;
  int comes = 0;
  std::string lost = {};  // what goes with it, where that is not all of it
};

constexpr int kSteps = 6;  // the most that any column goes at

// The validation loss with its standard error, whose column is `error_width` wide.
std::string LossAndError(const TableRow& row, int error_width) {
  if (row.error == "-") return "-";
  if (row.error.empty()) return row.validation + PadLeft("", error_width + 4);
  return row.validation + " +- " + PadLeft(row.error, error_width);
}

std::vector<TableColumn> ColumnsOf(const TuneResult& result, int error_width, Language language) {
  std::vector<TableColumn> columns = {
      {Say(language, "decay", "衰减"), [](const TableRow& row) { return row.decay; }},
      {Say(language, "train loss", "训练损失"), [](const TableRow& row) { return row.train; }, 3},
      {Say(language, "validation loss +- se", "验证损失 +- 标准误"),
       [error_width](const TableRow& row) { return LossAndError(row, error_width); }, 5, 0,
       Say(language, "se", "标准误")},
      {Say(language, "validation loss", "验证损失"),
       [](const TableRow& row) { return row.validation; }, 0, 5},
      {ScoreName(result, language), [](const TableRow& row) { return row.score; }, 4},
      {"||w||", [](const TableRow& row) { return row.norm; }, 2}};
  if (IsSparse(result)) {
    columns.push_back(
        {Say(language, "not 0", "非 0"), [](const TableRow& row) { return row.nonzero; }, 1});
  } else if (!IsTrained(result)) {
    columns.push_back({DofIsEstimated(result) ? Say(language, "about dof", "自由度（约）")
                                              : Say(language, "dof", "自由度"),
                       [](const TableRow& row) { return row.dof; }, 1});
  } else {
    columns.push_back({Say(language, "half-life, epochs", "半衰期（轮）"),
                       [](const TableRow& row) { return row.half_life; }, 1});
    if (result.training->lrs.size() > 1) {
      columns.insert(columns.begin() + 1, {Say(language, "lr", "学习率"),
                                           [](const TableRow& row) { return row.lr; }, 6});
    }
  }
  columns.push_back(
      {"", [language](const TableRow& row) { return Join(row.marks, Say(language, ", ", "，")); }});
  return columns;
}

DecayTable AtStep(const std::vector<TableRow>& rows, const std::vector<TableColumn>& columns,
                  int step) {
  DecayTable made;
  std::vector<Cells> table(1 + rows.size());
  for (const TableColumn& column : columns) {
    if (column.comes > step) continue;
    if (column.goes > 0 && column.goes <= step) {
      made.left_out.push_back(column.lost.empty() ? column.name : column.lost);
      continue;
    }
    table[0].push_back(column.name);
    for (std::size_t r = 0; r < rows.size(); ++r) table[r + 1].push_back(column.cell(rows[r]));
  }
  made.lines = Align(table);
  return made;
}

}  // namespace

DecayTable MakeDecayTable(const TuneResult& result, int width, Language language) {
  const std::vector<TableRow> rows = TableRows(result, language);
  int error_width = 0;
  for (const TableRow& row : rows) error_width = std::max(error_width, DisplayWidth(row.error));
  const std::vector<TableColumn> columns = ColumnsOf(result, error_width, language);
  DecayTable table = AtStep(rows, columns, 0);
  for (int step = 1; step <= kSteps && Longest(table.lines) > width; ++step)
    table = AtStep(rows, columns, step);
  for (std::string& line : table.lines) line = CutTo(line, width);
  table.rows = RowsShown(result).size();
  return table;
}

}  // namespace halflife
