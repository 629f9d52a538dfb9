// Options that name things of the library: laws, hidden layers.
#pragma once

#include <string>
#include <vector>

#include "halflife/decay.h"
#include "lab/question.h"

namespace halflife {

// A decay law by its name; `init` where it is not given. Throws Error, suggesting the nearest.
DecayLaw LawChoice(const Question& question, const std::string& name, DecayLaw init);
DecayLaw FindLaw(const std::string& name);

// Sizes of hidden layers, "16,8" or "none", in the option `hidden`; `init` where it is not given.
std::vector<int> HiddenChoice(const Question& question, const std::string& init);
std::vector<int> ParseHidden(const std::string& text);

}  // namespace halflife
