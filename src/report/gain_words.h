// What the verdict's numbers say in words: the gain of tuning, how sure it is, what other decays
// would do.
#pragma once

#include <string>
#include <vector>

#include "halflife/tune.h"

namespace halflife {

// "18.6 % of the loss (95 % interval 4.1 % to 41 %)", or in loss where a share of the baseline's
// says nothing.
std::string GainText(const TuneResult& result);

// A number that may not be known.
std::string Show(double value, int digits);

// Whether an improvement is practically nothing: within the verdict's band.
bool IsNegligible(const TuneResult& result);

// "no decay", "a decay of 0.001".
std::string BaselineText(const TuneResult& result);

// "Leave weight decay out", "Use the smallest weight decay, 0.001".
std::string UseOfBaselineText(const TuneResult& result);

// A share of a loss: "12 %", with two figures below 10; "any loss" of what has no lower end.
std::string PercentText(double share);

// What else the verdict knows, a sentence each: scores with intervals, how surely the gain is
// negligible, how often nothing was chosen, the decay in use, the textbook values.
std::vector<std::string> GainSentences(const TuneResult& result);

}  // namespace halflife
