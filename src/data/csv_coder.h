// What a thread that reads CSV chunks has for itself, from one chunk to the next: a block of rows,
// and the texts that it has met.
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <string_view>
#include <vector>

#include "data/csv_scan.h"
#include "data/text_codes.h"
#include "halflife/table.h"

namespace halflife {

// A cell of text in the bits of a double, until a block of them is coded column by column: then
// each look at the texts met before waits for none of the others, and finds them in the cache.
double PackText(const char* file, const CsvField& field);

class CsvCoder {
 public:
  // Gives `rows` packed texts of `field`, `stride` apart, codes, Column::kMissing
  // where missing.
  void Code(const char* file, std::size_t field, const double* packed, std::size_t stride,
            std::size_t rows, int32_t* codes);

  uint16_t index = 0;                             // among all of them
  std::vector<std::unique_ptr<TextCodes>> texts;  // a field; null where it has met none
  std::vector<double> block;                      // some rows, one after the other
};

}  // namespace halflife
