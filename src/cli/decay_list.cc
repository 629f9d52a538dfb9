#include "cli/decay_list.h"

#include <cmath>

#include "base/error.h"
#include "base/text.h"

namespace halflife {
namespace {

constexpr int kDigits = 6;  // of log-spaced values, so that they print as they are
constexpr double kMostDecays = 10000;

double ParseDecay(const std::string& text) {
  double value = 0.0;
  if (!ParseNumber(Trim(text), &value) || value < 0.0) {
    FailUsage("--decay: " + Quoted(text) +
              " is not a decay; give auto, numbers from 0 up as in 0,1e-3,0.1, or LO:HI:COUNT");
  }
  return value;
}

std::vector<double> LogSpaced(const std::vector<std::string>& parts) {
  if (parts.size() != 3) FailUsage("--decay: a range is LO:HI:COUNT, as in 1e-5:1:20");
  const double low = ParseDecay(parts[0]);
  const double high = ParseDecay(parts[1]);
  const double count = ParseDecay(parts[2]);
  if (low <= 0.0 || high <= low)
    FailUsage(
        "--decay: a range LO:HI:COUNT is log-spaced, so 0 < LO < HI; add 0 in a list of its own");
  if (count < 2.0 || count != std::floor(count) || count > kMostDecays) {
    FailUsage("--decay: the COUNT of LO:HI:COUNT is a whole number from 2 to 10000");
  }
  std::vector<double> decays;
  decays.reserve(static_cast<std::size_t>(count));
  for (int i = 0; i < static_cast<int>(count); ++i) {
    decays.push_back(
        RoundSignificant(low * std::exp(std::log(high / low) * i / (count - 1.0)), kDigits));
  }
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
  if (decays.empty()) FailUsage("--decay: give auto, numbers as in 0,1e-3,0.1, or LO:HI:COUNT");
  return decays;
}

}  // namespace halflife
