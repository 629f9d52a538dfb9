#include "report/gain_words.h"

#include <algorithm>
#include <array>
#include <cmath>

#include "base/text.h"
#include "report/numbers.h"
#include "report/say.h"
#include "report/splits_words.h"
#include "report/words.h"

namespace halflife {
namespace {

std::string Between(double low, double high, const auto& show, Language language) {
  return Say(language, "95\u00A0% interval {} to {}", "95\u00A0% 置信区间 [{}, {}]", show(low),
             show(high));
}

// In percent of the loss, or where that is nothing, as it is.
std::string GainOf(const Gain& gain, Language language) {
  if (!gain.percent) {
    const auto show = [&](double value) { return Show(value, 3, language); };
    return Say(language, "{} ({})", " {}（{}）", show(gain.improvement),
               Between(gain.ci95[0], gain.ci95[1], show, language));
  }
  const auto show = [&](double percent) { return PercentText(percent / 100.0, language); };
  return Say(language, "{} of the loss ({})", "损失的 {}（{}）", show(gain.percent->mean),
             Between(gain.percent->ci95[0], gain.percent->ci95[1], show, language));
}

std::string ScoreSentence(const ScoreChange& change, Language language) {
  const bool percent = change.score == ScoreChange::Score::kAccuracy;
  const auto show = [&](double value) { return Number((percent ? 100.0 : 1.0) * value, 2); };
  const std::string by = show(change.tuned - change.baseline);
  const std::string between = Between(change.ci95[0], change.ci95[1], show, language);
  if (percent) {
    return Say(language, "accuracy changes by {0} point{2} ({1})", "准确率变化 {0} 个百分点（{1}）",
               by, between, by == "1" || by == "-1" ? "" : "s");
  }
  return Say(language, "{} changes by {} ({})", "{} 变化 {}（{}）",
             change.score == ScoreChange::Score::kR2 ? "R²" : "AUC", by, between);
}

std::string ScoresSentence(const TuneResult& result, Language language) {
  if (NothingChosen(result)) return "";
  const Verdict& verdict = result.verdict;
  std::vector<std::string> parts;
  for (const ScoreChange& change : verdict.score_changes)
    parts.push_back(ScoreSentence(change, language));
  if (parts.empty()) return "";
  const std::string changes = Join(parts, Say(language, ", ", "，"));
  if (IsTrained(result) && !HasSplits(result))
    return Say(language, "On the test rows {}.", "在测试行上，{}。", changes);
  if (IsTrained(result)) {
    return Say(language, "With the choice made anew in every split, {}.",
               "每次划分都重新选择衰减时，{}。", changes);
  }
  return Say(language, "With the choice made anew in every fold, {}.",
             "每一折都重新选择衰减时，{}。", changes);
}

// Where nothing is detected, an interval so wide that a small chance of nothing proves no effect is
// said to be.
std::string NegligibleSentence(const TuneResult& result, Language language) {
  const Verdict& verdict = result.verdict;
  if (!verdict.chance_negligible || !verdict.negligible_band || !verdict.baseline_loss) return "";
  if (NothingChosen(result)) return "";
  const double chance = *verdict.chance_negligible;
  const std::string text = chance < 0.005 ? Say(language, "below 1\u00A0%", "低于 1\u00A0%")
                           : chance > 0.995
                               ? Say(language, "above 99\u00A0%", "高于 99\u00A0%")
                               : Say(language, "{}\u00A0%", "{}\u00A0%", Fixed(100.0 * chance, 0));
  const std::string band = PercentText(*verdict.negligible_band / *verdict.baseline_loss, language);
  constexpr double kLow = 0.2;
  if (verdict.label == VerdictLabel::kNoDetectableEffect && chance < kLow) {
    return Say(language,
               "The interval is too wide to tell a gain from a harm. That the effect is "
               "practically nothing, at most {} of the loss either way, is unlikely ({}) only "
               "because so narrow a range is a small part of it.",
               "区间太宽，分不清是增益还是损失。作用小到实际上可以忽略（无论正负，不超过损失的 "
               "{}）的概率低（{}），只是因为这么窄的范围仅占区间的一小部分。",
               band, text);
  }
  return Say(
      language,
      "The chance that the effect is practically nothing, at most {} of the loss either way: {}.",
      "作用小到实际上可以忽略（无论正负，不超过损失的 {}）的概率：{}。", band, text);
}

std::string ChosenSentence(const TuneResult& result, Language language) {
  const std::optional<ChoiceCount>& chosen = result.verdict.chose_baseline;
  if (!chosen || IsTrained(result) || NothingChosen(result)) return "";
  return Say(language, "In {0} of {1} folds the choice was {2}.", "{1} 折中有 {0} 折选择了{2}。",
             chosen->count, chosen->of,
             result.verdict.baseline == 0.0
                 ? Say(language, "no decay", "不衰减")
                 : Say(language, "the smallest decay, {}", "最小的衰减 {}",
                       DecayText(result.verdict.baseline)));
}

std::string CurrentSentence(const Verdict& verdict, Language language) {
  if (!verdict.over_current) return "";
  const DecayGain& current = *verdict.over_current;
  return Say(language, "Over {}, the decay in use, the gain of tuning is {}.",
             "相对于现用的衰减 {}，调节衰减的增益为{}。", DecayText(current.decay),
             GainOf(current.gain, language));
}

// Of a gain below 0, how much the loss rises; "" where no share, or not its upper end, is known.
std::string LossOf(const Gain& gain, Language language) {
  if (!gain.percent || !std::isfinite(gain.percent->ci95[1])) return "";
  const auto show = [&](double percent) { return PercentText(percent / 100.0, language); };
  if (!std::isfinite(gain.percent->ci95[0])) {
    return Say(language, "the loss rises by {} (95\u00A0% interval {} or more)",
               "损失升高 {}（95\u00A0% 置信区间：至少 {}）", show(-gain.percent->mean),
               show(-gain.percent->ci95[1]));
  }
  return Say(language, "the loss rises by {} ({})", "损失升高 {}（{}）", show(-gain.percent->mean),
             Between(-gain.percent->ci95[1], -gain.percent->ci95[0], show, language));
}

// "gain 3 % of the loss (...), helps", or of a detected loss by how much it rises.
std::string JudgedGain(const Verdict& verdict, const Gain& gain, Language language) {
  const bool detected = gain.p_value < 0.05;
  const bool little =
      verdict.negligible_band && std::fabs(gain.improvement) <= *verdict.negligible_band;
  const std::string label =
      !detected ? Say(language, "not detectable", "看不出来")
      : little ? Say(language, "real, but practically nothing", "确实存在，但实际上等于没有")
      : gain.improvement > 0.0 ? Say(language, "helps", "有帮助")
                               : Say(language, "hurts", "有害");
  const std::string loss = LossOf(gain, language);
  if (detected && gain.improvement < 0.0 && !loss.empty())
    return Say(language, "{}, {}", "{}，{}", loss, label);
  return Say(language, "gain {}, {}", "增益为{}，{}", GainOf(gain, language), label);
}

// Of several seeds a split the first alone tells of decays beside the sweep.
std::string OneRunText(const TuneResult& result, Language language) {
  if (!IsTrained(result) || result.seeds < 2) return "";
  return HasSplits(result) ? Say(language, ", with one seed a split", "，每次划分用一个种子")
                           : Say(language, ", with one seed", "，用一个种子");
}

std::string TextbookSentence(const TuneResult& result, Language language) {
  std::vector<std::string> parts;
  for (const DecayGain& value : result.verdict.textbook) {
    parts.push_back(Say(language, "{}: {}", "{}：{}", DecayText(value.decay),
                        JudgedGain(result.verdict, value.gain, language)));
  }
  if (parts.empty()) return "";
  return Say(language, "Textbook values against {}{}: {}.", "教科书数值（相对于{}{}）：{}。",
             BaselineText(result, language), OneRunText(result, language),
             Join(parts, Say(language, "; ", "；")));
}

std::string BiasesSentence(const TuneResult& result, Language language) {
  if (!result.verdict.biases_decayed) return "";
  const DecayGain& biases = *result.verdict.biases_decayed;
  const bool norms = result.training && std::any_of(result.training->parameters.begin(),
                                                    result.training->parameters.end(),
                                                    [](const DecayedParameter& parameter) {
                                                      return parameter.kind == ParameterKind::kNorm;
                                                    });
  const bool drawn_again = !IsTrained(result) && result.seeds > 1;
  return Say(
      language, "Decaying {} too, at {}{}{}: {}.", "在 {1} 处把{0}也衰减{2}{3}：{4}。",
      IsTrained(result) ? (norms ? Say(language, "biases and norms", "偏置和归一化参数")
                                 : Say(language, "biases", "偏置"))
                        : Say(language, "the intercept", "截距"),
      DecayText(biases.decay), OneRunText(result, language),
      drawn_again ? Say(language, ", in the folds of the first round", "（第一次重复的折）") : "",
      JudgedGain(result.verdict, biases.gain, language));
}

std::string SizesSentence(const TuneResult& result, Language language) {
  std::vector<std::string> parts;
  for (const SizePoint& point : result.diagnostics.sizes) {
    std::vector<std::string> units;
    for (const int layer : point.hidden) units.push_back(std::to_string(layer));
    parts.push_back(Say(language, "{}: {} ± {}", "{}：{} ± {}", Join(units, "-"),
                        Number(point.gain.mean, 3), Number(point.gain.se, 2)));
  }
  if (parts.size() < 2) return "";
  const Estimate& least = result.diagnostics.sizes.front().gain;
  const Estimate& most = result.diagnostics.sizes.back().gain;
  const double gap = most.mean - least.mean;
  const bool told = std::fabs(gap) > 2.0 * std::hypot(most.se, least.se);
  return Say(language, "Gain by units of the hidden layers: {}. {}", "按隐藏层单元数的增益：{}。{}",
             Join(parts, Say(language, "; ", "；")),
             !told ? Say(language, "These rows do not show that it depends on the net's size.",
                         "这些行看不出它与网络大小有关。")
             : gap > 0.0 ? Say(language, "The largest net gains more than the smallest.",
                               "最大的网络的增益高于最小的网络。")
                         : Say(language, "The largest net gains less than the smallest.",
                               "最大的网络的增益低于最小的网络。"));
}

}  // namespace

std::string Show(double value, int digits, Language language) {
  return std::isfinite(value) ? Number(value, digits) : Say(language, "unknown", "未知");
}

std::string LabelText(VerdictLabel label, Language language) {
  static constexpr std::array<std::string_view, 4> kChinese = {"有帮助", "看不出有作用", "有害",
                                                               "没有信号"};
  return std::string(language == Language::kEnglish ? Name(label)
                                                    : kChinese.at(static_cast<std::size_t>(label)));
}

std::string GainText(const TuneResult& result, Language language) {
  const Verdict& verdict = result.verdict;
  return GainOf({verdict.improvement,
                 {verdict.ci95[0], verdict.ci95[1]},
                 verdict.p_value,
                 verdict.gain_percent},
                language);
}

bool IsNegligible(const TuneResult& result) {
  const Verdict& verdict = result.verdict;
  return verdict.negligible_band && std::fabs(verdict.improvement) <= *verdict.negligible_band;
}

std::string BaselineText(const TuneResult& result, Language language) {
  return result.verdict.baseline == 0.0
             ? Say(language, "no decay", "不衰减")
             : Say(language, "a decay of {}", "衰减 {}", DecayText(result.verdict.baseline));
}

std::string UseOfBaselineText(const TuneResult& result, Language language) {
  return result.verdict.baseline == 0.0
             ? Say(language, "Leave weight decay out", "请不要用权重衰减")
             : Say(language, "Use the smallest weight decay, {}", "请用最小的权重衰减 {}",
                   DecayText(result.verdict.baseline));
}

std::string NoneText(const TuneResult& result, Language language) {
  return result.verdict.baseline == 0.0 ? Say(language, "none", "不衰减")
                                        : Say(language, "the smallest one", "最小的衰减");
}

std::string TinyText(Language language) {
  return Say(language, " That is real but tiny: it hardly matters.",
             "这个差别确实存在，但很小，几乎无关紧要。");
}

std::string TinyGainText(Language language) {
  return Say(language, " The gain is real but tiny; little is lost without it.",
             "增益确实存在，但很小；不用它也没有多少损失。");
}

std::string PercentText(double share, Language language) {
  if (!std::isfinite(share))
    return share < 0.0 ? Say(language, "any loss", "-∞") : Say(language, "unknown", "未知");
  constexpr double kWhole = 0.1;  // no decimals from here on
  const std::string number = std::fabs(share) < kWhole    ? Number(100.0 * share, 2)
                             : share > 0.0 && share < 1.0 ? BelowOne(share, 100.0, 0)
                                                          : Fixed(100.0 * share, 0);
  return number + "\u00A0%";
}

std::vector<std::string> GainSentences(const TuneResult& result, Language language) {
  std::vector<std::string> sentences = {
      ScoresSentence(result, language),   NegligibleSentence(result, language),
      ChosenSentence(result, language),   CurrentSentence(result.verdict, language),
      TextbookSentence(result, language), BiasesSentence(result, language),
      SizesSentence(result, language)};
  std::erase(sentences, "");
  return sentences;
}

}  // namespace halflife
