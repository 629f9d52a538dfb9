// What was understood of a table, as JSON.
#pragma once

#include <nlohmann/json.hpp>
#include <string>
#include <vector>

#include "halflife/column_list.h"

namespace halflife {

// `column_list` of result.json: an object a column. `target` names the column to predict, "" where
// none is.
nlohmann::ordered_json ColumnListJson(const std::vector<ColumnSummary>& columns,
                                      const std::string& target);

nlohmann::ordered_json FindingsJson(const std::vector<Finding>& findings);

}  // namespace halflife
