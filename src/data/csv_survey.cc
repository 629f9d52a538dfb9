#include "data/csv_survey.h"

#include <algorithm>

#include "base/error.h"
#include "base/parallel.h"
#include "base/text.h"
#include "data/csv_bytes.h"
#include "data/csv_swar.h"

namespace halflife {
namespace {

constexpr std::size_t kNone = std::string_view::npos;

// What one piece of the file holds.
struct Block {
  CsvBytes bytes;
  std::size_t first_nul = kNone;
  std::size_t first_invalid = kNone;
};

bool IsContinuation(char c) { return (static_cast<unsigned char>(c) & 0xC0) == 0x80; }

// Like FirstInvalidUtf8, but quick over plain ASCII: a run between two ASCII words stands alone.
std::size_t FirstInvalid(std::string_view text) {
  std::size_t i = 0;
  const auto ascii = [&] { return (LoadWord(text.data() + i) & kByteHighs) == 0; };
  while (i < text.size()) {
    while (text.size() - i >= 8 && ascii()) i += 8;
    const std::size_t run = i;
    while (text.size() - i >= 8 && !ascii()) i += 8;
    if (text.size() - i < 8) i = text.size();
    const std::size_t bad = FirstInvalidUtf8(text.substr(run, i - run));
    if (bad != kNone) return run + bad;
  }
  return kNone;
}

// Moves `at` to where a UTF-8 sequence may begin, so that no block cuts a valid one.
std::size_t SkipContinuation(std::string_view bytes, std::size_t at) {
  std::size_t past = at;
  while (past > 0 && past < bytes.size() && past < at + 3 && IsContinuation(bytes[past])) ++past;
  return past;
}

Block SurveyBlock(std::string_view bytes, std::size_t begin, std::size_t end) {
  Block block{.bytes = SweepBytes(bytes, begin, end)};
  if (block.bytes.nul) block.first_nul = bytes.find('\0', begin);
  const std::size_t from = SkipContinuation(bytes, begin);
  const std::size_t to = SkipContinuation(bytes, end);
  if (block.bytes.high || to != end) {
    const std::size_t bad = FirstInvalid(bytes.substr(from, to - from));
    if (bad != kNone) block.first_invalid = from + bad;
  }
  return block;
}

// The field that holds the byte at `offset`, as far as the grammar can be followed.
std::size_t FieldAt(const CsvDocument& document, std::size_t offset) {
  CsvScanner scanner = document.Scan(document.begin);
  CsvField field;
  std::size_t index = 0;
  while (!scanner.done() && scanner.Next(&field) && scanner.offset() <= offset) {
    index = field.ending == CsvField::Ending::kDelimiter ? index + 1 : 0;
  }
  return index;
}

[[noreturn]] void FailNul(const CsvDocument& document, std::size_t offset) {
  const std::string_view start = document.bytes.substr(0, 64);
  const auto nuls = static_cast<std::size_t>(std::count(start.begin(), start.end(), '\0'));
  const bool utf16 = nuls > 0 && nuls + 1 >= start.size() / 2 && nuls <= start.size() / 2 + 1;
  FailAt(document, offset, FieldAt(document, offset),
         utf16 ? ErrorKind::kCsvNulOfUtf16 : ErrorKind::kCsvNul);
}

[[noreturn]] void FailInvalid(const CsvDocument& document, std::size_t bad) {
  FailAt(document, bad, FieldAt(document, bad), ErrorKind::kCsvNotUtf8,
         {document.bytes.substr(bad, 1)});
}

// `above` is what stands above the table, `blocks` the table.
void FailOnBadBytes(const CsvDocument& document, const Block& above,
                    const std::vector<Block>& blocks) {
  if (above.first_nul != kNone) FailNul(document, above.first_nul);
  for (const Block& block : blocks) {
    if (block.first_nul != kNone) FailNul(document, block.first_nul);
  }
  if (above.first_invalid != kNone) FailInvalid(document, above.first_invalid);
  for (const Block& block : blocks) {
    if (block.first_invalid != kNone) FailInvalid(document, block.first_invalid);
  }
}

// The start of the first record that begins after `from`, which is inside quotes or not.
std::size_t NextRecord(const CsvDocument& document, std::size_t from, bool in_quotes) {
  const std::string_view bytes = document.bytes;
  for (std::size_t i = from; i < document.end; ++i) {
    if (bytes[i] == '"') in_quotes = !in_quotes;
    if (in_quotes || (bytes[i] != '\n' && bytes[i] != '\r')) continue;
    return bytes[i] == '\r' && i + 1 < document.end && bytes[i + 1] == '\n' ? i + 2 : i + 1;
  }
  return document.end;
}

}  // namespace

CsvSurvey SurveyCsv(const CsvDocument& document, int threads, std::size_t chunk_bytes,
                    const CsvBytesDone& done) {
  const std::size_t table = document.begin;  // quotes above it open no cell
  const std::size_t size = document.bytes.size() - table;
  std::vector<Block> blocks((size + chunk_bytes - 1) / chunk_bytes);
  ParallelFor(blocks.size(), threads, [&](std::size_t i) {
    const std::size_t begin = i * chunk_bytes;
    const std::size_t bytes = std::min(chunk_bytes, size - begin);
    blocks[i] = SurveyBlock(document.bytes, table + begin, table + begin + bytes);
    if (done) done(table + begin, table + begin + bytes);
  });
  const Block above = SurveyBlock(document.bytes, 0, table);
  FailOnBadBytes(document, above, blocks);
  CsvSurvey survey;
  bool in_quotes = false;
  for (std::size_t i = 0; i < blocks.size(); ++i) {
    const std::size_t at = table + i * chunk_bytes;
    // A record longer than a chunk is passed once, not once a chunk.
    if (i > 0 && (survey.cuts.empty() || survey.cuts.back().start <= at))
      survey.cuts.push_back({NextRecord(document, at, in_quotes), survey.line_ends + 1});
    if (done) done(at, survey.cuts.empty() ? at : std::max(at, survey.cuts.back().start));
    const CsvBytes& bytes = blocks[i].bytes;
    survey.line_ends += in_quotes ? bytes.line_ends - bytes.after_pairs : bytes.after_pairs;
    in_quotes ^= bytes.odd_quotes;
  }
  // Blank lines at the end of the file are counted by now, but where an open quote takes them in.
  if (!in_quotes)
    survey.line_ends -= CountLineEnds(document.bytes, document.end, document.bytes.size());
  return survey;
}

std::size_t CountLineEnds(std::string_view bytes, std::size_t begin, std::size_t end) {
  return SweepBytes(bytes, begin, end).after_pairs;
}

}  // namespace halflife
