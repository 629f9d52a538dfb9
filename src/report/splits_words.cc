#include "report/splits_words.h"

#include <algorithm>
#include <cmath>

#include "base/text.h"
#include "report/gain_words.h"
#include "report/numbers.h"
#include "report/say.h"
#include "report/scored.h"
#include "report/words.h"

namespace halflife {
namespace {

// ", by 12 %" of the loss, where it has a meaning.
std::string ByShare(const TuneResult& result, Language language) {
  const double share = std::fabs(GainShare(result));
  return share > 0.0 ? Say(language, ", by {}", "（{}）", PercentText(share, language)) : "";
}

// How often the splits chose no decay, where some did and some did not.
std::string MixedSentence(const TuneResult& result, Language language) {
  const ChoiceCount chosen = result.verdict.chose_baseline.value_or(ChoiceCount());
  if (chosen.count == 0 || chosen.count == chosen.of) return "";
  return Say(language, " {0} of the {1} splits chose no decay, which gains nothing there.",
             "{1} 次划分中有 {0} 次选择了不衰减，在那里没有增益。", chosen.count, chosen.of);
}

// The test losses, from the baseline's to that of what was chosen.
std::string LossesText(const TuneResult& result, Language language) {
  return Say(language, "from {0} to {1}", "从 {0} {2} {1}", LossText(result, BaselineLoss(result)),
             LossText(result, result.training->best_test->loss.mean),
             result.verdict.label == VerdictLabel::kHelps ? "降到" : "升到");
}

std::string WhenItHelps(const TuneResult& result, Language language) {
  const std::string baseline = BaselineText(result, language);
  const std::string losses = LossesText(result, language);
  const std::string share = ByShare(result, language);
  if (BestIsBaseline(result)) {
    return Say(
        language,
        "Over all splits nothing did better on the validation rows than {} by more than chance; "
        "yet what the splits chose by themselves lowered the test loss {}{}. More --rounds tell "
        "which to trust.",
        "综合所有划分，在验证行上，相对于{}，没有哪个值的改善超出偶然；然而各次划分自己的选择使测试"
        "损失{}{}。增加 --rounds 可以看出该信哪一个。",
        baseline, losses, share);
  }
  const std::string text = Say(
      language,
      "Use a weight decay of {}: a decay chosen so, in each of {} on rows of its own, lowers "
      "the test loss against {} {}{}.",
      "请用权重衰减 {}：这样选出的衰减（{}，各用自己的行），相对于{}，使测试损失{}{}。",
      DecayText(BestPoint(result).decay), SplitsText(result, language), baseline, losses, share);
  return IsTiny(result) ? text + TinyGainText(language) : text;
}

std::string WhenItHurts(const TuneResult& result, Language language) {
  const std::string losses = LossesText(result, language);
  if (result.decays_given) {
    return Say(
        language,
        "Of the decays asked for, those that the splits chose did worse than {}: they raise the "
        "test loss {}. Others may help: without --decay they are tried.",
        "所给的衰减值中，各次划分选出的总体上不如{}：它们使测试损失{}。别的值也许有帮助：不写 "
        "--decay 就会尝试它们。",
        BaselineText(result, language), losses);
  }
  return Say(language, "{}: what the splits chose did worse, and raises the test loss {}{}.{}",
             "{}：各次划分的选择更差，使测试损失{}{}。{}", UseOfBaselineText(result, language),
             losses, ByShare(result, language), IsTiny(result) ? TinyText(language) : "");
}

std::string WhenNothingWasChosen(const TuneResult& result, Language language) {
  const std::string none =
      Say(language,
          "In each of {} the choice was {}: on its validation rows nothing did better by more than "
          "chance in training, so that there was no gain to measure.",
          "{}的选择都是{}：在各自的验证行上，没有哪个值的改善超出训练中的偶然波动，因此没有增益可"
          "量。",
          SplitsText(result, language), BaselineText(result, language));
  if (BestIsBaseline(result)) return none;
  return none + Say(language, " Over all of them together {} did better by more than chance.",
                    "但综合所有划分，{} 的改善超出了偶然。", DecayText(BestPoint(result).decay));
}

std::string WhenUnclear(const TuneResult& result, Language language) {
  const std::string text =
      Say(language,
          "These rows and splits cannot tell the best weight decay from {}: nothing here proves "
          "that it helps, or that it does not.",
          "凭这些行和划分，无法把最优的权重衰减与{}区分开：既不能证明它有帮助，也不能证明它没有帮助"
          "。",
          NoneText(result, language));
  const double gain = result.verdict.improvement;
  const std::string baseline = BaselineText(result, language);
  const std::string chosen =
      Say(language,
          "what the splits chose by themselves had a test loss {} than {}'s by {}, which could be "
          "chance; more --rounds tell more.",
          "各次划分自己的选择，测试损失{}{}，相差 {}，这可能只是偶然；增加 --rounds "
          "可以看得更清楚。",
          gain < 0.0 ? Say(language, "higher", "高于") : Say(language, "lower", "低于"), baseline,
          Number(std::fabs(gain), 3));
  if (BestIsBaseline(result)) {
    return text +
           Say(language,
               " Over all of them no other value did better on the validation rows than {} "
               "by more than chance in training, and {}",
               "综合所有划分，在验证行上，相对于{}，没有其他值的改善超出训练中的偶然波动；{}",
               baseline, chosen);
  }
  return text + Say(language, " Over all of them the lowest validation loss was at {}; {}",
                    "综合所有划分，验证损失最低的是 {}；{}", DecayText(BestPoint(result).decay),
                    chosen);
}

}  // namespace

bool HasSplits(const TuneResult& result) {
  return result.training && result.training->rounds > 1 && result.training->best_test;
}

bool RanInSplits(const TuneResult& result) {
  return result.training && result.training->rounds_planned > 1;
}

std::string SplitsText(const TuneResult& result, Language language) {
  const TrainingSummary& training = *result.training;
  const auto rounds = static_cast<std::size_t>(training.rounds);
  if (training.rounds == training.rounds_planned)
    return Say(language, "{0}", "{1} 次划分", Counted(rounds, "split"), rounds);
  return Say(language, "{0} of {1} splits", "{1} 次划分中的 {0} 次", rounds,
             training.rounds_planned);
}

std::string RowsOfSplitsText(const TuneResult& result, Language language) {
  const TrainingSummary& training = *result.training;
  std::size_t judgements = 0;
  for (const SplitRecord& split : training.splits) judgements += split.test_rows;
  const std::size_t rows = training.rows_judged;
  std::string judged = Say(language, ", {} rows judged", "，评判了 {} 行", rows);
  if (rows > 0 && rows == result.data.rows && judgements % rows == 0) {
    const std::size_t times = judgements / rows;
    judged = times == 1 ? Say(language, ", every row judged once", "，每行评判一次")
                        : Say(language, ", every row judged {} times", "，每行评判 {} 次", times);
  }
  const std::string text = Say(
      language, "{} rows in {}{}; in each {}{} to train on, {} to choose by",
      "{} 行，{}{}；每次用{} {} 行训练，{} 行选择", result.data.rows, SplitsText(result, language),
      HasSplits(result) ? judged : "", training.splits_differ ? Say(language, "about ", "约") : "",
      training.training_rows, training.validation_rows);
  if (!HasSplits(result)) return text;
  return text + Say(language, ", {} to judge by", "，{} 行评判", training.test_rows);
}

std::string JudgedInSplitsText(const TuneResult& result, Language language) {
  const std::size_t rows = result.training->rows_judged;
  const std::string splits = SplitsText(result, language);
  if (rows == result.data.rows)
    return Say(language, "these {} rows in {}", "这 {} 行（{}）", rows, splits);
  return Say(language, "the {} rows judged in {}", "所评判的 {} 行（{}）", rows, splits);
}

bool NothingChosen(const TuneResult& result) {
  if (!IsTrained(result)) {
    const std::optional<ChoiceCount>& chosen = result.verdict.chose_baseline;
    return chosen && chosen->count == chosen->of;
  }
  const std::vector<SplitRecord>& splits = result.training->splits;
  return HasSplits(result) &&
         std::all_of(splits.begin(), splits.end(), [&](const SplitRecord& split) {
           return split.chosen == result.verdict.baseline;
         });
}

std::string SplitsAnswer(const TuneResult& result, Language language) {
  if (NothingChosen(result)) return WhenNothingWasChosen(result, language);
  std::string text;
  if (result.verdict.label == VerdictLabel::kHelps) {
    text = WhenItHelps(result, language);
  } else if (result.verdict.label == VerdictLabel::kHurts) {
    text = WhenItHurts(result, language);
  } else {
    text = WhenUnclear(result, language);
  }
  return text + MixedSentence(result, language);
}

std::string SplitsHeading(const TuneResult& result, Language language) {
  if (result.verdict.label == VerdictLabel::kHelps) {
    return BestIsBaseline(result)
               ? Say(language, "Decay {} was chosen over all splits, though tuning gained in each",
                     "综合所有划分选中的是衰减 {}，尽管在各次划分中调节有增益",
                     DecayText(result.verdict.baseline))
               : Say(language, "Weight decay helps: use {}", "权重衰减有帮助：请用 {}",
                     DecayText(BestPoint(result).decay));
  }
  if (result.verdict.label == VerdictLabel::kHurts) {
    return result.decays_given
               ? Say(language, "The weight decays asked for hurt here", "所给的权重衰减在这里有害")
               : Say(language, "Tuning the weight decay hurts here", "调节权重衰减在这里有害");
  }
  return Say(language, "Weight decay has no detectable effect here", "权重衰减在这里看不出有作用");
}

std::string KeptText(const TuneResult& result, Language language) {
  if (!result.training || result.training->kept.rows == 0) return "";
  const KeptNet& kept = result.training->kept;
  const auto epochs = static_cast<std::size_t>(kept.epochs);
  if (!kept.all_rows) {
    return Say(language, "the first run of that decay, trained on {0} rows{1} for {2}",
               "这个衰减值的首次训练，用{1} {0} 行训练了 {3} 轮", kept.rows,
               result.training->rounds_planned > 1
                   ? Say(language, " of the first split", "首次划分的")
                   : "",
               Counted(epochs, "epoch"), epochs);
  }
  const std::size_t others = result.data.rows - kept.rows;
  return Say(
      language, "trained on all {0} rows{1} for {2}{4}", "用{1}全部 {0} 行训练了 {3} 轮{4}",
      kept.rows,
      others > 0 ? Say(language, " but the {} test rows", "除 {} 个测试行外的", others) : "",
      Counted(epochs, "epoch"), epochs,
      result.training->early_stopping
          ? Say(language, ", the mean of those that its runs kept", "（各次训练所保留轮数的平均）")
          : "");
}

}  // namespace halflife
