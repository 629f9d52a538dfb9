// Everything that must hold of a table's answer, whatever the table.
#pragma once

#include <string>
#include <vector>

#include "halflife/tune.h"
#include "tables/made_table.h"

namespace halflife::testing {

// What came of one table.
struct TableReport {
  std::vector<std::string> faults;  // one line each; none where all is well
  bool refused = false;             // with the cause that the kind foretells
  std::size_t fits = 0;             // whose gradient was looked at
  std::size_t unfit = 0;            // decays left out of the grid
  double worst_gradient = 0.0;      // over the data's scale
};

// Reads the table from its CSV, tunes it and looks at all that comes of it.
TableReport CheckTable(const MadeTable& made);

// Parts of it. The numbers of a result by themselves: finite, in range, in order, consistent.
void CheckNumbers(const MadeTable& made, const TuneResult& result,
                  std::vector<std::string>* faults);

// The gradient at every decay of `result`'s grid, of the fit on all rows and of each fold's.
void CheckEveryFit(const MadeTable& made, const Table& table, const TuneOutcome& outcome,
                   TableReport* report);

}  // namespace halflife::testing
