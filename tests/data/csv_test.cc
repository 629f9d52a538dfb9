#include "data/csv.h"

#include <gtest/gtest.h>

#include <array>
#include <random>
#include <string>
#include <string_view>
#include <vector>

#include "base/text.h"
#include "halflife/error.h"
#include "support/shown_table.h"

namespace halflife {
namespace {

using testing::Show;
using testing::ShowFindings;

std::string Parsed(const std::string& text) { return Show(ParseCsv(text, "t.csv")); }

TEST(Csv, NumbersAndTextBecomeColumns) {
  EXPECT_EQ(Parsed("a,b\n1,x\n-2.5e1,y\n"), "a#|1|-25\nb$|x|y\n");
}

TEST(Csv, LevelsAreSortedByBytesAndCodesPointIntoThem) {
  const Table table = ParseCsv("a,b\nz,1\nZ,2\n\xC3\xA9,3\nz,4\n", "t.csv");
  EXPECT_EQ(table.columns[0].levels, (std::vector<std::string>{"Z", "z", "\xC3\xA9"}));
  EXPECT_EQ(table.columns[0].codes, (std::vector<int32_t>{1, 0, 2, 1}));
}

TEST(Csv, LineEndsMayBeUnixWindowsOrOldMac) {
  const std::string expected = "a#|1|3\nb#|2|4\n";
  EXPECT_EQ(Parsed("a,b\n1,2\n3,4\n"), expected);
  EXPECT_EQ(Parsed("a,b\r\n1,2\r\n3,4\r\n"), expected);
  EXPECT_EQ(Parsed("a,b\r1,2\r3,4\r"), expected);
  EXPECT_EQ(Parsed("a,b\n1,2\r\n3,4"), expected);
}

TEST(Csv, QuotedFieldsKeepDelimitersNewlinesBlanksAndDoubledQuotes) {
  EXPECT_EQ(Parsed("a,b\n\"x,\ny\",1\n\" \"\"q\"\" \",2\n"), "a$|x,\ny| \"q\" \nb#|1|2\n");
  EXPECT_EQ(Parsed("\"a,1\",\"b\"\"\"\n1,2\n3,4\n"), "a,1#|1|3\nb\"#|2|4\n");
}

TEST(Csv, BlanksAroundFieldsAreTrimmed) {
  EXPECT_EQ(Parsed(" a , b\n 1 ,\tx y \n2,  \"q\" \n"), "a#|1|2\nb$|x y|q\n");
}

TEST(Csv, QuotedNumbersAreNumbers) {
  EXPECT_EQ(Parsed("a,b\n\"1\",\" 2 \"\n3,\"NA\"\n"), "a#|1|3\nb#|2|_\n");
}

TEST(Csv, EachMarkOfAMissingCellIsKnown) {
  EXPECT_EQ(Parsed("a,b,c\n,NA,NaN\nnull,?,\"\"\n"), "a#|_|_\nb#|_|_\nc#|_|_\n");
  EXPECT_EQ(Parsed("a,b,c\nna,nan,NULL\nx,1,z\n"), "a$|_|x\nb#|_|1\nc$|_|z\n");
  EXPECT_EQ(Parsed("a,b\nN/A,1\nnone,2\n"), "a$|N/A|none\nb#|1|2\n");
}

TEST(Csv, ATextCellFarDownMakesTheWholeColumnText) {
  EXPECT_EQ(Parsed("a,b\n1,1\n2.0,1\nx,1\n,1\n"), "a$|1|2.0|x|_\nb#|1|1|1|1\n");
}

TEST(Csv, TheDelimiterIsFoundByItself) {
  EXPECT_EQ(Parsed("a;b\n1;2\n3;4\n"), "a#|1|3\nb#|2|4\n");
  EXPECT_EQ(Parsed("a\tb\n1\t\n\t4\n"), "a#|1|_\nb#|_|4\n");
  EXPECT_EQ(Parsed("\"a;x;y\",b\n1,2\n3,4\n"), "a;x;y#|1|3\nb#|2|4\n");
  EXPECT_EQ(Parsed("a (x;y;z),b\n1,2\n3,4\n"), "a (x;y;z)#|1|3\nb#|2|4\n");
  EXPECT_EQ(Parsed("a, b;c\nx, y;1\nz;2\n"), "a, b$|x, y|z\nc#|1|2\n");
}

TEST(Csv, AByteOrderMarkIsNoPartOfTheFirstName) {
  EXPECT_EQ(Parsed("\xEF\xBB\xBF"
                   "a,b\n1,2\n3,4\n"),
            "a#|1|3\nb#|2|4\n");
  EXPECT_EQ(Parsed("\xEF\xBB\xBF\"a\",b\n1,2\n3,4\n"), "a#|1|3\nb#|2|4\n");
}

TEST(Csv, BlankLinesAreSkippedWhereRowsHaveSeveralFields) {
  EXPECT_EQ(Parsed("\n \na,b\n\n1,2\n  \t\r\n3,4\n\n\n"), "a#|1|3\nb#|2|4\n");
}

TEST(Csv, ABlankLineOfAOneColumnFileIsAMissingCellUnlessItEndsTheFile) {
  EXPECT_EQ(Parsed("a\n1\n\n3\n\n\n"), "a#|1|_|3\n");
  EXPECT_EQ(Parsed("a\n\nx\n\"\"\n"), "a$|_|x|_\n");
}

TEST(Csv, ALineOfTabsIsARowOfATabSeparatedFile) {
  EXPECT_EQ(Parsed("a\tb\n1\t2\n\t\n"), "a#|1|_\nb#|2|_\n");
}

TEST(Csv, InfinityIsOnlyAWordInAColumnOfText) {
  EXPECT_EQ(Parsed("a,b\ninf,1\nx,2\n"), "a$|inf|x\nb#|1|2\n");
  EXPECT_EQ(Parsed("a;b\n1,5;1\nx;2\n"), "a$|1,5|x\nb#|1|2\n");
}

// Random text made of the pieces that matter to the grammar, mostly well formed.
std::string RandomCsv(std::mt19937_64* random) {
  const auto pick = [&](std::size_t count) {
    return static_cast<std::size_t>((*random)() % count);
  };
  static constexpr auto kCells = std::to_array<std::string_view>(
      {"1",        "-2.5e3",     "",          "NA",       "x",          "\"x,y\"",
       "\"a\nb\"", "\"\"\"\"",   "\"\"",      " y ",      "?",          "\xC3\xA9",
       "\"\r\n\"", "7",          "0.125",     "12345678", "\"q\"\"r\"", "null",
       "$5",       "53%",        "\"1,234\"", "\"2,5\"",  "007",        "True",
       "TRUE",     "2024-02-29", "-",         "\"NA\"",   "(3)",        "9007199254740993",
       "1 234"});
  static constexpr auto kEnds = std::to_array<std::string_view>({"\n", "\r\n", "\r"});
  static constexpr auto kSpoilers =
      std::to_array<std::string_view>({"\"", "x\"", "\"x\"y", ",", "inf", "\xFF", "\n"});
  const std::string end(kEnds[pick(kEnds.size())]);
  const std::size_t columns = 1 + pick(5);
  std::string text;
  for (std::size_t c = 0; c < columns; ++c) text += (c > 0 ? ",c" : "c") + std::to_string(c);
  text += end;
  const bool numbers_only = pick(3) == 0;
  if (pick(8) == 0) text = "# x\"y" + end + text;
  if (pick(8) == 0) text = "title" + end + text;
  for (std::size_t rows = pick(30); rows > 0; --rows) {
    for (std::size_t c = 0; c < columns; ++c) {
      if (c > 0) text += ",";
      text += kCells[pick(numbers_only ? 4 : pick(2) == 0 ? 18 : kCells.size())];
    }
    text += pick(20) == 0 ? end + end : end;
  }
  if (pick(3) == 0) text.insert(pick(text.size() + 1), kSpoilers[pick(kSpoilers.size())]);
  return text;
}

// The table, or the message of the error.
std::string Outcome(const std::string& text, int threads, std::size_t chunk_bytes) {
  try {
    const ReadOptions options{.threads = threads, .numbers = {"c1"}, .keep_text = {"c0"}};
    const Table table = ParseCsvInChunks(text, "t.csv", options, chunk_bytes);
    std::string shown = Show(table) + ShowFindings(table.findings);
    for (const Column& column : table.columns)
      shown += ShowFindings(column.findings) + Join(column.cell_texts, "|") + "\n";
    return shown;
  } catch (const Error& error) {
    return error.what();
  }
}

TEST(Csv, ManyChunksAndThreadsGiveWhatOneChunkGivesEvenForBrokenFiles) {
  std::mt19937_64 random(20240607);
  int errors = 0;
  constexpr int kFiles = 3000;
  for (int file = 0; file < kFiles; ++file) {
    const std::string text = RandomCsv(&random);
    const std::string whole = Outcome(text, 1, text.size() + 1);
    errors += whole.starts_with("t.csv:") ? 1 : 0;
    const int threads = file % 50 == 0 ? 2 : 1;
    for (const std::size_t chunk : {1, 2, 3, 7, 16, 64}) {
      ASSERT_EQ(Outcome(text, threads, chunk), whole) << "chunks of " << chunk << " of:\n" << text;
    }
  }
  EXPECT_GT(errors, kFiles / 10);
  EXPECT_LT(errors, kFiles * 9 / 10);
}

TEST(Csv, AFileOfManyChunksReadsAsItWasWritten) {
  constexpr std::size_t kRows = 200000;
  std::string text = "id,half,name\n";
  for (std::size_t row = 0; row < kRows; ++row) {
    text += std::to_string(row) + "," + std::to_string(row) + ".5,\"n" + std::to_string(row % 7) +
            "\"\n";
  }
  ASSERT_GT(text.size(), 3 * kCsvChunkBytes);
  const Table table = ParseCsv(text, "t.csv");
  ASSERT_EQ(table.rows, kRows);
  for (std::size_t row = 0; row < kRows; ++row) {
    ASSERT_EQ(table.columns[0].numbers[row], static_cast<double>(row));
    ASSERT_EQ(table.columns[1].numbers[row], static_cast<double>(row) + 0.5);
    ASSERT_EQ(table.columns[2].codes[row], static_cast<int32_t>(row % 7));
  }
}

struct Shipped {
  const char* file;
  std::size_t rows;
  std::size_t columns;
  std::size_t text_columns;
  std::size_t missing;
};

class ShippedData : public ::testing::TestWithParam<Shipped> {};

TEST_P(ShippedData, HasItsRowsColumnsAndMissingCells) {
  const Shipped& expected = GetParam();
  const Table table = ReadCsv(std::string(HALFLIFE_SOURCE_DIR "/data/") + expected.file);
  EXPECT_EQ(table.rows, expected.rows);
  EXPECT_EQ(table.columns.size(), expected.columns);
  std::size_t text_columns = 0;
  std::size_t missing = 0;
  for (const Column& column : table.columns) {
    EXPECT_EQ(column.rows(), table.rows);
    text_columns += column.kind == Column::Kind::kText ? 1 : 0;
    missing += column.missing_count();
  }
  EXPECT_EQ(text_columns, expected.text_columns);
  EXPECT_EQ(missing, expected.missing);
}

INSTANTIATE_TEST_SUITE_P(All, ShippedData,
                         ::testing::Values(Shipped{"ames.csv", 2930, 74, 40, 0},
                                           Shipped{"breast_cancer.csv", 569, 31, 1, 0},
                                           Shipped{"credit.csv", 4454, 14, 5, 455},
                                           Shipped{"diabetes.csv", 442, 11, 0, 0},
                                           Shipped{"digits.csv", 1797, 65, 0, 0},
                                           Shipped{"meats.csv", 215, 103, 0, 0},
                                           Shipped{"pd_speech.csv", 252, 752, 1, 0},
                                           Shipped{"wa_churn.csv", 7043, 20, 11, 11}),
                         [](const ::testing::TestParamInfo<Shipped>& info) {
                           const std::string file = info.param.file;
                           return file.substr(0, file.find('.'));
                         });

TEST(Csv, OneRowWillDoWhereItIsAskedFor) {
  EXPECT_EQ(ParseCsv("a,b\n1,2\n", "t.csv", {.one_row_will_do = true}).rows, 1U);
  EXPECT_THROW(ParseCsv("a,b\n1,2\n", "t.csv"), Error);
  EXPECT_THROW(ParseCsv("a,b\n", "t.csv", {.one_row_will_do = true}), Error);
}

TEST(Csv, AColumnAskedForAsTextKeepsItsDigits) {
  const Table table = ParseCsv("code,x\n01,1\n1.0,2\n", "t.csv", {.categories = {"code"}});
  EXPECT_EQ(table.columns[0].levels, (std::vector<std::string>{"01", "1.0"}));
  EXPECT_EQ(table.columns[1].kind, Column::Kind::kNumeric);
}

TEST(Csv, AFileThatIsNotThereIsAnErrorNotACrash) {
  EXPECT_THROW(ReadCsv("/nowhere/none.csv"), Error);
  EXPECT_THROW(ReadCsv("/"), Error);
}

}  // namespace
}  // namespace halflife
