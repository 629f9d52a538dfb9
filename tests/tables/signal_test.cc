// How often "no signal" is said where there is some, and where there is none.
#include <gtest/gtest.h>

#include <cmath>

#include "halflife/report.h"
#include "halflife/tune.h"
#include "tables/draw.h"

namespace halflife::testing {
namespace {

// Standard normal columns, a share `r2` of the target's variance from all of them alike.
MadeTable TableOfR2(uint64_t seed, std::size_t rows, std::size_t columns, double r2) {
  Random random(seed, 1000 * rows + columns);
  MadeTable made;
  std::vector<double> target(rows, 0.0);
  for (const std::vector<double>& column : AddNormals(&random, &made, rows, columns)) {
    for (std::size_t i = 0; i < rows; ++i)
      target[i] += std::sqrt(r2 / static_cast<double>(columns)) * column[i];
  }
  made.PredictNumbers(PlusNoise(&random, target, std::sqrt(1.0 - r2)));
  return made;
}

TuneResult ResultOf(const MadeTable& made) {
  TuneOptions options;
  options.data = made.options;
  return Tune(ParseCsv(made.Csv(), "made.csv"), options).result;
}

struct Count {
  int no_signal = 0;
  int recommended = 0;  // "no signal", yet a decay is recommended
};

Count CountNoSignal(std::size_t rows, std::size_t columns, double r2) {
  Count count;
  for (uint64_t seed = 1; seed <= 100; ++seed) {
    const TuneResult result = ResultOf(TableOfR2(seed, rows, columns, r2));
    if (result.verdict.label != VerdictLabel::kNoSignal) continue;
    ++count.no_signal;
    const bool none =
        ResultJson(result).find("\"recommended\": {\n    \"decay\": null") != std::string::npos;
    count.recommended += none ? 0 : 1;
  }
  return count;
}

TEST(NoSignal, IsSaidOfFiveInAHundredAtMostWhereATenthIsExplained) {
  EXPECT_LE(CountNoSignal(500, 5, 0.1).no_signal, 5);
}

TEST(NoSignal, IsSaidOfPureNoise) {
  for (const auto& [rows, columns] : {std::pair{500, 5}, std::pair{200, 20}}) {
    const Count count =
        CountNoSignal(static_cast<std::size_t>(rows), static_cast<std::size_t>(columns), 0.0);
    EXPECT_GE(count.no_signal, 90) << rows << " x " << columns;
    EXPECT_EQ(count.recommended, 0) << rows << " x " << columns;
  }
}

}  // namespace
}  // namespace halflife::testing
