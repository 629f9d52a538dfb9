// A row of units (m, kg, %) between the header and the numbers.
#pragma once

#include "data/csv_document.h"
#include "data/csv_head.h"

namespace halflife {

// Moves the body past the row below the header, and finds it, if it is one of units. So it is if,
// judged by the rows of `head` (two or more) below it,
// - each column of numbers or dates holds a text there, or nothing, and at least one a text;
// - no other column holds anything there, or at least two columns of numbers hold a text.
void SkipUnits(const CsvHead& head, CsvDocument* document);

}  // namespace halflife
