// What separates the cells of a CSV file.
#pragma once

#include <cstddef>
#include <string_view>

#include "data/csv_head.h"

namespace halflife {

// The first records of bytes from `begin` on, cut by the delimiter that cuts most of them alike,
// then into most fields, then into most numbers: comma, semicolon, tab or |; or runs of blanks,
// where they cut all rows alike and none of these does.
CsvHead ChooseDelimiter(std::string_view bytes, std::size_t begin);

}  // namespace halflife
