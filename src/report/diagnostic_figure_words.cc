// What the captions say of the figures that are drawn from a result's diagnostics.
#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "base/text.h"
#include "report/axis.h"
#include "report/figure_words.h"
#include "report/figures.h"
#include "report/numbers.h"
#include "report/plain_text.h"
#include "report/scored.h"
#include "report/words.h"

namespace halflife {
namespace {

double LowestLeaveOneOut(const TuneResult& result) {
  double lowest = std::nan("");
  for (const GridPoint& point : result.grid) {
    if (point.loo && std::isfinite(*point.loo) && !(*point.loo >= lowest)) lowest = *point.loo;
  }
  return lowest;
}

// Where the noise is from, and what that does to the bias.
Said NoiseSentence(const TuneResult& result) {
  using Source = ErrorParts::NoiseSource;
  const ErrorParts& parts = *result.diagnostics.error_parts;
  switch (parts.source) {
    case Source::kGiven: {
      const std::string sd = NumberText(parts.noise_sd, 6);
      Said text{fmt::format("The noise is the standard deviation that was given, {}.", sd),
                fmt::format("噪声取给定的标准差 {}。", sd)};
      if (parts.noise > LowestLeaveOneOut(result))
        AddSentence({"It is more than the leave-one-out loss leaves: it looks too large.",
                     "它高于留一法损失所能容纳的，看来偏大。"},
                    &text);
      return text;
    }
    case Source::kRepeatedRows:
      return {fmt::format("The noise is that of {} rows with twins.", parts.repeated_rows),
              fmt::format("噪声由 {} 个有相同输入的行估计。", parts.repeated_rows)};
    case Source::kResiduals:
      return {
          "The noise is what the fit without decay leaves, over the rows that no weight uses up.",
          "噪声取不衰减的拟合的剩余误差，除以没有被权重用掉的行数。"};
    case Source::kUnknown:
      return {"Noise is not told apart from bias: the rows say nothing of it.",
              "这些行看不出噪声的大小，因此噪声与偏差没有分开。"};
    case Source::kBestFit:
      break;
  }
  return {
      "The noise is what the lowest leave-one-out loss leaves beside the variance, so bias is 0 "
      "at that decay by construction, not by measurement.",
      "噪声取留一法损失最低处除去方差后剩余的部分，因此该处偏差为 0 是由定义而来，并非测得。"};
}

// What the parts are of.
Said PartsSentence(const TuneResult& result) {
  const std::optional<ErrorParts>& parts = result.diagnostics.error_parts;
  if (!parts || parts->samples == 0) {
    return {
        "The leave-one-out loss in its parts: noise that no model foresees, half the variance, "
        "which falls with decay, and what these leave: half the squared bias, and what the other "
        "two miss. The variance is that of noise of one size in all rows.",
        "留一法损失的组成：任何模型都无法预见的噪声，随衰减减小的方差的一半，以及二者之外的其余部"
        "分：偏差平方的一半，和二者未算到的。方差按各行噪声大小相同计算。"};
  }
  const auto decays = std::count_if(parts->variance.begin(), parts->variance.end(), IsDrawable);
  const bool classes = !result.data.classes.empty();
  return {
      fmt::format("At {} of the decays, fits to {} sets of as many rows, drawn with replacement, "
                  "each judged on the rows that it lacks: the variance is {}, what it leaves of "
                  "their mean loss is bias and noise. A set holds 63 % of the rows or so, once or "
                  "several times, so the sum mostly lies above the validation loss.",
                  decays, parts->samples,
                  classes ? "how far their probabilities diverge from those of their mean logits"
                          : "half the mean squared distance to their mean prediction"),
      fmt::format("在其中 {} 个衰减处，有放回地抽取 {} 组同样多的行，各组的拟合由它缺少的行评判：方"
                  "差是{}，平均损失的其余部分是偏差与噪声。每组大约含有 63 % 的行（有的重复），因此"
                  "总和多半高于验证损失。",
                  decays, parts->samples,
                  classes ? "各拟合的概率与其平均对数几率所给概率的散度"
                          : "各拟合与平均预测之差平方的均值的一半")};
}

// Whether the remainder is below 0 by more than rounding and chance can do.
bool FallsBelowZero(const TuneResult& result) {
  constexpr double kMuch = 0.02;
  const double least = -kMuch * LowestLeaveOneOut(result);
  const std::vector<double>& bias = result.diagnostics.error_parts->bias;
  return std::any_of(bias.begin(), bias.end(),
                     [&](double value) { return IsDrawable(value) && value < least; });
}

// The rows whose predictions are shown, of a table.
Said HeldOutRows(const TuneResult& result, std::size_t rows) {
  if (IsTrained(result) || rows >= result.data.rows)
    return {fmt::format("all {} held-out rows", rows), fmt::format("全部 {} 个留出行", rows)};
  const bool drawn_again = result.seeds > 1;
  return {fmt::format("the {} rows that some folds{} hold out", rows,
                      drawn_again ? " of the first round" : ""),
          fmt::format("{}若干折留出的 {} 行", drawn_again ? "第一次重复中" : "", rows)};
}

// One of the user's names in a sentence.
std::string ClassText(const TuneResult& result, std::size_t index) {
  constexpr int kColumns = 60;
  return CutTo(CleanText(result.data.classes[index]), kColumns);
}

std::size_t RowsOfClasses(const TuneResult& result) {
  return result.diagnostics.classes ? result.diagnostics.classes->rows : 0;
}

// What is drawn of one decay where the best is the baseline.
Said OneOfBoth(const TuneResult& result) {
  const Said best = BestDecaySaid(result);
  const std::string decay = DecayText(BestPoint(result).decay);
  return {fmt::format("{} is the baseline, {}: one line serves for both.",
                      Capitalised(best.english), decay),
          fmt::format("{}即基线 {}，二者为同一条线。", best.chinese, decay)};
}

// Which folds its points are of, where these are not all.
Said FoldsOfLearningCurve(const TuneResult& result) {
  if (IsTrained(result)) return {};
  if (result.seeds > 1) {
    return {
        "From folds of the first round: its last points are of these alone and differ from the "
        "table's, which are of all folds and rounds.",
        "取自第一次重复的折：最后的点只来自这些折，与表格中取自全部折与重复的值不同。"};
  }
  if (result.folds <= kFoldsOfLearningCurve) return {};
  return {
      fmt::format("From {} of the folds: its last points are of these alone and differ from the "
                  "table's, which are of all.",
                  kFoldsOfLearningCurve),
      fmt::format("取自其中 {} 折：最后的点只来自这些折，与表格中取自全部折的值不同。",
                  kFoldsOfLearningCurve)};
}

}  // namespace

FigureWords ErrorPartsWords(const TuneResult& result) {
  Said caption = PartsSentence(result);
  if (HasErrorParts(result)) {
    AddSentence(NoiseSentence(result), &caption);
    if (FallsBelowZero(result))
      AddSentence(
          {"Where bias and rest is below 0 the noise is taken too large, or differs between rows: "
           "read it as no bias that shows.",
           "偏差及其余低于 0 之处，说明噪声取得偏大，或各行噪声不同：应理解为看不出偏差。"},
          &caption);
    if (ErrorPartsAreCut(result))
      AddSentence({"The axis is cut: what is far above the best runs out of the picture.",
                   "纵轴有截断：远高于最优的部分超出图外。"},
                  &caption);
  }
  return {{"Noise, bias and variance", "噪声、偏差与方差"}, caption};
}

FigureWords WeightsWords(const TuneResult& result) {
  const std::string best = DecayText(BestPoint(result).decay);
  Said caption;
  if (BestIsBaseline(result)) {
    caption = {fmt::format("Values of the decayed weights, at decay {}.", best),
               fmt::format("被衰减的权重的取值分布，衰减 {}。", best)};
    AddSentence(OneOfBoth(result), &caption);
  } else {
    const Said baseline = BaselineSaid(result);
    const Said at = BestDecaySaid(result);
    caption = {
        fmt::format("Values of the decayed weights, {} and at {}, {}, in the same bins.",
                    result.verdict.baseline == 0.0 ? baseline.english : "at " + baseline.english,
                    at.english, best),
        fmt::format("被衰减的权重的取值分布：{}时与{} {} 时，分组相同。", baseline.chinese,
                    at.chinese, best)};
  }
  if (OutermostBinsAreFilled(result))
    AddSentence(
        {"The outermost bins also hold all larger weights.", "最外两组也含所有更大的权重。"},
        &caption);
  return {{"How large the weights are", "权重的大小"}, caption};
}

FigureWords PlaneWords(const TuneResult& result) {
  Said caption{"The data loss of a model of these two columns alone. ",
               "仅含这两列的模型的数据损失。"};
  if (result.diagnostics.plane) {
    const LossPlane& plane = *result.diagnostics.plane;
    const bool l1 = PlaneIsOfL1(result);
    const std::string l2_decay = NumberText(plane.at_l2.decay, 3);
    const std::string l1_decay = NumberText(plane.at_l1.decay, 3);
    const Said best = BestDecaySaid(result);
    caption.english +=
        l1 ? fmt::format(
                 "The diamond is the L1 penalty at {}, {}, the circle the L2 penalty with "
                 "the same loss, at decay {}: ",
                 best.english, l1_decay, l2_decay)
           : fmt::format(
                 "The circle is the L2 penalty at {}, {}, the diamond the L1 penalty with "
                 "the same loss, at decay {}: ",
                 best.english, l2_decay, l1_decay);
    caption.chinese +=
        l1 ? fmt::format("菱形为{} {} 时的 L1 惩罚，圆为损失相同的 L2 惩罚（衰减 {}）：",
                         best.chinese, l1_decay, l2_decay)
           : fmt::format("圆为{} {} 时的 L2 惩罚，菱形为损失相同的 L1 惩罚（衰减 {}）：",
                         best.chinese, l2_decay, l1_decay);
  }
  caption.english += "each touches the line of equal loss where its penalty holds the weights.";
  caption.chinese += "二者各在惩罚项稳住权重之处与等损失线相切。";
  if (result.l1_ratio > 0.0 && result.l1_ratio < 1.0)
    AddSentence({"The penalty that was tuned, an elastic net, lies between the two.",
                 "所调的弹性网惩罚介于二者之间。"},
                &caption);
  return {{"The loss over two weights", "两个权重上的损失"}, caption};
}

FigureWords ShrinkageWords(const TuneResult& result) {
  const std::string decay = DecayText(BestPoint(result).decay);
  Said caption{
      fmt::format("Decay {} leaves eigenvalue / (eigenvalue + decay) of a weight, the eigenvalue "
                  "being that of the loss's curvature in that direction: nearly all where the rows "
                  "tell much, little where they tell nothing.",
                  decay),
      fmt::format(
          "衰减 {} 使权重保留 特征值 / (特征值 + 衰减)，特征值取自损失在该方向上的曲率：数据"
          "信息多的方向几乎全部保留，没有信息的方向所剩无几。",
          decay)};
  if (!IsRegression(result))
    AddSentence(
        {"A rough guide: the curvature is that where all weights are 0; a fitted classifier is "
         "flatter and shrinks more.",
         "仅为大致参考：曲率取自全部权重为 0 之处；拟合后的分类器更平，收缩得更多。"},
        &caption);
  return {{"What decay leaves of each direction", "衰减在各方向上保留多少"}, caption};
}

FigureWords PredictionsWords(const TuneResult& result) {
  const auto& numbers = result.diagnostics.numbers;
  const std::size_t shown = numbers ? numbers->truth.size() : 0;
  const std::size_t rows = numbers ? numbers->rows : 0;
  const Said held = HeldOutRows(result, rows);
  const Said best = BestDecaySaid(result);
  const bool all = shown == rows;
  return {
      {"Truth and prediction", "真实值与预测值"},
      {fmt::format("{}, each predicted by a fit that has not seen it, at {}. On the diagonal the "
                   "prediction is the truth.",
                   all ? Capitalised(held.english) : fmt::format("{} of {}", shown, held.english),
                   best.english),
       fmt::format("{}，{}，每行由未见过它的拟合预测。对角线上预测值等于真实值。",
                   all ? held.chinese : fmt::format("{}中的 {} 行", held.chinese, shown),
                   best.chinese)}};
}

FigureWords ResidualsWords(const TuneResult& result) {
  const auto& numbers = result.diagnostics.numbers;
  const Said held = HeldOutRows(result, numbers ? numbers->rows : 0);
  const Said best = BestDecaySaid(result);
  return {{"How large the errors are", "误差的大小"},
          {fmt::format("Truth less prediction of {}, at {}.", held.english, best.english),
           fmt::format("{}的真实值减预测值，{}。", held.chinese, best.chinese)}};
}

FigureWords ReliabilityWords(const TuneResult& result) {
  const bool two = result.data.classes.size() == 2;
  const std::string name = two ? ClassText(result, 1) : "";
  const Said held = HeldOutRows(result, RowsOfClasses(result));
  const Said best = BestDecaySaid(result);
  return {{"Are the probabilities right?", "概率是否可信"},
          {fmt::format("{} by the probability that the fit at {} gives {}: what was predicted, and "
                       "the share that came true. A dot's area is its number of rows; on the "
                       "diagonal probabilities are right.",
                       Capitalised(held.english), best.english,
                       two ? "to " + name : "to the class that it predicts"),
           fmt::format("{}按{}的拟合给{}的概率分组：预测的概率与实际发生的比例。点的面积为行数；在"
                       "对角线上概率准确。",
                       held.chinese, best.chinese, two ? " " + name + " " : "所预测类别")}};
}

FigureWords ConfusionWords(const TuneResult& result) {
  const Said held = HeldOutRows(result, RowsOfClasses(result));
  const Said best = BestDecaySaid(result);
  Said caption{
      fmt::format("{} by their true class (a line each) and by the class that the fit at {} "
                  "predicts (a column each). Blue is right, orange is taken for another class; the "
                  "deeper, the larger the share of the true class.",
                  Capitalised(held.english), best.english),
      fmt::format(
          "{}按真实类别（行）与{}的拟合预测的类别（列）计数。蓝色为判对，橙色为判成其他类别；"
          "颜色越深，占真实类别的比例越大。",
          held.chinese, best.chinese)};
  if (HasConfusion(result)) {
    const std::size_t all = result.diagnostics.classes->confusion.size();
    if (ClassesShown(result) < all)
      AddSentence({fmt::format("Of the {} classes those with the most errors are shown.", all),
                   fmt::format("共 {} 个类别，只画出错得最多的。", all)},
                  &caption);
  }
  return {{"Which classes are taken for which", "类别的混淆"}, caption};
}

FigureWords RocWords(const TuneResult& result) {
  const bool two = result.data.classes.size() == 2;
  const std::string first = two ? ClassText(result, 0) : "the first class";
  const std::string second = two ? ClassText(result, 1) : "the second class";
  const Said held = HeldOutRows(result, RowsOfClasses(result));
  return {{"Telling the classes apart", "区分两个类别"},
          {fmt::format("As the threshold falls: the share of {} told as {} (false positives) and "
                       "the share of {} that is told (true positives), of {}. The diagonal is "
                       "chance.",
                       first, second, second, held.english),
           fmt::format("阈值下降时，{2}中 {0} 被判为 {1} 的比例（假阳性）与 {1} 被判出的比例（真阳"
                       "性）。对角线为随机猜测。",
                       two ? first : "第一类", two ? second : "第二类", held.chinese)}};
}

FigureWords LearningCurveWords(const TuneResult& result) {
  Said caption;
  if (BestIsBaseline(result)) {
    caption = {"Held-out loss where fewer rows train, with one standard error either side.",
               "用较少的行训练时的留出损失，上下各一个标准误。"};
    AddSentence(OneOfBoth(result), &caption);
  } else {
    const Said baseline = BaselineSaid(result);
    const Said best = BestDecaySaid(result);
    caption = {
        fmt::format("Held-out loss where fewer rows train, {} and at {} with all rows, with one "
                    "standard error either side.",
                    result.verdict.baseline == 0.0 ? baseline.english : "at " + baseline.english,
                    best.english),
        fmt::format("用较少的行训练时的留出损失，分别取{}与用全部行得到的{}，上下各一个标准误。",
                    baseline.chinese, best.chinese)};
  }
  AddSentence(FoldsOfLearningCurve(result), &caption);
  if (!BestIsBaseline(result))
    AddSentence({"The bars are of each line by itself; whether the two differ is told by the "
                 "verdict, in pairs.",
                 "误差线只是各条线自己的；两者是否不同，由结论成对比较得出。"},
                &caption);
  return {{"Would more rows help?", "更多的行有用吗"}, caption};
}

FigureWords SizesWords(const TuneResult& /*result*/) {
  return {
      {"Does it depend on the net's size?", "与网络大小有关吗？"},
      {"The loss without decay (or at the baseline) less that at the decay that each split chose "
       "for this size, on rows that no choice has seen, with one standard error either side: "
       "0 where nothing but the baseline was chosen. Where 0 is two errors away or more, decay "
       "helps or hurts a net of this size.",
       "不衰减（或基线）的损失减去各次划分为该大小所选衰减的损失，取自选择时未见过的行，上下各一"
       "个标准误；只选出基线时为 0。与 0 相差两个标准误以上时，衰减对这一大小的网络有益或有害。"}};
}

}  // namespace halflife
