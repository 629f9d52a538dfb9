// A table or an array made ready to train a net: its rows in three parts, laid out as floats, with
// everything learnt from the training rows alone; once, or in several splits.
#pragma once

#include <cstdint>
#include <memory>
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
  std::vector<std::uint32_t> validation_ids;  // which of the rows used they are
  std::vector<std::uint32_t> test_ids;        // likewise; none where they come from elsewhere
  std::size_t rows = 0;                       // used, the test rows included
  std::size_t rows_dropped = 0;
  std::size_t columns = 0;                 // in the table, or cells a row
  std::vector<ColumnSummary> column_list;  // of a table
  std::vector<Finding> findings;

  // Views these rows, so they have to outlive what is trained on them.
  NetData view() const;
};

// The splits of a table or an array. Of the rows, a fifth are for validation and, without test rows
// of their own, another fifth for the test; a tenth each above 20,000 rows. Drawn by options.seed,
// evenly over classes, or with options.group whole groups; with options.time the latest rows test
// and those before them validate.
class RowSplits {
 public:
  // `rounds` splits, or with 0 one for each part of a drawing below 5,000 rows, so that every row
  // is tested once, where that can be; else one. The tables outlive it. Throws Error as
  // PrepareDataset does, where a part would be empty; for more than one round with `test` or
  // options.time; and for options.folds, fold_column and weight, which ask for another way of
  // checking.
  RowSplits(const Table& table, const Table* test, const DataOptions& options, int rounds);
  RowSplits(ArrayData&& data, std::optional<ArrayData> test, const DataOptions& options,
            int rounds);
  ~RowSplits();

  int count() const;
  std::size_t rows() const;  // that are split

  // Split 0 .. count() - 1. Throws Error where a class has no training row.
  NetRows Split(int split) const;
  // All rows train, none validate, none test.
  NetRows All() const;

 private:
  struct Source;
  std::unique_ptr<Source> source_;
};

// The only split.
NetRows SplitTable(const Table& table, const Table* test, const DataOptions& options);
NetRows SplitArrays(ArrayData&& given, std::optional<ArrayData> test, const DataOptions& options);

}  // namespace halflife
