#include "report/no_signal_words.h"

#include "base/text.h"
#include "report/answer.h"
#include "report/gain_words.h"
#include "report/numbers.h"
#include "report/plain_text.h"
#include "report/say.h"
#include "report/scored.h"
#include "report/splits_words.h"
#include "report/words.h"

namespace halflife {
namespace {

// What the test had to judge by: the rows, or folds, where these are not drawn or of few groups.
std::string JudgedByText(const TuneResult& result, Language language) {
  if (HasSplits(result)) return JudgedInSplitsText(result, language);
  if (IsTrained(result)) {
    const std::size_t rows = result.training->test_rows > 0 ? result.training->test_rows
                                                            : result.training->validation_rows;
    return Say(language, "these {} {} rows", "这 {} 个{}行", rows, RowsScored(result, language));
  }
  const SignalTest& signal = result.verdict.signal;
  const bool too_few_groups =
      HasRole(result, ColumnSummary::Role::kGroup) && !signal.p_value && signal.improvement > 0.0;
  if (FoldsAreDrawn(result) && !too_few_groups)
    return Say(language, "these {} rows", "这 {} 行", result.data.rows);
  return Say(language, "these {} folds", "这 {} 折", result.folds);
}

// Whether that baseline is what is held against the constant; a net's choice is.
bool BaselineIsTold(const TuneResult& result) {
  return !IsTrained(result) && BaselineIsBetter(result);
}

// Where the constant did worse: that this may be chance.
std::string ChanceClause(const TuneResult& result, Language language) {
  if (!(result.verdict.signal.improvement > 0.0)) return "";
  const auto seeds = static_cast<std::size_t>(result.seeds);
  return Say(language, ", a difference that {}{} cannot tell from chance",
             "；凭{}{}无法把这个差异与偶然区分开", JudgedByText(result, language),
             IsTrained(result) && !HasSplits(result)
                 ? Say(language, " and {0}", "和 {1} 个种子", Counted(seeds, "seed"), seeds)
                 : "");
}

}  // namespace

std::string NoSignalClause(const TuneResult& result, Language language) {
  const std::string target = CleanText(result.data.target);
  const std::string judged_by = JudgedByText(result, language);
  if (IsTrained(result)) {
    return Say(language, "Trained as it was, this net tells nothing about {} that {} can show",
               "凭{1}，看不出这样训练的网络能得到关于 {0} 的任何信息", target, judged_by);
  }
  const std::string model = IsRegression(result) ? Say(language, "a linear model", "线性模型")
                                                 : Say(language, "logistic regression", "逻辑回归");
  if (result.decays_given) {
    return Say(language, "At the decays asked for{}, {} tells nothing about {} that {} can show",
               "凭{3}，看不出{1}在所给的衰减值下{0}能得到关于 {2} 的任何信息",
               BaselineIsTold(result) ? Say(language, " and without decay", "以及不衰减时") : "",
               model, target, judged_by);
  }
  return Say(language, "These columns tell {} nothing about {} that {} can show",
             "凭{2}，看不出{0}能从这些列中得到关于 {1} 的任何信息", model, target, judged_by);
}

std::string AnswerWithoutSignal(const TuneResult& result, Language language) {
  double best = ScoredOfBest(result).loss;
  if (BaselineIsTold(result)) best += result.verdict.improvement;
  return Say(
      language,
      "{}: the {} loss is {}{}, and {} {}{}. No value of the weight decay can be recommended.",
      "{}：{}损失{} {}，而{} {}{}。无法推荐权重衰减的任何值。", NoSignalClause(result, language),
      RowsScored(result, language),
      IsTrained(result) ? Say(language, "", "为") : Say(language, "at best ", "最低为"),
      LossText(result, best),
      IsRegression(result) ? Say(language, "always predicting the mean gives", "始终预测均值时为")
                           : Say(language, "always predicting the classes' shares gives",
                                 "始终预测各类别的比例时为"),
      result.data.null_loss ? NullLossText(result)
                            : LossText(result, best + result.verdict.signal.improvement),
      ChanceClause(result, language));
}

std::string EvidenceWithoutSignal(const TuneResult& result, Language language) {
  const SignalTest& signal = result.verdict.signal;
  const bool better = signal.improvement > 0.0;
  return Say(language, "no signal: {5} over {0}{6} {1}, 95 % interval {2} to {3}{4}",
             "没有信号：相对于{0}，{7} {1}，95 % 置信区间 [{2}, {3}]{4}",
             IsRegression(result) ? Say(language, "the mean", "均值")
                                  : Say(language, "the shares of the classes", "各类别比例"),
             Show(signal.improvement, 3, language), Show(signal.ci95[0], 3, language),
             Show(signal.ci95[1], 3, language),
             signal.p_value
                 ? Say(language, "; score test over {}: {}, where 0.01 or less is a signal",
                       "；得分检验（{}）：{}，不大于 0.01 才算有信号",
                       HasRole(result, ColumnSummary::Role::kGroup)
                           ? Say(language, "signs of the groups", "翻转各组的符号")
                           : Say(language, "orders of the target", "置换目标的顺序"),
                       PValueText(*signal.p_value, 4, language))
                 : "",
             better ? "improvement" : "no improvement", better ? "" : ":",
             better ? "改进为" : "没有改进，为");
}

}  // namespace halflife
