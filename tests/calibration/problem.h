// One table of a population, what the verdict says of it, and what is true.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "calibration/population.h"
#include "halflife/tune.h"
#include "halflife/verdict.h"

namespace halflife::testing {

// What tuning truly gains in a population.
struct Truth {
  double gain = 0.0;
  double error = 0.0;  // its standard error
  double loss = 0.0;   // without decay
  int tables = 0;
};

// From fresh tables' gains, and their losses without decay.
Truth TruthOf(const std::vector<double>& gains, const std::vector<double>& losses);

// Means over fresh tables of nine tenths of its rows, the decay chosen by ten folds, the loss that
// of the population.
Truth FindTruth(const Population& population, int tables);

// An interval of the gain.
struct Interval {
  double low = 0.0;
  double high = 0.0;
};

// What other procedures say of the same table: the decay is chosen by one round of ten folds, and
// compared on them.
struct Rivals {
  Interval one_round;  // Nadeau and Bengio 2003: the corrected t test, 9 degrees of freedom
  Interval row_wise;   // Bayle et al. 2020 (arXiv 2007.12671): held-out rows as independent
  Interval nested;     // Bates, Hastie, Tibshirani 2021 (arXiv 2104.00673): nested folds
};

struct Answer {
  Verdict verdict;
  std::optional<Interval> symmetric;  // five rounds without Hall's correction
  std::optional<Rivals> rivals;       // regression alone
  std::vector<SplitRecord> splits;    // nets alone
};

// Of table `number` of the population; `beside`: with the other procedures.
Answer AnswerFor(const Population& population, std::uint64_t number, bool beside);

}  // namespace halflife::testing
