// Random tables of known values, written in random styles, delimiters, quotes, missing spellings
// and layouts, and read back cell by cell.
#include <gtest/gtest.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <limits>
#include <string>
#include <string_view>
#include <vector>

#include "base/random.h"
#include "data/csv.h"

namespace halflife {
namespace {

constexpr double kGap = std::numeric_limits<double>::quiet_NaN();

// How the numbers of one column are written.
struct Style {
  std::string before;
  std::string after;
  std::string thousands;
  char decimal = '.';
  std::string minus = "-";
  bool parentheses = false;
};

// One column as it is meant and as it is written.
struct Made {
  std::string name;
  bool text = false;
  std::vector<double> numbers;     // where not text
  std::vector<std::string> words;  // where text; "" is missing
  std::vector<std::string> cells;  // as written, without quotes
  bool quoted = false;             // every present cell is
};

class Generator {
 public:
  explicit Generator(uint64_t seed) : random_(seed) {}

  // A file, and the columns that should be read from it.
  std::string File(std::vector<Made>* columns) {
    constexpr std::string_view kDelimiters = ",;\t|";
    delimiter_ = kDelimiters[Pick(kDelimiters.size())];
    rows_ = 12 + Pick(30);
    const std::size_t count = 2 + Pick(5);
    for (std::size_t c = 0; c < count; ++c) columns->push_back(Column(c));
    return Written(*columns);
  }

 private:
  std::size_t Pick(std::size_t count) { return random_.Below(count); }
  bool Chance(std::size_t one_in) { return Pick(one_in) == 0; }
  template <std::size_t N>
  std::string OneOf(const std::array<std::string_view, N>& all) {
    return std::string(all[Pick(N)]);
  }

  Made Column(std::size_t index) {
    Made made{.name = "column " + std::to_string(index), .quoted = Chance(3)};
    switch (Pick(5)) {
      case 0:
        Words(&made);
        break;
      case 1:
        Codes(&made);
        break;
      case 2:
        Dates(&made);
        break;
      default:
        Numbers(&made);
    }
    return made;
  }

  void Words(Made* made) {
    made->text = true;
    for (std::size_t row = 0; row < rows_; ++row) {
      const bool gap = row > 0 && Chance(6);
      made->words.push_back(gap ? "" : OneOf(kWords));
      made->cells.push_back(gap ? OneOf(kBareMarks) : made->words.back());
    }
  }

  void Codes(Made* made) {
    made->text = true;
    for (std::size_t row = 0; row < rows_; ++row) {
      made->words.push_back((row == 0 ? "0" : "") + std::to_string(10 + Pick(900)));
      made->cells.push_back(made->words.back());
    }
  }

  void Dates(Made* made) {
    for (std::size_t row = 0; row < rows_; ++row) {
      const std::size_t day = 1 + Pick(28);
      made->numbers.push_back(19722.0 + static_cast<double>(day));  // of January 2024
      made->cells.push_back(std::string("2024-01-") + (day < 10 ? "0" : "") + std::to_string(day));
    }
    Gaps(made);
  }

  void Numbers(Made* made) {
    const Style style = DrawStyle();
    const int decimals =
        style.decimal == ',' ? 1 + static_cast<int>(Pick(2)) : static_cast<int>(Pick(3));
    for (std::size_t row = 0; row < rows_; ++row) {
      const auto whole = static_cast<int64_t>(1 + Pick(Chance(3) ? 90 : 9000000));
      const int64_t unit = decimals == 0 ? 1 : decimals == 1 ? 10 : 100;
      const auto part = static_cast<int64_t>(Pick(static_cast<std::size_t>(unit)));
      const bool negative = Chance(4);
      std::string digits = Grouped(std::to_string(whole), style.thousands);
      if (decimals > 0) {
        const std::string fraction = std::to_string(part);
        const std::size_t zeros = static_cast<std::size_t>(decimals) - fraction.size();
        digits += style.decimal + std::string(zeros, '0') + fraction;
      }
      const double size = static_cast<double>(whole * unit + part) / static_cast<double>(unit);
      made->numbers.push_back(negative ? -size : size);
      made->cells.push_back(Signed(style.before + digits + style.after, negative, style));
    }
    Gaps(made);
  }

  Style DrawStyle() {
    static constexpr auto kBefore = std::to_array<std::string_view>({"", "$", "EUR ", "\u20AC"});
    static constexpr auto kAfter = std::to_array<std::string_view>({"%", " %", " kr", "\u00A0USD"});
    static constexpr auto kMinus = std::to_array<std::string_view>({"-", "\u2212"});
    Style style;
    const std::size_t units = Pick(4);
    if (units == 1) style.before = OneOf(kBefore);
    if (units == 2) style.after = OneOf(kAfter);
    style.minus = OneOf(kMinus);
    style.parentheses = Chance(5);
    // A decimal comma has one or two digits after it, so that it cannot be one of thousands.
    style.decimal = Chance(3) ? ',' : '.';
    static constexpr auto kMarks =
        std::to_array<std::string_view>({"", " ", "\u00A0", "'", "\u2019"});
    style.thousands = Chance(2) ? (style.decimal == ',' ? "." : ",") : OneOf(kMarks);
    // With decimal points a file of semicolons takes 1,234 for decimals; here it is thousands.
    if (style.thousands == "," && delimiter_ == ';') style.thousands = "'";
    return style;
  }

  static std::string Grouped(std::string digits, const std::string& mark) {
    for (std::size_t at = digits.size(); at > 3;) {
      at -= 3;
      digits.insert(at, mark);
    }
    return digits;
  }

  static std::string Signed(const std::string& text, bool negative, const Style& style) {
    if (!negative) return text;
    return style.parentheses ? "(" + text + ")" : style.minus + text;
  }

  // Leaves out some cells but the first two.
  void Gaps(Made* made) {
    if (Chance(2)) return;
    for (std::size_t row = 2; row < rows_; ++row) {
      if (!Chance(5)) continue;
      made->numbers[row] = kGap;
      made->cells[row] = Chance(2) ? OneOf(kBareMarks) : OneOf(kSpellings);
    }
  }

  std::string Field(const Made& made, const std::string& cell) {
    const bool bare_mark =
        made.text && cell.size() <= 4 &&
        std::find(kBareMarks.begin(), kBareMarks.end(), cell) != kBareMarks.end();
    const bool needed = cell.find(delimiter_) != std::string::npos ||
                        cell.find_first_of("\"\n") != std::string::npos;
    if (!needed && (bare_mark || !made.quoted)) return Chance(9) ? " " + cell + " " : cell;
    std::string quoted = "\"";
    for (const char c : cell) quoted += c == '"' ? std::string("\"\"") : std::string(1, c);
    return quoted + "\"";
  }

  std::string Written(const std::vector<Made>& columns) {
    static constexpr auto kEnds = std::to_array<std::string_view>({"\n", "\r\n", "\r"});
    const std::string end = OneOf(kEnds);
    const bool trailing = Chance(4);
    const bool row_names = Chance(4);
    std::string file = Above(end);
    if (row_names) file += std::string("\"\"") + delimiter_;
    for (const Made& column : columns) file += column.name + delimiter_;
    if (!trailing) file.pop_back();
    file += end;
    for (std::size_t row = 0; row < rows_; ++row) {
      if (row_names) file += "\"r" + std::to_string(row) + "\"" + delimiter_;
      for (const Made& column : columns) file += Field(column, column.cells[row]) + delimiter_;
      if (!trailing) file.pop_back();
      file += Chance(20) ? end + end : end;
    }
    return file;
  }

  std::string Above(const std::string& end) {
    std::string above = Chance(5) ? "\xEF\xBB\xBF" : "";
    if (Chance(5)) above += std::string("sep=") + delimiter_ + end;
    if (Chance(5)) above += "# made by \"a generator" + end + "#" + end;
    if (Chance(5)) above += "A title" + end + end;
    return above;
  }

  static constexpr auto kWords =
      std::to_array<std::string_view>({"red", "green", "dark blue", "a,b", "c;d", "say \"so\"",
                                       "two\nlines", "\u00E9t\u00E9", "N/A", "12 x"});
  static constexpr auto kBareMarks =
      std::to_array<std::string_view>({"", "NA", "?", "null", "NaN"});
  static constexpr auto kSpellings =
      std::to_array<std::string_view>({"N/A", "-", "n/a", "None", "#DIV/0!", ".", "\u2014"});

  Random random_;
  std::size_t rows_ = 0;
  char delimiter_ = ',';
};

void ExpectColumn(const Column& column, const Made& made) {
  ASSERT_EQ(column.name, made.name);
  ASSERT_EQ(column.kind == Column::Kind::kText, made.text) << made.name;
  ASSERT_EQ(column.rows(), made.cells.size());
  for (std::size_t row = 0; row < made.cells.size(); ++row) {
    if (made.text) {
      const std::string word =
          column.missing(row) ? "" : column.levels[static_cast<std::size_t>(column.codes[row])];
      ASSERT_EQ(word, made.words[row]) << made.name << ", row " << row;
    } else if (std::isnan(made.numbers[row])) {
      ASSERT_TRUE(column.missing(row)) << made.name << ", row " << row;
    } else {
      // Both are the double nearest to the same decimal: the quotient of two whole numbers below
      // 2^53 is rounded once, as reading is.
      ASSERT_EQ(column.numbers[row], made.numbers[row]) << made.name << ", row " << row;
    }
  }
}

TEST(CsvGenerator, TablesInRandomStylesAreReadBackCellByCell) {
  constexpr uint64_t kTables = 600;
  for (uint64_t seed = 1; seed <= kTables; ++seed) {
    std::vector<Made> made;
    const std::string file = Generator(seed).File(&made);
    SCOPED_TRACE("seed " + std::to_string(seed) + ":\n" + file);
    const std::size_t chunk = seed % 3 == 0 ? 64 : kCsvChunkBytes;
    Table table;
    ASSERT_NO_THROW(table = ParseCsvInChunks(file, "t.csv", {.threads = 1}, chunk));
    ASSERT_EQ(table.columns.size(), made.size());
    for (std::size_t c = 0; c < made.size(); ++c) ExpectColumn(table.columns[c], made[c]);
    if (::testing::Test::HasFatalFailure()) return;
  }
}

}  // namespace
}  // namespace halflife
