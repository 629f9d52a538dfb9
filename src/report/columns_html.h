// The page's section on what was understood of the table.
#pragma once

#include <string>

#include "halflife/tune.h"

namespace halflife {

// How many columns of each kind, each surprise, and a table of every column; "" for results that
// list none.
std::string ColumnsSection(const TuneResult& result);

}  // namespace halflife
