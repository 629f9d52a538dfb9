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
#include "report/say.h"
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
  for (const std::string& line : Wrap(text, width - kIndent))
    block += PadRight(block.empty() ? label : "", kIndent) + line + "\n";
  return block;
}

std::string Headline(const TuneResult& result, int width, Language language) {
  const DataSummary& data = result.data;
  const std::string target = CutTo(data.target, width / 3);
  if (IsTrained(result))
    return Say(language, "{}: {}", "{}：{}", target, SplitText(result, language));
  const std::string penalty = PenaltyTitle(result, language);
  return Say(language, "{0}: {1} rows, {2}, {4} model{5}, {6}",
             "{0}：{1} 行，{3} 个特征，{4}模型{5}，{6}", target, data.rows,
             Counted(data.features, "feature"), data.features, FamilyName(result, language),
             penalty.empty() ? "" : Say(language, ", {}", "，{}", penalty),
             FoldsText(result, language));
}

// What was trained, and how.
std::string TrainedLines(const TuneResult& result, int width, Language language) {
  std::string text = Labelled(Say(language, "net", "网络"), TrainingText(result, language), width);
  text += Labelled(Say(language, "decayed", "衰减的参数"), DecayedText(result, language), width);
  text += Labelled(Say(language, "sweep", "扫描"), SweepText(result, language), width);
  if (!NoSignal(result) && !KeptText(result, language).empty())
    text += Labelled(Say(language, "model", "模型"),
                     Say(language, "model.json holds the net at decay {}, {}",
                         "model.json 里是衰减为 {} 的网络，{}", DecayText(BestPoint(result).decay),
                         KeptText(result, language)),
                     width);
  for (const GridPoint& point : result.grid) {
    if (!point.trained->diverged) continue;
    text += Labelled(Say(language, "diverged", "发散"),
                     Say(language, "decay {}: {}", "衰减 {}：{}", DecayText(point.decay),
                         DivergenceText(*point.trained->diverged, language)),
                     width);
  }
  return text;
}

std::string LeftOutSentence(const DecayTable& table, Language language) {
  return Say(language, "left out at this width: {0}; a wider terminal or a pipe shows {1}",
             "这个宽度下略去：{0}；更宽的终端或管道会显示",
             Join(table.left_out, Say(language, ", ", "、")),
             table.left_out.size() == 1 ? "it" : "them");
}

// How many decays are not in the table, and which of the files holds them.
std::string RowsSentence(const TuneResult& result, const DecayTable& table,
                         const std::vector<std::string>& files, Language language) {
  std::string text =
      Say(language, "{0} of the {1} decays tried, {2}", "试过的 {1} 个衰减值中的 {0} 个，{2}",
          table.rows, result.grid.size(), RowsChoiceText(result, language));
  for (const std::string& file : files) {
    if (std::filesystem::path(file).filename() == "result.json")
      text += Say(language, "; {} has all, and the figures of report.html",
                  "；{} 和 report.html 的图里有全部", file);
  }
  return text;
}

// How many columns of each kind, and what was not read plainly.
std::string ReadingLines(const TuneResult& result, int width, Language language) {
  const DataSummary& data = result.data;
  if (data.column_list.empty()) return "";
  std::string text =
      Labelled(Say(language, "columns", "列"), KindCounts(data.column_list, language), width);
  for (const std::string& line : Surprises(data.column_list, data.findings, data.target, language))
    text += Labelled("", line, width);
  return text;
}

std::string BestLine(const TuneResult& result, Language language) {
  const GridPoint& best = BestPoint(result);
  std::string text = DecayText(best.decay);
  if (result.best_at_edge) text += Say(language, " (at the edge of the grid)", "（在网格的边缘）");
  const std::string why = NotRecommendedText(result, language);
  if (!why.empty()) text += Say(language, " ({})", "（{}）", why);
  return Say(language, "{}. {}", "{}。{}", text, HalfLifeSentence(result, language));
}

// The decay in every unit.
std::string ChoiceLines(const TuneResult& result, int width, Language language) {
  std::string text = Labelled(Say(language, "best", "最优"), BestLine(result, language), width);
  text += Labelled(Say(language, "one-SE", "一倍标准误"), OneSeSentence(result, language), width);
  if (!OtherRulesSentence(result, language).empty())
    text += Labelled(Say(language, "other rules", "其他准则"), OtherRulesSentence(result, language),
                     width);
  text += Labelled(Say(language, "loss", "损失"), LossName(result, language), width);
  text += Labelled(Say(language, "convention", "约定"), Convention(result, language), width);
  for (const Unit& unit : EquivalentUnits(result, language))
    text += Labelled(unit.library, unit.expression, width);
  return text;
}

// What the model file holds where no decay is recommended.
std::string KeptName(const TuneResult& result, Language language) {
  if (IsTrained(result)) {
    return Say(
        language,
        "net that was chosen (decays that differ by no more than chance in training count as "
        "equal)",
        "选出的网络（相差不超过训练偶然性的衰减值视为相同）");
  }
  return result.decays_given
             ? Say(language, "fit of the lowest validation loss of those asked for",
                   "所给衰减值中验证损失最低的拟合")
             : Say(language, "fit of the lowest validation loss", "验证损失最低的拟合");
}

std::string KeptLine(const TuneResult& result, int width, Language language) {
  const std::string kept = KeptText(result, language);
  return Labelled(Say(language, "loss", "损失"), LossName(result, language), width) +
         Labelled(Say(language, "model", "模型"),
                  Say(language,
                      "model.json holds the {}, at decay {}{}; it is not shown to be better than a "
                      "constant",
                      "model.json 里是{}，衰减为 {}{}；并未显示它优于常数",
                      KeptName(result, language), DecayText(BestPoint(result).decay),
                      kept.empty() ? "" : Say(language, ", {}", "，{}", kept)),
                  width);
}

// The verdict, and what is to be known of it.
std::string VerdictLines(const TuneResult& result, int width, Language language) {
  std::string text = Labelled(Say(language, "verdict", "结论"), Evidence(result, language), width);
  if (!Sensitivity(result, language).empty())
    text += Labelled("", Sensitivity(result, language), width);
  if (NoSignal(result)) return text;  // a comparison of decays is no news then
  for (const std::string& sentence : GainSentences(result, language))
    text += Labelled("", sentence, width);
  for (const std::string& note : VerdictNotes(result, language)) text += Labelled("", note, width);
  return text;
}

}  // namespace

std::string TerminalReport(const TuneResult& result, const std::vector<std::string>& files,
                           const TerminalOptions& options) {
  const Language language = options.language;
  const int width = std::clamp(options.width, kNarrowest, kWidest);
  const auto wrapped = [width](const std::string& words) {
    std::string lines;
    for (const std::string& line : Wrap(words, width)) lines += line + "\n";
    return lines;
  };
  const DecayTable table = MakeDecayTable(
      result, options.all_columns ? kAnyWidth : std::max(options.width, kNarrowest), language);
  std::string text = wrapped(Headline(result, width, language));
  text += ReadingLines(result, width, language) + "\n";
  for (const std::string& line : table.lines) text += line + "\n";
  if (!table.left_out.empty()) text += wrapped(LeftOutSentence(table, language));
  if (table.rows < result.grid.size())
    text += wrapped(RowsSentence(result, table, files, language));
  if (result.interrupted) text += wrapped(InterruptedSentence(result, language));
  text += "\n" + wrapped(AnswerText(result, language));
  text += "\n" + VerdictLines(result, width, language);
  if (IsTrained(result)) text += TrainedLines(result, width, language);
  if (!OtherScores(result, language).empty())
    text += Labelled(Say(language, "scores", "得分"), OtherScores(result, language), width);
  text +=
      NoSignal(result) ? KeptLine(result, width, language) : ChoiceLines(result, width, language);
  for (const std::string& note : Notes(result, language))
    text += Labelled(Say(language, "note", "说明"), note, width);
  for (const std::string& file : files)
    text += Labelled(Say(language, "wrote", "已写入"), file, width);
  return text;
}

}  // namespace halflife
