// Predictions of rows that the fit has not seen, as figures show them.
#pragma once

#include <cstdint>
#include <optional>
#include <span>

#include "halflife/diagnostics.h"
#include "linalg/linalg.h"

namespace halflife {

// The rows of `parts` one after another: outputs x rows; parts without rows may have no outputs.
Matrix SideBySide(std::span<const Matrix> parts);

// `truth` and `predicted`, a value a row each; the points kept are evenly spread over the rows.
// Rows without a finite prediction are left out, here and below.
HeldOutNumbers HeldOutOfNumbers(std::span<const double> truth, std::span<const double> predicted);

// `classes`, one a row of `logits` (outputs x rows; one output is the logit of the second of two
// classes), indices below `class_count`. The bins of reliability hold about as many rows each, rows
// of one probability together; ROC points are thinned to 200.
HeldOutClasses HeldOutOfClasses(std::span<const int32_t> classes, const Matrix& logits,
                                std::size_t class_count);

}  // namespace halflife
