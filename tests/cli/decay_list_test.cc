#include "cli/decay_list.h"

#include <gtest/gtest.h>

#include "halflife/error.h"

namespace halflife {
namespace {

TEST(DecayList, ReadsAutoListsAndRanges) {
  EXPECT_TRUE(ParseDecays("auto").empty());
  EXPECT_EQ(ParseDecays("0"), (std::vector<double>{0.0}));
  EXPECT_EQ(ParseDecays("0,1e-3, 0.1"), (std::vector<double>{0.0, 1e-3, 0.1}));
  EXPECT_EQ(ParseDecays("1e-2:1:3"), (std::vector<double>{1e-2, 0.1, 1.0}));
}

TEST(DecayList, KeepsTheEndsOfARangeExactly) {
  const std::vector<double> decays = ParseDecays("1.23456789e-5:0.7:20");
  EXPECT_EQ(decays.size(), 20U);
  EXPECT_EQ(decays.front(), 1.23456789e-5);
  EXPECT_EQ(decays.back(), 0.7);
}

TEST(DecayList, RefusesWhatIsNoDecay) {
  for (const char* text : {"", ",", "x", "-1", "1,,2", "inf", "nan", "1e999", "0:1:5", "1:0.1:5",
                           "1:2", "1:2:3:4", "1:2:1", "1:2:2.5", "1:2:1e9", "auto,1"}) {
    try {
      ParseDecays(text);
      FAIL() << text;
    } catch (const Error& error) {
      EXPECT_EQ(error.fault(), Error::Fault::kUsage) << text;
    }
  }
}

}  // namespace
}  // namespace halflife
