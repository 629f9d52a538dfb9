// What a model expects of a row, as its file says it.
#pragma once

#include <vector>

#include "halflife/fitted_model.h"
#include "model/json_reader.h"

namespace halflife {

// A list of objects, an input each; without "weights" where an input has none of its own (nets).
Json InputsToJson(const std::vector<ModelInput>& inputs);

// Reads the list under `key`; `outputs`: how many weights an input must have. Throws Error for
// anything else.
std::vector<ModelInput> InputsFromJson(const JsonReader& reader, const char* key,
                                       std::size_t outputs);

}  // namespace halflife
