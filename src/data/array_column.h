// The targets of arrays as a column, so that the rules for tables hold for them.
#pragma once

#include "halflife/arrays.h"

namespace halflife {

// `targets` (n or n x 1) as a column of its name: text as levels, an empty text being missing; else
// numbers, and where some whole number lies beyond 2^53, each one's own digits as cell_texts.
Column TargetColumn(const Array& targets);

}  // namespace halflife
