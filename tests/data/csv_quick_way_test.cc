// Tables that the quick way reads, mostly, against the same tables in chunks so small that only the
// general way reads them.
#include <gtest/gtest.h>

#include <array>
#include <bit>
#include <string>
#include <string_view>
#include <vector>

#include "base/random.h"
#include "base/text.h"
#include "data/csv.h"
#include "halflife/error.h"
#include "support/shown_table.h"

namespace halflife {
namespace {

using testing::Show;
using testing::ShowFindings;
using testing::ShowLayout;

// Everything of a table, to the last bit; or the message of the error.
std::string WholeOutcome(const std::string& file, const ReadOptions& options,
                         std::size_t chunk_bytes) {
  try {
    const Table table = ParseCsvInChunks(file, "t.csv", options, chunk_bytes);
    std::string all = Show(table) + ShowLayout(table);
    for (const Column& column : table.columns) {
      all += ShowFindings(column.findings) + Join(column.cell_texts, "|");
      all += {column.marks.thousands, column.marks.decimal};
      for (const double number : column.numbers)
        all += std::to_string(std::bit_cast<uint64_t>(number)) + " ";
    }
    return all;
  } catch (const Error& error) {
    return error.what();
  }
}

class TableMaker {
 public:
  explicit TableMaker(uint64_t seed) : random_(seed) {}

  std::string File() {
    static constexpr auto kEnds = std::to_array<std::string_view>({"\n", "\r\n", "\r"});
    end_ = kEnds[Pick(kEnds.size())];
    delimiter_ = ",,,;\t| "[Pick(7)];
    std::vector<std::size_t> kinds(1 + Pick(Chance(4) ? 24 : 6));
    for (std::size_t& kind : kinds) kind = Pick(kKinds);
    std::string file = Row(kinds.size(), [](std::size_t c) { return "c" + std::to_string(c); });
    for (std::size_t rows = Pick(Chance(6) ? 1500 : 90); rows > 0; --rows) {
      file += Row(kinds.size(), [&](std::size_t c) { return Cell(kinds[c]); });
      if (Chance(50)) file += end_;
    }
    if (Chance(3)) Spoil(&file);
    while (Chance(8) && (file.ends_with('\n') || file.ends_with('\r'))) file.pop_back();
    return file;
  }

 private:
  static constexpr std::size_t kKinds = 14;

  std::size_t Pick(std::size_t count) { return random_.Below(count); }
  bool Chance(std::size_t one_in) { return Pick(one_in) == 0; }
  template <std::size_t N>
  std::string OneOf(const std::array<std::string_view, N>& all) {
    return std::string(all[Pick(N)]);
  }

  template <typename CellOf>
  std::string Row(std::size_t columns, const CellOf& cell) {
    std::string row;
    for (std::size_t c = 0; c < columns; ++c)
      row += (c > 0 ? std::string(1, delimiter_) : "") + cell(c);
    return row + std::string(end_);
  }

  std::string Digits(std::size_t count) {
    std::string digits;
    for (; count > 0; --count) digits += static_cast<char>('0' + Pick(10));
    return digits;
  }
  std::string Number() {
    const std::string sign = Chance(2) ? "-" : "";
    return sign + std::to_string(Pick(1000)) + "." + Digits(1 + Pick(Chance(4) ? 20 : 7));
  }

  std::string Cell(std::size_t kind) {
    static constexpr auto kWords = std::to_array<std::string_view>(
        {"red", "green", "dark blue", "more than sixteen letters", "caf\u00E9", "no"});
    static constexpr auto kQuoted = std::to_array<std::string_view>(
        {"\"a,b\"", "\"c;d\"", "\"two\nlines\"", "\"\"", "\"say \"\"so\"\"\"", "\" x \""});
    switch (kind) {
      case 0:
        return std::to_string(Pick(100000));
      case 1:
        return Chance(9) ? "" : Number();
      case 2:
        return Chance(300) ? "x" : Number();  // text, but far down
      case 3:
        return OneOf(kWords);
      case 4:
        return OneOf(kQuoted);
      case 5:
        return Chance(20) ? "NA" : Digits(1 + Pick(18));
      case 6:
        return std::string(Pick(3), ' ') + Number() + std::string(Pick(2), ' ');
      case 7:
        return Chance(2) ? "\"" + Number() + "\"" : Number();
      case 8:
        return "K" + Digits(1 + Pick(5));
      case 9:
        return Chance(40) ? "N/A" : std::to_string(Pick(50));
      case 10:
        return Chance(2) ? "\"NA\"" : "";
      default:
        return Number();
    }
  }

  void Spoil(std::string* file) {
    static constexpr auto kSpoilers = std::to_array<std::string_view>(
        {"\"", "x\"", "\"x\"y", ",", "inf", "\xFF", "\n", "007", "9007199254740993", " ", "1e400"});
    file->insert(Pick(file->size() + 1), OneOf(kSpoilers));
  }

  Random random_;
  std::string_view end_;
  char delimiter_ = ',';
};

TEST(CsvQuickWay, ReadsEveryTableAsTheGeneralWayDoes) {
  constexpr uint64_t kTables = 1500;
  // Within so few bytes of its end a chunk is left to the general way.
  constexpr std::size_t kOnlyGeneral = 8;
  int errors = 0;
  for (uint64_t seed = 1; seed <= kTables; ++seed) {
    const std::string file = TableMaker(seed).File();
    ReadOptions options{.threads = seed % 20 == 0 ? 3 : 1};
    if (seed % 4 == 1) options.keep_text = {"c0"};
    if (seed % 4 == 2) options.categories = {"c1"};
    if (seed % 4 == 3) options.numbers = {"c2"};
    const std::string quick = WholeOutcome(file, options, kCsvChunkBytes);
    ASSERT_EQ(quick, WholeOutcome(file, options, kOnlyGeneral)) << "seed " << seed;
    ASSERT_EQ(quick, WholeOutcome(file, options, 700)) << "seed " << seed;
    errors += quick.starts_with("t.csv:") ? 1 : 0;
  }
  EXPECT_GT(errors, 100);
  EXPECT_LT(errors, 1000);
}

// The table is what is kept of a file: no more than its cells, also where lines hold no rows.
TEST(CsvQuickWay, ColumnsHoldNoMoreThanTheirCells) {
  constexpr std::size_t kRows = 5000;
  for (const std::string_view end : {"\n", "\r\n", "\n\n", "\n  \n\n"}) {
    std::string file = "a,b,c" + std::string(end);
    for (std::size_t row = 0; row < kRows; ++row)
      file += std::to_string(row) + ",1.5,t" + std::to_string(row % 9) + std::string(end);
    const Table table = ParseCsvInChunks(file, "t.csv", {.threads = 2}, 4096);
    ASSERT_EQ(table.rows, kRows);
    for (const Column& column : table.columns) {
      EXPECT_LE(column.numbers.capacity() + column.codes.capacity(), kRows + kRows / 16);
      ASSERT_EQ(column.rows(), kRows);
    }
    for (std::size_t row = 0; row < kRows; ++row) {
      ASSERT_EQ(table.columns[0].numbers[row], static_cast<double>(row));
      ASSERT_EQ(table.columns[2].codes[row], static_cast<int32_t>(row % 9));
    }
  }
}

TEST(CsvQuickWay, LinesInsideQuotesAreNoRows) {
  std::string file = "a,b\n";
  for (int row = 0; row < 2000; ++row) file += "\"x\n\n\ny\"," + std::to_string(row) + "\n";
  const Table table = ParseCsvInChunks(file, "t.csv", {.threads = 2}, 512);
  ASSERT_EQ(table.rows, 2000U);
  EXPECT_EQ(table.columns[0].codes.capacity(), 2000U);
  EXPECT_EQ(table.columns[1].numbers.back(), 1999.0);
}

}  // namespace
}  // namespace halflife
