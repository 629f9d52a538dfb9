#include "report/no_effect_words.h"

#include <algorithm>
#include <cmath>

#include "report/answer.h"
#include "report/gain_words.h"
#include "report/numbers.h"
#include "report/say.h"
#include "report/scored.h"
#include "report/splits_words.h"
#include "report/words.h"

namespace halflife {
namespace {

bool IsSeparable(const TuneResult& result) {
  return std::any_of(result.findings.begin(), result.findings.end(), [](const TuneFinding& of) {
    return of.kind == TuneFinding::Kind::kSeparable;
  });
}

// Every choice was the baseline.
std::string HeadingWhenNothingWasChosen(const TuneResult& result, Language language) {
  const std::string each =
      IsTrained(result) ? Say(language, "split", "次划分") : Say(language, "fold", "一折");
  if (result.verdict.baseline == 0.0)
    return Say(language, "In every {} the choice was no decay", "每{}的选择都是不衰减", each);
  const std::string smallest = DecayText(result.verdict.baseline);
  if (!result.decays_given) {
    return Say(language, "In every {} the choice was the smallest decay, {}",
               "每{}的选择都是最小的衰减 {}", each, smallest);
  }
  return BestIsBaseline(result)
             ? Say(language, "Of the decays asked for the smallest, {}, is best",
                   "所给的衰减值中，最小的 {} 最好", smallest)
             : Say(language, "In every {1} the choice was the smallest decay asked for, {0}",
                   "每{1}的选择都是所给的最小衰减 {0}", smallest, each);
}

// The value in use, or of the textbook, that is itself shown to do better than the baseline by more
// than practically nothing, the one that gains most; null where there is none.
const DecayGain* ShownFixedValue(const TuneResult& result) {
  const Verdict& verdict = result.verdict;
  constexpr double kLevel = 0.05;
  const DecayGain* best = nullptr;
  for (const DecayGain& value : verdict.textbook) {
    const Gain& gain = value.gain;
    const bool shown = gain.p_value < kLevel && gain.improvement > 0.0 &&
                       gain.improvement > verdict.negligible_band.value_or(0.0);
    if (shown && (best == nullptr || gain.improvement > best->gain.improvement)) best = &value;
  }
  return best;
}

// Whether the decay in use is shown to do better than tuning.
bool CurrentBeatsTuning(const TuneResult& result) {
  const std::optional<DecayGain>& current = result.verdict.over_current;
  return current && current->gain.p_value < 0.05 &&
         current->gain.improvement < -result.verdict.negligible_band.value_or(0.0);
}

// "3.1 % (1.4 % to 4.6 %)", or in loss where a share of it says nothing.
std::string ShortGain(const Gain& gain, Language language) {
  const auto show = [&](double value) {
    return gain.percent ? PercentText(value / 100.0, language) : Show(value, 3, language);
  };
  const double* ci95 = gain.percent ? gain.percent->ci95 : gain.ci95;
  return Say(language, "{} ({} to {})", "{}（{} 至 {}）",
             show(gain.percent ? gain.percent->mean : gain.improvement), show(ci95[0]),
             show(ci95[1]));
}

// That it is one comparison of several, none of which is corrected for their number.
std::string OneOfComparisons(const TuneResult& result, Language language) {
  const Verdict& verdict = result.verdict;
  const std::size_t count =
      verdict.textbook.size() + (verdict.over_current ? 1 : 0) + (verdict.biases_decayed ? 1 : 0);
  if (count < 2) return "";
  return Say(language, " in one of {} further comparisons", "（另外 {} 个比较之一）", count);
}

// Whether splits that were planned have not been done.
bool LacksSplits(const TuneResult& result) {
  return result.training && result.training->rounds < result.training->rounds_planned;
}

// Where no decay was chosen over all splits, but most of them chose some and gained by it: the best
// of the others; none elsewhere.
std::optional<double> ChosenByMostSplits(const TuneResult& result) {
  const Verdict& verdict = result.verdict;
  const ChoiceCount none = verdict.chose_baseline.value_or(ChoiceCount());
  const bool most = HasSplits(result) && 2 * none.count < none.of;
  if (!most || !(verdict.improvement > 0.0) || !(verdict.compared > verdict.baseline))
    return std::nullopt;
  return verdict.compared;
}

}  // namespace

bool IsSurelyNegligible(const TuneResult& result) {
  constexpr double kSurely = 0.95;
  return result.verdict.chance_negligible.value_or(0.0) >= kSurely;
}

std::string NoEffectHeading(const TuneResult& result, Language language) {
  if (NothingChosen(result)) return HeadingWhenNothingWasChosen(result, language);
  if (result.verdict.baseline > 0.0 && !result.decays_given && IsSeparable(result)) {
    return IsSurelyNegligible(result)
               ? Say(language, "Some weight decay is needed here; how much hardly matters",
                     "这里需要一些权重衰减；多大几乎无关紧要")
               : Say(language, "Some weight decay is needed here; how much hardly shows",
                     "这里需要一些权重衰减；多大几乎看不出来");
  }
  if (IsSurelyNegligible(result)) {
    return Say(language, "Tuning the weight decay changes practically nothing here",
               "在这里调节权重衰减实际上什么也不改变");
  }
  return Say(language, "Weight decay has no detectable effect here", "权重衰减在这里看不出有作用");
}

std::string BoundsClause(const TuneResult& result, Language language) {
  const std::optional<Percent>& percent = result.verdict.gain_percent;
  if (!percent || !(percent->ci95[0] < 0.0) || !(percent->ci95[1] > 0.0)) return "";
  if (!std::isfinite(percent->ci95[1])) return "";
  const std::string gain = PercentText(percent->ci95[1] / 100.0, language);
  if (!std::isfinite(percent->ci95[0])) {
    return Say(language, ": a gain above {} is unlikely, any rise of the loss is possible",
               "：增益不太可能超过 {}，损失则可能升高任意多", gain);
  }
  return Say(language, ": a gain above {} is unlikely, a rise of the loss by up to {} is possible",
             "：增益不太可能超过 {}，但损失可能升高达 {}", gain,
             PercentText(-percent->ci95[0] / 100.0, language));
}

std::string FixedValueSentence(const TuneResult& result, Language language) {
  if (IsSurelyNegligible(result)) return "";
  const std::optional<DecayGain>& current = result.verdict.over_current;
  if (CurrentBeatsTuning(result)) {
    return Say(language, " The decay in use, {0}, is shown to do better than tuning{1}: keep it.",
               "现用的衰减 {0} 已显示比调节更好{1}：请保留它。", DecayText(current->decay),
               OneOfComparisons(result, language));
  }
  const DecayGain* value = ShownFixedValue(result);
  if (value == nullptr) return "";
  return Say(language,
             " Of fixed values {0}{1} is shown to gain {2} over {3}{4}: it is a safe choice.",
             "在固定的值中，{0}{1}已显示有帮助：相对于{3}，增益为 {2}{4}，选它是稳妥的。",
             DecayText(value->decay),
             current && current->decay == value->decay
                 ? Say(language, ", the decay in use,", "（现用的衰减）")
                 : Say(language, "", " "),
             ShortGain(value->gain, language), BaselineText(result, language),
             OneOfComparisons(result, language));
}

std::string ProvesNothingClause(const TuneResult& result, Language language) {
  if (!FixedValueSentence(result, language).empty()) return Say(language, ".", "。");
  return Say(language, ": nothing here proves that it helps, or that it does not.",
             "：既不能证明它有帮助，也不能证明它没有帮助。");
}

std::string WhatToUseSentence(const TuneResult& result, Language language) {
  if (LacksSplits(result)) {
    return Say(language, " Nothing can be recommended yet: let it run to its end ({} splits).",
               "目前还不能给出建议：请让它运行到底（{} 次划分）。",
               result.training->rounds_planned);
  }
  std::optional<double> recommended = Recommended(result);
  if (!recommended) return "";
  const double baseline = result.verdict.baseline;
  if (*recommended == baseline) recommended = ChosenByMostSplits(result).value_or(baseline);
  std::string fixed = FixedValueSentence(result, language);
  if (!fixed.empty()) {
    const DecayGain* value = ShownFixedValue(result);
    if (*recommended == baseline || CurrentBeatsTuning(result) || value->decay == *recommended)
      return fixed;
    return fixed + Say(language, " {} may do better, which these rows do not show.",
                       "{} 也许更好，但这些行看不出来。", DecayText(*recommended));
  }
  if (*recommended == baseline) {
    return baseline == 0.0 ? Say(language, " Leave it out.", "可以不用它。")
                           : Say(language, " Use {}.", "请用 {}。", DecayText(baseline));
  }
  const std::string why =
      IsSurelyNegligible(result)
          ? Say(language, "it makes no practical difference", "实际上没有差别")
          : Say(language, "these rows do not show which is better", "这些行看不出哪个更好");
  if (baseline == 0.0) {
    return Say(language, " Leave it out, or use {}: {}.", "可以不用它，也可以用 {}：{}。",
               DecayText(*recommended), why);
  }
  return Say(language, " Use {} or {}: {}.", "用 {} 或 {} 都可以：{}。", DecayText(*recommended),
             DecayText(baseline), why);
}

}  // namespace halflife
