// The table of decays that people see: which rows of the grid, and their cells as text.
#pragma once

#include <string>
#include <vector>

#include "halflife/tune.h"

namespace halflife {

// About a dozen indices into the grid, ascending: dense around the best and sparser outwards, and
// always the smallest decay, the best, the one-SE choice and the largest.
std::vector<std::size_t> RowsAroundBest(const TuneResult& result);

// A row in text; numbers of a column have the same decimals where they can.
struct TableRow {
  std::string decay;
  std::string lr;  // of nets alone
  std::string train;
  std::string validation;
  std::string error;  // the standard error of the validation loss
  std::string score;
  std::string norm;
  std::string dof;                 // "-" if unknown
  std::string half_life;           // of nets alone: in epochs
  std::vector<std::string> marks;  // "baseline", "best", "one-SE", how a net's training ended
};

std::vector<TableRow> TableRows(const TuneResult& result);

}  // namespace halflife
