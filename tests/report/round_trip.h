// What the tests of result.json read back expect of every kind of result.
#pragma once

#include <gtest/gtest.h>

#include <functional>
#include <limits>
#include <string>

#include "halflife/report.h"

namespace halflife::testing {

inline constexpr double kNan = std::numeric_limits<double>::quiet_NaN();
inline constexpr double kInfinity = std::numeric_limits<double>::infinity();

// The same JSON and the same page from what was read.
inline void ExpectTheSameAgain(const TuneResult& result, const std::string& what) {
  SCOPED_TRACE(what);
  const std::string json = ResultJson(result);
  const TuneResult read = ResultFromJson(json, "result.json");
  EXPECT_EQ(ResultJson(read), json);
  EXPECT_EQ(ReportHtml(read), ReportHtml(result));
}

using Change = std::function<void(TuneResult&)>;

// Of the sample once it is changed.
inline void ExpectTheSameAgain(const TuneResult& sample, const Change& change,
                               const std::string& what) {
  TuneResult result = sample;
  change(result);
  ExpectTheSameAgain(result, what);
}

}  // namespace halflife::testing
