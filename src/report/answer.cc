#include "report/answer.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "base/text.h"
#include "halflife/report.h"
#include "report/gain_words.h"
#include "report/net_words.h"
#include "report/no_effect_words.h"
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

// Of tables: "At the best decay accuracy is 97.9 %, at the baseline 96.7 %." What tuning anew in
// every fold does to it is another number.
std::string ScoreOfTable(const TuneResult& result, const std::string& name,
                         const std::string& before, const std::string& after, Language language) {
  const std::string majority = MajorityText(result, language);
  if (before == after) {
    return Say(language, " At the best decay {} is {}, as at the baseline{}.",
               "最优衰减处的{}为 {}，与基线相同{}。", name, after, majority);
  }
  return Say(language, " At the best decay {} is {}, at the baseline {}{}.",
             "最优衰减处的{}为 {}，基线处为 {}{}。", name, after, before, majority);
}

// Of nets: "Accuracy on the test rows goes from 96.7 % to 97.9 %."
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
  if (BestIsBaseline(result)) {
    if (result.verdict.baseline == 0.0) {
      return Say(language, " {} is {} without decay{}.", "不衰减时，{}为 {}{}。", name, after,
                 majority);
    }
    return Say(language, " {} is {}{}.", "{}为 {}{}。", name, after, majority);
  }
  if (!baseline || !std::isfinite(baseline->score)) {
    if (language == Language::kEnglish && !IsRegression(result)) name.front() = 'a';
    return Say(language, " At {} {} is {}{}.", "衰减为 {} 时，{}为 {}{}。",
               DecayText(BestPoint(result).decay), name, after, majority);
  }
  const std::string before = ScoreText(result, baseline->score);
  if (!IsTrained(result)) {
    const Said score = IsRegression(result) ? Said{"R²", " R² "} : Said{"accuracy", "准确率"};
    return ScoreOfTable(result, score.In(language), before, after, language);
  }
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

// Rows that repeat others across folds make every held-out loss too good.
std::string RepeatsSentence(const TuneResult& result, Language language) {
  for (const Finding& finding : result.data.findings) {
    if (finding.kind != Finding::Kind::kSplitDuplicates) continue;
    return Say(language,
               " But {0} repeated among the rows that train the fold: the losses are too good.",
               "但有 {1} 个留出行与训练该折的行重复：损失过于乐观。",
               finding.count == 1 ? "1 held-out row is"
                                  : fmt::format("{} held-out rows are", finding.count),
               finding.count);
  }
  return "";
}

// Of an effect of a table that is surely there and of no use.
std::string NegligibleText(Language language) {
  return Say(language, " That is real but practically nothing.",
             "这个差别确实存在，但小到实际上可以忽略。");
}

// Why the smallest decay stands in for none.
std::string SmallestComparedText(const TuneResult& result, Language language) {
  if (result.verdict.baseline == 0.0) return "";
  const std::vector<double>& unfit = result.unfit_decays;
  const bool was_tried = std::find(unfit.begin(), unfit.end(), 0.0) != unfit.end();
  const std::string smallest = DecayText(result.verdict.baseline);
  const std::string depends =
      Helps(result.verdict)
          ? Say(language, ", and how large the gain is depends on that", "，增益的大小也取决于它")
          : "";
  if (result.decays_given) {
    return Say(language, " ({0} is the smallest asked for; decay 0 was not compared: {1}{2}.)",
               "（{0} 是所给的最小值；没有比较衰减 0：{1}{2}。）", smallest,
               was_tried
                   ? Say(language, "its fit did not reach its tolerance", "它的拟合没有达到容差")
                   : Say(language, "not every fold has a finite fit there",
                         "在那里，有的折没有有限的拟合"),
               depends);
  }
  return Say(language, " ({}; {} is the smallest compared{}.)",
             "（{}；参与比较的最小衰减是 {}{}。）",
             was_tried ? Say(language, "The fit without any decay did not reach its tolerance",
                             "不衰减的拟合没有达到容差")
                       : Say(language, "Without any decay not every fold has a finite fit",
                             "不衰减时，有的折没有有限的拟合"),
             smallest, depends);
}

// Of a penalty with an L1 part, what scikit-learn calls it: " (scikit-learn: Lasso)"; else "".
std::string EstimatorText(const TuneResult& result, Language language) {
  if (!IsSparse(result) || !result.no_decay.empty()) return "";
  const std::string estimator = ScikitLearnText(result);
  return Say(language, " (scikit-learn: {})", "（scikit-learn：{}）",
             estimator.substr(0, estimator.find('(')));
}

std::string AnswerWhenItHelps(const TuneResult& result, Language language) {
  const double best = ScoredOfBest(result).loss;
  const double share = GainShare(result);
  std::string text = Say(
      language, "Use {}{} of {}{}: against {} it lowers the {} loss from {} to {}{}.",
      "请用{}{} {}{}：相对于{}，它使{}损失从 {} 降到 {}{}。",
      result.l1_ratio == 1.0 ? Say(language, "", " ") : "",  // before L1 in Chinese
      PenaltyWithArticle(result, language), DecayText(BestPoint(result).decay),
      EstimatorText(result, language), BaselineText(result, language), RowsScored(result, language),
      LossText(result, BaselineLoss(result)), LossText(result, best),
      share > 0.0 && IsTrained(result)
          ? Say(language, ", by {}", "，降低 {}", PercentText(share, language))
          : "");
  if (!IsTrained(result)) {
    text += Say(language, " With the choice made anew in every fold, the gain is {}.",
                "每一折都重新选择衰减时，增益为{}。", GainText(result, language));
    text += SmallestComparedText(result, language);
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

std::string LowestText(const TuneResult& result, Language language) {
  return Say(language, " {} lowest validation loss was at {}", "{}验证损失最低的是 {}",
             BaselinePoint(result) != nullptr
                 ? Say(language, "The", "")
                 : Say(language, "Of the decays asked for the", "所给的衰减值中，"),
             DecayText(BestPoint(result).decay));
}

// What the rows can tell of the best and the baseline.
std::string NotToldApartText(const TuneResult& result, Language language) {
  const std::string by = IsTrained(result) ? Say(language, "rows and seeds", "行和种子")
                                           : Say(language, "folds", "折");
  if (!IsSurelyNegligible(result)) {
    return Say(language, "These {0} cannot tell {1} from {2}{3}",
               "凭这些{0}，无法把{1}与{2}区分开{3}", by,
               IsTrained(result) ? Say(language, "the best weight decay", "最优的权重衰减")
                                 : Say(language, "a tuned weight decay", "调节过的权重衰减"),
               NoneText(result, language), ProvesNothingClause(result, language));
  }
  return Say(language,
             "Weight decay hardly matters here: {} or at {}, the loss is practically the same.",
             "权重衰减在这里几乎无关紧要：{}与基线（{}）相比，损失实际上相同。",
             IsTrained(result) ? Say(language, "at the best decay", "最优衰减")
                               : Say(language, "tuned", "调节之后"),
             BaselineText(result, language));
}

// How the losses of the verdict's rows differ, and what would tell more.
std::string NetDifferenceText(const TuneResult& result, Language language) {
  return Say(language,
             ", where the {0} loss is {1} rather than {2} as at {3}: the gain is {4}, which could "
             "be chance.{5}",
             "，{0}损失为 {1}，相对于{3}（{2}）的增益为{4}，这可能只是偶然。{5}",
             RowsScored(result, language), LossText(result, ScoredOfBest(result).loss),
             LossText(result, BaselineLoss(result)), BaselineText(result, language),
             GainText(result, language),
             RanInSplits(result)
                 ? ""  // the advice says to go on
                 : Say(language, " More --seeds tell more.", "增加 --seeds 可以看得更清楚。"));
}

std::string AnswerOfNetWhenUnclear(const TuneResult& result, Language language) {
  const std::string text =
      NotToldApartText(result, language) + SmallestComparedText(result, language);
  const std::string trained = FewTrainedSentence(result, language);
  if (BestIsBaseline(result)) {
    return text +
           Say(language,
               " On the validation rows no other decay that was trained to its end did better "
               "than {} by more than chance in training.",
               "在验证行上，相对于{}，其他训练到底的衰减的改善都没有超出训练中的偶然波动。",
               BaselineText(result, language)) +
           trained + WhatToUseSentence(result, language);
  }
  return text + LowestText(result, language) + NetDifferenceText(result, language) + trained +
         WhatToUseSentence(result, language);
}

std::string AnswerWhenUnclear(const TuneResult& result, Language language) {
  if (IsTrained(result)) return AnswerOfNetWhenUnclear(result, language);
  const std::string smallest = SmallestComparedText(result, language);
  if (NothingChosen(result)) {
    const std::string fixed = FixedValueSentence(result, language);
    if (!fixed.empty()) {
      return Say(language, "In every fold {} was the choice.{}{}", "每一折的选择都是{}。{}{}",
                 BaselineText(result, language), smallest, fixed);
    }
    return Say(language, "{}: in every fold that was the choice.{}", "{}：每一折的选择都是如此。{}",
               UseOfBaselineText(result, language), smallest);
  }
  const std::string text =
      NotToldApartText(result, language) +
      Say(language, " With the choice made anew in every fold, the gain is {}{}.{}",
          "每一折都重新选择衰减时，增益为{}{}。{}", GainText(result, language),
          IsSurelyNegligible(result) ? "" : BoundsClause(result, language), smallest);
  const std::string use = WhatToUseSentence(result, language);
  if (BestIsBaseline(result)) {
    return text +
           Say(language, " The lowest validation loss was that of {}.", "验证损失最低的是{}。",
               BaselineText(result, language)) +
           use;
  }
  return text + LowestText(result, language) + Say(language, ".", "。") + use;
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
  if (!recommended) return "";
  if (*recommended == BestPoint(result).decay) {
    if (result.verdict.label != VerdictLabel::kNoDetectableEffect || BestIsBaseline(result))
      return "";
    return Say(language, "the decay of the lowest validation loss, not shown to help",
               "验证损失最低的衰减，并未显示它有帮助");
  }
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
         LeakSentence(result, language) + RepeatsSentence(result, language);
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
  const Verdict& verdict = result.verdict;
  if (verdict.label != VerdictLabel::kNoDetectableEffect) return "";
  if (!std::isfinite(verdict.minimum_detectable) || NothingChosen(result)) return "";
  return Say(language,
             "A gain of {} or more would have been found with at least 80 % power at the 5 % "
             "level.",
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
