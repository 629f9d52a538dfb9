#include "report/scored.h"

#include <cmath>

#include "report/say.h"
#include "report/words.h"

namespace halflife {

bool BestIsBaseline(const TuneResult& result) {
  return BestPoint(result).decay == result.verdict.baseline;
}

Scored ScoredOfBest(const TuneResult& result) {
  if (result.training && result.training->best_test)
    return {result.training->best_test->loss.mean, result.training->best_test->score};
  return {BestPoint(result).validation.mean, BestPoint(result).score};
}

std::optional<Scored> ScoredOfBaseline(const TuneResult& result) {
  if (result.training && result.training->baseline_test)
    return Scored{result.training->baseline_test->loss.mean, result.training->baseline_test->score};
  const GridPoint* baseline = BaselinePoint(result);
  if (baseline == nullptr) return std::nullopt;
  return Scored{baseline->validation.mean, baseline->score};
}

std::string RowsScored(const TuneResult& result, Language language) {
  return result.training && result.training->best_test ? Say(language, "test", "测试")
                                                       : Say(language, "validation", "验证");
}

bool BaselineIsBetter(const TuneResult& result) {
  return BaselinePoint(result) == nullptr && result.verdict.improvement < 0.0;
}

double BaselineLoss(const TuneResult& result) {
  const std::optional<Scored> baseline = ScoredOfBaseline(result);
  return baseline ? baseline->loss : ScoredOfBest(result).loss + result.verdict.improvement;
}

double GainShare(const TuneResult& result) {
  const double baseline = BaselineLoss(result);
  const double share = result.verdict.improvement / baseline;
  return baseline > 0.0 && std::isfinite(share) ? share : 0.0;
}

bool IsTiny(const TuneResult& result) {
  const double size = std::fabs(result.verdict.improvement);
  constexpr double kTiny = 0.01;
  constexpr double kNothing = 1e-6;
  return std::fabs(GainShare(result)) < kTiny ||
         size < kNothing * result.data.null_loss.value_or(0.0);
}

}  // namespace halflife
