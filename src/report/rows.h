// The table of decays that people see: which rows of the grid, and their cells as text.
#pragma once

#include <string>
#include <vector>

#include "halflife/language.h"
#include "halflife/tune.h"

namespace halflife {

// About a dozen indices into the grid, ascending: dense around the best and sparser outwards, and
// always the smallest decay, the best, the one-SE choice and the largest. Without a signal, evenly
// over the decays at which the columns are still in use.
std::vector<std::size_t> RowsShown(const TuneResult& result);

// A row in text; numbers of a column have the same decimals where they can.
struct TableRow {
  std::string decay;
  std::string lr;  // of nets alone
  std::string train;
  std::string validation;
  std::string error;  // the standard error of the validation loss; "" for the constant
  std::string score;
  std::string norm;
  std::string dof;                 // "-" if unknown
  std::string nonzero;             // of penalties that make weights exactly 0: how many are not
  std::string half_life;           // of nets alone: in epochs
  std::vector<std::string> marks;  // "baseline", "best" or without a signal "lowest" (of nets
                                   // "chosen"), "one-SE", how a net's training ended
};

// How those were chosen: "dense around the best".
std::string RowsChoiceText(const TuneResult& result, Language language = Language::kEnglish);

// What the best constant scores, where that is known, then the rows shown.
std::vector<TableRow> TableRows(const TuneResult& result, Language language = Language::kEnglish);

}  // namespace halflife
