// What a run did, as code for PyTorch: rule, law, options, groups, schedules and clipping.
#pragma once

#include <string>

#include "halflife/language.h"
#include "halflife/tune.h"

namespace halflife {

// What PyTorch 1.13 has no rule for, such as "lion", as it goes on after "has no " or 没有; ""
// where it has all.
std::string TorchLacks(const TrainingSummary& training, Language language = Language::kEnglish);

// Whether the decay is PyTorch's weight_decay, the same in every step and for all that decay.
bool TakesTorchDecay(const TrainingSummary& training);

// Whether a class of PyTorch's does it with lr and weight_decay alone.
bool IsPlainTorch(const TrainingSummary& training);

// Makes `optimizer` for `model`, and where that is not all, a function `update` to be called in the
// place of optimizer.step(). The loss has to be a mean, of half squared errors for numbers. Not for
// what PyTorch lacks.
std::string TorchCode(const TrainingSummary& training);

}  // namespace halflife
