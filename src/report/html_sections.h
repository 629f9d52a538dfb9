// The sections of the page, a file each. What a result does not have is "".
#pragma once

#include <string>

#include "halflife/tune.h"

namespace halflife {

// The answer in a sentence, and the figure of the loss.
std::string AnswerSection(const TuneResult& result);
// The table of decays.
std::string DecaysSection(const TuneResult& result);
// The verdict: does it matter?
std::string VerdictSection(const TuneResult& result);
// The decay for other libraries, and code.
std::string UseSection(const TuneResult& result);
// The data, the folds or splits, seeds, version, times.
std::string RunSection(const TuneResult& result);

// The figures of the section `id`, in their order, with what introduces them.
std::string FiguresOf(std::string_view section, const TuneResult& result);

}  // namespace halflife
