#include <fmt/format.h>

#include <cmath>

#include "base/text.h"
#include "halflife/report.h"
#include "report/answer.h"
#include "report/figure_words.h"
#include "report/figures.h"
#include "report/glossary.h"
#include "report/html_figure.h"
#include "report/html_parts.h"
#include "report/html_sections.h"
#include "report/no_effect_words.h"
#include "report/penalty_words.h"
#include "report/scored.h"
#include "report/splits_words.h"
#include "report/words.h"

namespace halflife {
namespace {

Said HeadingWhenItHurts(const TuneResult& result) {
  if (!result.decays_given) {
    return result.verdict.baseline == 0.0
               ? Said{"Weight decay hurts here", "权重衰减在这里有害"}
               : Said{"More weight decay hurts here", "更大的权重衰减在这里有害"};
  }
  return BaselinePoint(result) != nullptr
             ? Said{"The other weight decays asked for hurt here", "所要求的其他权重衰减在这里有害"}
             : Said{"The weight decays asked for hurt here", "所要求的权重衰减在这里有害"};
}

// The answer says for whom, and by what.
Said HeadingWithoutSignal(const TuneResult& result) {
  if (IsTrained(result)) return {"No signal for this net", "这个网络没有信号"};
  return result.decays_given ? Said{"No signal at the decays asked for", "在所给的衰减值下没有信号"}
                             : Said{"No signal found in these columns", "在这些列中没有发现信号"};
}

Said Heading(const TuneResult& result) {
  const Verdict& verdict = result.verdict;
  if (NoSignal(result)) return HeadingWithoutSignal(result);
  if (!std::isfinite(verdict.improvement)) return {"Nothing was compared", "没有可比较的"};
  if (HasSplits(result))
    return InBoth([&](Language language) { return SplitsHeading(result, language); });
  if (verdict.label == VerdictLabel::kHurts) return HeadingWhenItHurts(result);
  if (verdict.label != VerdictLabel::kHelps)
    return InBoth([&](Language language) { return NoEffectHeading(result, language); });
  return InBoth([&](Language language) {
    if (BestIsBaseline(result)) {
      return Say(language, "Decay {} was chosen, though {} tests better",
                 "选中的衰减是 {}，但 {} 的测试结果更好", DecayText(verdict.baseline),
                 DecayText(verdict.compared));
    }
    const std::string penalty = PenaltyWithArticle(result, language);
    return Say(
        language, "{} helps: use {}", "{}有帮助：用 {}",
        !IsSparse(result) && language == Language::kEnglish ? "Weight decay" : Capitalised(penalty),
        DecayText(BestPoint(result).decay));
  });
}

// How the two curves run, where decay does what it does.
std::string CurvesText(const TuneResult& result, Language language) {
  return Say(
      language,
      "[Training loss](training-loss) {} rises with decay. [Validation "
      "loss](validation-loss), on rows that the fit has not seen, falls first if decay takes "
      "away overfitting, and then rises.",
      "[训练损失](training-loss){1}随衰减上升；[验证损失](validation-loss)取自拟合时没见过的"
      "行，若衰减能减小过拟合，则先降后升。",
      IsTrained(result) ? "mostly" : "always", IsTrained(result) ? "大多" : "总是");
}

}  // namespace

std::string AnswerSection(const TuneResult& result) {
  const std::string target = NameHtml(result.data.target);
  const std::string path = NameHtml(result.data.path);
  std::string html =
      Tagged("p class=\"source\"", InBoth([&](Language language) {
               return Say(language, "Predicting {} from {}", "由 {1} 预测 {0}", target, path);
             }));
  html += Element("h1 id=\"answer-heading\"", Heading(result));
  html += Element("p class=\"answer\"",
                  InBoth([&](Language language) { return AnswerText(result, language); }));
  if (result.interrupted) {
    html +=
        Element("p class=\"quiet\"",
                InBoth([&](Language language) { return InterruptedSentence(result, language); }));
  }
  const FigureWords words = LossWords(result);
  const Said caption = Escaped(words.caption);
  const auto how = [&](Language language) {
    return caption.In(language) +
           Say(language, " {}", "{}", WithTerms(CurvesText(result, language)));
  };
  return html +
         FigureHtml(LossFigure(result), {.id = "loss", .title = words.title, .how = InBoth(how)});
}

}  // namespace halflife
