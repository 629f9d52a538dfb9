// A mean and how sure it is.
#pragma once

namespace halflife {

// A mean over folds and its standard error.
struct Estimate {
  double mean = 0.0;
  double se = 0.0;
};

}  // namespace halflife
