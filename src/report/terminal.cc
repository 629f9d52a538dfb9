#include "report/terminal.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "base/text.h"
#include "report/plain_text.h"
#include "report/rows.h"
#include "report/words.h"

namespace halflife {
namespace {

using Cells = std::vector<std::string>;

std::string Pad(const std::string& text, std::size_t width) {
  return text.size() < width ? std::string(width - text.size(), ' ') + text : text;
}

// Removes column `index` of a table.
void Drop(std::vector<Cells>* table, std::ptrdiff_t index) {
  for (Cells& row : *table) row.erase(row.begin() + index);
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

// The table of decays; where it is too wide, columns that matter less are left out.
std::vector<std::string> DecayTable(const TuneResult& result, std::size_t width) {
  std::vector<Cells> table = {
      {"decay", "train loss", "validation loss +- se", ScoreName(result), "||w||", "dof", ""}};
  const std::vector<TableRow> rows = TableRows(result);
  std::size_t error_width = 0;
  for (const TableRow& row : rows) error_width = std::max(error_width, row.error.size());
  for (const TableRow& row : rows) {
    table.push_back({row.decay, row.train, row.validation + " +- " + Pad(row.error, error_width),
                     row.score, row.norm, row.dof, Join(row.marks, ", ")});
  }
  std::vector<std::string> lines = Align(table);
  constexpr std::array<std::ptrdiff_t, 4> kLeastNeeded = {5, 4, 1,
                                                          2};  // dof, norm, training, score
  for (std::size_t i = 0; i < kLeastNeeded.size() && Longest(lines) > width; ++i) {
    Drop(&table, kLeastNeeded[i]);
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
  return fmt::format("{}: {} rows, {} features, {} model, {} folds", target, data.rows,
                     data.features, FamilyName(result), result.folds);
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
  text += Labelled("", Sensitivity(result), width);
  for (const std::string& note : result.verdict.notes) text += Labelled("", note, width);
  text += Labelled("best", BestLine(result), width);
  text +=
      Labelled("one-SE", DecayText(OneSePoint(result).decay) + ". " + OneSeSentence(result), width);
  text += Labelled("loss", LossName(result), width);
  text += Labelled("convention", Convention(), width);
  for (const Unit& unit : EquivalentUnits(result))
    text += Labelled(unit.library, unit.expression, width);
  for (const std::string& note : result.notes) text += Labelled("note", note, width);
  for (const std::string& file : files) text += Labelled("wrote", file, width);
  return text;
}

}  // namespace halflife
