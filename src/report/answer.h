// The answer in words: which decay, what it does, and the test behind it. The terminal and the page
// say the same.
#pragma once

#include <optional>
#include <string>

#include "halflife/language.h"
#include "halflife/tune.h"
#include "report/no_signal_words.h"

namespace halflife {

// Beside the best decay, where that is not the one recommended: why; else "".
std::string NotRecommendedText(const TuneResult& result, Language language = Language::kEnglish);

// The weight decay that the answer recommends; none without a signal.
std::optional<double> Recommended(const TuneResult& result);

// The test behind it: "improvement 0.0016, 95 % interval 0.0004 to 0.0028, p = 0.012".
std::string Evidence(const TuneResult& result, Language language = Language::kEnglish);

// What the run could have seen: the minimum detectable effect.
std::string Sensitivity(const TuneResult& result, Language language = Language::kEnglish);

// p as people write it: "p = 0.012", "p < 0.0001"; `figures` of it.
std::string PValueText(double p, int figures = 2, Language language = Language::kEnglish);

}  // namespace halflife
