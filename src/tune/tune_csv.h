// The main job on a CSV file, with what decides whether its rows stay there open to tests.
#pragma once

#include <string>

#include "data/csv_stream.h"
#include "halflife/tune.h"

namespace halflife {

struct TuneCsvSettings {
  double memory = 0.0;  // bytes there are
  CsvStreamOptions stream;
};

// See TuneCsv, which knows the memory of the machine.
TuneOutcome TuneCsvWith(const std::string& path, const ReadOptions& reading, TuneOptions options,
                        const NameColumnsOf& name_columns, TuneCsvSettings settings);

}  // namespace halflife
