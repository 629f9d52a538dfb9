#include "report/decay_table.h"

#include <algorithm>
#include <functional>

#include "base/text.h"
#include "report/net_words.h"
#include "report/penalty_words.h"
#include "report/plain_text.h"
#include "report/rows.h"
#include "report/words.h"

namespace halflife {
namespace {

using Cells = std::vector<std::string>;

std::string Pad(const std::string& text, std::size_t width) {
  return text.size() < width ? std::string(width - text.size(), ' ') + text : text;
}

// Numbers to the right, the last column (the marks) to the left, two spaces between.
std::vector<std::string> Align(const std::vector<Cells>& table) {
  std::vector<std::size_t> widths(table.front().size());
  for (const Cells& row : table) {
    for (std::size_t c = 0; c < row.size(); ++c) widths[c] = std::max(widths[c], row[c].size());
  }
  std::vector<std::string> lines;
  for (const Cells& row : table) {
    std::string line;
    for (std::size_t c = 0; c + 1 < row.size(); ++c) line += "  " + Pad(row[c], widths[c]);
    line += "  " + row.back();
    line.erase(line.find_last_not_of(' ') + 1);
    lines.push_back(std::move(line));
  }
  return lines;
}

std::size_t Longest(const std::vector<std::string>& lines) {
  std::size_t longest = 0;
  for (const std::string& line : lines) longest = std::max(longest, line.size());
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

std::vector<TableColumn> ColumnsOf(const TuneResult& result, std::size_t error_width) {
  std::vector<TableColumn> columns = {
      {"decay", [](const TableRow& row) { return row.decay; }},
      {"train loss", [](const TableRow& row) { return row.train; }, 3},
      {"validation loss +- se",
       [error_width](const TableRow& row) {
         if (row.error == "-") return std::string("-");
         if (row.error.empty()) return row.validation + std::string(error_width + 4, ' ');
         return row.validation + " +- " + Pad(row.error, error_width);
       },
       5, 0, "se"},
      {"validation loss", [](const TableRow& row) { return row.validation; }, 0, 5},
      {ScoreName(result), [](const TableRow& row) { return row.score; }, 4},
      {"||w||", [](const TableRow& row) { return row.norm; }, 2}};
  if (IsSparse(result)) {
    columns.push_back({"not 0", [](const TableRow& row) { return row.nonzero; }, 1});
  } else if (!IsTrained(result)) {
    columns.push_back({"dof", [](const TableRow& row) { return row.dof; }, 1});
  } else {
    columns.push_back({"half-life", [](const TableRow& row) { return row.half_life; }, 1});
    if (result.training->lrs.size() > 1)
      columns.insert(columns.begin() + 1, {"lr", [](const TableRow& row) { return row.lr; }, 6});
  }
  columns.push_back({"", [](const TableRow& row) { return Join(row.marks, ", "); }});
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

DecayTable MakeDecayTable(const TuneResult& result, int width) {
  const std::vector<TableRow> rows = TableRows(result);
  std::size_t error_width = 0;
  for (const TableRow& row : rows) error_width = std::max(error_width, row.error.size());
  const std::vector<TableColumn> columns = ColumnsOf(result, error_width);
  DecayTable table = AtStep(rows, columns, 0);
  for (int step = 1; step <= kSteps && Longest(table.lines) > static_cast<std::size_t>(width);
       ++step)
    table = AtStep(rows, columns, step);
  for (std::string& line : table.lines) line = CutTo(line, width);
  table.rows = RowsShown(result).size();
  return table;
}

}  // namespace halflife
