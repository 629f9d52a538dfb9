// The result for programs: schema halflife.result/1.
#pragma once

#include <string>
#include <string_view>

#include "halflife/tune.h"

namespace halflife {

// The result as indented JSON with a line end. Keys keep their order; a number that is not finite
// is null; bytes that are not UTF-8 are replaced. `version` is that of the program.
std::string ResultJson(const TuneResult& result, std::string_view version);

}  // namespace halflife
