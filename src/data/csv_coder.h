// What a thread that reads CSV chunks has for itself, from one chunk to the next: a block of rows,
// and the texts that it has met.
#pragma once

#include <bit>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <string_view>
#include <vector>

#include "data/csv_scan.h"
#include "data/text_codes.h"
#include "halflife/table.h"

namespace halflife {

// A text of the file in the bits of a double: a cell of a block, until the block is coded column by
// column. Then each look at the texts met before waits for none of the others, and finds them in
// the cache.
struct CsvPacking {
  // The lowest bits: whether the field is quoted, and escaped; then its size; then where it begins,
  // in a file of up to 2 TB.
  static constexpr uint64_t kQuoted = 1;
  static constexpr uint64_t kEscaped = 2;
  static constexpr unsigned kSizeShift = 2;
  static constexpr unsigned kStartShift = 23;
  static constexpr uint64_t kSizeMask = (uint64_t{1} << (kStartShift - kSizeShift)) - 1;
  static_assert(CsvScanner::kMaxFieldBytes <= kSizeMask);
};

inline double PackText(const char* file, const CsvField& field) {
  const auto start = static_cast<uint64_t>(field.text.data() - file);
  const uint64_t size = field.text.size();
  return std::bit_cast<double>(start << CsvPacking::kStartShift | size << CsvPacking::kSizeShift |
                               (field.escaped ? CsvPacking::kEscaped : 0) |
                               (field.quoted ? CsvPacking::kQuoted : 0));
}

struct PackedTexts {
  const double* cells = nullptr;
  std::size_t stride = 0;  // from one to the next
  std::size_t count = 0;
};

struct CsvCoder {
  // Stores the codes of texts of `field`; Column::kMissing where missing.
  void Code(std::string_view file, std::size_t field, const PackedTexts& packed, int32_t* codes);

  uint16_t index = 0;                             // among all of them
  std::vector<std::unique_ptr<TextCodes>> texts;  // a field; null where it has met none
  std::vector<double> block;                      // some rows, one after the other
};

}  // namespace halflife
