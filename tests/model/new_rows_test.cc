// New rows are read as the rows that the model was fitted on are written, where a column of few
// rows leaves open what 1.234 or 1,234 is.
#include "model/new_rows.h"

#include <fmt/format.h>
#include <gtest/gtest.h>

#include <cmath>

#include "base/random.h"
#include "base/text.h"

namespace halflife {
namespace {

struct Style {
  const char* name;
  char thousands;  // '\0': none
  char decimal;
  int decimals;
};

constexpr Style kStyles[] = {{"1,234.5", ',', '.', 2},  {"1,234", ',', '.', 0},
                             {"1.234,5", '.', ',', 2},  {"1.234", '.', ',', 0},
                             {"0,125", '\0', ',', 3},   {"1 234,5", ' ', ',', 2},
                             {"1 234.5", ' ', '.', 1},  {"1'234.5", '\'', '.', 2},
                             {"1'234,5", '\'', ',', 3}, {"0.125", '\0', '.', 3}};

std::string Write(double value, const Style& style) {
  std::string digits = fmt::format("{:.{}f}", std::fabs(value), style.decimals);
  std::size_t whole = std::min(digits.find('.'), digits.size());
  if (whole < digits.size()) digits[whole] = style.decimal;
  if (style.thousands != '\0') {
    for (; whole > 3; whole -= 3) digits.insert(whole - 3, 1, style.thousands);
  }
  return (value < 0 ? "-" : "") + digits;
}

double Draw(Random* random, const Style& style) {
  const double scale = std::pow(10.0, style.decimals);
  return std::round((random->Uniform() - 0.3) * std::pow(10.0, 1 + 7 * random->Uniform()) * scale) /
         scale;
}

// Column x in `style` beside whole numbers and a column with decimals of its own.
std::string FileOf(const std::vector<double>& values, const Style& style, char delimiter,
                   char other_decimal) {
  std::string file = fmt::format("x{}n{}z\n", delimiter, delimiter);
  for (const double value : values) {
    const std::string cell = Write(value, style);
    const bool quoted = cell.find(delimiter) != std::string::npos;
    const std::string field = quoted ? "\"" + cell + "\"" : cell;
    file += fmt::format("{}{}7{}\"2{}5\"\n", field, delimiter, delimiter, other_decimal);
  }
  return file;
}

std::vector<ModelInput> InputsOf(const Table& table) {
  std::vector<ModelInput> inputs;
  for (const Column& column : table.columns)
    inputs.push_back({.column = column.name, .marks = column.marks, .weights = {1.0}});
  return inputs;
}

TEST(NewRows, EachRowByItselfIsTheNumberItIsAmongTheOthers) {
  Random random(1);
  for (const Style& style : kStyles) {
    for (const char delimiter : {',', ';', '\t'}) {
      for (int round = 0; round < 20; ++round) {
        const char other = round % 2 == 0 ? style.decimal : '.';
        std::vector<double> values = {1234567.0, 0.5};  // these settle the style, if anything does
        if (style.decimals == 0) values[1] = 8901234.0;
        for (int i = 0; i < 10; ++i) values.push_back(Draw(&random, style));
        const Table fitted = ParseCsv(FileOf(values, style, delimiter, other), "t.csv");
        ASSERT_EQ(fitted.columns[0].kind, Column::Kind::kNumeric);
        const std::vector<ModelInput> inputs = InputsOf(fitted);
        for (std::size_t i = 0; i < values.size(); ++i) {
          const std::string alone = FileOf({values[i]}, style, delimiter, other);
          EXPECT_EQ(fitted.columns[0].numbers[i], values[i]) << style.name;
          EXPECT_EQ(ParseNewRows(alone, "t.csv", inputs).columns[0].numbers[0], values[i])
              << style.name << " in " << alone;
        }
      }
    }
  }
}

// Where the points of the column fitted on were decimal ones, no column beside it changes that.
TEST(NewRows, AKnownDecimalPointStaysOne) {
  const Table fitted = ParseCsv("x\tz\n4.56\t2,5\n1.234\t3,5\n", "t.csv");
  const std::vector<ModelInput> inputs = InputsOf(fitted);
  EXPECT_EQ(fitted.columns[0].numbers[1], 1.234);
  EXPECT_EQ(ParseNewRows("x\tz\n1.234\t2,5\n", "t.csv", inputs).columns[0].numbers[0], 1.234);
  EXPECT_EQ(ParseNewRows("x\tz\n$1.234\t2,5\n", "t.csv", inputs).columns[0].numbers[0], 1.234);
  // Of whole numbers nothing is known, and the column beside them tells.
  const std::vector<ModelInput> whole = InputsOf(ParseCsv("x\tz\n4\t2,5\n915\t3,5\n", "t.csv"));
  EXPECT_EQ(ParseNewRows("x\tz\n1.234\t2,5\n", "t.csv", whole).columns[0].numbers[0], 1234.0);
}

// What is written in another style than before, and can only be that, is what it says.
TEST(NewRows, AnotherStyleThatIsPlainToSeeIsRead) {
  const std::vector<ModelInput> inputs = {
      {.column = "x", .marks = {.thousands = '.', .decimal = ','}, .weights = {1.0}}};
  const auto read = [&](const std::string& cell) {
    return ParseNewRows("x\ty\n" + cell + "\t1\n", "t.csv", inputs).columns[0].numbers[0];
  };
  EXPECT_EQ(read("1.234"), 1234.0);
  EXPECT_EQ(read("1,234"), 1.234);
  EXPECT_EQ(read("12.5"), 12.5);
  EXPECT_EQ(read("1,234.5"), 1234.5);
  EXPECT_EQ(read("1.5e3"), 1500.0);
  EXPECT_EQ(read("$1.234"), 1234.0);
}

}  // namespace
}  // namespace halflife
