#include "report/gain_words.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "base/text.h"
#include "report/numbers.h"
#include "report/words.h"

namespace halflife {
namespace {

std::string Between(double low, double high, const auto& show) {
  return fmt::format("95\u00A0% interval {} to {}", show(low), show(high));
}

// In percent of the loss, or where that is nothing, as it is.
std::string GainOf(const Gain& gain) {
  if (!gain.percent) {
    const auto show = [](double value) { return Show(value, 3); };
    return fmt::format("{} ({})", show(gain.improvement),
                       Between(gain.ci95[0], gain.ci95[1], show));
  }
  const auto show = [](double percent) { return PercentText(percent / 100.0); };
  return fmt::format("{} of the loss ({})", show(gain.percent->mean),
                     Between(gain.percent->ci95[0], gain.percent->ci95[1], show));
}

std::string ScoreSentence(const ScoreChange& change) {
  const bool percent = change.score == ScoreChange::Score::kAccuracy;
  const double unit = percent ? 100.0 : 1.0;
  const auto show = [&](double value) { return Number(unit * value, 2); };
  const char* name = change.score == ScoreChange::Score::kR2    ? "R²"
                     : change.score == ScoreChange::Score::kAuc ? "AUC"
                                                                : "accuracy";
  return fmt::format("{} changes by {}{} ({})", name, show(change.tuned - change.baseline),
                     percent ? " points" : "", Between(change.ci95[0], change.ci95[1], show));
}

std::string ScoresSentence(const Verdict& verdict) {
  std::vector<std::string> parts;
  for (const ScoreChange& change : verdict.score_changes) parts.push_back(ScoreSentence(change));
  if (parts.empty()) return "";
  parts.front().front() =
      static_cast<char>(std::toupper(static_cast<unsigned char>(parts.front().front())));
  return Join(parts, ", ") + ".";
}

std::string NegligibleSentence(const Verdict& verdict) {
  if (!verdict.chance_negligible || !verdict.negligible_band || !verdict.baseline_loss) return "";
  const double chance = *verdict.chance_negligible;
  const std::string text = chance < 0.005   ? "below 1\u00A0%"
                           : chance > 0.995 ? "above 99\u00A0%"
                                            : Fixed(100.0 * chance, 0) + "\u00A0%";
  return fmt::format(
      "The chance that the effect is practically nothing, at most {} of the loss either way: {}.",
      PercentText(*verdict.negligible_band / *verdict.baseline_loss), text);
}

std::string ChosenSentence(const TuneResult& result) {
  const std::optional<ChoiceCount>& chosen = result.verdict.chose_baseline;
  if (!chosen || IsTrained(result)) return "";
  return fmt::format("In {} of {} folds the choice was {}.", chosen->count, chosen->of,
                     result.verdict.baseline == 0.0
                         ? std::string("no decay")
                         : "the smallest decay, " + DecayText(result.verdict.baseline));
}

std::string CurrentSentence(const Verdict& verdict) {
  if (!verdict.over_current) return "";
  const DecayGain& current = *verdict.over_current;
  return fmt::format("Over {}, the decay in use, the gain of tuning is {}.",
                     DecayText(current.decay), GainOf(current.gain));
}

std::string TextbookSentence(const TuneResult& result) {
  std::vector<std::string> parts;
  for (const DecayGain& value : result.verdict.textbook) {
    const Gain& gain = value.gain;
    const char* label = gain.p_value >= 0.05     ? "no detectable effect"
                        : gain.improvement > 0.0 ? "helps"
                                                 : "hurts";
    parts.push_back(fmt::format("{} {}, {}", DecayText(value.decay), label, GainOf(gain)));
  }
  if (parts.empty()) return "";
  return fmt::format("Textbook values against {}: {}.", BaselineText(result), Join(parts, "; "));
}

}  // namespace

std::string Show(double value, int digits) {
  return std::isfinite(value) ? Number(value, digits) : "unknown";
}

std::string GainText(const TuneResult& result) {
  const Verdict& verdict = result.verdict;
  return GainOf({verdict.improvement,
                 {verdict.ci95[0], verdict.ci95[1]},
                 verdict.p_value,
                 verdict.gain_percent});
}

bool IsNegligible(const TuneResult& result) {
  const Verdict& verdict = result.verdict;
  return verdict.negligible_band && std::fabs(verdict.improvement) <= *verdict.negligible_band;
}

std::string BaselineText(const TuneResult& result) {
  return result.verdict.baseline == 0.0 ? "no decay"
                                        : "a decay of " + DecayText(result.verdict.baseline);
}

std::string UseOfBaselineText(const TuneResult& result) {
  return result.verdict.baseline == 0.0
             ? std::string("Leave weight decay out")
             : fmt::format("Use the smallest weight decay, {}", DecayText(result.verdict.baseline));
}

std::string PercentText(double share) {
  if (!std::isfinite(share)) return share < 0.0 ? "any loss" : "unknown";
  constexpr double kWhole = 0.1;  // no decimals from here on
  const std::string number = std::fabs(share) < kWhole    ? Number(100.0 * share, 2)
                             : share > 0.0 && share < 1.0 ? BelowOne(share, 100.0, 0)
                                                          : Fixed(100.0 * share, 0);
  return number + "\u00A0%";
}

std::vector<std::string> GainSentences(const TuneResult& result) {
  std::vector<std::string> sentences = {ScoresSentence(result.verdict),
                                        NegligibleSentence(result.verdict), ChosenSentence(result),
                                        CurrentSentence(result.verdict), TextbookSentence(result)};
  std::erase(sentences, "");
  return sentences;
}

}  // namespace halflife
