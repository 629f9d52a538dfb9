// A table made ready to be fitted: usable rows, target, encoded features and folds.
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "data/encoding.h"
#include "data/folds.h"
#include "data/row_stream.h"
#include "data/target.h"
#include "halflife/data_options.h"

namespace halflife {

struct Dataset {
  std::vector<uint32_t> rows;  // of the table, those used, ascending
  Target target;
  Design design;
  std::vector<bool> undecayed;  // a feature of the design: its weights are not decayed; empty: none
  std::vector<Folds> folds;     // one a repeat (seed); a fold column gives one
  std::vector<int32_t> groups;  // a row: its group, counted from 0; empty without --group
  Vector weights;  // how many rows each row stands for, above 0; all 1 where unweighted
  std::size_t rows_dropped =
      0;  // without a target or of weight 0, or with a missing cell under MissingPolicy::kDrop
  std::vector<ColumnSummary> column_list;  // every column of the file; Table::removed last
  std::vector<Finding> findings;           // of the table as a whole
  bool varies = true;                      // some feature does
  // Where the rows are, if the design has none.
  std::shared_ptr<const RowStream> stream;
};

class TableCells;

// Prepares `table` as `options` ask. Throws Error for a column that does not exist, a target that
// cannot be learnt, too few rows, or folds that cannot be.
// The design refers to `table`; that of a table which is given away owns it.
Dataset PrepareDataset(const Table& table, const DataOptions& options);
Dataset PrepareDataset(Table&& table, const DataOptions& options);
Dataset PrepareDataset(TableCells* cells, const DataOptions& options);

// Whether some feature's weights are not decayed.
bool HasUndecayed(const Dataset& dataset);

// Some rows of a dataset in memory, in the order given, none of them ever held out; without what is
// told of columns and table. What it refers to must outlive the result.
Dataset RowsOf(const Dataset& dataset, const std::vector<uint32_t>& rows);

// The columns that have other parts than that of inputs.
std::vector<std::string> NamedByOptions(const DataOptions& options);

}  // namespace halflife
