#include "report/terminal.h"

#include <fmt/format.h>

#include <algorithm>
#include <filesystem>

#include "base/text.h"
#include "report/decay_table.h"
#include "report/net_words.h"
#include "report/plain_text.h"
#include "report/words.h"

namespace halflife {
namespace {

constexpr int kNarrowest = 40;
constexpr int kWidest = 96;  // of sentences: longer lines are hard to read

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

std::string LeftOutSentence(const DecayTable& table) {
  return fmt::format("left out at this width: {}; a wider terminal or a pipe shows {}",
                     Join(table.left_out, ", "), table.left_out.size() == 1 ? "it" : "them");
}

// How many decays are not in the table, and which of the files holds them.
std::string RowsSentence(const TuneResult& result, const DecayTable& table,
                         const std::vector<std::string>& files) {
  std::string text = fmt::format("{} of the {} decays tried, dense around the best", table.rows,
                                 result.grid.size());
  for (const std::string& file : files) {
    if (std::filesystem::path(file).filename() == "result.json")
      text += fmt::format("; {} has all, and the figures of report.html", file);
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
                           const TerminalOptions& options) {
  const int width = std::clamp(options.width, kNarrowest, kWidest);
  const auto wrapped = [width](const std::string& words) {
    std::string lines;
    for (const std::string& line : Wrap(words, width)) lines += line + "\n";
    return lines;
  };
  const DecayTable table =
      MakeDecayTable(result, options.all_columns ? kAnyWidth : std::max(options.width, kNarrowest));
  std::string text = wrapped(Headline(result, width)) + "\n";
  for (const std::string& line : table.lines) text += line + "\n";
  if (!table.left_out.empty()) text += wrapped(LeftOutSentence(table));
  if (table.rows < result.grid.size()) text += wrapped(RowsSentence(result, table, files));
  text += "\n" + wrapped(Answer(result));
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
