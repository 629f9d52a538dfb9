#include "report/figure_words.h"

#include <fmt/format.h>

#include "base/text.h"
#include "report/criteria_words.h"
#include "report/figures.h"
#include "report/net_words.h"
#include "report/penalty_words.h"
#include "report/plain_text.h"
#include "report/short_labels.h"
#include "report/splits_words.h"
#include "report/words.h"

namespace halflife {
namespace {

// What comes with the bars of the loss figure.
Said MeanOver(const TuneResult& result) {
  if (!IsTrained(result)) {
    const int folds = result.folds * result.seeds;
    return {fmt::format("{} folds", folds), fmt::format("{} 折", folds)};
  }
  if (HasSplits(result))
    return InBoth([&](Language language) { return SplitsText(result, language); });
  return {Counted(static_cast<std::size_t>(result.seeds), "seed"),
          fmt::format("{} 个随机种子", result.seeds)};
}

Said LossUnit(const TuneResult& result) {
  return InBoth([&](Language language) { return LossName(result, language); });
}

// What one standard deviation of a column adds to.
Said WhatWeightsAdd(const TuneResult& result) {
  if (IsRegression(result)) return {"the prediction", "预测值"};
  if (result.data.classes.size() != 2) return {"the class's score", "该类别得分"};
  constexpr int kColumns = 60;
  const std::string second = CutTo(CleanText(result.data.classes[1]), kColumns);
  return {"the log odds of " + second, " " + second + " 的对数几率"};
}

// "The 12 weights that are largest", or all where there are no more.
Said WhichWeights(const TuneResult& result) {
  const std::size_t count = result.paths.size();
  if (count == result.weights && count > 1)
    return {fmt::format("All {} weights", count), fmt::format("全部 {} 个权重", count)};
  return {count == 1 ? "The largest weight" : fmt::format("The {} weights that are largest", count),
          fmt::format("最大的 {} 个权重", count)};
}

// Of nets: where the losses of decays are from whose runs did not all end.
void AddHollowDots(const TuneResult& result, Said* caption) {
  bool unfinished = false;
  bool moved = false;
  for (const GridPoint& point : result.grid) {
    unfinished |= point.trained && !point.trained->finished;
    moved |= point.trained && point.trained->moved;
  }
  if (!unfinished) return;
  const bool splits = RanInSplits(result);
  const Said best = BestDecaySaid(result);
  const Said estimated{
      fmt::format(", or estimated: the loss of {}, times the ratio of the two on the {} that both "
                  "finished",
                  best.english, splits ? "splits" : "runs"),
      fmt::format("，或为估计值：{}的损失乘以两者在都训练完的{}上的比例", best.chinese,
                  splits ? "划分" : "训练")};
  AddSentence({fmt::format("Hollow dots are decays whose runs did not all end: their losses are "
                           "those of an earlier epoch{}.",
                           moved ? estimated.english : ", or of some of the runs"),
               fmt::format("空心点为未全部训练完的衰减：其损失取自较早的轮次{}。",
                           moved ? estimated.chinese : "或部分训练")},
              caption);
}

Said OfFirstSplit(const TuneResult& result) {
  return HasSplits(result) ? Said{" Of the first split's runs.", "取自第一次划分的训练。"}
                           : Said{"", ""};
}

Said Joined(const Said& first, const Said& second) {
  return {first.english + second.english, first.chinese + second.chinese};
}

Said SolidAndDashed(const TuneResult& result) {
  const std::string best = DecayText(BestPoint(result).decay);
  const GridPoint* other = FollowedBesideTheBest(result);
  if (other == nullptr) return {fmt::format("at decay {}.", best), fmt::format("衰减 {}。", best)};
  const std::string decay = DecayText(other->decay);
  return {fmt::format("solid at decay {}, dashed at decay {}.", best, decay),
          fmt::format("实线为衰减 {}，虚线为衰减 {}。", best, decay)};
}

}  // namespace

void AddSentence(const Said& sentence, Said* to) {
  to->english += " " + sentence.english;
  to->chinese += sentence.chinese;
}

Said BestSaid(const TuneResult& result) {
  if (!NoSignal(result)) return {"best", "最优"};
  return InBoth([&](Language language) { return BestName(result, language); });
}

Said BestWithDecay(const TuneResult& result) {
  const Said name = BestSaid(result);
  const std::string decay = DecayText(BestPoint(result).decay);
  return {name.english + " " + decay, name.chinese + " " + decay};
}

Said BestDecaySaid(const TuneResult& result) {
  if (!NoSignal(result)) return {"the best decay", "最优衰减"};
  return IsTrained(result) ? Said{"the decay chosen", "所选衰减"}
                           : Said{"the decay of the lowest loss", "损失最低的衰减"};
}

Said InTargetUnit(const TuneResult& result, const Said& name) {
  if (!result.data.log_target) return name;
  constexpr int kColumns = 24;
  const std::string target = ShortLabels({result.data.target}, kColumns).front();
  return {fmt::format("{}, ln({})", name.english, target),
          fmt::format("{}，ln({})", name.chinese, target)};
}

Said BaselineSaid(const TuneResult& result) {
  const double decay = result.verdict.baseline;
  if (decay == 0.0) return {"without decay", "不衰减"};
  return {"decay " + DecayText(decay), "衰减 " + DecayText(decay)};
}

FigureWords LossWords(const TuneResult& result) {
  const Said over = MeanOver(result);
  const Said unit = LossUnit(result);
  Said caption{
      fmt::format("Mean loss over {} ({}), with one standard error either side. The solid line "
                  "and the diamond mark the {}{}.",
                  over.english, unit.english,
                  IsTrained(result) ? "decay that was chosen" : "lowest validation loss",
                  result.one_se != result.best && !NoSignal(result)
                      ? ", the dashed one the largest decay within a standard error of it"
                      : ""),
      fmt::format("{}的平均损失（{}），上下各一个标准误。实线与菱形标出{}{}。", over.chinese,
                  unit.chinese, IsTrained(result) ? "选中的衰减" : "验证损失最低处",
                  result.one_se != result.best && !NoSignal(result)
                      ? "，虚线为与其相差不超过一个标准误的最大衰减"
                      : "")};
  if (HasLeaveOneOut(result))
    AddSentence({"The thin line is leave-one-out, of the fit on all rows.",
                 "细线为用全部行拟合的留一法损失。"},
                &caption);
  if (LowestBesideTheChoice(result) != nullptr)
    AddSentence({"The mark “lowest” is the lowest loss of the decays whose runs all ended, which "
                 "is not below that of the decay chosen by more than chance.",
                 "“最低”标出全部训练完的衰减中损失最低的一个，它低于所选衰减的损失，但没有超出偶"
                 "然。"},
                &caption);
  AddHollowDots(result, &caption);
  if (LossIsCut(result))
    AddSentence(
        {"The axis is cut: losses far above the best run out of the picture, and the table has "
         "them.",
         "纵轴有截断：远高于最优的损失超出图外，见表格。"},
        &caption);
  return {{"Loss along the weight decay", "损失随权重衰减的变化"}, caption};
}

FigureWords PathWords(const TuneResult& result) {
  const Said add = WhatWeightsAdd(result);
  const Said best = BestDecaySaid(result);
  const Said weights = WhichWeights(result);
  Said caption{fmt::format("{} at {}, fitted on all rows, in standardised units: what one standard "
                           "deviation of a column adds to {}.",
                           weights.english, best.english, add.english),
               fmt::format("{}下{}，用全部行拟合，以标准化单位表示：某列增加一个标准差时{}的变化。",
                           best.chinese, weights.chinese, add.chinese)};
  AddSentence(
      IsSparse(result)
          ? Said{"Above the plot: how many weights are not 0.", "图上方为非零权重的个数。"}
          : Said{"Above the plot: the effective degrees of freedom.", "图上方为有效自由度。"},
      &caption);
  if (PathsAreCut(result))
    AddSentence(
        {"The axis is cut: weights of more than about three times the largest there run out of the "
         "picture.",
         "纵轴有截断：超过其中最大权重约三倍的权重超出图外。"},
        &caption);
  return {{"The largest weights along the weight decay", "最大的权重随权重衰减的变化"}, caption};
}

FigureWords EpochsWords(const TuneResult& result) {
  Said caption{
      "Validation loss (solid) and training loss (dashed), without the penalty, on a log scale, "
      "mean over the runs that reached an epoch.",
      "验证损失（实线）与训练损失（虚线），不含惩罚项，对数刻度，为到达该轮的各次训练的平均。"};
  if (HasLossesSetAside(result))
    AddSentence({"Thin lines are the validation losses of runs that were set aside.",
                 "细线为被搁置的训练的验证损失。"},
                &caption);
  AddSentence({"Where a solid line rises while the dashed one falls, the net learns the noise.",
               "实线上升而虚线下降之处，网络在学习噪声。"},
              &caption);
  return {{"Loss by epoch", "各轮的损失"}, caption};
}

FigureWords NormsWords(const TuneResult& result) {
  return {{"Norm of each layer's weights by epoch", "各轮中每层权重的范数"},
          Joined(Joined({"The norm of each layer's weights: ", "每层权重的范数："},
                        SolidAndDashed(result)),
                 Joined({" Given enough epochs, decay lets norms settle where learning and "
                         "shrinking balance.",
                         "轮数足够时，衰减使范数停在学习与收缩相抵之处。"},
                        OfFirstSplit(result)))};
}

FigureWords AngleWords(const TuneResult& result) {
  return {
      {"Angle of a step by epoch", "各轮中一步的转角"},
      Joined(
          {"The angle between the decayed weights before and after a step. Given "
           "enough epochs it settles with decay near a value of its own; without, it often falls "
           "as the weights grow.",
           "一步前后被衰减的权重之间的夹角。轮数足够时，有衰减则趋于某个定值；无衰减则往往随权重"
           "增大而变小。"},
          OfFirstSplit(result))};
}

}  // namespace halflife
