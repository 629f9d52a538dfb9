// The result as a short table and a verdict for the terminal.
#pragma once

#include <string>
#include <vector>

#include "halflife/tune.h"

namespace halflife {

// Lines of at most `width` columns (60 to 96; others are brought into that range), without colours
// or control characters. `files` are the names of what was written.
std::string TerminalReport(const TuneResult& result, const std::vector<std::string>& files,
                           int width = 80);

}  // namespace halflife
