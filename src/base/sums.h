// Sums whose error does not grow with the number of terms.
#pragma once

#include <cmath>

namespace halflife {

// A running sum with the rounding errors of its additions kept beside it: for terms of one sign the
// total is right to about 2 eps of itself, up to 1/eps terms (Neumaier 1974, ZAMM 54:39).
class CompensatedSum {
 public:
  void Add(double term) {
    const double next = sum_ + term;
    lost_ += std::fabs(sum_) >= std::fabs(term) ? (sum_ - next) + term : (term - next) + sum_;
    sum_ = next;
  }
  double Total() const { return sum_ + lost_; }

 private:
  double sum_ = 0.0;
  double lost_ = 0.0;
};

}  // namespace halflife
