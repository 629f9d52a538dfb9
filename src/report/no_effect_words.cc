#include "report/no_effect_words.h"

#include <algorithm>
#include <cmath>

#include "report/answer.h"
#include "report/gain_words.h"
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
    return Say(language, ": a gain above {} is unlikely, any loss is possible",
               "：增益不太可能超过 {}，损失则可能任意大", gain);
  }
  return Say(language, ": a gain above {} is unlikely, a loss of up to {} is possible",
             "：增益不太可能超过 {}，但损失可能升高达 {}", gain,
             PercentText(-percent->ci95[0] / 100.0, language));
}

std::string WhatToUseSentence(const TuneResult& result, Language language) {
  const std::optional<double> recommended = Recommended(result);
  if (!recommended) return "";
  const double baseline = result.verdict.baseline;
  if (*recommended == baseline) {
    return baseline == 0.0 ? Say(language, " Leave it out.", "请不要用它。")
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
