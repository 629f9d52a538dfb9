#include "report/figure_words.h"

#include <fmt/format.h>

#include "base/text.h"
#include "report/criteria_words.h"
#include "report/figures.h"
#include "report/net_words.h"
#include "report/penalty_words.h"
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
  return IsRegression(result) ? Said{"prediction", "预测值"} : Said{"log odds", "对数几率"};
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
  if (IsTrained(result))
    AddSentence({"Hollow dots are decays whose runs did not all "
                 "end: their losses are those of an earlier "
                 "epoch, or of some of the runs.",
                 "空心点为未全部训练完的衰减：其损失取自较早的轮次或部分训练。"},
                &caption);
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
  const std::size_t count = result.paths.size();
  Said caption{
      fmt::format("The {} at {}, fitted on all rows, in standardised units: what one "
                  "standard deviation of a column adds to the {}.",
                  count == 1 ? "largest weight" : fmt::format("{} weights that are largest", count),
                  best.english, add.english),
      fmt::format(
          "{}下最大的 {} 个权重，用全部行拟合，以标准化单位表示：某列增加一个标准差时{}的变化。",
          best.chinese, count, add.chinese)};
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

FigureWords EpochsWords(const TuneResult&) {
  return {{"Loss by epoch", "各轮的损失"},
          {"Validation loss (solid) and training loss (dashed), without the penalty, on a log "
           "scale, mean over the runs that reached an epoch. Thin lines are the validation losses "
           "of runs that were set aside. Where a solid line rises while the dashed one falls, the "
           "net learns the noise.",
           "验证损失（实线）与训练损失（虚线），不含惩罚项，对数刻度，为到达该轮的各次训练的平均。"
           "细线为被搁置的训练的验证损失。实线上升而虚线下降之处，网络在学习噪声。"}};
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
