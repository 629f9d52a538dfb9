#include "data/streamed_cells.h"

#include <algorithm>
#include <cmath>
#include <numeric>
#include <utility>

#include "base/error.h"
#include "base/parallel.h"
#include "base/release.h"

namespace halflife {
namespace {

constexpr std::size_t kStripsOfCells = 32;

std::vector<bool> InputsOf(const std::vector<ColumnUse>& uses) {
  std::vector<bool> inputs(uses.size());
  for (std::size_t c = 0; c < uses.size(); ++c) inputs[c] = uses[c].input();
  return inputs;
}

// The rows in use that a block holds: they begin with row `first` of those in use, and are `rows`
// of the block.
struct RowsOfBlock {
  std::size_t first = 0;
  std::vector<uint32_t> rows;
};

// The first of `rows`, ascending, that is `row` of the table or behind it.
std::size_t FirstInUse(const RowSet& rows, std::size_t row) {
  if (rows.all()) return row;
  std::size_t low = 0;
  for (std::size_t high = rows.size(); low < high;) {
    const std::size_t middle = low + (high - low) / 2;
    (rows[middle] < row ? low : high) = rows[middle] < row ? middle + 1 : middle;
  }
  return low;
}

RowsOfBlock InUse(const RowSet& rows, const CsvBlock& block) {
  const std::size_t end_row = block.first_row + block.table.rows;
  RowsOfBlock of{FirstInUse(rows, block.first_row), {}};
  const std::size_t end = FirstInUse(rows, end_row);
  for (std::size_t i = of.first; i < end; ++i)
    of.rows.push_back(static_cast<uint32_t>(rows[i] - block.first_row));
  return of;
}

// The rows in use, read from the file.
class RowsOfFile : public RowStream {
 public:
  // Takes which rows are in use from *design.
  RowsOfFile(std::shared_ptr<const CsvStream> stream, Design* design)
      : stream_(std::move(stream)), rows_(std::move(design->table_rows)), design_(*design) {}

  void Read(std::size_t strips, int threads,
            const std::function<void(std::size_t, const RowBlock&)>& visit) const override {
    const Column* const first = stream_->table().columns.data();
    std::vector<bool> wanted(stream_->table().columns.size(), false);
    std::vector<std::size_t> columns;
    for (const DesignColumn& of : design_.columns) {
      columns.push_back(static_cast<std::size_t>(of.column - first));
      wanted[columns.back()] = true;
    }
    const RowSet in_use = rows_.empty() ? RowSet::All(design_.row_count) : RowSet::Some(rows_);
    stream_->Read(wanted, strips, threads, [&](std::size_t strip) -> CsvStream::Visit {
      return [&, strip, design = std::make_shared<Design>(design_)](const CsvBlock& block) {
        RowsOfBlock own = InUse(in_use, block);
        if (own.rows.empty()) return;
        for (std::size_t i = 0; i < columns.size(); ++i)
          design->columns[i].column = &block.table.columns[columns[i]];
        design->row_count = own.rows.size();
        if (!in_use.all()) design->table_rows = std::move(own.rows);
        visit(strip, {own.first, *design});
      };
    });
  }

 private:
  std::shared_ptr<const CsvStream> stream_;
  std::vector<uint32_t> rows_;  // in use, of the table; empty: all
  Design design_;
};

template <typename Cell>
void CopyCell(const std::vector<Cell>& from, std::size_t row, std::size_t to,
              std::vector<Cell>* cells) {
  if (!from.empty()) (*cells)[to] = from[row];
}

}  // namespace

bool StreamedCells::IsKept(std::size_t column) const {
  return table().columns[column].rows() == table().rows;
}

std::vector<ColumnRange> StreamedCells::Ranges(const RowSet& rows) {
  if (rows.all()) return stream_->ranges();
  const std::vector<Column>& columns = table().columns;
  std::vector<ColumnRange> ranges(columns.size());
  std::vector<bool> wanted(columns.size());
  for (std::size_t c = 0; c < columns.size(); ++c) {
    if (IsKept(c)) ranges[c] = RangeOf(columns[c], rows);
    ranges[c].levels.resize(columns[c].levels.size());
    wanted[c] = !IsKept(c) && !stream_->TooManyTexts(c);
  }
  Gate gate;
  const auto visit = [&](const CsvBlock& block) {
    const RowsOfBlock own = InUse(rows, block);
    gate.Pass([&] {
      for (std::size_t c = 0; c < columns.size(); ++c) {
        if (wanted[c])
          AddCells(block.table.columns[c], RowSet::Some(own.rows), own.first, &ranges[c]);
      }
    });
  };
  stream_->Read(wanted, kStripsOfCells, threads_, [&](std::size_t) { return visit; });
  return ranges;
}

void StreamedCells::CheckInputs(const std::vector<ColumnUse>& uses) {
  for (std::size_t c = 0; c < uses.size(); ++c) {
    if (!uses[c].input() || !stream_->TooManyTexts(c)) continue;
    FailIn(table().source, ErrorKind::kStreamTexts,
           {table().columns[c].name, stream_->most_texts()});
  }
}

std::vector<char> StreamedCells::Incomplete(const std::vector<ColumnUse>& uses) {
  const std::vector<bool> inputs = InputsOf(uses);
  std::vector<char> incomplete(table().rows, 0);
  const auto visit = [&](const CsvBlock& block) {
    for (std::size_t c = 0; c < inputs.size(); ++c) {
      for (std::size_t row = 0; inputs[c] && row < block.table.rows; ++row) {
        if (block.table.columns[c].missing(row)) incomplete[block.first_row + row] = 1;
      }
    }
  };
  stream_->Read(inputs, kStripsOfCells, threads_, [&](std::size_t) { return visit; });
  return incomplete;
}

SampledCells StreamedCells::Sample(const RowSet& rows, const std::vector<ColumnUse>& uses,
                                   std::vector<uint32_t> wanted) {
  const std::vector<bool> inputs = InputsOf(uses);
  sample_ = Table();
  sample_.rows = wanted.size();
  for (std::size_t c = 0; c < inputs.size(); ++c) {
    Column& column = sample_.columns.emplace_back();
    column.kind = table().columns[c].kind;
    if (!inputs[c]) continue;
    if (column.kind == Column::Kind::kText) column.codes.resize(wanted.size());
    if (column.kind == Column::Kind::kNumeric) column.numbers.resize(wanted.size());
  }
  first_numbers_.assign(inputs.size(), std::nullopt);
  Gate gate;
  const auto visit = [&](const CsvBlock& block) {
    const RowsOfBlock own = InUse(rows, block);
    auto at = std::lower_bound(wanted.begin(), wanted.end(), own.first);
    for (; at != wanted.end() && *at < own.first + own.rows.size(); ++at) {
      const auto to = static_cast<std::size_t>(at - wanted.begin());
      for (std::size_t c = 0; c < inputs.size(); ++c) {
        if (!inputs[c]) continue;
        CopyCell(block.table.columns[c].numbers, own.rows[*at - own.first], to,
                 &sample_.columns[c].numbers);
        CopyCell(block.table.columns[c].codes, own.rows[*at - own.first], to,
                 &sample_.columns[c].codes);
      }
    }
    gate.Pass([&] { TakeFirstNumbers(block, own.rows, inputs); });
  };
  stream_->Read(inputs, kStripsOfCells, threads_, [&](std::size_t) { return visit; });
  return {&sample_, [places = std::move(wanted)](uint32_t row) {
            const auto at = std::lower_bound(places.begin(), places.end(), row);
            return static_cast<uint32_t>(at - places.begin());
          }};
}

void StreamedCells::TakeFirstNumbers(const CsvBlock& block, const std::vector<uint32_t>& rows,
                                     const std::vector<bool>& wanted) {
  for (std::size_t c = 0; c < wanted.size(); ++c) {
    std::optional<NumberOfRow>& first = first_numbers_[c];
    const std::vector<double>& numbers = block.table.columns[c].numbers;
    if (!wanted[c] || numbers.empty() || (first && first->row < block.first_row)) continue;
    const auto at = std::find_if(rows.begin(), rows.end(),
                                 [&](uint32_t row) { return !std::isnan(numbers[row]); });
    if (at != rows.end()) first = {block.first_row + *at, numbers[*at]};
  }
}

std::optional<double> StreamedCells::FirstNumber(std::size_t column, const RowSet&) {
  const std::optional<NumberOfRow>& first = first_numbers_[column];
  return first ? std::optional(first->number) : std::nullopt;
}

void StreamedCells::Finish(const RowSet& rows, const std::vector<ColumnUse>&, Dataset* dataset) {
  for (std::size_t c = 0; c < table().columns.size(); ++c) {
    if (stream_->TooManyTexts(c)) dataset->column_list[c].levels.reset();
  }
  if (rows.all()) Release(&dataset->rows);
  dataset->findings.push_back({.kind = Finding::Kind::kStreamed});
  stream_->DropCells();
  sample_ = Table();
  dataset->stream = std::make_shared<RowsOfFile>(stream_, &dataset->design);
}

}  // namespace halflife
