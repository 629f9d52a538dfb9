// The rows of a table as a net reads them.
#pragma once

#include <vector>

#include "halflife/fitted_model.h"

namespace halflife {

// Every row of `table`: rows x inputs, row-major, standardised. Throws Error if the table lacks a
// column, has text for numbers, or a value that no float holds.
std::vector<float> NetInputs(const std::vector<ModelInput>& inputs, const Table& table);

}  // namespace halflife
