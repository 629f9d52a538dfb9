// Columns of numbers in the styles that people write, and columns that only look like it.
#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "halflife/error.h"
#include "halflife/table.h"
#include "support/shown_table.h"

namespace halflife {
namespace {

using testing::Show;
using testing::ShowFindings;

// The cells of one column of a file with quotes around each, and what was found in it.
std::string ReadColumn(const std::vector<std::string>& cells, const std::string& other = "",
                       char delimiter = ',') {
  std::string file = "x" + std::string(1, delimiter) + "other\n";
  for (const std::string& cell : cells) {
    file += "\"" + cell + "\"" + delimiter + "\"" + other + "\"\n";
  }
  const Table table = ParseCsv(file, "t.csv");
  const std::string shown = Show(table);
  const std::string findings = ShowFindings(table.columns[0].findings);
  return shown.substr(0, shown.find('\n')) + (findings.empty() ? "" : "  " + findings);
}

std::string ShowRow(const std::string& row) {
  return Show(ParseCsv("a\tb\tc\n" + row + "\n", "t.csv", {.one_row_will_do = true}));
}

TEST(CsvNumbers, CurrencyStandsBeforeOrAfterWithOrWithoutABlank) {
  EXPECT_EQ(ReadColumn({"$5", "$ 6.50", "-$7", "$-8"}), "x#|5|6.5|-7|-8  currency $");
  EXPECT_EQ(ReadColumn({"5 €", "6,5 €", "-7€"}), "x#|5|6.5|-7  currency €, decimal comma");
  EXPECT_EQ(ReadColumn({"USD 1,200.50", "USD 3"}), "x#|1200.5|3  currency USD, thousands ,");
  EXPECT_EQ(ReadColumn({"12 kr", "13.5 kr"}), "x#|12|13.5  currency kr");
  EXPECT_EQ(ReadColumn({"R$ 1.234,56", "R$ 7,00"}),
            "x#|1234.56|7  currency R$, thousands ., decimal comma");
  EXPECT_EQ(ReadColumn({"£1", "(£2)", "£(3.5)"}), "x#|1|-2|-3.5  currency £, parentheses");
}

TEST(CsvNumbers, APercentageIsTheNumberBeforeItsSign) {
  EXPECT_EQ(ReadColumn({"53%", "5.25 %", "-1%"}), "x#|53|5.25|-1  percent");
  EXPECT_EQ(ReadColumn({"1,5 %", "100 %"}), "x#|1.5|100  percent, decimal comma");
  EXPECT_EQ(ReadColumn({"(5%)", "(6)%"}), "x#|-5|-6  percent, parentheses");
}

TEST(CsvNumbers, UnitsHoldForTheWholeColumn) {
  EXPECT_EQ(ReadColumn({"$5", "6"}), "x$|$5|6");
  EXPECT_EQ(ReadColumn({"$5", "€6"}), "x$|$5|€6");
  EXPECT_EQ(ReadColumn({"5%", "6"}), "x$|5%|6");
  EXPECT_EQ(ReadColumn({"5%", "$6"}), "x$|5%|$6");
  EXPECT_EQ(ReadColumn({"$5", "0", "$6"}), "x#|5|0|6  currency $");
  EXPECT_EQ(ReadColumn({"0", "5%", "0.0"}), "x#|0|5|0  percent");
  EXPECT_EQ(ReadColumn({"5 apples", "6 apples"}), "x$|5 apples|6 apples");
  EXPECT_EQ(ReadColumn({"$5%", "$6%"}), "x$|$5%|$6%");
}

TEST(CsvNumbers, ThousandsAreSeparatedInGroupsOfThree) {
  EXPECT_EQ(ReadColumn({"1,234,567", "12,345.5", "7"}), "x#|1234567|12345.5|7  thousands ,");
  EXPECT_EQ(ReadColumn({"1.234.567", "89.000", "1"}), "x#|1234567|89000|1  thousands .");
  EXPECT_EQ(ReadColumn({"1.234,5", "2,25"}), "x#|1234.5|2.25  thousands ., decimal comma");
  EXPECT_EQ(ReadColumn({"1 234", "-23 456.5"}), "x#|1234|-23456.5  thousands  ");
  EXPECT_EQ(ReadColumn({"1\u00A0234", "1\u202F234", "1\u2009234,5", "1\u2007234"}),
            "x#|1234|1234|1234.5|1234  thousands  , decimal comma");
  EXPECT_EQ(ReadColumn({"1'234.5", "1\u2019234"}), "x#|1234.5|1234  thousands '");
  for (const char* cell : {"1,23,456", "12,34", "1234,567.5", "1.23.456", "1  234", "1 23",
                           ",123,456", "1,,234", "1.2.3", "192.168.1.1", "1,234.5,6"}) {
    EXPECT_EQ(ReadColumn({cell, "1.5"}), "x$|" + std::string(cell) + "|1.5");
  }
}

TEST(CsvNumbers, ACommaThatCouldBeBothIsWhatTheFileSays) {
  EXPECT_EQ(ReadColumn({"1,234", "5,678"}), "x#|1234|5678  thousands ,");
  EXPECT_EQ(ReadColumn({"1,234", "5,678"}, "", ';'), "x#|1.234|5.678  decimal comma");
  EXPECT_EQ(ReadColumn({"1,234", "5,678"}, "2,5"), "x#|1.234|5.678  decimal comma");
  EXPECT_EQ(ReadColumn({"1,234", "5,678"}, "2,555"), "x#|1234|5678  thousands ,");
  EXPECT_EQ(ReadColumn({"1,234", "0,678"}), "x#|1.234|0.678  decimal comma");
  EXPECT_EQ(ReadColumn({"1,234", "5,67"}), "x#|1.234|5.67  decimal comma");
  EXPECT_EQ(ReadColumn({"1,234", "5,678.5"}, "", ';'), "x#|1234|5678.5  thousands ,");
  EXPECT_EQ(ReadColumn({"1,5", "1.5"}), "x$|1,5|1.5");
}

TEST(CsvNumbers, PointsAreDecimalUnlessTheyCannotBe) {
  EXPECT_EQ(ReadColumn({"1.234", "5.678"}, "", ';'), "x#|1.234|5.678");
  EXPECT_EQ(ReadColumn({"1.234 €", "5.678 €"}), "x#|1.234|5.678  currency €");
}

// Where another column has commas for decimals, points do not stand before decimals as well.
TEST(CsvNumbers, PointsGroupWhereAnotherColumnHasDecimalCommas) {
  EXPECT_EQ(ReadColumn({"1.234", "56.789", "84"}, "2,5"), "x#|1234|56789|84  thousands .");
  EXPECT_EQ(ReadColumn({"-1.234", "", "999"}, "2,5", ';'), "x#|-1234|_|999  thousands .");
  EXPECT_EQ(ReadColumn({"1.234 €", "5.678 €"}, "2,5"), "x#|1234|5678  currency €, thousands .");
  EXPECT_EQ(ReadColumn({"1.234", "0.678"}, "2,5"), "x#|1.234|0.678");  // no group is 0
  EXPECT_EQ(ReadColumn({"1.234", "5.67"}, "2,5"), "x#|1.234|5.67");
  EXPECT_EQ(ReadColumn({"1.234", "1234.567"}, "2,5"), "x#|1.234|1234.567");
  EXPECT_EQ(ReadColumn({"1.234", "5.678"}, "2,555", ';'), "x#|1.234|5.678");  // may be thousands
  EXPECT_EQ(ReadColumn({"1.200", "2.990"}, "2,5"), "x#|1200|2990  thousands .");
  EXPECT_EQ(ReadColumn({"1.2", "2.99"}, "2,5"), "x#|1.2|2.99");
  EXPECT_EQ(ReadColumn({"84", "12"}, "2,5"), "x#|84|12");
  EXPECT_EQ(ReadColumn({"1.234e+01", "5.678e+00"}, "2,5"), "x#|12.34|5.678");
  // A column that can only have decimal points says that this file has both.
  EXPECT_EQ(ShowRow("1.234\t5.67\t2,5"), "a#|1.234\nb#|5.67\nc#|2.5\n");
  EXPECT_EQ(ShowRow("1.234\t$5.67\t2,5"), "a#|1.234\nb#|5.67\nc#|2.5\n");
  EXPECT_EQ(ShowRow("1.234\t$5\t2,5"), "a#|1234\nb#|5\nc#|2.5\n");
}

TEST(CsvNumbers, ThereAreSeveralMinusSigns) {
  EXPECT_EQ(ReadColumn({"\u22123.5", "2"}), "x#|-3.5|2  minus \u2212");
  EXPECT_EQ(ReadColumn({"-3", "\u22124"}), "x#|-3|-4  minus \u2212");
  EXPECT_EQ(ReadColumn({"(3.5)", "( 2 )"}), "x#|-3.5|-2  parentheses");
  EXPECT_EQ(ReadColumn({"- 5", "+6"}), "x#|-5|6");
  for (const char* cell : {"(3", "3)", "-(3)", "--3", "+-3", "(-3)", "3-", "()", "-", "$"})
    EXPECT_EQ(ReadColumn({cell, "a"}), "x$|" + std::string(cell) + "|a");
}

TEST(CsvNumbers, ExponentsMayBeFortran) {
  EXPECT_EQ(ReadColumn({"1.5D+03", "2.5d-1"}), "x#|1500|0.25  fortran");
  EXPECT_EQ(ReadColumn({"1.5E+03", "2e2"}), "x#|1500|200");
  EXPECT_EQ(ReadColumn({"1.5D+03", "2D2"}), "x#|1500|200  fortran");
  EXPECT_EQ(ReadColumn({"12D5", "34D2"}), "x$|12D5|34D2");  // as product codes are
  EXPECT_EQ(ReadColumn({"1,5e3", "2e-1"}), "x#|1500|0.2  decimal comma");
  EXPECT_EQ(ReadColumn({"1e5x", "1e"}), "x$|1e5x|1e");
}

TEST(CsvNumbers, NoBreakBlanksAroundCellsAreNoPartOfThem) {
  const Table table = ParseCsv("a,b\n\u00A01.5,x\u00A0\n\u00A0,\u202Fx\n2\u2009,y\n", "t.csv");
  EXPECT_EQ(Show(table), "a#|1.5|_|2\nb$|x|x|y\n");
}

TEST(CsvNumbers, WhatOnlyLooksLikeANumberIsText) {
  for (const char* cell :
       {"0x10", "1_000", "1/2", "3:30", "5k", "1e5e5", "12a", "#5", "\uFF15", "1 2"})
    EXPECT_EQ(ReadColumn({cell, "1"}), "x$|" + std::string(cell) + "|1");
}

TEST(CsvNumbers, DigitsWithALeadingZeroAreCodes) {
  EXPECT_EQ(ReadColumn({"01005", "1005", "90210"}), "x$|01005|1005|90210  codes 01005");
  EXPECT_EQ(ReadColumn({"7", "07", "007"}), "x$|7|07|007  codes 07");
  EXPECT_EQ(ReadColumn({"00", "12"}), "x$|00|12  codes 00");
  EXPECT_EQ(ReadColumn({"0", "0.5", "-0.5", "00.5", "-05"}), "x#|0|0.5|-0.5|0.5|-5");
  EXPECT_EQ(ReadColumn({"007", "x"}), "x$|007|x");  // text in any case
}

TEST(CsvNumbers, WholeNumbersThatADoubleRoundsAreShown) {
  EXPECT_EQ(ReadColumn({"9007199254740993", "1"}), "x#|9007199254740992|1  long 9007199254740993");
  EXPECT_EQ(ReadColumn({"9007199254740994", "-1"}), "x#|9007199254740994|-1");
  EXPECT_EQ(ReadColumn({"$9,007,199,254,740,993", "$1"}),
            "x#|9007199254740992|1  currency $, thousands ,, long $9,007,199,254,740,993");
  EXPECT_EQ(ReadColumn({"1e300", "123456789012345678901e1"}), "x#|1e+300|1.2345678901234568e+21");
}

TEST(CsvNumbers, ASingleNumberMayBeOfAnyLength) {
  const std::string digits(5000, '1');
  EXPECT_EQ(ReadColumn({"0." + digits, "$1"}), "x$|0." + digits + "|$1");
  EXPECT_EQ(ReadColumn({"$0." + digits, "$1"}), "x#|0.1111111111111111|1  currency $");
}

}  // namespace
}  // namespace halflife
