#include "report/terminal.h"

#include <fmt/format.h>

#include <algorithm>
#include <functional>

#include "base/text.h"
#include "report/net_words.h"
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

// A column of the table: its name, its cells, and how soon it goes where the table is too wide
// (0: never).
struct TableColumn {
  std::string name;
  std::function<std::string(const TableRow&)> cell;
  int goes = 0;
};

std::vector<TableColumn> ColumnsOf(const TuneResult& result, std::size_t error_width) {
  std::vector<TableColumn> columns = {
      {"decay", [](const TableRow& row) { return row.decay; }},
      {"train loss", [](const TableRow& row) { return row.train; }, 3},
      {"validation loss +- se",
       [error_width](const TableRow& row) {
         return row.error == "-" ? "-" : row.validation + " +- " + Pad(row.error, error_width);
       }},
      {ScoreName(result), [](const TableRow& row) { return row.score; }, 4},
      {"||w||", [](const TableRow& row) { return row.norm; }, 2}};
  if (!IsTrained(result)) {
    columns.push_back({"dof", [](const TableRow& row) { return row.dof; }, 1});
  } else {
    columns.push_back({"half-life", [](const TableRow& row) { return row.half_life; }, 1});
    if (result.training->lrs.size() > 1)
      columns.insert(columns.begin() + 1, {"lr", [](const TableRow& row) { return row.lr; }});
  }
  columns.push_back({"", [](const TableRow& row) { return Join(row.marks, ", "); }});
  return columns;
}

// The table of decays; where it is too wide, columns that matter less are left out.
std::vector<std::string> DecayTable(const TuneResult& result, std::size_t width) {
  const std::vector<TableRow> rows = TableRows(result);
  std::size_t error_width = 0;
  for (const TableRow& row : rows) error_width = std::max(error_width, row.error.size());
  const std::vector<TableColumn> columns = ColumnsOf(result, error_width);
  std::vector<std::string> lines;
  for (int gone = 0; gone <= 4 && (gone == 0 || Longest(lines) > width); ++gone) {
    std::vector<Cells> table(1 + rows.size());
    for (const TableColumn& column : columns) {
      if (column.goes > 0 && column.goes <= gone) continue;
      table[0].push_back(column.name);
      for (std::size_t r = 0; r < rows.size(); ++r) table[r + 1].push_back(column.cell(rows[r]));
    }
    lines = Align(table);
  }
  return lines;
}

// `text` wrapped under a label of its own column.
std::string Labelled(std::string_view label, std::string_view text, int width) {
  constexpr int kIndent = 15;
  std::string block;
  for (const std::string& line : Wrap(text, width - kIndent)) {
    block += fmt::format("{:<{}}{}\n", block.empty() ? label : "", kIndent, line);
  }
  return block;
}

std::string Headline(const TuneResult& result, int width) {
  const DataSummary& data = result.data;
  const std::string target = CutTo(data.target, width / 3);
  if (IsTrained(result)) return fmt::format("{}: {}", target, SplitText(result));
  return fmt::format("{}: {} rows, {} features, {} model, {} folds", target, data.rows,
                     data.features, FamilyName(result), result.folds);
}

// What was trained, and how.
std::string TrainedLines(const TuneResult& result, int width) {
  std::string text = Labelled("net", TrainingText(result), width);
  text += Labelled("decayed", DecayedText(result), width);
  text += Labelled("sweep", SweepText(result), width);
  for (const GridPoint& point : result.grid) {
    if (point.trained->diverged.empty()) continue;
    text += Labelled("diverged",
                     fmt::format("decay {}: {}", DecayText(point.decay), point.trained->diverged),
                     width);
  }
  return text;
}

std::string BestLine(const TuneResult& result) {
  const GridPoint& best = BestPoint(result);
  return fmt::format("{}{}. {}", DecayText(best.decay),
                     result.best_at_edge ? " (at the edge of the grid)" : "",
                     HalfLifeSentence(result));
}

}  // namespace

std::string TerminalReport(const TuneResult& result, const std::vector<std::string>& files,
                           int width) {
  width = std::clamp(width, 60, 96);
  std::string text;
  for (const std::string& line : Wrap(Headline(result, width), width)) text += line + "\n";
  text += "\n";
  for (const std::string& line : DecayTable(result, static_cast<std::size_t>(width)))
    text += CutTo(line, width) + "\n";
  text += "\n";
  for (const std::string& line : Wrap(Answer(result), width)) text += line + "\n";
  text += "\n" + Labelled("verdict", Evidence(result), width);
  if (!Sensitivity(result).empty()) text += Labelled("", Sensitivity(result), width);
  for (const std::string& note : result.verdict.notes) text += Labelled("", note, width);
  if (IsTrained(result)) text += TrainedLines(result, width);
  text += Labelled("best", BestLine(result), width);
  text +=
      Labelled("one-SE", DecayText(OneSePoint(result).decay) + ". " + OneSeSentence(result), width);
  text += Labelled("loss", LossName(result), width);
  text += Labelled("convention", Convention(result), width);
  for (const Unit& unit : EquivalentUnits(result))
    text += Labelled(unit.library, unit.expression, width);
  for (const std::string& note : result.notes) text += Labelled("note", note, width);
  for (const std::string& file : files) text += Labelled("wrote", file, width);
  return text;
}

}  // namespace halflife
