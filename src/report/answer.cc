#include "report/answer.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "base/text.h"
#include "halflife/report.h"
#include "report/gain_words.h"
#include "report/no_signal_words.h"
#include "report/numbers.h"
#include "report/penalty_words.h"
#include "report/plain_text.h"
#include "report/say.h"
#include "report/scored.h"
#include "report/splits_words.h"
#include "report/words.h"

namespace halflife {
namespace {

bool Helps(const Verdict& verdict) { return verdict.label == VerdictLabel::kHelps; }

bool Hurts(const Verdict& verdict) { return verdict.label == VerdictLabel::kHurts; }

// "Accuracy goes from 96.7 % to 97.9 %."
std::string ScoreSentence(const TuneResult& result, Language language) {
  const std::optional<Scored> baseline = ScoredOfBaseline(result);
  const bool tested = IsTrained(result) && result.training->best_test;
  // In Chinese with the space before what follows it.
  std::string name = IsRegression(result)
                         ? (tested ? Say(language, "R² on the test rows", "测试行上的 R² ")
                                   : Say(language, "R²", "R² "))
                         : (tested ? Say(language, "Accuracy on the test rows", "测试行上的准确率")
                                   : Say(language, "Accuracy", "准确率"));
  // Of several splits the best is what each chose; the choice over all may still be the baseline.
  const bool none = HasSplits(result) && BestIsBaseline(result) && baseline;
  const std::string after = ScoreText(result, none ? baseline->score : ScoredOfBest(result).score);
  const std::string majority = MajorityText(result, language);
  if (BestIsBaseline(result))
    return Say(language, " {} is {}{}.", "{}为 {}{}。", name, after, majority);
  if (!baseline || !std::isfinite(baseline->score)) {
    if (language == Language::kEnglish && !IsRegression(result)) name.front() = 'a';
    return Say(language, " At {} {} is {}{}.", "衰减为 {} 时，{}为 {}{}。",
               DecayText(BestPoint(result).decay), name, after, majority);
  }
  const std::string before = ScoreText(result, baseline->score);
  if (before == after)
    return Say(language, " {} stays at {}{}.", "{}保持在 {}{}。", name, after, majority);
  return Say(language, " {} goes from {} to {}{}.", "{}从 {} 变为 {}{}。", name, before, after,
             majority);
}

// The first column that tells nearly all of the target by itself, or "".
std::string LeakSentence(const TuneResult& result, Language language) {
  for (const ColumnSummary& column : result.data.column_list) {
    for (const Finding& finding : column.findings) {
      if (finding.kind != Finding::Kind::kLeak) continue;
      return Say(
          language,
          " But {} tells nearly all of {} by itself: if it is only known afterwards, leave it out.",
          "但单凭 {} 一列就几乎能得出 {}：如果它是事后才知道的，请把它去掉。",
          CleanText(column.name), CleanText(result.data.target));
    }
  }
  return "";
}

// Of an effect of a table that is surely there and of no use.
std::string NegligibleText(Language language) {
  return Say(language, " That is real but practically nothing.",
             "这个差别确实存在，但小到实际上可以忽略。");
}

std::string AnswerWhenItHelps(const TuneResult& result, Language language) {
  const double best = ScoredOfBest(result).loss;
  const double share = GainShare(result);
  std::string text = Say(
      language, "Use a weight decay of {}: against {} it lowers the {} loss from {} to {}{}.",
      "请用权重衰减 {}：相对于{}，它使{}损失从 {} 降到 {}{}。", DecayText(BestPoint(result).decay),
      BaselineText(result, language), RowsScored(result, language),
      LossText(result, BaselineLoss(result)), LossText(result, best),
      share > 0.0 && IsTrained(result)
          ? Say(language, ", by {}", "，降低 {}", PercentText(share, language))
          : "");
  if (!IsTrained(result)) {
    text += Say(language, " With the choice made anew in every fold, the gain is {}.",
                "每一折都重新选择衰减时，增益为{}。", GainText(result, language));
    return IsNegligible(result) ? text + NegligibleText(language) : text;
  }
  return IsTiny(result) ? text + TinyGainText(language) : text;
}

// The choice was the baseline, and yet another decay did better on the verdict's own rows.
std::string AnswerWhenItMightHelp(const TuneResult& result, Language language) {
  const double share = GainShare(result);
  const std::string text =
      Say(language, "{} was lowest on the validation rows; on the {} rows {} did better by {}{}.",
          "在验证行上损失最低的是{}；但在{}行上 {} 更好，损失低 {}{}。",
          result.verdict.baseline == 0.0
              ? Say(language, "No decay", "不衰减")
              : Say(language, "Decay {}", "衰减 {}", DecayText(result.verdict.baseline)),
          RowsScored(result, language), DecayText(result.verdict.compared),
          Show(result.verdict.improvement, 3, language),
          share > 0.0 ? Say(language, ", {}", "，即 {}", PercentText(share, language)) : "");
  if (IsTiny(result)) return text + TinyText(language);
  return text +
         Say(language, " More --seeds tell which to trust.", "增加 --seeds 可以看出该信哪一个。");
}

// Why the smallest decay stands in for none.
std::string SmallestComparedText(const TuneResult& result, Language language) {
  if (result.verdict.baseline == 0.0) return "";
  const std::vector<double>& unfit = result.unfit_decays;
  return Say(language, " ({}; {} is the smallest compared.)", "（{}；参与比较的最小衰减是 {}。）",
             std::find(unfit.begin(), unfit.end(), 0.0) != unfit.end()
                 ? Say(language, "The fit without any decay did not reach its tolerance",
                       "不衰减的拟合没有达到容差")
                 : Say(language, "Without any decay not every fold has a finite fit",
                       "不衰减时，有的折没有有限的拟合"),
             DecayText(result.verdict.baseline));
}

std::string LowestText(const TuneResult& result, Language language) {
  return Say(language, " {} lowest validation loss was at {}", "{}验证损失最低的是 {}",
             BaselinePoint(result) != nullptr
                 ? Say(language, "The", "")
                 : Say(language, "Of the decays asked for the", "所给的衰减值中，"),
             DecayText(BestPoint(result).decay));
}

std::string AnswerOfNetWhenUnclear(const TuneResult& result, Language language) {
  const std::string text = Say(
      language,
      "These rows and seeds cannot tell the best weight decay from {}: nothing here proves "
      "that it helps, or that it does not.{}",
      "凭这些行和种子，无法把最优的权重衰减与{}区分开：既不能证明它有帮助，也不能证明它没有帮助。"
      "{}",
      NoneText(result, language), SmallestComparedText(result, language));
  if (BestIsBaseline(result)) {
    return text + Say(language,
                      " On the validation rows no other value did better than {} by more than "
                      "chance in training.",
                      "在验证行上，相对于{}，没有其他值的改善超出训练中的偶然波动。",
                      BaselineText(result, language));
  }
  return text + LowestText(result, language) +
         Say(language,
             ", where the test loss is {} than at {} by {}, which could be chance; more --seeds "
             "tell more.",
             "，其测试损失{}{}，相差 {}，这可能只是偶然；增加 --seeds 可以看得更清楚。",
             result.verdict.improvement < 0.0 ? Say(language, "higher", "高于")
                                              : Say(language, "lower", "低于"),
             BaselineText(result, language),
             Show(std::fabs(result.verdict.improvement), 3, language));
}

std::string AnswerWhenUnclear(const TuneResult& result, Language language) {
  if (IsTrained(result)) return AnswerOfNetWhenUnclear(result, language);
  const std::string smallest = SmallestComparedText(result, language);
  if (NothingChosen(result)) {
    return Say(language, "{}: in every fold that was the choice.{}", "{}：每一折的选择都是如此。{}",
               UseOfBaselineText(result, language), smallest);
  }
  constexpr double kSurely = 0.95;
  const bool negligible = result.verdict.chance_negligible.value_or(0.0) >= kSurely;
  const std::string text =
      Say(language, "{} With the choice made anew in every fold, the gain is {}.{}",
          "{}每一折都重新选择衰减时，增益为{}。{}",
          negligible
              ? Say(language,
                    "Weight decay hardly matters here: tuned or at {}, the loss is practically "
                    "the same.",
                    "权重衰减在这里几乎无关紧要：调节之后与基线（{}）相比，损失实际上相同。",
                    BaselineText(result, language))
              : Say(language,
                    "These folds cannot tell a tuned weight decay from {}: nothing here proves "
                    "that it helps, or that it does not.",
                    "凭这些折，无法把调节过的权重衰减与{}区分开：既不能证明它有帮助，也不能证明它没"
                    "有帮助。",
                    NoneText(result, language)),
          GainText(result, language), smallest);
  if (BestIsBaseline(result)) {
    return text + Say(language, " The lowest validation loss was that of {}.",
                      "验证损失最低的是{}。", BaselineText(result, language));
  }
  return text + LowestText(result, language) + Say(language, ".", "。");
}

// What was not asked for may still help.
std::string AnswerWhenThoseAskedForHurt(const TuneResult& result, Language language) {
  return Say(
      language,
      "Of the decays asked for no{} does as well as {}: {} raises the {} loss by {}. Others "
      "may help: without --decay they are tried.",
      "所给的{}衰减值都不如{}：{}使{}损失升高 {}。别的值也许有帮助：不写 --decay "
      "就会尝试它们。",
      BaselinePoint(result) != nullptr ? Say(language, " other", "其他") : Say(language, "ne", ""),
      BaselineText(result, language),
      IsTrained(result) ? Say(language, "the closest", "其中最接近的")
                        : Say(language, "the choice among them", "从中作出的选择"),
      RowsScored(result, language), Show(-result.verdict.improvement, 3, language));
}

std::string AnswerWhenItHurts(const TuneResult& result, Language language) {
  if (result.decays_given) return AnswerWhenThoseAskedForHurt(result, language);
  const std::string use = UseOfBaselineText(result, language);
  if (!IsTrained(result)) {
    return Say(language, "{}: with the choice made anew in every fold, the gain of decay is {}.{}",
               "{}：每一折都重新选择衰减时，衰减的增益为{}。{}", use, GainText(result, language),
               IsNegligible(result) ? NegligibleText(language) : "");
  }
  return Say(
      language, "{}: every other value tried did worse; the closest raises the {} loss by {}.{}",
      "{}：试过的其他值都更差；最接近的也使{}损失升高 {}。{}", use, RowsScored(result, language),
      Show(-result.verdict.improvement, 3, language), IsTiny(result) ? TinyText(language) : "");
}

// Where there are not two losses to compare.
std::string AnswerWithoutComparison(const TuneResult& result, Language language) {
  const std::string best = DecayText(BestPoint(result).decay);
  if (IsTrained(result)) {
    return Say(language,
               "Nothing was compared: there are no two decays that were trained to their end. So "
               "far the lowest validation loss is at {}.",
               "没有作比较：训练到底的衰减值不足两个。目前验证损失最低的是 {}。", best);
  }
  return Say(language, "Nothing was compared: {} is the only decay that was fitted.",
             "没有作比较：只拟合了 {} 这一个衰减值。", best) +
         ScoreSentence(result, language) + SelectionSentence(result, language) +
         LeakSentence(result, language);
}

}  // namespace

std::string NotRecommendedText(const TuneResult& result, Language language) {
  const std::optional<double> recommended = Recommended(result);
  if (!recommended || *recommended == BestPoint(result).decay) return "";
  const std::string baseline = DecayText(result.verdict.baseline);
  if (!IsTrained(result)) {
    return Say(language, "the best of those asked for; {} does better", "所给的值中最好的；{} 更好",
               baseline);
  }
  if (HasSplits(result)) {
    return Say(language, "chosen by validation rows; what the splits chose did worse than {}",
               "由验证行选出；各次划分的选择不如 {}", baseline);
  }
  return Say(language, "chosen by validation rows; on the {} rows {} does better",
             "由验证行选出；在{}行上 {} 更好", RowsScored(result, language), baseline);
}

std::optional<double> Recommended(const TuneResult& result) {
  if (NoSignal(result) || !std::isfinite(result.verdict.improvement)) return std::nullopt;
  return Hurts(result.verdict) || BaselineIsBetter(result) ? result.verdict.baseline
                                                           : BestPoint(result).decay;
}

std::string AnswerText(const TuneResult& result, Language language) {
  if (NoSignal(result)) return AnswerWithoutSignal(result, language);
  if (!std::isfinite(result.verdict.improvement)) return AnswerWithoutComparison(result, language);
  std::string text;
  if (HasSplits(result)) {
    text = SplitsAnswer(result, language);
  } else if (Helps(result.verdict)) {
    text = BestIsBaseline(result) ? AnswerWhenItMightHelp(result, language)
                                  : AnswerWhenItHelps(result, language);
  } else {
    text = Hurts(result.verdict) ? AnswerWhenItHurts(result, language)
                                 : AnswerWhenUnclear(result, language);
  }
  return text + ScoreSentence(result, language) + SelectionSentence(result, language) +
         LeakSentence(result, language);
}

std::string Evidence(const TuneResult& result, Language language) {
  const Verdict& verdict = result.verdict;
  if (NoSignal(result)) return EvidenceWithoutSignal(result, language);
  if (!std::isfinite(verdict.improvement))
    return Say(language, "none: nothing was compared", "无：没有作比较");
  const std::string label = LabelText(verdict.label, language);
  if (NothingChosen(result)) {
    return Say(language, "{}: the choice of every {} was {}", "{}：每{}的选择都是{}", label,
               IsTrained(result) ? Say(language, "split", "次划分") : Say(language, "fold", "一折"),
               verdict.baseline == 0.0
                   ? Say(language, "no decay", "不衰减")
                   : Say(language, "{}", "衰减 {}", DecayText(verdict.baseline)));
  }
  return Say(language, "{}: gain {}, 95 % interval {} to {}, {}",
             "{}：增益 {}，95 % 置信区间 [{}, {}]，{}", label,
             Show(verdict.improvement, 3, language), Show(verdict.ci95[0], 3, language),
             Show(verdict.ci95[1], 3, language), PValueText(verdict.p_value, 2, language));
}

std::string Sensitivity(const TuneResult& result, Language language) {
  if (NoSignal(result) || !std::isfinite(result.verdict.minimum_detectable)) return "";
  return Say(language,
             "A gain of {} or more would have been found with 80 % power at the 5 % level.",
             "若增益不小于 {}，在 5 % 的显著性水平下至少有 80 % 的把握（检验功效）发现它。",
             Show(result.verdict.minimum_detectable, 3, language));
}

std::string PValueText(double p, int figures, Language language) {
  if (!std::isfinite(p)) return Say(language, "p\u00A0unknown", "p\u00A0未知");
  if (p < 1e-4) return "p\u00A0<\u00A00.0001";
  const std::string digits = Number(p, figures);
  return digits == "1" && p < 1.0 ? "p\u00A0>\u00A00.99" : fmt::format("p\u00A0=\u00A0{}", digits);
}

}  // namespace halflife
