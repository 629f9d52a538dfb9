// What rules that hold no folds out would choose, in words.
#pragma once

#include <string>

#include "halflife/language.h"
#include "halflife/tune.h"

namespace halflife {

// Which decay leave-one-out, GCV and the evidence would choose beside cross-validation's; "" where
// none of them is known at two decays or more, and without a signal.
std::string OtherRulesSentence(const TuneResult& result, Language language = Language::kEnglish);

// Whether the leave-one-out loss is known at some decays above 0, which the figure joins.
bool HasLeaveOneOut(const TuneResult& result);

}  // namespace halflife
