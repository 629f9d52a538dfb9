#include "report/notes.h"

#include <cmath>

#include "base/text.h"
#include "halflife/report.h"
#include "report/say.h"
#include "report/splits_words.h"
#include "report/words.h"

namespace halflife {
namespace {

using Kind = TuneFinding::Kind;

// With a capital and a full stop.
std::string AsSentence(std::string text, Language language) {
  if (text.empty()) return text;
  return language == Language::kChinese ? text + "。" : Capitalised(std::move(text)) + ".";
}

std::string Listed(const std::vector<std::string>& names, Language language) {
  return Join(names, Say(language, ", ", "、"));
}

std::string UnfitText(const TuneFinding& finding, Language language) {
  std::vector<std::string> names;
  for (const double decay : finding.decays) names.push_back(ShortestNumber(decay));
  return Say(language, "left out, because a fit did not reach its tolerance: {0} {1}",
             "因有拟合未达到容差而舍去：衰减 {1}", names.size() == 1 ? "decay" : "decays",
             Listed(names, language));
}

std::string DivergedText(const TuneFinding& finding, Language language) {
  std::vector<std::string> names;
  for (std::size_t i = 0; i < finding.decays.size(); ++i) {
    names.push_back(Say(language, "{} (lr {})", "{}（学习率 {}）",
                        ShortestNumber(finding.decays[i]), ShortestNumber(finding.lrs[i])));
  }
  return Say(language, "diverged, and not chosen from: decay {}", "发散，不参与选择：衰减 {}",
             Listed(names, language));
}

std::string RowsComparedText(const TuneFinding& finding, const Said& rows, Language language) {
  const std::string lrs = finding.lrs[0] == finding.lrs[1]
                              ? ""
                              : Say(language, ", each at its own best learning rate ({} and {})",
                                    "，各用自己的最优学习率（{} 和 {}）",
                                    ShortestNumber(finding.lrs[0]), ShortestNumber(finding.lrs[1]));
  const auto count = static_cast<std::size_t>(finding.count);
  const auto seeds = static_cast<std::size_t>(finding.of);
  return Say(language, "compared: decay {0} with decay {1}{2}, on the same {3} and {4}, in pairs",
             "比较：衰减 {0} 与衰减 {1}{2}，在相同的 {5} 个{3}和 {6} 个种子上，成对比较",
             ShortestNumber(finding.decays[0]), ShortestNumber(finding.decays[1]), lrs,
             language == Language::kEnglish ? Counted(count, rows.english) : rows.chinese,
             Counted(seeds, "seed"), count, seeds);
}

std::string FoldsComparedText(const TuneFinding& finding, Language language) {
  const auto folds = static_cast<std::size_t>(finding.count);
  return Say(
      language,
      "compared: with decay {0}, in each of {1}{2}, the decay that it chooses anew from the rows "
      "that train it. The interval allows for rows that folds share (Nadeau and Bengio) and for "
      "skewed gains (Hall)",
      "比较：衰减 {0} 与每一折从其训练行重新选出的衰减，共 {3} 折{2}。区间考虑了各折共用的行（"
      "Nadeau 和 Bengio）以及增益的偏态（Hall）",
      ShortestNumber(finding.decays[1]), Counted(folds, "fold"),
      finding.of > 1 ? Say(language, " of {} rounds", "（{} 次重复）", finding.of) : "", folds);
}

// In each of several splits what it chose was compared.
std::string SplitsComparedText(const TuneFinding& finding, Language language) {
  std::vector<std::string> chosen;
  for (std::size_t i = 1; i < finding.decays.size(); ++i)
    chosen.push_back(ShortestNumber(finding.decays[i]));
  const auto rows = static_cast<std::size_t>(finding.count);
  return Say(
      language,
      "compared: with decay {0}, in each of {1} splits on its own test rows, the decay that it "
      "chose on its validation rows ({2}); {3} in all, in pairs",
      "比较：{1} 次划分，每次在自己的测试行上比较衰减 {0} 与它在自己的验证行上选出的衰减（{2}）；"
      "共 {4} 个测试行，成对比较",
      ShortestNumber(finding.decays[0]), finding.of, Listed(chosen, language),
      Counted(rows, "test row"), rows);
}

std::string BaselineText(const TuneFinding& finding, bool trained, Language language) {
  const std::string baseline = ShortestNumber(finding.decays[1]);
  const std::string better =
      finding.kind == Kind::kBaselineIsAsGood
          ? Say(language,
                "on the validation rows no other decay that was trained to its end did better by "
                "more than chance in training than {}",
                "在验证行上，相对于 {}，其他训练到底的衰减的改善都没有超出训练中的偶然波动",
                baseline)
      : trained
          ? Say(language,
                "on the validation rows no other decay that was trained to its end did better than "
                "{}",
                "在验证行上，其他训练到底的衰减都没有胜过 {}", baseline)
          : Say(language, "no other decay did better than {}", "没有其他衰减胜过 {}", baseline);
  if (finding.of > 0) return Say(language, "over all splits, {}", "综合所有划分，{}", better);
  if (!trained) return Say(language, "over all folds, {}", "综合所有折，{}", better);
  return Say(language, "{}; compared is the best of the others, {}",
             "{}；参与比较的是其余中最好的 {}", better, ShortestNumber(finding.decays[0]));
}

std::string NotActiveText(const TuneFinding& finding, Language language) {
  return Say(
      language,
      "decay {} is not active yet: its averaging time, 1/(lr*decay), is {:.0f} steps, and a run "
      "has {}",
      "衰减 {} 还来不及起作用：它的平均时间 1/(lr*decay) 是 {:.0f} 步，而一次训练只有 {} 步",
      ShortestNumber(finding.decays[0]), RoundSignificant(finding.number, 3), finding.count);
}

std::string StoppedText(const TuneResult& result, const TuneFinding& finding, Language language) {
  if (finding.kind == Kind::kStoppedInside) {
    return Say(language,
               "interrupted: no run has ended, so the choice is by the losses after epoch {} of {}",
               "已中断：没有一次训练到底，因此按第 {} 轮（共 {} 轮）之后的损失来选", finding.count,
               finding.of);
  }
  const auto count = static_cast<std::size_t>(finding.count);
  if (finding.of > 0) {
    return Say(language, "interrupted: chosen from what was trained to its end in {0} of {1} {2}",
               "已中断：只在 {1} 次{3}中已有 {0} 次训练到底的衰减里选择", finding.count, finding.of,
               result.seeds == 1 ? "splits" : "runs", result.seeds == 1 ? "划分" : "训练");
  }
  return Say(language, "interrupted: chosen from what was trained to its end with {0}",
             "已中断：只在 {1} 个种子都训练到底的衰减里选择", Counted(count, "seed"), count);
}

// The textbook values beyond an edge of the grid that did no better than it: "0.0001, 0.001"; ""
// where there is none, or one that did.
std::string WorseBeyondEdge(const TuneResult& result, bool larger, Language language) {
  const Verdict& verdict = result.verdict;
  // Of nets the table's losses are of other rows than the verdict's.
  if (!verdict.baseline_loss || result.grid.empty() || IsTrained(result)) return "";
  const GridPoint& edge = larger ? result.grid.back() : result.grid.front();
  std::vector<std::string> worse;
  for (const DecayGain& value : verdict.textbook) {
    if (larger ? value.decay <= edge.decay : value.decay >= edge.decay) continue;
    if (*verdict.baseline_loss - value.gain.improvement < edge.validation.mean) return "";
    worse.push_back(ShortestNumber(value.decay));
  }
  return Listed(worse, language);
}

// The best is the first or the last of those tried.
std::string EdgeText(const TuneResult& result, bool larger, Language language) {
  const std::string worse = WorseBeyondEdge(result, larger, language);
  const Said edge = larger ? Said{"largest", "最大值"} : Said{"smallest", "最小值"};
  const Said beyond = larger ? Said{"larger", "更大"} : Said{"smaller", "更小"};
  if (!worse.empty()) {
    return Say(language,
               "the best decay is the {} of the grid; of {} ones the textbook's, {}, did no better",
               "最优衰减是网格的{}；{}的教科书数值 {} 并不更好", edge.In(language),
               beyond.In(language), worse);
  }
  return Say(language, "the best decay is the {} tried; a {} one may do better",
             "最优衰减是试过的{}；{}的也许更好", edge.In(language), beyond.In(language));
}

std::string OfDecaysTried(const TuneResult& result, const TuneFinding& finding, Language language) {
  switch (finding.kind) {
    case Kind::kSeparable:
      return Say(
          language,
          "separable: in some folds the columns settle the class of all rows, or of those "
          "with some level or missing cell, without a mistake, so without decay weights "
          "grow without end",
          "可分：在有的折里，各列能毫无差错地判定全部行的类别，或含某个取值、某个缺失单元格的行"
          "的类别，因此不衰减时权重会无限增大");
    case Kind::kZeroUnfit:
      return Say(language,
                 "the fit without decay did not reach its tolerance; the smallest decay stands in "
                 "for it",
                 "不衰减的拟合没有达到容差；由最小的衰减代替它");
    case Kind::kUnfit:
      return UnfitText(finding, language);
    case Kind::kLargestIsBest:
      return EdgeText(result, true, language);
    case Kind::kSmallestIsBest:
      return EdgeText(result, false, language);
    case Kind::kStopped:
    case Kind::kStoppedInside:
      return StoppedText(result, finding, language);
    case Kind::kStillFalling:
      return Say(language,
                 "the training loss of the best decay was still falling at the end: more --epochs "
                 "or a larger --lr may change the answer",
                 "训练结束时，最优衰减的训练损失仍在下降：增加 --epochs 或增大 --lr 可能改变答案");
    case Kind::kDiverged:
      return DivergedText(finding, language);
    case Kind::kAlwaysAdapts:
      return Say(language,
                 "always_adapt is on, so that decay 0 is trained as the other decays are; --option "
                 "always_adapt=0 turns it off",
                 "always_adapt 已打开，使衰减 0 的训练方式与其他衰减相同；--option always_adapt=0 "
                 "可以关闭它");
    case Kind::kNoCurrent:
      return Say(language,
                 "the decay in use, {}, cannot be compared: not every fit or run with it came to "
                 "finite weights",
                 "现用的衰减 {} 无法比较：用它的拟合或训练并非都得到有限的权重",
                 ShortestNumber(finding.decays[0]));
    case Kind::kNoSize:
      return Say(language, "no gain is told for the net of {} times the width: every run diverged",
                 "没有给出宽度为 {} 倍的网络的增益：所有训练都发散了",
                 ShortestNumber(finding.number));
    case Kind::kNoPlane:
      return Say(
          language,
          "the loss over the two weights that were asked for is not drawn: one of the inputs "
          "does not vary, they have no finite fit, or rows stay in the file",
          "没有画出所要的两个权重上的损失：其中一个输入没有变化，或没有有限的拟合，或行留在文件中");
    default:
      return "";
  }
}

// What was compared, and how.
std::string OfWhatWasCompared(const TuneResult& result, const TuneFinding& finding,
                              Language language) {
  switch (finding.kind) {
    case Kind::kFoldsCompared:
      return FoldsComparedText(finding, language);
    case Kind::kTestCompared:
      return RowsComparedText(finding, {"test row", "测试行"}, language);
    case Kind::kValidationCompared:
      return RowsComparedText(finding, {"validation row", "验证行"}, language);
    case Kind::kSplitsCompared:
      return SplitsComparedText(finding, language);
    case Kind::kNothingCompared:
      return Say(language,
                 "nothing was compared: there are no two decays that were trained to their end",
                 "没有作比较：训练到底的衰减值不足两个");
    case Kind::kChosenOnCompared:
      return Say(language,
                 "there are no test rows: the decay was chosen on the rows compared, so the "
                 "improvement is optimistic",
                 "没有测试行：衰减就是在参与比较的行上选出的，所以改进偏乐观");
    case Kind::kOneSeed:
      if (result.training && RanInSplits(result)) {
        return Say(language,
                   "one split: chance in training is not in the interval; let it run to its end "
                   "({} splits) to have it there",
                   "只有一次划分：区间没有计入训练中的偶然波动；让它运行到底（{} 次划分）可以计入",
                   result.training->rounds_planned);
      }
      return Say(language,
                 "one seed: chance in training is not in the interval; use --seeds 3 to have it "
                 "there",
                 "只有一个种子：区间没有计入训练中的偶然波动；用 --seeds 3 可以计入");
    case Kind::kBaselineIsBest:
    case Kind::kBaselineIsAsGood:
      return BaselineText(finding, IsTrained(result), language);
    default:
      return "";
  }
}

// What the comparison says of the decays.
std::string OfEffect(const TuneFinding& finding, Language language) {
  const std::string percent = Number(100.0 * finding.number, 2);
  switch (finding.kind) {
    case Kind::kUnderfits:
      return Say(language,
                 "it underfits: training and validation loss are both worse than at the baseline",
                 "欠拟合：训练损失和验证损失都比基线差");
    case Kind::kUnderfitsFrom:
      return Say(language,
                 "underfits from decay {} on: training and validation loss are both worse than at "
                 "the baseline, beyond chance",
                 "从衰减 {} 起欠拟合：训练损失和验证损失都比基线差，且超出偶然",
                 ShortestNumber(finding.decays[0]));
    case Kind::kNegligible:
      return Say(language, "negligible: an effect of {} % of the loss is practically nothing",
                 "可以忽略：大小为损失的 {} % 的作用实际上等于没有", percent);
    case Kind::kFlat:
      return Say(language, "flat: from {} to {} the validation loss is within {} % of the lowest",
                 "平坦：从 {} 到 {}，验证损失与最低值相差不超过 {} %",
                 ShortestNumber(finding.decays[0]), ShortestNumber(finding.decays[1]), percent);
    case Kind::kSmallEffect:
      return Say(language, "it hardly matters: decay changes the loss by {} %",
                 "几乎无关紧要：衰减使损失变化 {} %", percent);
    case Kind::kSmallEffectOnScores:
      return Say(language,
                 "it hardly matters: decay changes the loss by {} % and {} points of accuracy",
                 "几乎无关紧要：衰减使损失变化 {} %，准确率变化 {} 个百分点", percent,
                 Number(100.0 * finding.other, 2));
    case Kind::kNotActive:
      return NotActiveText(finding, language);
    case Kind::kStoppingWouldDo:
      return Say(
          language,
          "early stopping would do as much or most of it: at decay {0} the validation loss "
          "was lowest, {2}, after epoch {4} of {5}; decay {1} ends at {3}",
          "提前停止也能做到全部或大部分：衰减为 {0} 时，验证损失在 {5} 轮中的第 {4} 轮后最低，为 "
          "{2}；衰减 {1} 最终为 {3}",
          ShortestNumber(finding.decays[0]), ShortestNumber(finding.decays[1]),
          Number(finding.number, 3), Number(finding.other, 3), finding.count, finding.of);
    case Kind::kStoppingDoes:
      return Say(language,
                 "early stopping already does it: at decay {0} runs stood for epoch {1} of {2}, on "
                 "average",
                 "提前停止已经起了作用：衰减为 {0} 时，各次训练平均取第 {1} 轮的权重（共 {2} 轮）",
                 ShortestNumber(finding.decays[0]), finding.count, finding.of);
    case Kind::kZeroWeights:
      return Say(language,
                 "selection: at decay {0}, fitted on all rows, {1} of {2} weights {3} exactly 0",
                 "变量选择：衰减为 {0}、用全部行拟合时，{2} 个权重中有 {1} 个恰好为 0",
                 ShortestNumber(finding.decays[0]), finding.count, finding.of,
                 finding.count == 1 ? "is" : "are");
    default:
      return "";
  }
}

std::string OfComparison(const TuneResult& result, const TuneFinding& finding, Language language) {
  const std::string text = OfWhatWasCompared(result, finding, language);
  return text.empty() ? OfEffect(finding, language) : text;
}

std::string OfRows(const Finding& finding, Language language) {
  const auto left_out = [&](const Said& why) {
    return Say(language, "{0} of {1:.0f} rows {2} left out: {3}", "{1:.0f} 行中舍去 {0} 行：{3}",
               finding.count, finding.number, finding.count == 1 ? "was" : "were",
               why.In(language));
  };
  switch (finding.kind) {
    case Finding::Kind::kRowsWithoutTarget:
      return left_out({"their target is missing", "缺少目标"});
    case Finding::Kind::kRowsWithoutWeight:
      return left_out({"their weight is 0", "权重为 0"});
    case Finding::Kind::kRowsWithMissing:
      return left_out({"a cell is missing there", "有缺失的单元格"});
    case Finding::Kind::kNumbersAsClasses:
      return Say(language,
                 "{} holds {} distinct values, taken as classes; --task regression takes them as "
                 "numbers",
                 "{} 有 {} 个不同的值，当作类别；--task regression 把它们当作数",
                 Quoted(finding.text), finding.count);
    default:
      return "";
  }
}

std::string OfInputs(const InputFinding& finding, Language language) {
  std::vector<std::string> columns;
  for (const std::string& column : finding.columns) columns.push_back(Quoted(column));
  const std::size_t count = finding.count;
  switch (finding.kind) {
    case InputFinding::Kind::kMissingCells:
      return Say(language, "column {0}: {1}; the training mean stands in",
                 "列 {0}：缺失 {2} 个单元格；用训练时的均值代替", columns.front(),
                 Counted(count, "missing cell"), count);
    case InputFinding::Kind::kMissingLevels:
      return Say(language, "column {0}: {1}; taken as none of the known levels",
                 "列 {0}：缺失 {2} 个单元格；不算作任何已知水平", columns.front(),
                 Counted(count, "missing cell"), count);
    case InputFinding::Kind::kUnknownLevels:
      return Say(language, "column {0}: {1} such as {2}, taken as none of the known ones",
                 "列 {0}：{3} 个未知水平，例如 {2}，不算作任何已知水平", columns.front(),
                 Counted(count, "unknown level"), Quoted(finding.level), count);
    case InputFinding::Kind::kUnusedColumns:
      return Say(language, "{0} not used by the model: {1}{2}", "模型没有用到 {3} 列：{1}{2}",
                 Counted(count, "column"), Listed(columns, language),
                 count > columns.size() ? Say(language, ", ...", "……") : "", count);
  }
  return "";
}

}  // namespace

bool IsOfRows(Finding::Kind kind) {
  return kind == Finding::Kind::kRowsWithoutTarget || kind == Finding::Kind::kRowsWithoutWeight ||
         kind == Finding::Kind::kRowsWithMissing || kind == Finding::Kind::kNumbersAsClasses;
}

std::vector<std::string> Notes(const TuneResult& result, Language language) {
  std::vector<std::string> notes;
  for (const Finding& finding : result.data.findings) {
    if (IsOfRows(finding.kind)) notes.push_back(AsSentence(OfRows(finding, language), language));
  }
  for (const TuneFinding& finding : result.findings)
    notes.push_back(AsSentence(OfDecaysTried(result, finding, language), language));
  return notes;
}

std::vector<std::string> VerdictNotes(const TuneResult& result, Language language) {
  std::vector<std::string> notes;
  for (const TuneFinding& finding : result.verdict.findings)
    notes.push_back(AsSentence(OfComparison(result, finding, language), language));
  return notes;
}

std::vector<std::string> Notes(const std::vector<InputFinding>& findings, Language language) {
  std::vector<std::string> notes;
  notes.reserve(findings.size());
  for (const InputFinding& finding : findings) notes.push_back(OfInputs(finding, language));
  return notes;
}

std::string DivergenceText(const Divergence& divergence, Language language) {
  if (divergence.what == Divergence::What::kWeight) {
    return Say(language, "a weight became NaN or infinite in epoch {}",
               "第 {} 轮有权重变成 NaN 或无穷大", divergence.epoch);
  }
  return Say(language, "{0} became {1} in epoch {2}", "第 {2} 轮{0}变成{1}",
             divergence.what == Divergence::What::kLoss
                 ? Say(language, "the loss", "损失")
                 : Say(language, "the validation loss", "验证损失"),
             divergence.is_nan ? Say(language, "NaN", " NaN") : Say(language, "infinite", "无穷大"),
             divergence.epoch);
}

}  // namespace halflife
