// Rows of a population tuned as the program tunes a table, with what the library keeps to itself.
#pragma once

#include <cstdint>
#include <memory>

#include "calibration/population.h"
#include "data/dataset.h"
#include "model/model.h"
#include "tune/sweep.h"

namespace halflife::testing {

struct TunedRows {
  Table table;
  Dataset dataset;
  std::unique_ptr<Model> model;
  Sweep sweep;
};

std::unique_ptr<TunedRows> TuneRows(const Population& population, const Drawn& rows, int rounds,
                                    std::uint64_t seed);

// Table `number` of the population, of all its rows, in five rounds.
std::unique_ptr<TunedRows> TuneTable(const Population& population, std::uint64_t number);

}  // namespace halflife::testing
