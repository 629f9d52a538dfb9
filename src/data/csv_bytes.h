// One sweep over raw bytes of a CSV file: what they hold, and how many lines end in them.
#pragma once

#include <cstddef>
#include <string_view>

namespace halflife {

struct CsvBytes {
  bool odd_quotes = false;
  bool nul = false;
  bool high = false;            // a byte that is not ASCII
  std::size_t line_ends = 0;    // LF, CR or CRLF, which ends where its LF is
  std::size_t after_pairs = 0;  // of them, those before which quotes are even
};

// Of bytes[begin, end).
CsvBytes SweepBytes(std::string_view bytes, std::size_t begin, std::size_t end);

}  // namespace halflife
