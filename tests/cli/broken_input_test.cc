// What a user sees when something is wrong: exit 1 or 2 and one line that says what, where and what
// to do.
#include <gtest/gtest.h>

#include "support/program.h"

namespace halflife {
namespace {

struct Broken {
  const char* name;
  std::string csv;
  const char* arguments;  // after `tune t.csv`
  int code;
  const char* line;  // all of stderr but "halflife: "
};

std::string Rows(const std::string& header, const std::string& row, int count) {
  std::string csv = header + "\n";
  for (int i = 0; i < count; ++i) csv += row + "\n";
  return csv;
}

// x, y and a text that varies with the row number where the row says %.
std::string Numbered(const std::string& header, const std::string& pattern, int count) {
  std::string csv = header + "\n";
  for (int i = 1; i <= count; ++i) {
    for (const char c : pattern) csv += c == '%' ? std::to_string(i) : std::string(1, c);
    csv += "\n";
  }
  return csv;
}

const std::string kGood = Numbered("x,y", "%,%.5", 30);

class BrokenInput : public testing::ProgramTest, public ::testing::WithParamInterface<Broken> {};

TEST_P(BrokenInput, GivesOneHelpfulLine) {
  const Broken& broken = GetParam();
  Write("t.csv", broken.csv);
  const testing::Ran ran = Run(std::string("tune t.csv ") + broken.arguments);
  EXPECT_EQ(ran.code, broken.code);
  EXPECT_EQ(ran.err, std::string("halflife: ") + broken.line + "\n");
  EXPECT_EQ(ran.out, "");
  EXPECT_FALSE(std::filesystem::exists(Path("halflife-out/result.json")));
}

INSTANTIATE_TEST_SUITE_P(
    Table, BrokenInput,
    ::testing::Values(
        Broken{"Empty", "", "--target y", 1,
               "t.csv:1:1: the file is empty; it needs a header and rows below it"},
        Broken{"HeaderOnly", "x,y\n", "--target y", 1,
               "t.csv:1:1: there is a header but no row below it; at least two are needed"},
        Broken{"OneRow", "x,y\n1,2\n", "--target y", 1,
               "t.csv:2:1: there is only one row below the header; at least two are needed"},
        Broken{"Ragged", kGood + "1,2,3\n", "--target y", 1,
               "t.csv:32:3: the row has 3 fields where the header has 2 (separated by commas); "
               "quote cells that hold a delimiter, or remove the extra ones"},
        Broken{"TooShort", kGood + "1\n", "--target y", 1,
               "t.csv:32:2: the row has 1 field where the header has 2 (separated by commas); add "
               "the missing ones or remove the row"},
        Broken{"UnclosedQuote", kGood + "\"1,2\n3,4\n", "--target y", 1,
               "t.csv:32:1: the quote opened here in column \"x\" is never closed; close it, or "
               "double a quote that is part of the text"},
        Broken{"StrayQuote", kGood + "1\"2,3\n", "--target y", 1,
               "t.csv:32:1: a quote inside an unquoted field of column \"x\"; put the whole field "
               "in quotes and double the quotes within it"},
        Broken{"AfterQuote", kGood + "\"1\"2,3\n", "--target y", 1,
               "t.csv:32:1: text after the closing quote of column \"x\" (opened on line 32); "
               "double the quotes that are part of the text"},
        Broken{"Nul", kGood + std::string("1,\0\n", 4), "--target y", 1,
               "t.csv:32:2: NUL byte: this is no text file; save the table as CSV in UTF-8"},
        Broken{"Latin1", kGood + "\xE9,2\n", "--target y", 1,
               "t.csv:32:1: byte \"\\xe9\" is not UTF-8; save the file as UTF-8"},
        Broken{"SameNames", Rows("x,x,y", "1,2,3", 9), "--target y", 1,
               "t.csv:1:2: columns 1 and 2 are both called \"x\"; rename one"},
        Broken{"NoName", Rows("x,,y", "1,2,3", 9), "--target y", 1,
               "t.csv:1:2: column 2 has no name; name it, or remove it if it only numbers the rows "
               "(pandas: index=False, R: row.names=FALSE)"},
        Broken{"NoHeader", Rows("1,2", "3,4", 9), "--target y", 1,
               "t.csv:1:1: the first row holds numbers where the column names should be; add a row "
               "of names above it"},
        Broken{"Gzip", std::string("\x1f\x8b\x08\0\0", 5), "--target y", 1,
               "t.csv:1:1: the file is compressed with gzip; unpack it first (gunzip)"},
        Broken{"Infinite", kGood + "inf,2\n", "--target y", 1,
               "t.csv:32:1: \"inf\" in column \"x\", a column of numbers, is not finite; correct "
               "it or leave the cell empty"},
        Broken{"Overflow", kGood + "1e999,2\n", "--target y", 1,
               "t.csv:32:1: \"1e999\" in column \"x\", a column of numbers, is not finite; correct "
               "it or leave the cell empty"},
        Broken{"NoTarget", kGood, "--target price", 2,
               "--target \"price\": t.csv has no such column; it has x, y"},
        Broken{"TargetNear", kGood, "--target Y", 2,
               "--target \"Y\": t.csv has no such column; did you mean \"y\"?"},
        Broken{"ConstantTarget", Numbered("x,y", "%,7", 9), "--target y", 1,
               "target \"y\" is 7 in every row; there is nothing to learn"},
        Broken{"ConstantText", Numbered("x,y", "%,yes", 9), "--target y", 1,
               "target \"y\" is \"yes\" in every row; there is nothing to learn"},
        Broken{"MissingTarget", Numbered("x,y", "%,NA", 9), "--target y", 1,
               "t.csv: target \"y\" is missing in every row"},
        Broken{
            "Ids", Numbered("name,y", "n%,%.5", 12), "--target y", 1,
            "t.csv: no column is left to predict from: each is ignored, holds one value only, or "
            "is text with a level of its own in most rows (keep it with --category); give it more "
            "columns"},
        Broken{"OneRowClass", kGood.substr(0, 4) + "1,a\n2,a\n3,b\n4,a\n", "--target y", 1,
               "target \"y\": class \"b\" has only one row, so no fold can both learn and check "
               "it; remove or merge it"},
        Broken{"TextRegression", Numbered("x,y", "%,a", 4) + "5,b\n6,b\n",
               "--target y --task regression", 1,
               "target \"y\" holds text such as \"a\", so it cannot be a regression; use --task "
               "classification"},
        Broken{
            "LogOfNegative", kGood + "3,-2\n", "--target y --log-target", 1,
            "target \"y\" holds -2, which has no logarithm; leave out --log-target or such rows"},
        Broken{
            "NothingToPredictFrom", Numbered("y", "%.5", 9), "--target y", 1,
            "t.csv: no column is left to predict from: each is ignored, holds one value only, or "
            "is text with a level of its own in most rows (keep it with --category); give it more "
            "columns"},
        Broken{
            "AllConstant", Numbered("x,y", "1,%.5", 9), "--target y", 1,
            "t.csv: no column is left to predict from: each is ignored, holds one value only, or "
            "is text with a level of its own in most rows (keep it with --category); give it more "
            "columns"},
        Broken{"TooLarge", kGood + "1e200,2\n", "--target y", 1,
               "column \"x\" holds 1e+200, and its numbers reach too far or differ too little to "
               "compute with; rescale it"},
        Broken{"FoldColumnOneFold", Numbered("f,x,y", "1,%,%.5", 9), "--target y --fold-column f",
               1, "fold column \"f\" names one fold only; at least 2 are needed"},
        Broken{"FoldColumnGap", Numbered("f,x,y", "%,%,%.5", 9) + ",1,2\n",
               "--target y --fold-column f", 1,
               "fold column \"f\" has 1 missing cell; every row must name its fold"},
        Broken{"FoldHoldsClass", "f,x,y\n1,1,a\n1,2,a\n2,3,b\n2,4,b\n2,5,b\n",
               "--target y --fold-column f", 1,
               "fold \"1\" holds every row of class \"a\", so nothing is left to learn it from; "
               "spread the class over folds, or leave out --fold-column or --group"},
        Broken{"TooManyFolds", kGood, "--target y --folds 31", 2,
               "--folds 31: there are only 30 rows; ask for at most that many"},
        Broken{"OneFold", kGood, "--target y --folds 1", 2,
               "--folds: 1 is not from 2 up; see halflife tune --help"},
        Broken{"BadDecay", kGood, "--target y --decay 1,x", 2,
               "--decay: \"x\" is not a decay; give auto, numbers from 0 to 1e100 as in "
               "0,1e-3,0.1, or "
               "LO:HI:COUNT"},
        Broken{"NegativeDecay", kGood, "--target y --decay -1", 2,
               "--decay -1: a decay is a number from 0 to 1e+100"},
        Broken{"BadTask", kGood, "--target y --task cluster", 2,
               "--task: \"cluster\" is none of auto, classification, regression; see halflife tune "
               "--help"},
        Broken{"WrongModel", kGood, "--target y --model logistic", 2,
               "--model logistic is for classification, and the target holds numbers; use --model "
               "linear, or --task classification for classes"},
        Broken{"UnknownFlag", kGood, "--target y --lambda 3", 2,
               "\"--lambda\" is no flag of tune; did you mean --decay?"},
        Broken{"NoTargetFlag", kGood, "", 2, "--target is required; see halflife tune --help"},
        Broken{"IgnoreUnknown", kGood, "--target y --ignore z", 2,
               "--ignore \"z\": t.csv has no such column; did you mean \"x\"?"},
        Broken{"BadSeed", kGood, "--target y --seed abc", 2,
               "--seed: \"abc\" is not a whole number from 0 up; see halflife tune --help"},
        Broken{"OutIsAFile", kGood, "--target y --out t.csv", 1,
               "--out \"t.csv\": this folder cannot be made or written (Not a directory); choose "
               "another one"},
        Broken{"SeparableAtZeroAlone",
               Numbered("x,y", "%,a", 5) + Numbered("", "10%,b", 5).substr(1),
               "--target y --decay 0 --quiet", 1,
               "separable: without decay not every fold has a finite fit, and --decay asks for 0 "
               "alone; add a decay "
               "above 0"}),
    [](const auto& info) { return std::string(info.param.name); });

using MissingInput = testing::ProgramTest;

TEST_F(MissingInput, AFileThatIsNotThereIsNamed) {
  const testing::Ran ran = Run("tune nowhere.csv --target y");
  EXPECT_EQ(ran.code, 1);
  EXPECT_EQ(ran.err,
            "halflife: nowhere.csv: cannot be opened (No such file or directory); check the name "
            "and its permissions\n");
}

}  // namespace
}  // namespace halflife
