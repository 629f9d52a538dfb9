// A column read as labels: its distinct values, and which of them each row holds.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <vector>

#include "halflife/table.h"

namespace halflife {

// names[index[i]] is row i's value; every name is held by some row.
struct Labels {
  std::vector<std::string> names;  // ascending by number, or text by bytes
  std::vector<int32_t> index;
};

// The labels of `column`, which has no missing cell: the cells' own texts where it has them, so
// that 7 and 07 are two.
Labels LabelRows(const Column& column);

// The distinct values of `values`, ascending.
std::vector<double> DistinctValues(std::vector<double> values);

// The same, or `most` of them (at least 1) where there are as many or more.
std::vector<double> FewDistinctValues(std::span<const double> values, std::size_t most);

}  // namespace halflife
