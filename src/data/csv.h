// The CSV reader with its chunk size open, so that tests can cut small files into many chunks.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

#include "halflife/table.h"

namespace halflife {

inline constexpr std::size_t kCsvChunkBytes = std::size_t{1} << 20;

// ParseCsv with pieces of about `chunk_bytes` (at least 1) parsed side by side; the answer, and the
// message of any error, depends neither on it nor on the threads.
Table ParseCsvInChunks(std::string_view bytes, const std::string& source,
                       const ReadOptions& options, std::size_t chunk_bytes);

}  // namespace halflife
