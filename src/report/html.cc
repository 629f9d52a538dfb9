#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "base/text.h"
#include "halflife/report.h"
#include "report/answer.h"
#include "report/columns_html.h"
#include "report/criteria_words.h"
#include "report/figures.h"
#include "report/gain_words.h"
#include "report/html_parts.h"
#include "report/net_words.h"
#include "report/numbers.h"
#include "report/page_assets.h"
#include "report/penalty_words.h"
#include "report/progress.h"
#include "report/rows.h"
#include "report/scored.h"
#include "report/splits_words.h"
#include "report/svg.h"
#include "report/words.h"

namespace halflife {
namespace {

std::string VerdictHeading(const TuneResult& result) {
  if (NoSignal(result)) return NoSignalClause(result);
  if (!std::isfinite(result.verdict.improvement)) return "Nothing was compared";
  if (HasSplits(result)) return SplitsHeading(result);
  if (result.verdict.label == VerdictLabel::kHelps && BestIsBaseline(result))
    return fmt::format("Decay {} was chosen, though {} tests better",
                       DecayText(result.verdict.baseline), DecayText(result.verdict.compared));
  if (result.verdict.label == VerdictLabel::kHelps)
    return fmt::format("Weight decay helps: use {}", DecayText(BestPoint(result).decay));
  if (result.verdict.label == VerdictLabel::kHurts) {
    if (result.decays_given) {
      return BaselinePoint(result) != nullptr ? "The other weight decays asked for hurt here"
                                              : "The weight decays asked for hurt here";
    }
    return result.verdict.baseline == 0.0 ? "Weight decay hurts here"
                                          : "More weight decay hurts here";
  }
  return "Weight decay has no detectable effect here";
}

std::string Header(const TuneResult& result) {
  return "<header>\n" +
         Element("p class=\"source\"",
                 fmt::format("Predicting {} from {}", result.data.target, result.data.path)) +
         Element("h1", VerdictHeading(result)) + Element("p class=\"answer\"", AnswerText(result)) +
         (result.interrupted ? Element("p class=\"quiet\"", InterruptedSentence(result)) : "") +
         "</header>\n";
}

std::string FigureHtml(const Figure& figure, std::string_view label, const std::string& caption,
                       std::string_view kind, std::string_view step = "decay") {
  return fmt::format(
      "<figure>\n<div class=\"plot\" data-label=\"{}\" data-step=\"{}\">\n{}{}</div>\n"
      "<div class=\"readout {}\" role=\"status\"></div>\n{}<script "
      "type=\"application/json\">{}</script>\n</figure>\n",
      EscapeXml(label), step, figure.wide, figure.narrow, kind, Element("figcaption", caption),
      figure.readout);
}

std::string LossSection(const TuneResult& result) {
  std::string caption = fmt::format(
      "Mean loss over {} ({}), with one standard error either side. The solid line marks the {}{}.",
      HasSplits(result)   ? SplitsText(result)
      : IsTrained(result) ? Counted(static_cast<std::size_t>(result.seeds), "seed")
                          : fmt::format("{} folds", result.folds * result.seeds),
      LossName(result), IsTrained(result) ? "decay that was chosen" : "lowest validation loss",
      result.one_se != result.best && !NoSignal(result)
          ? ", the dashed one the largest decay within a standard error of it"
          : "");
  if (HasLeaveOneOut(result)) caption += " The thin line is leave-one-out, of the fit on all rows.";
  if (IsTrained(result)) caption += " Decays that were set aside early are in the table alone.";
  if (LossIsCut(result))
    caption +=
        " The axis is cut: losses far above the best run out of the picture, and the table has "
        "them.";
  return FigureHtml(LossFigure(result), "Loss along the weight decay", caption, "few");
}

bool HasSeveralLrs(const TuneResult& result) {
  return IsTrained(result) && result.training->lrs.size() > 1;
}

std::string TableRowHtml(const TableRow& row, bool several_lrs) {
  bool best = false;
  for (const std::string& mark : row.marks) best = best || mark == "best";
  std::string html = best ? "<tr class=\"best\">" : "<tr>";
  html += fmt::format("<th scope=\"row\">{}</th><td class=\"roomy\">{}</td><td>{}</td>",
                      several_lrs ? row.decay + ", " + row.lr : row.decay, row.train,
                      row.error.empty() ? row.validation : row.validation + " ± " + row.error);
  return html +
         fmt::format(
             "<td>{}</td><td class=\"roomy\">{}</td><td class=\"roomy\">{}</td><td>{}</td></tr>\n",
             row.score, row.norm,
             !row.half_life.empty() ? row.half_life
             : row.nonzero.empty()  ? row.dof
                                    : row.nonzero,
             Join(row.marks, ", "));
}

std::string TableSection(const TuneResult& result) {
  const std::vector<TableRow> rows = TableRows(result);
  std::string html =
      "<div class=\"scroll\" tabindex=\"0\" role=\"region\" aria-label=\"Table of "
      "decays\">\n<table>\n";
  const std::size_t shown = RowsShown(result).size();
  if (shown < result.grid.size()) {
    html += Element("caption", fmt::format("{} of the {} decays tried, {}; result.json has all.",
                                           shown, result.grid.size(), RowsChoiceText(result)));
  }
  html += fmt::format(
      "<thead><tr><th scope=\"col\">{}</th><th scope=\"col\" class=\"roomy\">training loss</th>"
      "<th scope=\"col\">validation loss ± se</th><th scope=\"col\">{}</th><th scope=\"col\" "
      "class=\"roomy\">norm of w</th>"
      "<th scope=\"col\" class=\"roomy\">{}</th><th "
      "scope=\"col\">choice</th></tr></thead>\n<tbody>\n",
      HasSeveralLrs(result) ? "decay, lr" : "decay", IsRegression(result) ? "R²" : "accuracy",
      IsTrained(result)        ? "half-life"
      : IsSparse(result)       ? "weights not 0"
      : DofIsEstimated(result) ? "about dof"
                               : "dof");
  for (const TableRow& row : rows) html += TableRowHtml(row, HasSeveralLrs(result));
  return html + "</tbody>\n</table>\n</div>\n";
}

std::string VerdictSection(const TuneResult& result) {
  const Verdict& verdict = result.verdict;
  std::string html = Element("h2", "Does it matter?") + "<dl>\n";
  if (!std::isfinite(verdict.improvement))
    return html + Entry("verdict", Evidence(result)) + "</dl>\n" + NoteList(GainSentences(result));
  html += Entry("verdict", std::string(Name(verdict.label)));
  if (NoSignal(result)) {
    html += Entry("evidence", Evidence(result)) + "</dl>\n";
    return html + Element("p",
                          "The rest compares decays with each other, which says little where "
                          "the best of them is no better than a constant.");
  }
  html += Entry("compared with",
                verdict.baseline == 0.0 ? "no decay" : "decay " + DecayText(verdict.baseline));
  html += Entry("gain", fmt::format("{} of {} loss", Number(verdict.improvement, 3),
                                    IsTrained(result) ? "test" : "validation"));
  html += Entry("95 % interval",
                fmt::format("{} to {}", Number(verdict.ci95[0], 3), Number(verdict.ci95[1], 3)));
  html += Entry("p value", PValueText(verdict.p_value));
  if (std::isfinite(verdict.minimum_detectable))
    html += Entry("detectable", Number(verdict.minimum_detectable, 3) + " or more");
  html += "</dl>\n" + Element("p", Sensitivity(result) + " " + OneSeSentence(result));
  if (!OtherRulesSentence(result).empty()) html += Element("p", OtherRulesSentence(result));
  return html + NoteList(GainSentences(result)) + NoteList(VerdictNotes(result));
}

// How a net was trained at the best decay and without: losses, norms, angles.
std::string TrainingSection(const TuneResult& result) {
  if (!IsTrained(result)) return "";
  const std::string of_split = HasSplits(result) ? " Of the first split's runs." : "";
  return Element("h2", "How it trained") + Element("p", TimeScaleSentence(result)) +
         FigureHtml(LearningFigure(result), "Loss by epoch",
                    "Validation loss (solid) and training loss (dashed), without the penalty, mean "
                    "over runs. Where the solid line rises while the dashed one falls, the net "
                    "learns the noise.",
                    "many", "epoch") +
         Element("h3", "The size of the weights") +
         FigureHtml(
             NormsFigure(result), "Norm of each layer's weights by epoch",
             "The norm of each layer's weights: solid at the best decay, dashed at what it "
             "is compared with. Decay lets norms settle where learning and shrinking balance." +
                 of_split,
             "many", "epoch") +
         Element("h3", "How far a step turns them") +
         FigureHtml(AngleFigure(result), "Angle of a step by epoch",
                    "The angle between the decayed weights before and after a step. With decay it "
                    "settles near a value of its own; without, it falls as the weights grow." +
                        of_split,
                    "many", "epoch");
}

std::string PathSection(const TuneResult& result) {
  if (result.paths.empty()) return "";
  const std::string caption = fmt::format(
      "The {} at the best decay, fitted on all rows, in standardised units: what one standard "
      "deviation of a column adds to the {}.",
      result.paths.size() == 1 ? "largest weight"
                               : fmt::format("{} weights that are largest", result.paths.size()),
      IsRegression(result) ? "prediction" : "log odds");
  return Element("h2", "What decay does to the weights") +
         FigureHtml(PathFigure(result), "The largest weights along the weight decay", caption,
                    "many");
}

std::string UseSection(const TuneResult& result) {
  if (NoSignal(result)) return "";
  std::string html =
      Element("h2", "Use it") +
      Element("p", fmt::format("Every decay here follows one convention: {}", Convention(result))) +
      "<dl>\n";
  const std::string why = NotRecommendedText(result);
  html += Entry("halflife", "decay " + DecayText(BestPoint(result).decay) +
                                (why.empty() ? "" : fmt::format(" ({})", why)));
  for (const Unit& unit : EquivalentUnits(result)) html += Entry(unit.library, unit.expression);
  html += "</dl>\n" + Element("p", HalfLifeSentence(result));
  if (!IsTrained(result))
    html += Element(
        "p class=\"quiet\"",
        "The code expects X encoded as numbers. PyTorch and Keras do not standardise: give them "
        "columns with mean 0 and "
        "standard deviation 1. AdamW's decay is decoupled, another thing: tune it on its own.");
  for (const Snippet& snippet : Snippets(result)) {
    html += Element("h3", snippet.library) + Element("p class=\"quiet\"", snippet.note);
    if (!snippet.code.empty()) html += Code(snippet.code);
  }
  return html;
}

// What was fitted how often, or trained how long.
std::string RunEntries(const TuneResult& result) {
  if (IsTrained(result)) {
    return Entry("net", TrainingText(result)) + Entry("rows", SplitText(result)) +
           Entry("decayed", DecayedText(result)) + Entry("sweep", SweepText(result)) +
           (KeptText(result).empty() ? "" : Entry("net kept", KeptText(result)));
  }
  if (!FoldsAreDrawn(result)) return Entry("folds", FoldsText(result));
  return Entry(
      "folds",
      fmt::format("{}; drawn {} (seed {})", FoldsText(result),
                  result.seeds == 1 ? "once" : fmt::format("{} times", result.seeds), result.seed));
}

// Those that are none of the table's among them, but no empty one after a last delimiter.
std::size_t ColumnsOfFile(const DataSummary& data) {
  const auto empty = [](const ColumnSummary& column) {
    return std::any_of(column.findings.begin(), column.findings.end(), [](const Finding& finding) {
      return finding.kind == Finding::Kind::kTrailingDelimiter;
    });
  };
  const auto count = std::count_if(data.column_list.begin(), data.column_list.end(), empty);
  return std::max(data.columns, data.column_list.size() - static_cast<std::size_t>(count));
}

std::string DataSection(const TuneResult& result) {
  const DataSummary& data = result.data;
  std::string html = Element("h2", "The data and the run") + "<dl class=\"facts\">\n";
  html += Entry("file", data.path);
  html += Entry(
      "rows used",
      fmt::format("{}{}", data.rows,
                  data.rows_dropped > 0 ? fmt::format(", {} left out", data.rows_dropped) : ""));
  html += Entry("columns", fmt::format("{} in the file, {} after encoding", ColumnsOfFile(data),
                                       Counted(data.features, "feature")));
  html += Entry("target", data.target + (data.log_target ? ", natural log" : ""));
  if (!data.classes.empty()) html += Entry("classes", Join(data.classes, ", "));
  if (result.data.null_loss) {
    html += Entry("constant",
                  fmt::format("loss {} held out{}", NullLossText(result), MajorityText(result)));
  }
  if (!OtherScores(result).empty()) html += Entry("at the best decay", OtherScores(result));
  html += Entry("model", FamilyName(result) +
                             (PenaltyTitle(result).empty() ? "" : ", " + PenaltyTitle(result)));
  html += RunEntries(result);
  html += Entry("time", fmt::format("reading {} s, fitting {} s, verdict {} s, {}",
                                    Number(result.timing.read, 2), Number(result.timing.fit, 2),
                                    Number(result.timing.verdict, 2),
                                    Counted(static_cast<std::size_t>(result.threads), "thread")));
  return html + "</dl>\n" + NoteList(Notes(result));
}

std::string ReadingSection(const TuneResult& result) {
  const bool trained = IsTrained(result);
  const std::string decay = fmt::format(
      "Weight decay pulls every weight towards 0 while the data pull it towards the best fit. A "
      "little steadies weights that the rows say little about; too much keeps the model from "
      "learning. Training loss {} rises with decay. Validation loss, on rows that the fit has not "
      "seen, falls first if there was something to steady, and then rises.",
      trained ? "mostly" : "always");
  const std::string names = fmt::format(
      "Underfitting is when training and validation loss are both worse than with no decay. {}The "
      "one-SE choice is the strongest decay whose mean loss is within one standard error of the "
      "{}: as good as far as the {} can tell, and simpler. A half-life is the time in which a "
      "weight without any gradient falls to half.",
      trained ? ""
      : IsSparse(result)
          ? "Weights that are exactly 0 take no part in the predictions: mostly more of them as "
            "decay grows, until all that are decayed are 0. "
          : "Effective degrees of freedom (dof) count the weights that are in use: at 0 as "
            "many as the columns allow, fewer as decay grows. ",
      trained ? "best" : "lowest", trained ? "validation rows" : "folds");
  const std::string verdict = fmt::format(
      "The verdict compares {}. When it says no detectable effect, the difference is smaller than "
      "these rows can show, which is not proof that there is none.",
      HasSplits(result) ? "tuning with the baseline row by row: in every split what it chose, on "
                          "rows that its choice has not seen"
      : trained         ? "the best decay with the baseline row by row and seed by seed"
                        : "tuning with the baseline fold by fold: in every fold what the rows that "
                          "train it would choose");
  return Element("h2", "How to read this") + Element("p", decay) + Element("p", names) +
         Element("p", verdict);
}

}  // namespace

std::string ReportHtml(const TuneResult& result) {
  std::string html = fmt::format(
      "<!DOCTYPE html>\n<html lang=\"en\" xmlns=\"http://www.w3.org/1999/xhtml\">\n<head>\n<meta "
      "charset=\"utf-8\"/>\n"
      "<meta name=\"viewport\" content=\"width=device-width, "
      "initial-scale=1\"/>\n{}<style>{}</style>\n</head>\n<body>\n<main>\n",
      Element("title", "Weight decay for " + result.data.target), PageStyle());
  html += Header(result) + LossSection(result) + TableSection(result) + VerdictSection(result);
  html += TrainingSection(result) + PathSection(result) + UseSection(result) +
          ColumnsSection(result) + DataSection(result) + ReadingSection(result);
  html += "</main>\n<script>//<![CDATA[";
  html += PageScript();
  return html + "//]]></script>\n</body>\n</html>\n";
}

}  // namespace halflife
