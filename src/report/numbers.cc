#include "report/numbers.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <cstdlib>

#include "base/text.h"

namespace halflife {

int DecimalsFor(double scale) {
  if (!std::isfinite(scale) || scale <= 0.0) return 4;
  return std::clamp(1 - static_cast<int>(std::floor(std::log10(scale))), 0, 9);
}

std::string Fixed(double value, int decimals) {
  if (!std::isfinite(value)) return "-";
  std::string text = fmt::format("{:.{}f}", value, decimals);
  return text.size() <= 10 ? text : fmt::format("{:.3e}", value);
}

std::string NumberText(double value, int digits) {
  return std::isfinite(value) ? Number(value, digits) : "-";
}

std::string NumberInFull(double value, int digits) {
  const double size = std::fabs(value);
  constexpr double kLong = 1e9;
  return size >= std::pow(10.0, digits) && size < kLong ? fmt::format("{:.0f}", value)
                                                        : NumberText(value, digits);
}

std::string LossText(const TuneResult& result, double loss) {
  const Estimate& best = result.grid.at(static_cast<std::size_t>(result.best)).validation;
  const double size = std::fabs(best.mean);
  // Where the folds agree to rounding, four digits of the loss itself.
  return Fixed(loss, DecimalsFor(best.se > 1e-6 * size ? 0.5 * best.se : 1e-2 * size));
}

std::string LossWithErrorText(const TuneResult& result, const Estimate& estimate) {
  std::string mean = LossText(result, estimate.mean);
  if (!std::isfinite(estimate.mean) || !std::isfinite(estimate.se)) return mean;
  return mean + " ± " + LossText(result, estimate.se);
}

std::string NullLossText(const TuneResult& result) {
  constexpr double kClose = 0.01;
  const double loss = *result.data.null_loss;
  const std::string text = LossText(result, loss);
  const double shown = std::strtod(text.c_str(), nullptr);
  return std::fabs(shown - loss) <= kClose * std::fabs(loss) ? text : Number(loss, 4);
}

std::string BelowOne(double value, double unit, int digits) {
  if (std::isnan(value)) return "nan";  // whatever its sign
  constexpr int kMost = 17;
  std::string text = fmt::format("{:.{}f}", unit * value, digits);
  constexpr double kOne = 1.0 - 1e-12;  // means of shares that are all 1 but for rounding
  for (int more = digits;
       value < kOne && text == fmt::format("{:.{}f}", unit, more) && more < kMost;)
    text = fmt::format("{:.{}f}", unit * value, ++more);
  return text;
}

}  // namespace halflife
