// Tables that the quick way reads, mostly, against the same tables in chunks so small that only the
// general way reads them.
#include <gtest/gtest.h>

#include <string>
#include <string_view>

#include "data/csv.h"
#include "support/csv_files.h"

namespace halflife {
namespace {

using testing::CsvFileMaker;
using testing::WholeOutcome;

std::string OutcomeInChunks(const std::string& file, const ReadOptions& options,
                            std::size_t chunk_bytes) {
  return WholeOutcome([&] { return ParseCsvInChunks(file, "t.csv", options, chunk_bytes); });
}

TEST(CsvQuickWay, ReadsEveryTableAsTheGeneralWayDoes) {
  constexpr uint64_t kTables = 1500;
  // Within so few bytes of its end a chunk is left to the general way.
  constexpr std::size_t kOnlyGeneral = 8;
  int errors = 0;
  for (uint64_t seed = 1; seed <= kTables; ++seed) {
    const std::string file = CsvFileMaker(seed).File();
    ReadOptions options{.threads = seed % 20 == 0 ? 3 : 1};
    if (seed % 4 == 1) options.keep_text = {"c0"};
    if (seed % 4 == 2) options.categories = {"c1"};
    if (seed % 4 == 3) options.numbers = {"c2"};
    const std::string quick = OutcomeInChunks(file, options, kCsvChunkBytes);
    ASSERT_EQ(quick, OutcomeInChunks(file, options, kOnlyGeneral)) << "seed " << seed;
    ASSERT_EQ(quick, OutcomeInChunks(file, options, 700)) << "seed " << seed;
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
