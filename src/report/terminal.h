// The result as a short table and a verdict for the terminal.
#pragma once

#include <string>
#include <vector>

#include "halflife/tune.h"

namespace halflife {

struct TerminalOptions {
  int width = 80;            // columns; 40 at least. Sentences take 96 at most.
  bool all_columns = false;  // the table whole, however wide: for pipes and files
};

// Without colours or control characters. `files` are the names of what was written. What the table
// leaves out is said under it.
std::string TerminalReport(const TuneResult& result, const std::vector<std::string>& files,
                           const TerminalOptions& options = {});

}  // namespace halflife
