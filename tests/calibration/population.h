// Populations with a known truth, from which tables are drawn to see how a verdict does.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "base/random.h"
#include "halflife/table.h"
#include "linalg/linalg.h"

namespace halflife::testing {

// Rows drawn from a population.
struct Drawn {
  Matrix x;       // rows x columns: numbers, or of text columns the level's number
  Vector signal;  // regression: the target's mean; two classes: the logit of the second
  Vector y;       // the target: a number, or 0 and 1
};

// What a population is made of; every field is drawn by its seed.
struct Population {
  std::string kind;
  std::uint64_t seed = 1;
  bool classes = false;
  std::size_t rows = 100;  // of a table
  int columns = 5;
  double noise = 1.0;  // standard deviation of the target around its mean
  double intercept = 0.0;
  double shape = 0.0;    // of the kind's own
  int levels = 0;        // of text columns; 0: columns are numbers
  Matrix mixing;         // sources x columns: columns are sources times this
  Vector slope;          // of the signal: of the sources
  Vector level_effects;  // columns x levels
};

// The kinds, each of tables in which tuning may or may not help.
std::vector<std::string> RegressionKinds();
std::vector<std::string> ClassificationKinds();

// Rows between 40 and 5,000, columns up to the smaller of twice that and 400.
Population MakePopulation(const std::string& kind, bool classes, std::uint64_t seed);

Drawn Draw(const Population& population, std::size_t rows, Random* random);

// The rows as a table whose target is called y.
Table AsTable(const Population& population, const Drawn& drawn);

}  // namespace halflife::testing
