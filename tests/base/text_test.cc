#include "base/text.h"

#include <gtest/gtest.h>

namespace halflife {
namespace {

TEST(Text, NumbersAreShortAndReadBackExactly) {
  EXPECT_EQ(ShortestNumber(0.1), "0.1");
  EXPECT_EQ(Number(0.012345678), "0.01235");
  EXPECT_EQ(Number(0.0), "0");
  for (const double value : {1.0 / 3.0, 1e-300, 123456789.0, 5e-324}) {
    double back = 0.0;
    ASSERT_TRUE(ParseNumber(ShortestNumber(value), &back));
    EXPECT_EQ(back, value);
  }
}

TEST(Text, RoundingToSignificantDigitsGivesTheDoubleThatTheTextReadsAs) {
  EXPECT_EQ(RoundSignificant(0.0123456, 3), 0.0123);
  EXPECT_EQ(RoundSignificant(98765.0, 2), 99000.0);
  EXPECT_EQ(RoundSignificant(0.0, 3), 0.0);
}

TEST(Text, ParseNumberTakesWholeFiniteNumbersOnly) {
  double value = 0.0;
  for (const char* good : {"1", "+1", "-1.5", "1e3", ".5", "5.", "1E-3"})
    EXPECT_TRUE(ParseNumber(good, &value)) << good;
  for (const char* bad : {"", "+", "+-1", "1x", " 1", "inf", "nan", "1e999", "0x1", "1,5"}) {
    EXPECT_FALSE(ParseNumber(bad, &value)) << bad;
  }
}

TEST(Text, CountsHaveTheirPlural) {
  EXPECT_EQ(Counted(1, "row"), "1 row");
  EXPECT_EQ(Counted(0, "row"), "0 rows");
}

TEST(Text, SplitKeepsEmptyParts) {
  EXPECT_EQ(Split("a,,b,", ','), (std::vector<std::string>{"a", "", "b", ""}));
  EXPECT_TRUE(Split("", ',').empty());
}

TEST(Text, NearestFindsAMisspeltNameAndNothingElse) {
  const std::vector<std::string> names = {"Sale_Price", "Lot_Area", "class"};
  EXPECT_EQ(Nearest("sale_price", names), "Sale_Price");
  EXPECT_EQ(Nearest("clas", names), "class");
  EXPECT_EQ(Nearest("quite_other", names), "");
}

TEST(Text, NearestCountsTwoLettersSwappedAsOneSlip) {
  const std::vector<std::string> names = {"out", "seed", "tune"};
  EXPECT_EQ(Nearest("otu", names), "out");
  EXPECT_EQ(Nearest("sede", names), "seed");
  EXPECT_EQ(Nearest("tuen", names), "tune");
  EXPECT_EQ(Nearest("nuet", names), "");  // two slips in four letters
}

TEST(Text, QuotedEscapesWhatATerminalWouldObey) {
  EXPECT_EQ(Quoted("a\x1b[2J\n"), "\"a\\x1b[2J\\x0a\"");
  EXPECT_EQ(Quoted("\xff"), "\"\\xff\"");
  EXPECT_EQ(Quoted("é"), "\"é\"");
  EXPECT_EQ(Quoted(std::string(50, 'x')), "\"" + std::string(40, 'x') + "...\"");
}

TEST(Text, GlobsMatchAsInAShell) {
  EXPECT_TRUE(GlobMatch("*.bias", "layer.0.bias"));
  EXPECT_TRUE(GlobMatch("layer.?.weight", "layer.7.weight"));
  EXPECT_TRUE(GlobMatch("*a*b*", "xxaxxbxx"));
  EXPECT_FALSE(GlobMatch("*.bias", "layer.bias.weight"));
  EXPECT_FALSE(GlobMatch("", "x"));
  EXPECT_TRUE(GlobMatch("**", ""));
}

TEST(Text, InvalidUtf8IsFoundAtItsFirstByte) {
  EXPECT_EQ(FirstInvalidUtf8("plain é 漢 😀"), std::string_view::npos);
  EXPECT_EQ(FirstInvalidUtf8("ab\xC0\x80"), 2U);        // overlong
  EXPECT_EQ(FirstInvalidUtf8("\xED\xA0\x80"), 0U);      // surrogate
  EXPECT_EQ(FirstInvalidUtf8("a\xE6\xBC"), 1U);         // cut short
  EXPECT_EQ(FirstInvalidUtf8("\xF4\x90\x80\x80"), 0U);  // beyond U+10FFFF
}

}  // namespace
}  // namespace halflife
