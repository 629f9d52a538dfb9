// The same of small nets: what the verdict says of a table, and what is true.
#pragma once

#include "calibration/problem.h"

namespace halflife::testing {

// Like MakePopulation, of at most 800 rows and 20 columns.
Population MakeNetPopulation(const std::string& kind, bool classes, std::uint64_t seed);

// What tuning truly gains: means over `tables` fresh tables of four fifths of the rows, of which a
// fifth chooses the decay, on 3,000 rows of the population; 0 where no decay was chosen.
Truth FindTruthOfNet(const Population& population, int tables);

Answer AnswerForNet(const Population& population, std::uint64_t number);

}  // namespace halflife::testing
