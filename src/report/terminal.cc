#include <fmt/format.h>

#include <algorithm>
#include <filesystem>

#include "base/text.h"
#include "halflife/report.h"
#include "report/answer.h"
#include "report/column_words.h"
#include "report/criteria_words.h"
#include "report/decay_table.h"
#include "report/gain_words.h"
#include "report/net_words.h"
#include "report/penalty_words.h"
#include "report/plain_text.h"
#include "report/rows.h"
#include "report/splits_words.h"
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
  const std::string penalty = PenaltyTitle(result);
  return fmt::format("{}: {} rows, {}, {} model{}, {}{}", target, data.rows,
                     Counted(data.features, "feature"), FamilyName(result),
                     penalty.empty() ? "" : ", " + penalty, FoldsText(result),
                     result.seeds > 1 ? fmt::format(" drawn {} times", result.seeds) : "");
}

// What was trained, and how.
std::string TrainedLines(const TuneResult& result, int width) {
  std::string text = Labelled("net", TrainingText(result), width);
  text += Labelled("decayed", DecayedText(result), width);
  text += Labelled("sweep", SweepText(result), width);
  if (!NoSignal(result) && !KeptText(result).empty())
    text += Labelled("model",
                     fmt::format("model.json holds the net at decay {}, {}",
                                 DecayText(BestPoint(result).decay), KeptText(result)),
                     width);
  for (const GridPoint& point : result.grid) {
    if (!point.trained->diverged) continue;
    text += Labelled("diverged",
                     fmt::format("decay {}: {}", DecayText(point.decay),
                                 DivergenceText(*point.trained->diverged)),
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
  std::string text = fmt::format("{} of the {} decays tried, {}", table.rows, result.grid.size(),
                                 RowsChoiceText(result));
  for (const std::string& file : files) {
    if (std::filesystem::path(file).filename() == "result.json")
      text += fmt::format("; {} has all, and the figures of report.html", file);
  }
  return text;
}

// How many columns of each kind, and what was not read plainly.
std::string ReadingLines(const TuneResult& result, int width) {
  const DataSummary& data = result.data;
  if (data.column_list.empty()) return "";
  std::string text = Labelled("columns", KindCounts(data.column_list), width);
  for (const std::string& line : Surprises(data.column_list, data.findings, data.target))
    text += Labelled("", line, width);
  return text;
}

std::string BestLine(const TuneResult& result) {
  const GridPoint& best = BestPoint(result);
  std::string text = DecayText(best.decay);
  if (result.best_at_edge) text += " (at the edge of the grid)";
  const std::string why = NotRecommendedText(result);
  if (!why.empty()) text += fmt::format(" ({})", why);
  return fmt::format("{}. {}", text, HalfLifeSentence(result));
}

// The decay in every unit.
std::string ChoiceLines(const TuneResult& result, int width) {
  std::string text = Labelled("best", BestLine(result), width);
  text +=
      Labelled("one-SE", DecayText(OneSePoint(result).decay) + ". " + OneSeSentence(result), width);
  if (!OtherRulesSentence(result).empty())
    text += Labelled("other rules", OtherRulesSentence(result), width);
  text += Labelled("loss", LossName(result), width);
  text += Labelled("convention", Convention(result), width);
  for (const Unit& unit : EquivalentUnits(result))
    text += Labelled(unit.library, unit.expression, width);
  return text;
}

// Which fit the model file holds where none is recommended.
std::string KeptLine(const TuneResult& result, int width) {
  return Labelled("loss", LossName(result), width) +
         Labelled("model",
                  fmt::format(
                      "model.json holds the {}, at decay {}{}; it is not shown to be better than a "
                      "constant",
                      IsTrained(result)     ? "net that was chosen (decays that differ by no "
                                              "more than chance in training count as equal)"
                      : result.decays_given ? "fit of the lowest validation loss of those asked "
                                              "for"
                                            : "fit of the lowest validation loss",
                      DecayText(BestPoint(result).decay),
                      KeptText(result).empty() ? "" : ", " + KeptText(result)),
                  width);
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
  std::string text = wrapped(Headline(result, width));
  text += ReadingLines(result, width) + "\n";
  for (const std::string& line : table.lines) text += line + "\n";
  if (!table.left_out.empty()) text += wrapped(LeftOutSentence(table));
  if (table.rows < result.grid.size()) text += wrapped(RowsSentence(result, table, files));
  if (result.interrupted) text += wrapped(InterruptedSentence(result));
  text += "\n" + wrapped(AnswerText(result));
  text += "\n" + Labelled("verdict", Evidence(result), width);
  if (!Sensitivity(result).empty()) text += Labelled("", Sensitivity(result), width);
  // Without a signal a comparison of decays is no news.
  const std::vector<std::string> none;
  for (const std::string& sentence : NoSignal(result) ? none : GainSentences(result))
    text += Labelled("", sentence, width);
  for (const std::string& note : NoSignal(result) ? none : VerdictNotes(result))
    text += Labelled("", note, width);
  if (IsTrained(result)) text += TrainedLines(result, width);
  if (!OtherScores(result).empty()) text += Labelled("scores", OtherScores(result), width);
  text += NoSignal(result) ? KeptLine(result, width) : ChoiceLines(result, width);
  for (const std::string& note : Notes(result)) text += Labelled("note", note, width);
  for (const std::string& file : files) text += Labelled("wrote", file, width);
  return text;
}

}  // namespace halflife
