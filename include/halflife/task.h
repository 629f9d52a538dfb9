// The words that options, results and models share.
#pragma once

namespace halflife {

enum class Task { kAuto, kRegression, kClassification };
enum class ModelFamily { kAuto, kLinear, kLogistic };

// What becomes of missing cells: the training mean and a 0/1 column; the mean alone; the row is left out.
enum class MissingPolicy { kIndicator, kMean, kDrop };

}  // namespace halflife
