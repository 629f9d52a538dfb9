// New rows from a CSV file, read as a model means them.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "halflife/fitted_model.h"
#include "halflife/table.h"

namespace halflife {

// Reads a CSV file of new rows as `inputs` mean them: as levels what they take for levels, as
// numbers what they take for numbers. Throws Error as ParseCsv does, and for a cell that is no
// number.
Table ParseNewRows(std::string_view bytes, const std::string& source,
                   const std::vector<ModelInput>& inputs);

// Throws Error: `text` in `row` (from 1) of `column`, where the model takes numbers, is none.
[[noreturn]] void FailNoNumber(const std::string& source, const std::string& column,
                               std::size_t row, const std::string& text);

}  // namespace halflife
