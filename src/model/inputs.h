// The inputs of a model of a table: how they are made from what was learnt of the columns, and how
// they read new rows.
#pragma once

#include <string>
#include <vector>

#include "data/encoding.h"
#include "halflife/fitted_model.h"
#include "model/standardizer.h"

namespace halflife {

// An input for each feature that varies, in their order; without weights.
std::vector<ModelInput> MakeInputs(const Design& design, const Standardizer& standardizer);

// The column that `input` reads. Throws Error if `table` lacks it, or has text for numbers.
const Column& NeededColumn(const ModelInput& input, const Table& table);

// What `input` gives for one cell, standardised.
double StandardisedValue(const ModelInput& input, const Column& column, std::size_t row);

// What a reader of predictions should know: levels and gaps that no training row had, and columns
// that are not used, `target` apart.
std::vector<std::string> OddInputs(const std::vector<ModelInput>& inputs, const std::string& target,
                                   const Table& table);

}  // namespace halflife
