#include "report/plain_text.h"

#include <gtest/gtest.h>

#include "base/text.h"

namespace halflife {
namespace {

TEST(CleanText, ReplacesControlCharactersOverridesAndBadBytes) {
  EXPECT_EQ(CleanText("a\x1b[31mb\n"), "a�[31mb�");
  EXPECT_EQ(CleanText("\xC2\x9B"), "�");  // the one-character CSI
  EXPECT_EQ(CleanText("a\u202Eb"), "a�b");
  EXPECT_EQ(CleanText("\xFF"), "�");
  EXPECT_EQ(CleanText("a\xC3"), "a�");
  EXPECT_EQ(CleanText("\xEF\xBF\xBF"), "�");  // U+FFFF, which XML forbids
  EXPECT_EQ(CleanText("Größe 面积 🙂"), "Größe 面积 🙂");
}

TEST(DisplayWidth, CountsColumnsNotBytes) {
  EXPECT_EQ(DisplayWidth("Größe"), 5);
  EXPECT_EQ(DisplayWidth("面积"), 4);
  EXPECT_EQ(DisplayWidth("e\u0301"), 1);
}

TEST(CutTo, FitsAndSaysThatItCut) {
  EXPECT_EQ(CutTo("short", 5), "short");
  EXPECT_EQ(CutTo("rather long", 8), "rathe...");
  EXPECT_LE(DisplayWidth(CutTo("面积面积面积", 8)), 8);
}

TEST(Wrap, BreaksAtSpacesAndBreaksWordsThatAreTooLong) {
  EXPECT_EQ(Wrap("one two three", 7), (std::vector<std::string>{"one two", "three"}));
  EXPECT_EQ(Wrap("abcdefgh ij", 3), (std::vector<std::string>{"abc", "def", "gh", "ij"}));
  EXPECT_EQ(Wrap("", 10), (std::vector<std::string>{""}));
}

TEST(Characters, KeepsMarksWithTheirLetters) {
  EXPECT_EQ(Characters("ae\u0301房"), (std::vector<std::string_view>{"a", "e\u0301", "房"}));
  EXPECT_TRUE(Characters("").empty());
}

TEST(HangingWrap, GoesOnUnderTheLastColumn) {
  EXPECT_EQ(HangingWrap("  --flag N  one two three\n  --other    four\n", 24),
            "  --flag N  one two\n            three\n  --other    four\n");
}

TEST(HangingWrap, GoesOnUnderTheBeginningWhereTheColumnIsFarToTheRight) {
  EXPECT_EQ(HangingWrap("  a rather long term  one two three four five", 26),
            "  a rather long term\n      one two three four\n      five\n");
}

TEST(HangingWrap, IndentsWhatGoesOnFromAFormula) {
  EXPECT_EQ(HangingWrap("  w <- w - lr m / (sqrt(v) + eps)", 20),
            "  w <- w - lr m /\n      (sqrt(v) +\n      eps)\n");
}

TEST(HangingWrap, CountsColumnsOfWideCharacters) {
  EXPECT_EQ(HangingWrap("  面积  一二 三四 五六 七八", 17),
            "  面积  一二 三四\n        五六 七八\n");
}

}  // namespace
}  // namespace halflife
