// What the verdict's numbers say in words: the gain of tuning, how sure it is, what other decays
// would do.
#pragma once

#include <string>
#include <vector>

#include "halflife/language.h"
#include "halflife/tune.h"

namespace halflife {

// "18.6 % of the loss (95 % interval 4.1 % to 41 %)", or in loss where a share of the baseline's
// says nothing. In Chinese it follows 增益为 without a space of the sentence's own.
std::string GainText(const TuneResult& result, Language language = Language::kEnglish);

// A number that may not be known.
std::string Show(double value, int digits, Language language = Language::kEnglish);

// "no detectable effect".
std::string LabelText(VerdictLabel label, Language language = Language::kEnglish);

// Whether an improvement is practically nothing: within the verdict's band.
bool IsNegligible(const TuneResult& result);

// "no decay", "a decay of 0.001".
std::string BaselineText(const TuneResult& result, Language language = Language::kEnglish);

// "Leave weight decay out", "Use the smallest weight decay, 0.001".
std::string UseOfBaselineText(const TuneResult& result, Language language = Language::kEnglish);

// What the best could not be told from: "none", "the smallest one".
std::string NoneText(const TuneResult& result, Language language = Language::kEnglish);

// Of an effect, or a gain, of a net that is surely there and too small to matter.
std::string TinyText(Language language = Language::kEnglish);
std::string TinyGainText(Language language = Language::kEnglish);

// A share of a loss: "12 %", with two figures below 10; "any loss" of what has no lower end.
std::string PercentText(double share, Language language = Language::kEnglish);

// What else the verdict knows, a sentence each: scores with intervals, how surely the gain is
// negligible, how often nothing was chosen, the decay in use, the textbook values.
std::vector<std::string> GainSentences(const TuneResult& result,
                                       Language language = Language::kEnglish);

}  // namespace halflife
