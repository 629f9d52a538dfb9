#include "report/splits_words.h"

#include <algorithm>
#include <cmath>

#include "base/text.h"
#include "report/gain_words.h"
#include "report/net_words.h"
#include "report/no_effect_words.h"
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

// What each split chose.
std::string ChosenText(const TrainingSummary& training, Language language) {
  constexpr std::size_t kMost = 10;
  std::vector<std::string> chosen;
  for (const SplitRecord& split : training.splits) {
    if (chosen.size() < kMost) chosen.push_back(DecayText(split.chosen));
  }
  return Join(chosen, Say(language, ", ", "、")) +
         (training.splits.size() > kMost ? Say(language, ", ...", "……") : "");
}

// How often the splits chose no decay, where some did and some did not.
std::string MixedSentence(const TuneResult& result, Language language) {
  const ChoiceCount chosen = result.verdict.chose_baseline.value_or(ChoiceCount());
  if (chosen.count == 0 || chosen.count == chosen.of) return "";
  return Say(language, " {0} of the {1} splits chose no decay, which gains nothing there.",
             "{1} 次划分中有 {0} 次选择了不衰减，在那里没有增益。", chosen.count, chosen.of);
}

// The other decays that were trained to their end, which did no better than the baseline.
std::string OthersTrainedText(const TuneResult& result, Language language) {
  const std::string others = OtherTrainedDecays(result, language);
  if (others.empty()) {
    return Say(language, "on the validation rows nothing did better",
               "在各自的验证行上，没有哪个值的改善");
  }
  return Say(language,
             "of the other decays trained to their end ({}) none did better on the validation rows",
             "在各自的验证行上，其他训练到底的衰减（{}）的改善都没有", others);
}

std::string OthersOverAllText(const TuneResult& result, Language language) {
  return Say(language, "Over all of them {} by more than chance in training",
             "综合所有划分，{}超出训练中的偶然波动", OthersTrainedText(result, language));
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
  if (BestIsBaseline(result)) {
    const std::string share = ByShare(result, language);
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
      "Use a weight decay of {0}. In each of {1} a decay was chosen on its validation rows ({2}) "
      "and judged on its test rows: against {3} the test loss goes {4}, a gain of {5}.",
      "请用权重衰减 {0}。{1}，每次在自己的验证行上选出一个衰减（{2}），再用自己的测试行评判：相对于"
      "{3}，测试损失{4}，增益为{5}。",
      DecayText(BestPoint(result).decay), SplitsText(result, language),
      ChosenText(*result.training, language), baseline, losses, GainText(result, language));
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
          "In each of {0} the choice was {1}, so that there was no gain to measure: {2} by more "
          "than chance in training{3}.",
          "{0}的选择都是{1}，因此没有增益可量：{2}超出训练中的偶然波动{3}。",
          SplitsText(result, language), BaselineText(result, language),
          OthersTrainedText(result, language), SetAsideClause(result, language));
  if (BestIsBaseline(result)) return none + WhatToUseSentence(result, language);
  return none +
         Say(language, " Over all of them together {} did better by more than chance.",
             "但综合所有划分，{} 的改善超出了偶然。", DecayText(BestPoint(result).decay)) +
         WhatToUseSentence(result, language);
}

std::string WhenUnclear(const TuneResult& result, Language language) {
  const std::string baseline = BaselineText(result, language);
  const bool negligible = IsSurelyNegligible(result);
  const std::string text =
      negligible
          ? Say(language,
                "Weight decay hardly matters here: with what the splits chose or at {}, the test "
                "loss is practically the same.",
                "权重衰减在这里几乎无关紧要：各次划分的选择与基线（{}）相比，测试损失实际上相同。",
                baseline)
          : Say(language, "These rows and splits cannot tell the best weight decay from {}{}",
                "凭这些行和划分，无法把最优的权重衰减与{}区分开{}", NoneText(result, language),
                ProvesNothingClause(result, language));
  const std::string chosen = Say(
      language, "What the splits chose by themselves ({}) gains {} over {}{}{}",
      "各次划分自己的选择（{}）的增益为{}，相对于{}{}{}", ChosenText(*result.training, language),
      GainText(result, language), baseline, negligible ? "" : BoundsClause(result, language),
      negligible || result.training->rounds < result.training->rounds_planned
          ? Say(language, ".", "。")
          : Say(language, "; more --rounds tell more.", "；增加 --rounds 可以看得更清楚。"));
  const std::string use = WhatToUseSentence(result, language);
  if (BestIsBaseline(result)) {
    return text +
           Say(language, " {}{}. {}", "{}{}。{}", OthersOverAllText(result, language),
               SetAsideClause(result, language), chosen) +
           use;
  }
  return text +
         Say(language, " Over all of them the lowest validation loss was at {}. {}",
             "综合所有划分，验证损失最低的是 {}。{}", DecayText(BestPoint(result).decay), chosen) +
         use;
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
  std::string text = Say(language, "{} rows in {}{}; in each {}{} to train on, {} to choose by",
                         "{} 行，{}{}；每次用{} {} 行训练，{} 行选择", result.data.rows,
                         SplitsText(result, language), HasSplits(result) ? judged : "",
                         training.splits_differ ? Say(language, "about ", "约") : "",
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
  return NoEffectHeading(result, language);
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
