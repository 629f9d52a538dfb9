// A table whose cells are in a CSV file, made ready to be fitted by reading it again.
#pragma once

#include <memory>
#include <optional>
#include <vector>

#include "data/csv_stream.h"
#include "data/table_cells.h"

namespace halflife {

class StreamedCells : public TableCells {
 public:
  // `stream` has loaded the columns that the options name, which Finish empties.
  StreamedCells(std::shared_ptr<CsvStream> stream, int threads)
      : stream_(std::move(stream)), threads_(threads) {}

  const Table& table() const override { return stream_->table(); }
  std::vector<ColumnRange> Ranges(const RowSet& rows) override;
  void CheckInputs(const std::vector<ColumnUse>& uses) override;
  std::vector<char> Incomplete(const std::vector<ColumnUse>& uses) override;
  SampledCells Sample(const RowSet& rows, const std::vector<ColumnUse>& uses,
                      std::vector<uint32_t> wanted) override;
  std::optional<double> FirstNumber(std::size_t column, const RowSet& rows) override;
  // Duplicates are not counted; columns with too many texts have no number of levels.
  void Finish(const RowSet& rows, const std::vector<ColumnUse>& uses, Dataset* dataset) override;

 private:
  // Row `row` of the table, and a number in it.
  struct NumberOfRow {
    std::size_t row = 0;
    double number = 0.0;
  };

  bool IsKept(std::size_t column) const;
  void TakeFirstNumbers(const CsvBlock& block, const std::vector<uint32_t>& rows,
                        const std::vector<bool>& wanted);

  std::shared_ptr<CsvStream> stream_;
  int threads_;
  Table sample_;
  std::vector<std::optional<NumberOfRow>> first_numbers_;  // a column
};

}  // namespace halflife
