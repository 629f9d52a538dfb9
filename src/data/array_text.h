// Text in arrays: NumPy's fixed-width strings as distinct values and their places.
#pragma once

#include "data/array_header.h"
#include "halflife/arrays.h"

namespace halflife {

// Turns the bytes of `array`, which are text as `header` says, in C order and this machine's byte
// order, into levels and uint32 places among them. NUL characters at the end are no part of a text.
// Throws Error for what is no text.
void DecodeText(const ArrayHeader& header, Array* array);

}  // namespace halflife
