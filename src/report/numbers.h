// Numbers with the decimals that suit a result, so that columns and sentences agree.
#pragma once

#include <string>

#include "halflife/tune.h"

namespace halflife {

// Decimals that show two digits of `scale`.
int DecimalsFor(double scale);

// `value` with so many decimals, or with an exponent where that would be long; "-" if not finite.
std::string Fixed(double value, int decimals);

// `value` with at most `digits` significant digits; "-" if not finite.
std::string NumberText(double value, int digits = 4);

// `value` times `unit`, `value` being 1 at the most, with `digits` decimals or as many more as tell
// it from 1.
std::string BelowOne(double value, double unit, int digits);

// The same for reading beside a figure: without an exponent up to a thousand millions.
std::string NumberInFull(double value, int digits);

// A loss with the decimals that the best decay's standard error calls for.
std::string LossText(const TuneResult& result, double loss);

// "0.0113 ± 0.0006" in those decimals; without the second where it is not known.
std::string LossWithErrorText(const TuneResult& result, const Estimate& estimate);

// The loss of the best constant in the same digits, or in more where those would round most of it
// away.
std::string NullLossText(const TuneResult& result);

}  // namespace halflife
