// What "no detectable effect" comes to: that tuning surely changes nothing, that nothing was ever
// chosen, that some decay is needed, or that the rows do not tell; and what to do then.
#pragma once

#include <string>

#include "halflife/language.h"
#include "halflife/tune.h"

namespace halflife {

// Whether a gain of tuning is surely too small to matter.
bool IsSurelyNegligible(const TuneResult& result);

// The heading of a result without a detectable effect.
std::string NoEffectHeading(const TuneResult& result, Language language = Language::kEnglish);

// ": a gain above 0.64 % is unlikely, a loss of up to 2.4 % is possible"; "" where the interval
// does not say so.
std::string BoundsClause(const TuneResult& result, Language language = Language::kEnglish);

// " Leave it out, or use 2.65: these rows do not show which is better."
std::string WhatToUseSentence(const TuneResult& result, Language language = Language::kEnglish);

}  // namespace halflife
