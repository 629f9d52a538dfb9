// A table or an array made ready to train a net: its rows in three parts, laid out as floats, with
// everything learnt from the training rows alone.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "data/array_samples.h"
#include "halflife/arrays.h"
#include "halflife/data_options.h"
#include "halflife/fitted_net.h"
#include "halflife/table.h"
#include "net/net_trainer.h"

namespace halflife {

struct NetRows {
  ArraySamples training;
  ArraySamples validation;  // the choice sees these
  ArraySamples test;        // the verdict alone sees these
  FittedNet net;            // what is learnt of rows and target; no options, no weights
  std::size_t rows = 0;     // used, the test rows included
  std::size_t rows_dropped = 0;
  std::size_t columns = 0;                 // in the table, or cells a row
  std::vector<ColumnSummary> column_list;  // of a table
  std::vector<Finding> findings;

  // Views these rows, so they have to outlive what is trained on them.
  NetData view() const;
};

// Of the rows, a fifth are for validation and, without `test`, another fifth for the test; a tenth
// each above 20,000 rows. Drawn by options.seed, evenly over classes, or with options.group whole
// groups; with options.time the latest rows test and those before them validate. Throws Error as
// PrepareDataset does, where a part would be empty, or a class has no training row; and for
// options.folds, fold_column and weight, which ask for another way of checking.
NetRows SplitTable(const Table& table, const Table* test, const DataOptions& options);

// The same from arrays, which are freed once they are laid out.
NetRows SplitArrays(ArrayData&& given, std::optional<ArrayData> test, const DataOptions& options);

}  // namespace halflife
