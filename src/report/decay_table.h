// The table of decays for the terminal, as wide as there is room.
#pragma once

#include <limits>
#include <string>
#include <vector>

#include "halflife/language.h"
#include "halflife/tune.h"

namespace halflife {

inline constexpr int kAnyWidth = std::numeric_limits<int>::max();

struct DecayTable {
  std::vector<std::string> lines;     // the head, then a line a row, of `width` columns at most
  std::vector<std::string> left_out;  // names of the columns that there was no room for
  std::size_t rows = 0;               // of the grid
};

// Where the table is wider than `width`, columns that matter less are left out, and in the last
// resort marks are cut.
DecayTable MakeDecayTable(const TuneResult& result, int width,
                          Language language = Language::kEnglish);

}  // namespace halflife
