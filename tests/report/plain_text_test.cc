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

TEST(Wrap, BreaksBetweenChineseCharacters) {
  EXPECT_EQ(Wrap("权重衰减降低验证损失", 8),
            (std::vector<std::string>{"权重衰减", "降低验证", "损失"}));
  EXPECT_EQ(Wrap("权重decay降低", 9), (std::vector<std::string>{"权重decay", "降低"}));
  EXPECT_EQ(Wrap("用 decay 0.1 训练", 9), (std::vector<std::string>{"用 decay", "0.1 训练"}));
}

TEST(Wrap, EndsNoLineBeforeWhatClosesOrAfterWhatOpens) {
  for (const char* closing : {"，", "。", "；", "：", "、", "！", "？", "）", "」", "》", "％", "…",
                              "”", ",", ".", ")", "%", "\""}) {
    EXPECT_EQ(Wrap("一二三" + std::string(closing) + "四", 6),
              (std::vector<std::string>{"一二", "三" + std::string(closing) + "四"}))
        << closing;
  }
  for (const char* opening : {"（", "「", "《", "“", "(", "\""}) {
    const std::vector<std::string> lines = Wrap("一二" + std::string(opening) + "三四", 6);
    EXPECT_FALSE(lines[0].ends_with(opening)) << opening;
  }
  EXPECT_EQ(Wrap("损失（区间 0.1）。好", 7),
            (std::vector<std::string>{"损失", "（区间", "0.1）。", "好"}));
}

TEST(Wrap, FitsChineseAtEveryWidthAndLosesNothing) {
  const std::string text =
      "用衰减 0.00269：验证损失从 0.3097 降到 0.0754（95 % 区间 54 % 到 85 %），“有帮助”。";
  const auto packed = [](std::string all) {
    std::erase(all, ' ');
    return all;
  };
  for (int width = 12; width <= 90; ++width) {
    const std::vector<std::string> lines = Wrap(text, width);
    EXPECT_EQ(packed(Join(lines, "")), packed(text));
    for (const std::string& line : lines) EXPECT_LE(DisplayWidth(line), width) << line;
  }
  EXPECT_EQ(Wrap(text, 90).size(), 1U);
}

TEST(Beginning, HoldsWholeCharactersAlone) {
  EXPECT_EQ(Beginning("拟合 [#", 5), "拟合 ");
  EXPECT_EQ(Beginning("拟合", 3), "拟");
  EXPECT_EQ(Beginning("拟合", 1), "");
  EXPECT_EQ(Beginning("e\u0301x", 1), "e\u0301");
}

TEST(Pad, CountsColumns) {
  EXPECT_EQ(PadRight("面积", 6) + "|", "面积  |");
  EXPECT_EQ(PadLeft("面积", 6), "  面积");
  EXPECT_EQ(PadLeft("面积", 3), "面积");
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

TEST(HangingWrap, BreaksChineseUnderItsColumnWithoutNewSpaces) {
  EXPECT_EQ(HangingWrap("  --flag N  权重衰减降低验证损失，有时不。\n", 24),
            "  --flag N  权重衰减降低\n            验证损失，有\n            时不。\n");
}

TEST(HangingWrap, CountsColumnsOfWideCharacters) {
  EXPECT_EQ(HangingWrap("  面积  一二 三四 五六 七八", 17),
            "  面积  一二 三四\n        五六 七八\n");
}

}  // namespace
}  // namespace halflife
