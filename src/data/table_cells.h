// What preparing a table for a fit asks of its cells, whether they are in memory or in a file that
// is read again.
#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <vector>

#include "data/column_use.h"
#include "data/dataset.h"
#include "data/row_set.h"

namespace halflife {

// Some rows in use: row `row` of them, one of those asked for, is row place(row) of `table`.
struct SampledCells {
  const Table* table = nullptr;
  std::function<uint32_t(uint32_t row)> place;
};

class TableCells {
 public:
  virtual ~TableCells() = default;

  // Every column, and the cells of those that are no inputs.
  virtual const Table& table() const = 0;
  // Of `rows` of the table, a column.
  virtual std::vector<ColumnRange> Ranges(const RowSet& rows) = 0;
  // Throws Error for an input that cannot be one.
  virtual void CheckInputs(const std::vector<ColumnUse>& uses) = 0;
  // 1 for each row that has a missing cell in an input, else 0.
  virtual std::vector<char> Incomplete(const std::vector<ColumnUse>& uses) = 0;
  // The inputs' cells in rows `wanted`, ascending, of those in use, `rows`.
  virtual SampledCells Sample(const RowSet& rows, const std::vector<ColumnUse>& uses,
                              std::vector<uint32_t> wanted) = 0;
  // The first number of a column of numbers in `rows`, which Sample was asked for.
  virtual std::optional<double> FirstNumber(std::size_t column, const RowSet& rows) = 0;
  // Sets what is known of the rows as a whole: duplicates, or where else the rows are to be found.
  virtual void Finish(const RowSet& rows, const std::vector<ColumnUse>& uses, Dataset* dataset) = 0;
};

class CellsInMemory : public TableCells {
 public:
  CellsInMemory(const Table& table, int threads) : table_(table), threads_(threads) {}

  const Table& table() const override { return table_; }
  std::vector<ColumnRange> Ranges(const RowSet& rows) override;
  void CheckInputs(const std::vector<ColumnUse>&) override {}
  std::vector<char> Incomplete(const std::vector<ColumnUse>& uses) override;
  SampledCells Sample(const RowSet& rows, const std::vector<ColumnUse>& uses,
                      std::vector<uint32_t> wanted) override;
  std::optional<double> FirstNumber(std::size_t column, const RowSet& rows) override;
  void Finish(const RowSet& rows, const std::vector<ColumnUse>& uses, Dataset* dataset) override;

 private:
  const Table& table_;
  int threads_;
};

// The rows in use, of `rows`, that origins are found from; ascending.
std::vector<uint32_t> OriginSample(std::size_t rows);

// Gives every column of numbers of `design` its origin: the median of its present cells in
// OriginSample, so that one far-off cell does not move it; where these are all missing, the first
// cell that is not.
void SetOrigins(TableCells* cells, const RowSet& rows, const SampledCells& sample, int threads,
                Design* design);

}  // namespace halflife
