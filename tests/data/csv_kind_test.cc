// What a column is: missing cells by their spelling, dates, booleans, and what options ask for.
#include <gtest/gtest.h>

#include <string>

#include "data/csv.h"
#include "data/labels.h"
#include "halflife/error.h"
#include "support/shown_table.h"

namespace halflife {
namespace {

using testing::Show;
using testing::ShowFindings;

// The only column of `cells`, one a line, and what was found in it.
std::string Read(const std::string& cells, const ReadOptions& options = {}) {
  const Table table = ParseCsv("x\n" + cells, "t.csv", options);
  const std::string findings = ShowFindings(table.columns[0].findings);
  std::string shown = Show(table);
  shown.pop_back();
  return shown + (findings.empty() ? "" : "  " + findings);
}

std::string MessageOfRead(const std::string& cells, const ReadOptions& options) {
  try {
    Read(cells, options);
  } catch (const Error& error) {
    return error.what();
  }
  return "no error";
}

TEST(CsvDates, ThoseThatAreNotIsoAreTextAndToldOf) {
  for (const char* cells :
       {"3/14/2021\n12/1/2021\n", "31.12.2021\n1.1.1999\n", "14-03-21\n01-04-21\n",
        "2021/3/14\n2021/12/01\n", "14-Mar-21\n2-jun-98\n", "\"Mar 14, 2021\"\n\"June 2, 1998\"\n",
        "\"Jan 2021\"\n\"Sept 2020\"\n", "14 March 2020\n2 May 1999\n",
        "3/14/2021 9:05\n3/15/2021 23:59:59\n", "3/14/2021 9:05 PM\n3/15/2021 11:59 am\n",
        "01MAR2021\n12DEC1999\n", "3/14/2021\nNA\n\n2021-03-14x\n"}) {
    const std::string first = std::string(cells).substr(0, std::string(cells).find('\n'));
    const std::string text = first.front() == '"' ? first.substr(1, first.size() - 2) : first;
    const bool all = std::string(cells).find('x') == std::string::npos;
    const std::string read = Read(cells);
    EXPECT_EQ(read.substr(0, 2), "x$") << cells;
    EXPECT_EQ(read.ends_with("  other dates " + text), all) << read;
  }
}

TEST(CsvDates, WhatIsNoDateIsNotTakenForOne) {
  for (const char* cells :
       {"1/2\n3/4\n", "192.168.1.10\n10.0.0.1\n", "1.2.13\n1.10.12\n", "13/13/2021\n14/15/2021\n",
        "32/1/2021\n40/2/2021\n", "may\nmarch\n", "A12\nB13\n", "3/14/2021 25\n3/15/2021 7\n",
        "2021-13-01\n2021-14-02\n", "market 5\njune bug 2\n", "3/14-2021\n1/2-2021\n",
        "30.02.2011\n31.04.2011\n", "06-10-9086\n07-11-9120\n", "14 March\n2 May\n",
        "Mar 5\nMar 14\n", "14 Mar 9\n2 May 7\n", "JAN9776\nFEB9001\n",
        "2023-02-29\n1900-02-29\n"}) {
    EXPECT_EQ(Read(cells).find("date"), std::string::npos) << Read(cells);
  }
  EXPECT_EQ(Read("2021-03-14\n2021-03-15\n"), "x@|18700|18701  date");
}

TEST(CsvMissing, AmongNumbersTheUsualSpellingsAreMissingAndCounted) {
  EXPECT_EQ(Read("1\nN/A\n2\nN/A\nn/a\n"), "x#|1|_|2|_|_  missing N/A x2, missing n/a x1");
  EXPECT_EQ(Read("#DIV/0!\n$5\n-\n--\n"),
            "x#|_|5|_|_  currency $, missing #DIV/0! x1, missing - x1, "
            "missing -- x1");
  EXPECT_EQ(
      Read("1\nNone\n.\n<NA>\nNaT\n#VALUE!\n1.#QNAN\n-NaN\n\u2014\nunknown\n*\n"),
      "x#|1|_|_|_|_|_|_|_|_|_|_  missing None x1, missing . x1, missing <NA> x1, missing NaT "
      "x1, missing #VALUE! x1, missing 1.#QNAN x1, missing -NaN x1, missing \u2014 x1, missing "
      "unknown x1, missing * x1");
  EXPECT_EQ(Read("1\nNA\n?\n\"\"\nnull\nNaN\n"), "x#|1|_|_|_|_|_");
}

TEST(CsvMissing, AmongNumbersQuotesDoNotMatter) {
  EXPECT_EQ(Read("1\n\"NA\"\n\"N/A\"\n\"?\"\n\" \"\n"), "x#|1|_|_|_|_  missing N/A x1");
  EXPECT_EQ(Read("$1\n\"NA\"\n"), "x#|1|_  currency $");
}

TEST(CsvMissing, AmongTextOnlyBareMarksAreMissing) {
  EXPECT_EQ(Read("AS\n\"NA\"\nNA\n\"\"\n\"EU\"\n"), "x$|AS|NA|_|_|EU");
  EXPECT_EQ(Read("a\nN/A\nnone\n-\n"), "x$|a|N/A|none|-");
  EXPECT_EQ(Read("\"null\"\n\"?\"\n?\nx\n"), "x$|null|?|_|x");
  EXPECT_EQ(Read("\"NA\"\n\"NA\"\n\"\"\n"), "x$|NA|NA|_");
}

TEST(CsvMissing, WordsAloneMakeNoNumbers) {
  EXPECT_EQ(Read("-\nN/A\n-\n"), "x$|-|N/A|-");
  EXPECT_EQ(Read("NA\n\"\"\n"), "x#|_|_");
}

TEST(CsvDates, IsoDatesAreDaysSince1970) {
  EXPECT_EQ(Read("1970-01-01\n1970-01-02\n1969-12-31\n"), "x@|0|1|-1  date");
  EXPECT_EQ(Read("2000-02-29\n2024-12-31\n"), "x@|11016|20088  date");
  EXPECT_EQ(Read("0001-01-01\n9999-12-31\n"), "x@|-719162|2932896  date");
  EXPECT_EQ(Read("2024-01-01\n\nN/A\nNaT\n2024-01-02\n"),
            "x@|19723|_|_|_|19724  date, missing N/A x1, missing NaT x1");
}

TEST(CsvDates, TimesAreFractionsAndOffsetsLeadToUtc) {
  EXPECT_EQ(Read("1970-01-01T12:00\n1970-01-01 06:00:00\n1970-01-01T00:00:43.2Z\n"),
            "x@|0.5|0.25|0.0005  date");
  EXPECT_EQ(Read("1970-01-02T00:00+12:00\n1970-01-01T18:00-0600\n1970-01-01t06:00+06\n"),
            "x@|0.5|1|0  date");
}

TEST(CsvDates, WhatIsNoDayOfTheCalendarIsText) {
  for (const std::string cell :
       {"2024-02-30", "2023-02-29", "1900-02-29", "2024-13-01", "0000-01-01", "2024-01-01T24:00",
        "2024-01-01T12:60", "2024-01-01T12", "2024-01-01T12:00:", "2024-01-01T12:00:00.",
        "2024-01-01T12:00+1", "2024-01-01T12:00Zx", "2024-01-01x", "2024-01-01T12:00+24:00"})
    EXPECT_EQ(Read(cell + "\n2024-01-01\n"), "x$|" + cell + "|2024-01-01");
  for (const std::string cell : {"2024-1-1", "24-01-01", "2024/01/01", "31.12.2024"}) {
    EXPECT_EQ(Read(cell + "\n2024-01-01\n"), "x$|" + cell + "|2024-01-01  other dates " + cell);
  }
  EXPECT_EQ(Read("2024-01-01\n5\n"), "x$|2024-01-01|5");
}

TEST(CsvBooleans, SpellingsOfOneWordAreOneLevel) {
  EXPECT_EQ(Read("True\nTRUE\nfalse\ntrue\n"), "x%|true|true|false|true  merged TRUE, True, true");
  EXPECT_EQ(Read("Yes\nno\nYes\n\nNO\n"), "x%|Yes|no|Yes|_|no  merged NO, no");
  EXPECT_EQ(Read("T\nF\nT\n"), "x%|T|F|T");
  EXPECT_EQ(Read("y\nN\nY\nn\n"), "x%|y|n|y|n  merged N, n, merged Y, y");
  EXPECT_EQ(Read("TRUE\nTRUE\n"), "x%|TRUE|TRUE");
}

TEST(CsvBooleans, WordsOfNoPairStayApart) {
  EXPECT_EQ(Read("True\nTRUE\nmaybe\n"), "x$|True|TRUE|maybe");
  EXPECT_EQ(Read("yes\nYes\nfalse\n"), "x$|yes|Yes|false");
  EXPECT_EQ(Read("y\nYes\nn\n"), "x$|y|Yes|n");
  EXPECT_EQ(Read("yes\nno\nN/A\n"), "x$|yes|no|N/A");
}

TEST(CsvOptions, AForcedColumnReadsWhatItCan) {
  const ReadOptions forced{.numbers = {"x"}};
  EXPECT_EQ(Read("$5\n6\n7%\ntbd\n-\ntbd\n", forced),
            "x#|5|6|7|_|_|_  currency $, percent, missing - x1, forced number tbd @4 x2");
  EXPECT_EQ(Read("01005\n2\n", forced), "x#|1005|2");
  EXPECT_EQ(Read("1.5\n\"2,5\"\ninf\n", forced), "x#|1.5|2.5|_  forced number inf @3 x1");
  EXPECT_EQ(Read("1\n2\n", forced), "x#|1|2");
  EXPECT_EQ(Read("2024-01-01\n2024-01-02\n", forced), "x@|19723|19724  date");
  EXPECT_EQ(Read("NA\nNA\n", forced), "x#|_|_");
}

TEST(CsvOptions, AForcedColumnWithoutANumberIsRefusedByName) {
  EXPECT_EQ(MessageOfRead("a\nb\n", {.numbers = {"x"}}),
            "t.csv: column \"x\" is asked to be numbers, but no cell of it is one (the first is "
            "\"a\"); leave it out of numbers");
  EXPECT_EQ(MessageOfRead("-\n-\n", {.numbers = {"x"}}),
            "t.csv: column \"x\" is asked to be numbers, but no cell of it is one (the first is "
            "\"-\"); leave it out of numbers");
  EXPECT_EQ(Read("a\n", {.one_row_will_do = true, .numbers = {"x"}}),
            "x#|_  forced number a @1 x1");
}

TEST(CsvOptions, AForcedCategoryKeepsItsTextsAndSaysSoWhereItWouldHaveBeenNumbers) {
  const ReadOptions forced{.categories = {"x"}};
  EXPECT_EQ(Read("1.0\n01\n1\n", forced), "x$|1.0|01|1  forced category");
  EXPECT_EQ(Read("2024-01-01\n2024-01-02\n", forced), "x$|2024-01-01|2024-01-02  forced category");
  EXPECT_EQ(Read("a\nb\n", forced), "x$|a|b");
  EXPECT_EQ(Read("True\nTRUE\n", forced), "x%|true|true  merged TRUE, True");
}

TEST(CsvOptions, KeptTextsAreClassesOfTheirOwnInTheOrderOfNumbers) {
  const Table table =
      ParseCsv("v\n2.1\n2.10\n10\n\" 2.10 \"\n\nN/A\n7\n7.0\n", "t.csv", {.keep_text = {"v"}});
  const Column& column = table.columns[0];
  EXPECT_EQ(column.kind, Column::Kind::kNumeric);
  EXPECT_EQ(column.cell_texts, (std::vector<std::string>{"2.1", "2.10", "7", "7.0", "10"}));
  EXPECT_EQ(column.cell_text, (std::vector<int32_t>{0, 1, 4, 1, -1, -1, 2, 3}));
  EXPECT_EQ(column.numbers[1], 2.1);
}

TEST(CsvOptions, LabelsAreTheKeptTextsOfTheRowsThatAreLeft) {
  const Table table =
      ParseCsv("v\n9007199254740993\n1\n9007199254740992\n", "t.csv", {.keep_text = {"v"}});
  Column column = table.columns[0];
  const Labels all = LabelRows(column);
  EXPECT_EQ(all.names, (std::vector<std::string>{"1", "9007199254740992", "9007199254740993"}));
  EXPECT_EQ(all.index, (std::vector<int32_t>{2, 0, 1}));
  column.numbers.erase(column.numbers.begin() + 1);
  column.cell_text.erase(column.cell_text.begin() + 1);
  EXPECT_EQ(LabelRows(column).names,
            (std::vector<std::string>{"9007199254740992", "9007199254740993"}));
}

TEST(CsvOptions, TextsThatAreNotAskedForAreNotKept) {
  const Table table = ParseCsv("v,w\n2.1,1\n2.10,2\n", "t.csv", {.keep_text = {"w"}});
  EXPECT_TRUE(table.columns[0].cell_texts.empty());
  EXPECT_EQ(table.columns[1].cell_texts, (std::vector<std::string>{"1", "2"}));
}

TEST(CsvKind, ManyTextsAreNotKeptWhereThatIsAskedFor) {
  std::string few = "v,w\n";
  std::string many = few;
  for (int i = 0; i < 100; ++i) {
    few += std::to_string(i % 5) + ".0,1\n";
    many += std::to_string(i) + ".50,1\n";
  }
  const ReadOptions all{.keep_text = {"v"}};
  ReadOptions limited = all;
  limited.most_texts = 5;
  EXPECT_EQ(ParseCsv(few, "t.csv", limited).columns[0].cell_texts.size(), 5U);
  EXPECT_EQ(ParseCsv(many, "t.csv", all).columns[0].cell_texts.size(), 100U);
  const Table plain = ParseCsv(many, "t.csv", limited);
  EXPECT_TRUE(plain.columns[0].cell_texts.empty());
  EXPECT_EQ(plain.columns[0].numbers, ParseCsv(many, "t.csv", all).columns[0].numbers);
}

}  // namespace
}  // namespace halflife
