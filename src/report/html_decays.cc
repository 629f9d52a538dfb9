#include <fmt/format.h>

#include <cmath>

#include "base/text.h"
#include "halflife/report.h"
#include "report/answer.h"
#include "report/criteria_words.h"
#include "report/gain_words.h"
#include "report/glossary.h"
#include "report/html_parts.h"
#include "report/html_sections.h"
#include "report/no_effect_words.h"
#include "report/penalty_words.h"
#include "report/rows.h"
#include "report/splits_words.h"
#include "report/words.h"

namespace halflife {
namespace {

bool HasSeveralLrs(const TuneResult& result) {
  return IsTrained(result) && result.training->lrs.size() > 1;
}

// A column of the table; `roomy` ones are left out on a narrow page.
struct DecayColumn {
  Said head;
  bool roomy;
  std::string (*cell)(const TableRow& row);
};

Said LastHead(const TuneResult& result) {
  if (IsTrained(result)) return {"[half-life](half-life), epochs", "[半衰期](half-life)（轮）"};
  if (IsSparse(result)) return {"[weights not 0](l1)", "[非 0 权重](l1)"};
  return DofIsEstimated(result) ? Said{"[about dof](dof)", "[约 dof](dof)"}
                                : Said{"[dof](dof)", "[dof](dof)"};
}

std::string DecayCell(const TableRow& row) { return row.decay; }
std::string DecayAndLrCell(const TableRow& row) { return row.decay + ", " + row.lr; }
std::string TrainCell(const TableRow& row) { return row.train; }
std::string ValidationCell(const TableRow& row) {
  return row.error.empty() ? row.validation : row.validation + " ± " + row.error;
}
std::string ScoreCell(const TableRow& row) { return row.score; }
std::string NormCell(const TableRow& row) { return row.norm; }
std::string LastCell(const TableRow& row) {
  if (!row.half_life.empty()) return row.half_life;
  return row.nonzero.empty() ? row.dof : row.nonzero;
}
std::string MarksCell(const TableRow& row) { return Join(row.marks, ", "); }

std::vector<DecayColumn> ColumnsOf(const TuneResult& result) {
  const bool lrs = HasSeveralLrs(result);
  return {{lrs ? Said{"[decay](weight-decay), [lr](learning-rate)",
                      "[衰减](weight-decay), [lr](learning-rate)"}
               : Said{"[decay](weight-decay)", "[衰减](weight-decay)"},
           false, lrs ? DecayAndLrCell : DecayCell},
          {{"[training loss](training-loss)", "[训练损失](training-loss)"}, true, TrainCell},
          {{"[validation loss](validation-loss) ± [se](standard-error)",
            "[验证损失](validation-loss) ± [se](standard-error)"},
           false,
           ValidationCell},
          {IsRegression(result) ? Said{"[R²](r2)", "[R²](r2)"}
                                : Said{"[accuracy](accuracy)", "[准确率](accuracy)"},
           false, ScoreCell},
          {{"[norm of w](norm)", "[w 的范数](norm)"}, true, NormCell},
          {LastHead(result), true, LastCell},
          {NoSignal(result) ? Said{"choice", "选择"} : Said{"[choice](one-se)", "[选择](one-se)"},
           false, MarksCell}};
}

std::string TableRowHtml(const std::vector<DecayColumn>& columns, const TableRow& english,
                         const TableRow& chinese) {
  bool best = false;
  for (const std::string& mark : english.marks) best = best || mark == "best";
  std::string html = best ? "<tr class=\"best\">" : "<tr>";
  for (const DecayColumn& column : columns) {
    const bool first = &column == &columns.front();
    const std::string tag =
        (first ? "th scope=\"row\"" : "td") + std::string(column.roomy ? " class=\"roomy\"" : "");
    html += Element(tag, Said{column.cell(english), column.cell(chinese)});
  }
  return html + "</tr>\n";
}

std::string ComparedText(const TuneResult& result, Language language) {
  if (result.verdict.baseline == 0.0) return Say(language, "no decay", "不用衰减");
  return Say(language, "decay {}", "衰减 {}", DecayText(result.verdict.baseline));
}

// What was compared with what, and what its absence means.
std::string WhatWasComparedText(const TuneResult& result, Language language) {
  const char* english =
      "tuning with the baseline fold by fold: in every fold what the rows that "
      "train it would choose";
  const char* chinese = "逐折比较调参与基线：每一折都用其训练行会选的衰减";
  if (HasSplits(result)) {
    english =
        "tuning with the baseline row by row: in every split what it chose, on rows that its "
        "choice has not seen";
    chinese = "逐行比较调参与基线：每次划分都用它所选的衰减，在选择时没见过的行上评判";
  } else if (IsTrained(result)) {
    english = "the best decay with the baseline row by row and seed by seed";
    chinese = "逐行、逐随机种子比较最优衰减与基线";
  }
  const bool open = !NothingChosen(result) && !IsSurelyNegligible(result);
  return Say(language, "The verdict compares {0}.{2}", "结论{1}。{2}", english, chinese,
             open ? Say(language,
                        " When it says no detectable effect, the difference is smaller than these "
                        "rows can show, which is not proof that there is none.",
                        "“看不出有作用”是说差异小于这些行所能显示的，并不证明没有差异。")
                  : "");
}

std::string VerdictEntries(const TuneResult& result) {
  const Verdict& verdict = result.verdict;
  std::string html =
      Entry({"[compared with](baseline)", "[比较对象](baseline)"},
            InBoth([&](Language language) { return ComparedText(result, language); }));
  if (NothingChosen(result)) return html;
  html += Entry(
      {"gain", "增益"}, InBoth([&](Language language) {
        return Say(language, "{0} of {1} loss", "{2}损失降低 {0}", Number(verdict.improvement, 3),
                   IsTrained(result) ? "test" : "validation", IsTrained(result) ? "测试" : "验证");
      }));
  html += Entry({"[95 % interval](interval)", "[95 % 置信区间](interval)"},
                InBoth([&](Language language) {
                  return Say(language, "{} to {}", "[{}, {}]", Number(verdict.ci95[0], 3),
                             Number(verdict.ci95[1], 3));
                }));
  html +=
      Entry({"[p value](p-value)", "[p 值](p-value)"},
            InBoth([&](Language language) { return PValueText(verdict.p_value, 2, language); }));
  if (!Sensitivity(result).empty()) {
    html += Entry(
        {"[detectable](detectable)", "[可测出](detectable)"}, InBoth([&](Language language) {
          return Say(language, "{} or more", "{} 或以上", Number(verdict.minimum_detectable, 3));
        }));
  }
  return html;
}

}  // namespace

std::string DecaysSection(const TuneResult& result) {
  const std::vector<TableRow> english = TableRows(result, Language::kEnglish);
  const std::vector<TableRow> chinese = TableRows(result, Language::kChinese);
  std::string html = "<table>\n";
  const std::size_t shown = RowsShown(result).size();
  if (shown < result.grid.size()) {
    html += Element("caption", InBoth([&](Language language) {
                      return Say(language, "{} of the {} decays tried, {}; result.json has all.",
                                 "共试 {1} 个衰减，这里列出 {0} 个，{2}；result.json 中有全部。",
                                 shown, result.grid.size(), RowsChoiceText(result, language));
                    }));
  }
  html += "<thead><tr>";
  const std::vector<DecayColumn> columns = ColumnsOf(result);
  for (const DecayColumn& column : columns) {
    html += Tagged(std::string("th scope=\"col\"") + (column.roomy ? " class=\"roomy\"" : ""),
                   WithTerms(column.head));
  }
  html += "</tr></thead>\n<tbody>\n";
  for (std::size_t i = 0; i < english.size(); ++i)
    html += TableRowHtml(columns, english[i], chinese[i]);
  return ScrollRegion("decays-table", {"Table of decays", "衰减表"}, html + "</tbody>\n</table>\n");
}

std::string VerdictSection(const TuneResult& result) {
  const Said evidence = InBoth([&](Language language) { return Evidence(result, language); });
  const std::vector<Said> gains =
      ListInBoth([&](Language language) { return GainSentences(result, language); });
  if (!std::isfinite(result.verdict.improvement))
    return "<dl>\n" + Entry({"verdict", "结论"}, evidence) + "</dl>\n" + NoteList(gains);
  std::string html = "<dl>\n" + Entry({"verdict", "结论"}, InBoth([&](Language language) {
                                        return NothingChosen(result)
                                                   ? Evidence(result, language)
                                                   : LabelText(result.verdict.label, language);
                                      }));
  if (NoSignal(result)) {
    return html + Entry({"test", "检验"}, evidence) + "</dl>\n" +
           Element("p", Said{"The figures below compare decays with each other, which says "
                             "little where the best of them is no better than a constant.",
                             "下面的图在各衰减之间比较；最好的也不比常数好时，这说明不了什么。"});
  }
  html += VerdictEntries(result) + "</dl>\n";
  html += Element("p", InBoth([&](Language language) {
                    const std::string one_se = OneSeSentence(result, language);
                    const std::string could = Sensitivity(result, language);
                    return could.empty() || language == Language::kChinese ? could + one_se
                                                                           : could + " " + one_se;
                  }));
  const Said others =
      InBoth([&](Language language) { return OtherRulesSentence(result, language); });
  if (!others.english.empty()) html += Element("p", others);
  html += NoteList(gains) +
          NoteList(ListInBoth([&](Language language) { return VerdictNotes(result, language); }));
  return html + Element("p class=\"quiet\"", InBoth([&](Language language) {
                          return WhatWasComparedText(result, language);
                        }));
}

}  // namespace halflife
