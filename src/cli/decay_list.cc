#include "cli/decay_list.h"

#include <algorithm>
#include <cmath>

#include "base/error.h"
#include "base/text.h"
#include "tune/grid_check.h"

namespace halflife {
namespace {

constexpr int kDigits = 6;  // of log-spaced values, so that they print as they are
constexpr double kMostDecays = 10000;

double ParseDecay(const std::string& text) {
  double value = 0.0;
  if (!ParseNumber(Trim(text), &value)) Fail(ErrorKind::kDecayWord, {text});
  CheckDecays({value});
  return value;
}

std::vector<double> LogSpaced(const std::vector<std::string>& parts) {
  if (parts.size() != 3) Fail(ErrorKind::kDecaySpanForm);
  const double low = ParseDecay(parts[0]);
  const double high = ParseDecay(parts[1]);
  const double count = ParseDecay(parts[2]);
  if (low <= 0.0 || high <= low) Fail(ErrorKind::kDecaySpanOrder);
  if (count < 2.0 || count != std::floor(count) || count > kMostDecays)
    Fail(ErrorKind::kDecaySpanCount, {kMostDecays});
  std::vector<double> decays;
  decays.reserve(static_cast<std::size_t>(count));
  for (int i = 0; i < static_cast<int>(count); ++i) {
    decays.push_back(RoundSignificant(
        low * std::exp((std::log(high) - std::log(low)) * i / (count - 1.0)), kDigits));
  }
  for (double& decay : decays) decay = std::clamp(decay, low, high);
  decays.front() = low;
  decays.back() = high;
  return decays;
}

}  // namespace

std::vector<double> ParseDecays(const std::string& text) {
  if (text == "auto") return {};
  const std::vector<std::string> range = Split(text, ':');
  if (range.size() > 1) return LogSpaced(range);
  std::vector<double> decays;
  for (const std::string& part : Split(text, ',')) decays.push_back(ParseDecay(part));
  if (decays.empty()) Fail(ErrorKind::kDecayListEmpty);
  return decays;
}

}  // namespace halflife
