// Help and descriptions in every width of a terminal.
#include <gtest/gtest.h>

#include "base/text.h"
#include "halflife/rule.h"
#include "report/plain_text.h"
#include "support/program.h"

namespace halflife {
namespace {

using testing::Ran;

// The words of a text, whatever lines they stand in.
std::vector<std::string> WordsOf(std::string text) {
  for (char& c : text) {
    if (c == '\n') c = ' ';
  }
  std::vector<std::string> words = Split(text, ' ');
  std::erase(words, "");
  return words;
}

class TextWidths : public testing::ProgramTest, public ::testing::WithParamInterface<const char*> {
 protected:
  std::string At(int width) const {
    const Ran ran = RunWith("COLUMNS=" + std::to_string(width), GetParam());
    EXPECT_EQ(ran.code, 0) << ran.err;
    return ran.out;
  }
};

TEST_P(TextWidths, LinesFitAndWordsStayWhole) {
  const std::vector<std::string> words = WordsOf(At(1000));
  ASSERT_GT(words.size(), 10U);
  for (int width = 40; width <= 200; width += width < 80 ? 1 : 10) {
    const std::string text = At(width);
    EXPECT_EQ(WordsOf(text), words) << width;
    for (const std::string& line : Split(text, '\n')) EXPECT_LE(DisplayWidth(line), width) << line;
  }
}

INSTANTIATE_TEST_SUITE_P(Texts, TextWidths,
                         ::testing::Values("--help", "tune --help", "predict --help",
                                           "describe --help", "describe", "describe adamw",
                                           "describe sgd", "describe muon", "describe cosine",
                                           "describe elastic-net", "describe proximal"));

using HelpProgram = testing::ProgramTest;

TEST_F(HelpProgram, MeaningsStandInOneColumn) {
  const std::string text = Run("tune --help").out;
  std::size_t column = 0;
  for (const char* meaning : {"CSV file with", "the column to predict", "what the target is",
                              "print nothing but", "units of each"}) {
    const std::size_t at = text.find(meaning);
    ASSERT_NE(at, std::string::npos) << meaning;
    const std::size_t from = at - text.rfind('\n', at);
    if (column == 0) column = from;
    EXPECT_EQ(from, column) << meaning;
  }
}

TEST_F(HelpProgram, TextForNoTerminalIsEightyWide) {
  std::size_t longest = 0;
  for (const std::string& line : Split(Run("tune --help").out, '\n'))
    longest = std::max(longest, line.size());
  EXPECT_LE(longest, 80U);
  EXPECT_GT(longest, 70U);
}

TEST_F(HelpProgram, NonsenseInColumnsIsPassedOver) {
  const std::string usual = Run("--help").out;
  for (const char* columns : {"COLUMNS=", "COLUMNS=wide", "COLUMNS=0", "COLUMNS=-5"})
    EXPECT_EQ(RunWith(columns, "--help").out, usual) << columns;
  EXPECT_EQ(RunWith("COLUMNS=1e300", "--help").code, 0);
}

}  // namespace
}  // namespace halflife
