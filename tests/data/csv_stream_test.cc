// A file whose rows are read again and again gives the table that reading it at once gives.
#include "data/csv_stream.h"

#include <gtest/gtest.h>

#include <array>
#include <atomic>
#include <cmath>
#include <string>
#include <vector>

#include "data/csv.h"
#include "support/csv_files.h"
#include "support/messy.h"
#include "support/streamed.h"

namespace halflife {
namespace {

using testing::CsvFileMaker;
using testing::OpenStream;
using testing::ReadAgain;
using testing::ReadKept;
using testing::WholeOutcome;

ReadOptions OptionsOfSeed(uint64_t seed) {
  ReadOptions options{.threads = seed % 20 == 0 ? 3 : 1};
  if (seed % 4 == 1) options.categories = {"c1"};
  if (seed % 4 == 2) options.numbers = {"c2"};
  if (seed % 4 == 3) options.numbers = {"c0", "c3"};
  return options;
}

TEST(CsvStream, GivesTheTableOfEveryFile) {
  constexpr uint64_t kTables = 1000;
  constexpr auto kChunks = std::to_array<std::size_t>({20, 300, 5000});
  int errors = 0;
  for (uint64_t seed = 1; seed <= kTables; ++seed) {
    const std::string file = CsvFileMaker(seed).File();
    const ReadOptions options = OptionsOfSeed(seed);
    const std::size_t chunk = kChunks[seed % kChunks.size()];
    const std::string whole = WholeOutcome([&] { return ParseCsv(file, "t.csv", options); });
    ASSERT_EQ(WholeOutcome([&] { return ReadKept(OpenStream(file, "t.csv", options, chunk)); }),
              whole)
        << "seed " << seed;
    ASSERT_EQ(WholeOutcome([&] {
                return ReadAgain(OpenStream(file, "t.csv", options, chunk), options.threads);
              }),
              whole)
        << "seed " << seed;
    errors += whole.starts_with("t.csv:") ? 1 : 0;
  }
  EXPECT_GT(errors, 100);
  EXPECT_LT(errors, 700);
}

TEST(CsvStream, GivesTheTableOfHousesAsPeopleKeepThem) {
  const std::string file = testing::MessyHouses(400, 3);
  const ReadOptions options{.threads = 2};
  const std::string whole = WholeOutcome([&] { return ParseCsv(file, "t.csv", options); });
  for (const std::size_t chunk : {100, 3000, 1000000}) {
    EXPECT_EQ(WholeOutcome([&] { return ReadKept(OpenStream(file, "t.csv", options, chunk)); }),
              whole);
    EXPECT_EQ(WholeOutcome([&] { return ReadAgain(OpenStream(file, "t.csv", options, chunk), 2); }),
              whole);
  }
}

// What the columns hold over all rows, as one look at a table in memory finds it.
TEST(CsvStream, KnowsTheRangesOfAllRows) {
  for (uint64_t seed = 1; seed <= 200; ++seed) {
    const std::string file = CsvFileMaker(seed).File();
    Table table;
    try {
      table = ParseCsv(file, "t.csv");
    } catch (const Error&) {
      continue;
    }
    const std::vector<ColumnRange> ranges = RangesOf(table, RowSet::All(table.rows), 1);
    CsvStream stream = OpenStream(file, "t.csv", {.threads = 1}, 200);
    stream.Load({});
    for (std::size_t c = 0; c < ranges.size(); ++c) {
      const ColumnRange& own = stream.ranges()[c];
      ASSERT_EQ(own.missing, ranges[c].missing) << "seed " << seed;
      ASSERT_EQ(own.lowest, ranges[c].lowest) << "seed " << seed;
      ASSERT_EQ(own.highest, ranges[c].highest) << "seed " << seed;
      ASSERT_EQ(own.levels.size(), ranges[c].levels.size()) << "seed " << seed;
      for (std::size_t i = 0; i < own.levels.size(); ++i) {
        ASSERT_EQ(own.levels[i].rows, ranges[c].levels[i].rows) << "seed " << seed;
        ASSERT_EQ(own.levels[i].first, ranges[c].levels[i].first) << "seed " << seed;
      }
    }
  }
}

// A column with more texts than are kept has no levels, unless its cells are kept.
TEST(CsvStream, KeepsTextsUpToALimit) {
  std::string file = "id,colour,y\n";
  for (int i = 0; i < 500; ++i)
    file += "n" + std::to_string(i) + (i % 2 == 0 ? ",red," : ",blue,") + std::to_string(i) + "\n";
  CsvStreamOptions settings;
  settings.chunk_bytes = 100;
  settings.most_texts = 499;
  for (const bool kept : {false, true}) {
    CsvStream stream(file, "t.csv", {.threads = 2}, settings);
    stream.Load(kept ? std::vector<std::string>{"id"} : std::vector<std::string>{});
    EXPECT_EQ(stream.TooManyTexts(0), !kept);
    EXPECT_EQ(stream.table().columns[0].levels.size(), kept ? 500U : 0U);
    EXPECT_EQ(stream.table().columns[0].codes.size(), kept ? 500U : 0U);
    EXPECT_FALSE(stream.TooManyTexts(1));
    EXPECT_EQ(stream.table().columns[1].levels.size(), 2U);
  }
}

// A file of plain numbers is swept over for its records, read once to say what its columns are, and
// once for each time that its rows are asked for.
TEST(CsvStream, ReadsEachByteOnceAPass) {
  std::string file = "a,b\n";
  for (int i = 0; i < 3000; ++i) file += std::to_string(i) + ".5,7\n";
  std::atomic<std::size_t> bytes{0};
  CsvStreamOptions settings;
  settings.chunk_bytes = 1000;
  settings.done = [&](std::size_t begin, std::size_t end) { bytes += end - begin; };
  CsvStream stream(file, "t.csv", {.threads = 2}, settings);
  const std::size_t sweep = bytes;
  EXPECT_GE(sweep, file.size());
  EXPECT_LE(sweep, file.size() + file.size() / 50);  // the lines where chunks begin, once more
  stream.Load({"b"});
  const std::size_t body = file.size() - 5;  // without the header, and the last line's end
  EXPECT_EQ(bytes, sweep + body);
  stream.Read({true, false}, 4, 2, [](std::size_t) { return [](const CsvBlock&) {}; });
  EXPECT_EQ(bytes, sweep + 2 * body);
}

}  // namespace
}  // namespace halflife
