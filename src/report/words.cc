#include "report/words.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "base/text.h"
#include "optim/groups.h"
#include "report/net_words.h"
#include "report/numbers.h"
#include "report/penalty_words.h"
#include "report/plain_text.h"
#include "report/say.h"

namespace halflife {
namespace {

// What decay does to the weights of a net, by its law.
std::string LawText(const TuneResult& result, Language language) {
  const OptimizerOptions& optimizer = result.training->optimizer;
  switch (optimizer.law.value_or(RuleOf(optimizer).spec->law)) {
    case DecayLaw::kNone:
      return Say(language, "no decay is applied", "不施加衰减");
    case DecayLaw::kCoupled:
      return Say(language,
                 "total loss = mean data loss + decay/2 * ||w||^2, so the gradient gains decay * w",
                 "总损失 = 平均数据损失 + decay/2 * ||w||^2，因此梯度多出 decay * w");
    case DecayLaw::kDecoupled:
      return Say(
          language,
          "decay is decoupled, so each step shrinks w by lr * decay; it is not a penalty in the "
          "loss",
          "衰减是解耦的，每一步把 w 按比例 lr * decay 缩小；它不是损失中的惩罚项");
    case DecayLaw::kIndependent:
      return Say(
          language,
          "decay is independent, so each step shrinks w by the decay itself, whatever lr; it is "
          "not a penalty in the loss",
          "衰减是独立的，每一步把 w 按衰减值本身的比例缩小，与学习率无关；它不是损失中的惩罚"
          "项");
    case DecayLaw::kCorrected:
      return Say(
          language,
          "decay is corrected, so each step shrinks w by lr * decay times the share that lr is "
          "of its largest value; it is not a penalty in the loss",
          "衰减是修正的，每一步把 w 按比例 lr * decay "
          "再乘以学习率与其最大值之比缩小；它不是损失中的惩罚项");
    case DecayLaw::kCautious:
      return Say(
          language,
          "decay is cautious, so a step shrinks w by lr * decay only where it moves it towards "
          "0 anyway; it is not a penalty in the loss",
          "衰减是谨慎的，只在这一步本来就把 w 移向 0 之处，才按比例 lr * decay "
          "缩小它；它不是损失中的惩罚项");
    case DecayLaw::kProximal:
      return Say(language,
                 "total loss = mean data loss + decay times the penalty, which is applied exactly "
                 "after each step",
                 "总损失 = 平均数据损失 + 衰减乘以惩罚项，惩罚在每一步之后精确施加");
  }
  return "";
}

// Whether every decay from this one on underfits, or one below it.
bool UnderfitsAt(const TuneResult& result, double decay) {
  const std::vector<TuneFinding>& findings = result.verdict.findings;
  return std::any_of(findings.begin(), findings.end(), [&](const TuneFinding& finding) {
    return finding.kind == TuneFinding::Kind::kUnderfitsFrom && finding.decays[0] <= decay;
  });
}

// Of nets, whether a decay above the best is as near to it as the one-SE choice may be, but was not
// trained to its end.
bool UnfinishedIsWithinOneSe(const TuneResult& result) {
  const GridPoint& best = BestPoint(result);
  return std::any_of(result.grid.begin(), result.grid.end(), [&](const GridPoint& point) {
    return point.trained && !point.trained->finished && point.decay > best.decay &&
           point.validation.mean <= best.validation.mean + best.validation.se;
  });
}

// The steps in which a weight that each step shrinks by `share` halves.
std::string StepsToHalf(double share) {
  return ShortestNumber(RoundSignificant(-std::log(2.0) / std::log1p(-share), 3));
}

}  // namespace

std::string Convention(const TuneResult& result, Language language) {
  if (IsTrained(result)) {
    return Say(language,
               "{}. Data loss: half the squared error, or log loss in nats. Inputs are "
               "standardised.{}",
               "{}。数据损失：平方误差的一半，或以 nat 为单位的对数损失。输入先标准化。{}",
               LawText(result, language),
               IsCoupled(result) ? Say(language, " This is PyTorch's weight_decay for a mean loss.",
                                       "对于平均损失，这就是 PyTorch 的 weight_decay。")
                                 : "");
  }
  const bool sparse = IsSparse(result);
  return Say(
      language,
      "total loss = mean data loss + {}{}. Data loss: half the squared error, or log loss in nats. "
      "Features are standardised; the intercept is not decayed.{}{}",
      "总损失 = 平均数据损失 + {}{}。数据损失：平方误差的一半，或以 nat 为单位的对数损失。特征先标"
      "准化；截距不衰减。{}{}",
      PenaltyFormula(result),
      sparse ? "" : Say(language, ", so the gradient gains decay * w", "，因此梯度多出 decay * w"),
      NoDecaySentence(result, language),
      sparse ? ""
             : Say(language, " This is PyTorch's weight_decay for a mean loss.",
                   "对于平均损失，这就是 PyTorch 的 weight_decay。"));
}

bool IsRegression(const TuneResult& result) { return result.data.task != Task::kClassification; }

bool IsTrained(const TuneResult& result) { return result.training.has_value(); }

bool DofIsEstimated(const TuneResult& result) {
  return std::any_of(result.grid.begin(), result.grid.end(),
                     [](const GridPoint& point) { return point.effective_dof_estimated; });
}

std::string FamilyName(const TuneResult& result, Language language) {
  if (IsTrained(result)) return Say(language, "mlp", "多层感知机");
  if (IsRegression(result)) return Say(language, "linear", "线性");
  return result.data.classes.size() > 2 ? Say(language, "softmax", "softmax 回归")
                                        : Say(language, "logistic", "逻辑回归");
}

std::string ScoreName(const TuneResult& result, Language language) {
  return IsRegression(result) ? "R2" : Say(language, "accuracy", "准确率");
}

std::string LossName(const TuneResult& result, Language language) {
  if (!IsRegression(result)) return Say(language, "log loss in nats", "以 nat 为单位的对数损失");
  const std::string target = CleanText(result.data.target);
  return Say(language, "half the squared error of {}", "{} 平方误差的一半",
             result.data.log_target ? "ln(" + target + ")" : target);
}

std::string DecayText(double decay) { return Number(decay, 6); }

const GridPoint& BestPoint(const TuneResult& result) {
  return result.grid.at(static_cast<std::size_t>(result.best));
}

const GridPoint& OneSePoint(const TuneResult& result) {
  return result.grid.at(static_cast<std::size_t>(result.one_se));
}

const GridPoint* BaselinePoint(const TuneResult& result) {
  for (const GridPoint& point : result.grid) {
    if (point.decay == result.verdict.baseline) return &point;
  }
  return nullptr;
}

bool NoSignal(const TuneResult& result) { return result.verdict.signal.none; }

bool HasRole(const TuneResult& result, ColumnSummary::Role role) {
  return std::any_of(result.data.column_list.begin(), result.data.column_list.end(),
                     [role](const ColumnSummary& column) { return column.role == role; });
}

std::string BestName(const TuneResult& result, Language language) {
  if (!NoSignal(result)) return Say(language, "best", "最优");
  return IsTrained(result) ? Say(language, "chosen", "选中") : Say(language, "lowest", "最低");
}

bool FoldsAreDrawn(const TuneResult& result) {
  using Role = ColumnSummary::Role;
  return !IsTrained(result) && !HasRole(result, Role::kFold) && !HasRole(result, Role::kTime);
}

std::string ScoreText(const TuneResult& result, double score) {
  if (IsRegression(result)) return BelowOne(score, 1.0, 3);
  return BelowOne(score, 100.0, 1) + "\u00A0%";
}

std::string MajorityText(const TuneResult& result, Language language) {
  if (!result.data.null_accuracy) return "";
  return Say(language, " (always the largest class: {})", "（始终预测最大的类别：{}）",
             ScoreText(result, *result.data.null_accuracy));
}

std::string OtherScores(const TuneResult& result, Language language) {
  if (NoSignal(result)) return "";  // of a model that is no better than a constant
  const GridPoint& best = BestPoint(result);
  std::vector<std::string> parts;
  const auto add = [&](const std::string& name, const std::optional<double>& value) {
    if (value) parts.push_back(fmt::format("{} {}", name, BelowOne(*value, 1.0, 3)));
  };
  add(Say(language, "balanced accuracy", "平衡准确率"), best.balanced_accuracy);
  add("AUC", best.auc);
  add(Say(language, "average precision", "平均精确率"), best.average_precision);
  if (parts.empty()) return "";
  std::string text = Join(parts, Say(language, ", ", "，"));
  if (result.data.classes.size() != 2) return text;
  return text + Say(language, "; AUC and precision are of {}", "；AUC 和平均精确率以 {} 为正类",
                    CleanText(result.data.classes.back()));
}

std::string InterruptedSentence(const TuneResult& result, Language language) {
  if (IsTrained(result) && !result.training->stopped)
    return Say(
        language,
        "Interrupted after the sweep: its figures are whole; of what was to be trained after "
        "it, some or all is missing.",
        "扫描完成后被中断：扫描的数字是完整的，之后要训练的有一部分或全部缺失。");
  return IsTrained(result)
             ? Say(language,
                   "Interrupted: the figures are of the epochs that were trained by then.",
                   "已中断：所列数字只来自中断前训练过的轮。")
             : Say(language, "Interrupted: the figures are of the folds that were fitted by then.",
                   "已中断：所列数字只来自中断前拟合过的折。");
}

std::string OneSeSentence(const TuneResult& result, Language language) {
  if (result.one_se == result.best) {
    return UnfinishedIsWithinOneSe(result)
               ? Say(language,
                     "No larger decay that was trained to its end is within one standard error of "
                     "the best.",
                     "训练到底的更大的衰减都不在最优值的一个标准误之内。")
               : Say(language, "No larger decay tried is within one standard error of the best.",
                     "试过的更大的衰减都不在最优值的一个标准误之内。");
  }
  const GridPoint& one_se = OneSePoint(result);
  const GridPoint& best = BestPoint(result);
  const bool lower = one_se.validation.mean < best.validation.mean;  // of nets, within chance
  return Say(
      language,
      "The largest decay whose mean validation loss is within one standard error of the best is {} "
      "(the one-SE choice): {} weights, {} {} instead of {}{}{}",
      "平均验证损失与最优值相差不超过一个标准误的最大衰减是 {}（一倍标准误之选）：权重{}，{} {} "
      "而不是 {}{}{}",
      DecayText(one_se.decay),
      IsSparse(result) ? Say(language, "fewer or smaller", "更少或更小")
                       : Say(language, "smaller", "更小"),
      lower ? Say(language, "and a loss that is even lower,", "损失甚至更低，为")
            : Say(language, "for a loss of", "损失为"),
      LossText(result, one_se.validation.mean), LossText(result, best.validation.mean),
      lower
          ? Say(language, ", which chance may have done.", "，但这可能只是偶然。")
          : Say(language, ". It may well be worse, for that error ignores that decays share rows.",
                "。它可能更差，因为这一误差没有考虑各衰减共用同样的行。"),
      UnderfitsAt(result, one_se.decay)
          ? Say(language, " Not advised here: it underfits.", "这里不建议用它：它欠拟合。")
          : "");
}

std::string FoldsText(const TuneResult& result, Language language) {
  const auto folds = static_cast<std::size_t>(result.folds);
  std::string text = Say(language, "{0}", "{1} 折", Counted(folds, "fold"), folds);
  if (result.seeds > 1 && FoldsAreDrawn(result))
    text += Say(language, " drawn {} times", "，划分 {} 次", result.seeds);
  for (const ColumnSummary& column : result.data.column_list) {
    const std::string name = CutTo(column.name, 30);
    if (column.role == ColumnSummary::Role::kFold)
      text += Say(language, ", named by {}", "，由 {} 列指定", name);
    if (column.role == ColumnSummary::Role::kGroup)
      text += Say(language, ", rows of one {} together", "，{} 相同的行在同一折", name);
    if (column.role == ColumnSummary::Role::kTime) {
      text += Say(language, " in the order of {}, each after those it learns from",
                  "，按 {} 的顺序，每一折都在它所学的行之后", name);
    }
    if (column.role == ColumnSummary::Role::kWeight)
      text += Say(language, ", rows weighted by {}", "，各行按 {} 加权", name);
  }
  return text;
}

std::string HalfLifeSentence(const TuneResult& result, Language language) {
  if (IsTrained(result)) return TimeScaleSentence(result, language);
  const GridPoint& best = BestPoint(result);
  if (best.half_life_epochs) {
    return Say(language, "At the best decay a weight that gets no gradient halves every {} epochs.",
               "在最优衰减下，没有梯度的权重每 {} 轮减半。", Number(*best.half_life_epochs, 3));
  }
  constexpr double kRate = 0.01;
  const double decay = best.decay;
  if (decay > 0.0 && IsSparse(result)) {
    return Say(language,
               "L1 draws a weight towards 0 with the same force however small it is, until it is "
               "exactly 0: there is no half-life.",
               "L1 把权重拉向 0 的力不随权重变小而减弱，直到它恰好为 0：没有半衰期。");
  }
  if (!(decay > 0.0)) return StaysText(language);
  if (kRate * decay >= 1.0) {
    return Say(
        language,
        "This fit is solved to the end, not trained by steps. Trained with SGD, a decay of {} "
        "needs a learning rate below {}: from there on a step shrinks a weight past 0.",
        "这个拟合是求解到收敛的，而不是逐步训练的。若用 SGD 训练，衰减 {} 要求学习率低于 {}：达到"
        "它时，一步就会把权重缩过 0。",
        DecayText(decay), Number(1.0 / decay, 3));
  }
  // PyTorch's squared error is not halved, and so its code has twice the decay.
  const bool doubled = IsRegression(result) && 2.0 * kRate * decay < 1.0;
  return Say(
      language,
      "This fit is solved to the end, not trained by steps. Trained with SGD on {}, at a learning "
      "rate of {}, a weight that gets no gradient would halve every {} steps{}.",
      "这个拟合是求解到收敛的，而不是逐步训练的。若用 SGD 按{}训练，学习率为 {} 时，没有梯度的权重"
      "每 {} 步减半{}。",
      IsRegression(result) ? Say(language, "half the squared error", "平方误差的一半")
                           : Say(language, "log loss", "对数损失"),
      DecayText(kRate), StepsToHalf(kRate * decay),
      doubled ? Say(language, "; with MSELoss and weight_decay={}, every {}",
                    "；用 MSELoss 和 weight_decay={} 时，每 {} 步减半", DecayText(2.0 * decay),
                    StepsToHalf(2.0 * kRate * decay))
              : "");
}

std::vector<Unit> EquivalentUnits(const TuneResult& result, Language language) {
  if (IsTrained(result)) return TrainedUnits(result, language);
  const Equivalents& units = result.equivalents;
  const bool every = result.no_decay.empty();  // whether all weights are decayed
  std::vector<Unit> list;
  if (every) list.push_back({"scikit-learn", ScikitLearnText(result)});
  list.push_back(
      {"glmnet", Say(language, "alpha={}, lambda={}{}", "alpha={}, lambda={}{}",
                     Number(units.glmnet_alpha, 6), Number(units.glmnet_lambda, 6),
                     every ? ""
                           : Say(language, ", penalty.factor 0 for the columns not decayed",
                                 "，不衰减的列 penalty.factor 为 0"))});
  list.push_back({"PyTorch", TorchPenaltyText(result, language)});
  if (every) {
    const std::string regulariser = KerasRegulariser(result);
    list.push_back({"Keras", Say(language, "{} with {}", "{}（损失函数：{}）",
                                 IsSparse(result) ? regulariser : "l" + regulariser.substr(1),
                                 IsRegression(result) ? "MeanSquaredError"
                                                      : Say(language, "cross-entropy", "交叉熵"))});
  }
  return list;
}

}  // namespace halflife
