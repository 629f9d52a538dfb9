#include "report/figure_words.h"

#include <fmt/format.h>

#include "base/text.h"
#include "report/criteria_words.h"
#include "report/figures.h"
#include "report/net_words.h"
#include "report/penalty_words.h"
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

void Add(const Said& sentence, Said* to) {
  to->english += " " + sentence.english;
  to->chinese += sentence.chinese;
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

}  // namespace

Said BestSaid(const TuneResult& result) {
  if (!NoSignal(result)) return {"best", "最优"};
  return InBoth([&](Language language) { return BestName(result, language); });
}

Said BestWithDecay(const TuneResult& result) {
  const Said name = BestSaid(result);
  const std::string decay = DecayText(BestPoint(result).decay);
  return {name.english + " " + decay, name.chinese + " " + decay};
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
                  "marks the {}{}.",
                  over.english, unit.english,
                  IsTrained(result) ? "decay that was chosen" : "lowest validation loss",
                  result.one_se != result.best && !NoSignal(result)
                      ? ", the dashed one the largest decay within a standard error of it"
                      : ""),
      fmt::format("{}的平均损失（{}），上下各一个标准误。实线标出{}{}。", over.chinese,
                  unit.chinese, IsTrained(result) ? "选中的衰减" : "验证损失最低处",
                  result.one_se != result.best && !NoSignal(result)
                      ? "，虚线为与其相差不超过一个标准误的最大衰减"
                      : "")};
  if (HasLeaveOneOut(result))
    Add({"The thin line is leave-one-out, of the fit on all rows.",
         "细线为用全部行拟合的留一法损失。"},
        &caption);
  if (IsTrained(result))
    Add({"Hollow dots are decays whose runs did not all end: their losses are those of an earlier "
         "epoch, or of some of the runs.",
         "空心点为未全部训练完的衰减：其损失取自较早的轮次或部分训练。"},
        &caption);
  if (LossIsCut(result))
    Add({"The axis is cut: losses far above the best run out of the picture, and the table has "
         "them.",
         "纵轴有截断：远高于最优的损失超出图外，见表格。"},
        &caption);
  return {{"Loss along the weight decay", "损失随权重衰减的变化"}, caption};
}

FigureWords PathWords(const TuneResult& result) {
  const Said add = WhatWeightsAdd(result);
  const std::size_t count = result.paths.size();
  Said caption{
      fmt::format("The {} at the best decay, fitted on all rows, in standardised units: what one "
                  "standard deviation of a column adds to the {}.",
                  count == 1 ? "largest weight" : fmt::format("{} weights that are largest", count),
                  add.english),
      fmt::format(
          "最优衰减下最大的 {} 个权重，用全部行拟合，以标准化单位表示：某列增加一个标准差时{}"
          "的变化。",
          count, add.chinese)};
  Add(IsSparse(result)
          ? Said{"Above the plot: how many weights are not 0.", "图上方为非零权重的个数。"}
          : Said{"Above the plot: the effective degrees of freedom.", "图上方为有效自由度。"},
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
           "细线为提前停止的训练的验证损失。实线上升而虚线下降之处，网络在学习噪声。"}};
}

FigureWords NormsWords(const TuneResult& result) {
  return {{"Norm of each layer's weights by epoch", "各轮中每层权重的范数"},
          Joined({"The norm of each layer's weights: solid at the best decay, dashed at what it is "
                  "compared with. Decay lets norms settle where learning and shrinking balance.",
                  "每层权重的范数：实线为最优衰减，虚线为与之比较的衰减。衰减使范数停在学习与收缩相"
                  "抵之处。"},
                 OfFirstSplit(result))};
}

FigureWords AngleWords(const TuneResult& result) {
  return {
      {"Angle of a step by epoch", "各轮中一步的转角"},
      Joined({"The angle between the decayed weights before and after a step. With decay it "
              "settles near a value of its own; without, it falls as the weights grow.",
              "一步前后被衰减的权重之间的夹角。有衰减时趋于某个定值；无衰减时随权重增大而变小。"},
             OfFirstSplit(result))};
}

FigureWords ErrorPartsWords(const TuneResult& result) {
  Said caption{
      "The leave-one-out loss in its parts: noise that no model foresees, half the squared bias, "
      "and "
      "half the variance, which falls with decay. The variance is that of noise of one size in all "
      "rows; where rows differ in it, what that misses counts as bias.",
      "留一法损失的组成：任何模型都无法预见的噪声、偏差平方的一半，以及随衰减减小的方差的一半。"
      "方差按各行噪声大小相同计算；若各行噪声不同，未算到的部分会计入偏差。"};
  using Source = ErrorParts::NoiseSource;
  if (result.diagnostics.error_parts &&
      result.diagnostics.error_parts->source == Source::kResiduals)
    Add({"The noise is what the fit without decay leaves, over the rows that no weight uses up.",
         "噪声取不衰减的拟合的剩余误差，除以没有被权重用掉的行数。"},
        &caption);
  if (result.diagnostics.error_parts && result.diagnostics.error_parts->source == Source::kBestFit)
    Add({"The noise is what the lowest leave-one-out loss leaves beside the variance: bias is 0 "
         "there "
         "by that.",
         "噪声取留一法损失最低处除去方差后剩余的部分，因此该处偏差为 0。"},
        &caption);
  if (HasErrorParts(result) && ErrorPartsAreCut(result))
    Add({"The axis is cut: what is far above the best runs out of the picture.",
         "纵轴有截断：远高于最优的部分超出图外。"},
        &caption);
  return {{"Noise, bias and variance", "噪声、偏差与方差"}, caption};
}

FigureWords WeightsWords(const TuneResult& result) {
  const Said baseline = BaselineSaid(result);
  return {{"How large the weights are", "权重的大小"},
          {fmt::format("How many of the weights that are decayed are how large, {} and at the best "
                       "decay, {}: the same bins.",
                       result.verdict.baseline == 0.0 ? baseline.english : "at " + baseline.english,
                       DecayText(BestPoint(result).decay)),
           fmt::format("被衰减的权重按大小的分布：{}时与最优衰减 {} 时，分组相同。",
                       baseline.chinese, DecayText(BestPoint(result).decay))}};
}

FigureWords PlaneWords(const TuneResult& result) {
  const std::string decay = DecayText(BestPoint(result).decay);
  return {{"The loss over two weights", "两个权重上的损失"},
          {fmt::format("The data loss of a model of these two columns alone. The circle is the L2 "
                       "penalty at decay {}, the diamond the L1 penalty with the same loss: each "
                       "touches the line of equal loss where its penalty holds the weights.",
                       decay),
           fmt::format("仅含这两列的模型的数据损失。圆为衰减 {} 时的 L2 惩罚，菱形为损失相同的 L1 "
                       "惩罚：二者各在惩罚项稳住权重之处与等损失线相切。",
                       decay)}};
}

FigureWords ShrinkageWords(const TuneResult& result) {
  return {
      {"What decay leaves of each direction", "衰减在各方向上保留多少"},
      {fmt::format("Decay {} leaves value / (value + decay) of a weight, where value is the "
                   "eigenvalue of the loss's curvature in that direction{}: nearly all where "
                   "the rows tell much, little where they tell nothing.",
                   DecayText(BestPoint(result).decay),
                   IsRegression(result) ? "" : ", taken where all weights are 0"),
       fmt::format("衰减 {} 使权重保留 λ / (λ + 衰减)，λ 为损失的曲率在该方向上的特征值{}：数据信息"
                   "多的方向几乎全部保留，没有信息的方向所剩无几。",
                   DecayText(BestPoint(result).decay),
                   IsRegression(result) ? "" : "（取全部权重为 0 之处）")}};
}

FigureWords PredictionsWords(const TuneResult& result) {
  const auto& numbers = result.diagnostics.numbers;
  const std::size_t shown = numbers ? numbers->truth.size() : 0;
  const std::size_t rows = numbers ? numbers->rows : 0;
  return {
      {"Truth and prediction", "真实值与预测值"},
      {fmt::format("{} of the {} held-out rows, each predicted by a fit that has not seen it, "
                   "at the best decay. On the diagonal the prediction is the truth.",
                   shown, rows),
       fmt::format("{1} 个留出行中的 {0} 个，最优衰减，每行由未见过它的拟合预测。对角线上预测值等于"
                   "真实值。",
                   shown, rows)}};
}

FigureWords ResidualsWords(const TuneResult&) {
  return {{"How large the errors are", "误差的大小"},
          {"Truth less prediction of all held-out rows, at the best decay.",
           "全部留出行的真实值减预测值，最优衰减。"}};
}

FigureWords ReliabilityWords(const TuneResult& result) {
  const bool two = result.data.classes.size() == 2;
  const std::string name = two ? result.data.classes[1] : "";
  return {{"Are probabilities kept?", "概率是否可信"},
          {fmt::format("Held-out rows by the probability that the best decay's fit gives {}: what "
                       "was predicted, and the share that came true. A dot's area is its number of "
                       "rows; on the diagonal probabilities are right.",
                       two ? "to " + name : "to the class that it predicts"),
           fmt::format(
               "留出行按最优衰减的拟合给{}的概率分组：预测的概率与实际发生的比例。点的面积为行数"
               "；在对角线上概率准确。",
               two ? " " + name + " " : "所预测类别")}};
}

FigureWords ConfusionWords(const TuneResult& result) {
  Said caption{
      "Held-out rows by their true class (a line each) and by the class that the best "
      "decay's fit predicts (a column each). Shades are shares of the true class.",
      "留出行按真实类别（行）与最优衰减的拟合预测的类别（列）计数。深浅为占真实类别的比例。"};
  if (HasConfusion(result)) {
    const std::size_t all = result.diagnostics.classes->confusion.size();
    if (ClassesShown(result) < all)
      Add({fmt::format("Of the {} classes those with the most errors are shown.", all),
           fmt::format("共 {} 个类别，只画出错得最多的。", all)},
          &caption);
  }
  return {{"Which classes are taken for which", "类别的混淆"}, caption};
}

FigureWords RocWords(const TuneResult& result) {
  const bool two = result.data.classes.size() == 2;
  const std::string first = two ? result.data.classes[0] : "the first class";
  const std::string second = two ? result.data.classes[1] : "the second class";
  return {{"Telling the classes apart", "区分两个类别"},
          {fmt::format("As the threshold falls: the share of {} told as {} (false positives) and "
                       "the share of {} that is told (true positives), on held-out rows. The "
                       "diagonal is chance.",
                       first, second, second),
           fmt::format(
               "阈值下降时，留出行中 {0} 被判为 {1} 的比例（假阳性）与 {1} 被判出的比例（真阳性）"
               "。对角线为随机猜测。",
               two ? first : "第一类", two ? second : "第二类")}};
}

FigureWords LearningCurveWords(const TuneResult& result) {
  const Said baseline = BaselineSaid(result);
  return {
      {"Would more rows help?", "更多的行有用吗"},
      {fmt::format("Held-out loss where fewer rows train, {} and at the decay that is best with "
                   "all rows, with one standard error either side.",
                   result.verdict.baseline == 0.0 ? baseline.english : "at " + baseline.english),
       fmt::format(
           "用较少的行训练时的留出损失，分别取{}与用全部行选出的最优衰减，上下各一个标准误。",
           baseline.chinese)}};
}

FigureWords SizesWords(const TuneResult&) {
  return {{"Does it depend on the net's size?", "与网络大小有关吗"},
          {"The loss at the baseline less that at the decay chosen for each size, on rows that no "
           "choice has seen, with one standard error either side. Above 0 decay helps.",
           "基线的损失减去为各大小所选衰减的损失，取自选择时未见过的行，上下各一个标准误。大于 0 "
           "表示衰减有益。"}};
}

}  // namespace halflife
