// A CSV file read as a stream and put together again, to be compared with the table in memory.
#pragma once

#include <algorithm>
#include <string>
#include <string_view>
#include <vector>

#include "data/csv_stream.h"

namespace halflife::testing {

inline CsvStream OpenStream(std::string_view file, const std::string& source,
                            const ReadOptions& options, std::size_t chunk_bytes) {
  CsvStreamOptions settings;
  settings.chunk_bytes = chunk_bytes;
  return {file, source, options, settings};
}

// All columns kept.
inline Table ReadKept(CsvStream stream) {
  stream.Load(stream.table().names());
  return stream.table();
}

// No column kept, and all of them read again.
inline Table ReadAgain(CsvStream stream, int threads) {
  stream.Load({});
  Table table = stream.table();
  const std::vector<bool> all(table.columns.size(), true);
  for (Column& column : table.columns) {
    column.numbers.resize(column.kind == Column::Kind::kNumeric ? table.rows : 0);
    column.codes.resize(column.kind == Column::Kind::kText ? table.rows : 0);
  }
  const auto put = [](const auto& from, std::size_t first, auto* to) {
    if (!from.empty()) std::copy(from.begin(), from.end(), to->data() + first);
  };
  stream.Read(all, 3, threads, [&](std::size_t) {
    return [&](const CsvBlock& block) {
      for (std::size_t c = 0; c < table.columns.size(); ++c) {
        put(block.table.columns[c].numbers, block.first_row, &table.columns[c].numbers);
        put(block.table.columns[c].codes, block.first_row, &table.columns[c].codes);
      }
    };
  });
  return table;
}

}  // namespace halflife::testing
