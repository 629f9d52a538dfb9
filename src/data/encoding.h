// From columns to a matrix of numbers: which feature reads which cell, and the cells as one dense
// matrix. Nothing here is learnt from the values: means, scales and constant features are the
// Standardizer's.
#pragma once

#include <string>
#include <vector>

#include "halflife/data_options.h"
#include "halflife/table.h"
#include "linalg/linalg.h"

namespace halflife {

// One row of the design matrix.
struct Feature {
  enum class Kind {
    kNumber,   // the number in the cell
    kMissing,  // 1 where the cell is missing, else 0
    kLevel,    // 1 where the cell holds `level`, else 0
  };
  Kind kind = Kind::kNumber;
  std::string column;  // the column it reads
  std::string level;   // kLevel only
  NumberMarks marks;   // kNumber only: how the file writes it

  std::string name() const;  // "COLUMN", "COLUMN=missing", "COLUMN=LEVEL"
};

// All rows of a table, encoded. A missing number stands as 0 in `values`; filling it in is linear:
// add the fill value times the row's missing indicator.
struct Design {
  std::vector<Feature> features;
  Matrix values;               // features x rows; numbers less their `origin`
  std::vector<double> origin;  // a feature: a value near its middle, subtracted to keep sums exact
  std::vector<int> indicator;  // a feature: the feature that marks its missing cells, or -1
  std::vector<bool> helper;    // a feature: true if it only marks missing cells and is no input

  Eigen::Index size() const { return values.rows(); }
  Eigen::Index rows() const { return values.cols(); }
};

// Whether two values, both less `origin`, differ by more than rounding. Reading a decimal number is
// right to half an eps of its size, a program's last operation before it was written to as much
// again, and taking the origin away rounds once more, in proportion to the larger of number and
// difference: 4 eps are above what these can add up to between two cells that mean the same. Whole
// numbers below 2^53 are exact: where both are, any difference is meant.
bool VariesBeyondRounding(double lowest, double highest, double origin = 0.0);

// Encodes every column but those in `skip`. Throws Error if no column is left or if the matrix
// would be too large.
Design Encode(const Table& table, const std::vector<std::string>& skip, MissingPolicy missing);

// Throws Error if the numbers of `column` are so large, or differ by so little, that squares of
// squares overflow or vanish.
void CheckRange(const Column& column);

// Reads `feature` from `column` into out[0..rows), missing numbers as NaN.
void ReadFeature(const Feature& feature, const Column& column, double* out, Eigen::Index stride);

// The rows of `table` in `rows`, in that order.
Table SelectRows(const Table& table, const std::vector<uint32_t>& rows);

}  // namespace halflife
