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

// ": a gain above 0.64 % is unlikely, a rise of the loss by up to 2.4 % is possible"; "" where the
// interval does not say so.
std::string BoundsClause(const TuneResult& result, Language language = Language::kEnglish);

// " Of fixed values 0.01 is shown to gain 3.1 % (1.4 % to 4.6 %) over no decay ...", or that the
// decay in use does better than tuning; "" where neither is shown.
std::string FixedValueSentence(const TuneResult& result, Language language = Language::kEnglish);

// ": nothing here proves that it helps, or that it does not."; where a fixed value is shown to help
// the end of the sentence alone.
std::string ProvesNothingClause(const TuneResult& result, Language language = Language::kEnglish);

// What to use, or that splits are still to be done: " Leave it out, or use 2.65: these rows do not
// show which is better."
std::string WhatToUseSentence(const TuneResult& result, Language language = Language::kEnglish);

}  // namespace halflife
