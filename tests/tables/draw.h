// What kinds of tables are put together from: random columns, and targets that depend on them.
#pragma once

#include <cstddef>
#include <string>
#include <vector>

#include "tables/made_table.h"

namespace halflife::testing {

using NumberColumns = std::vector<std::vector<double>>;

// A whole number in [low, high].
std::size_t DrawCount(Random* random, std::size_t low, std::size_t high);

std::vector<double> DrawNormals(Random* random, std::size_t rows);

// Adds `count` standard normal columns x0, x1, ...; returns them.
NumberColumns AddNormals(Random* random, MadeTable* table, std::size_t rows, std::size_t count);

// A random weight a column, times the columns, summed: a value a row.
std::vector<double> DrawSignal(Random* random, const NumberColumns& columns);

std::vector<double> PlusNoise(Random* random, std::vector<double> values, double sd);

// PREFIX0 .. PREFIX(levels - 1), each equally likely.
std::vector<std::string> DrawLevels(Random* random, std::size_t rows, std::size_t levels,
                                    const std::string& prefix);

// A number of its own for every level, drawn from `seed`: what a category adds to a target.
std::vector<double> EffectOfLevels(const std::vector<std::string>& texts, uint64_t seed);

// "yes" or "no", whose log odds are the scores; the first four rows are two of each, so that folds
// can deal both out.
std::vector<std::string> DrawTwoClasses(Random* random, const std::vector<double>& scores);

// The scores where the table's seed is even, else two classes drawn from them.
void PredictNumbersOrTwoClasses(Random* random, const std::vector<double>& scores,
                                MadeTable* table);

// By the seed two classes, the scores, or three classes cut from them.
void PredictAnything(Random* random, const std::vector<double>& scores, MadeTable* table);

}  // namespace halflife::testing
