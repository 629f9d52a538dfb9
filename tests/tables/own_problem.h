// A made table as a problem of weights and losses, from its cells and the convention alone: nothing
// of the library's reading, encoding, standardising or fitting is used.
#pragma once

#include <Eigen/Core>
#include <string>
#include <vector>

#include "halflife/fitted_model.h"
#include "tables/made_table.h"

namespace halflife::testing {

// A number, a missing cell or a level as one column of numbers.
struct OwnFeature {
  std::string column;
  ModelInput::Kind kind = ModelInput::Kind::kNumber;
  std::string level;
  std::vector<double> values;  // a value a used row; NaN where a number is missing
};

// The rows that can be used: with a target, and of a weight above 0.
struct OwnProblem {
  Task task = Task::kRegression;
  std::vector<OwnFeature> features;
  std::vector<double> target;        // regression
  std::vector<std::string> classes;  // classification, a text a row
  std::vector<double> weights;       // a weight a row

  std::size_t rows() const { return weights.size(); }
};

OwnProblem Understand(const MadeTable& table);

// The features that vary over some rows, and how they are standardised there: missing numbers take
// the mean, then mean 0 and population sd 1, all weighted.
struct OwnScaling {
  struct Of {
    std::size_t feature = 0;
    long double fill = 0.0L;
    long double mean = 0.0L;
    long double sd = 1.0L;
  };
  std::vector<Of> kept;
};

OwnScaling LearnOwnScaling(const OwnProblem& problem, const std::vector<uint32_t>& rows);

// rows x kept.
Eigen::MatrixXd StandardisedRows(const OwnProblem& problem, const OwnScaling& scaling,
                                 const std::vector<uint32_t>& rows);

// The weighted mean of the targets, and their population sd. Regression.
struct TargetSpread {
  long double mean = 0.0L;
  long double sd = 0.0L;
};
TargetSpread SpreadOf(const OwnProblem& problem, const std::vector<uint32_t>& rows);

}  // namespace halflife::testing
