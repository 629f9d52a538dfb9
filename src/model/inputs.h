// The inputs of a model of a table: how they are made from what was learnt of the columns, and how
// they read new rows.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "data/encoding.h"
#include "halflife/fitted_model.h"
#include "model/standardizer.h"

namespace halflife {

// An input for each feature that varies, in their order; without weights.
std::vector<ModelInput> MakeInputs(const Design& design, const Standardizer& standardizer);

// The column that an input reads, and which of its codes are the input's level.
struct InputColumn {
  const Column* column = nullptr;
  std::vector<int32_t> codes;
};

// The columns of `inputs`, one each. Levels that are booleans (true and false, yes and no, ...) are
// the same in any case. Throws Error if `table` lacks a column, or has text for numbers.
std::vector<InputColumn> InputColumns(const std::vector<ModelInput>& inputs, const Table& table);

// What `input` gives for one cell, standardised.
double StandardisedValue(const ModelInput& input, const InputColumn& from, std::size_t row);

// What a reader of predictions should know: levels and gaps that no training row had, and columns
// that are not used, `target` apart.
std::vector<InputFinding> OddInputs(const std::vector<ModelInput>& inputs,
                                    const std::string& target, const Table& table);

}  // namespace halflife
