// Any bytes as a CSV file: a sound table or a one-line error, the same whatever the chunks, and
// whatever is asked of its columns.
#include <algorithm>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "base/check.h"
#include "data/csv.h"
#include "halflife/error.h"
#include "support/streamed.h"

namespace halflife {
namespace {

struct Outcome {
  Table table;
  std::string error;
};

template <typename Read>
Outcome OutcomeOf(const Read& read) {
  Outcome outcome;
  try {
    outcome.table = read();
  } catch (const Error& error) {
    outcome.error = error.what();
    HALFLIFE_CHECK(outcome.error.starts_with("fuzz.csv:"));
    HALFLIFE_CHECK(outcome.error.find_first_of("\r\n") == std::string::npos);
    HALFLIFE_CHECK(outcome.error.find('\0') == std::string::npos);
    HALFLIFE_CHECK(error.fault() == Error::Fault::kData);
  }
  return outcome;
}

Outcome Parse(std::string_view bytes, const ReadOptions& options, std::size_t chunk_bytes) {
  return OutcomeOf([&] { return ParseCsvInChunks(bytes, "fuzz.csv", options, chunk_bytes); });
}

// The kept texts ascend by number, and every cell that has a number has one.
void CheckTexts(const Column& column) {
  if (column.cell_text.empty()) return;
  HALFLIFE_CHECK(column.cell_text.size() == column.numbers.size());
  std::vector<double> number_of(column.cell_texts.size(), std::nan(""));
  for (std::size_t row = 0; row < column.rows(); ++row) {
    HALFLIFE_CHECK((column.cell_text[row] == Column::kMissing) == column.missing(row));
    if (column.missing(row)) continue;
    double& number = number_of.at(static_cast<std::size_t>(column.cell_text[row]));
    HALFLIFE_CHECK(std::isnan(number) || number == column.numbers[row]);
    number = column.numbers[row];
  }
  for (std::size_t i = 1; i < number_of.size(); ++i)
    HALFLIFE_CHECK(number_of[i - 1] <= number_of[i]);
}

void CheckColumn(const Column& column, std::size_t rows) {
  HALFLIFE_CHECK(!column.name.empty());
  HALFLIFE_CHECK(column.rows() == rows);
  if (column.kind == Column::Kind::kNumeric) {
    HALFLIFE_CHECK(column.codes.empty() && column.levels.empty());
    HALFLIFE_CHECK(column.meaning != Column::Meaning::kBoolean);
    CheckTexts(column);
    for (const double value : column.numbers) HALFLIFE_CHECK(!std::isinf(value));
    return;
  }
  HALFLIFE_CHECK(column.numbers.empty() && column.cell_text.empty());
  HALFLIFE_CHECK(column.meaning != Column::Meaning::kDate);
  for (std::size_t i = 1; i < column.levels.size(); ++i) {
    HALFLIFE_CHECK(column.levels[i - 1] < column.levels[i]);
  }
  const auto levels = static_cast<int32_t>(column.levels.size());
  for (const int32_t code : column.codes) {
    HALFLIFE_CHECK(code >= Column::kMissing && code < levels);
  }
}

void CheckTable(const Table& table) {
  HALFLIFE_CHECK(table.rows >= 2 && !table.columns.empty());
  for (const Column& column : table.columns) {
    CheckColumn(column, table.rows);
    // Names are distinct: each is found where it stands.
    HALFLIFE_CHECK(&table.columns[static_cast<std::size_t>(table.Find(column.name))] == &column);
  }
}

bool SameFindings(const std::vector<Finding>& a, const std::vector<Finding>& b) {
  return std::equal(a.begin(), a.end(), b.begin(), b.end(), [](const Finding& x, const Finding& y) {
    return x.kind == y.kind && x.text == y.text && x.number == y.number && x.count == y.count;
  });
}

bool SameNumber(double a, double b) { return a == b || (std::isnan(a) && std::isnan(b)); }

void CheckSame(const Outcome& a, const Outcome& b) {
  HALFLIFE_CHECK(a.error == b.error);
  HALFLIFE_CHECK(a.table.rows == b.table.rows);
  HALFLIFE_CHECK(a.table.columns.size() == b.table.columns.size());
  HALFLIFE_CHECK(SameFindings(a.table.findings, b.table.findings));
  HALFLIFE_CHECK(a.table.removed.size() == b.table.removed.size());
  for (std::size_t c = 0; c < a.table.columns.size(); ++c) {
    const Column& x = a.table.columns[c];
    const Column& y = b.table.columns[c];
    HALFLIFE_CHECK(x.name == y.name && x.kind == y.kind);
    HALFLIFE_CHECK(x.meaning == y.meaning && SameFindings(x.findings, y.findings));
    HALFLIFE_CHECK(x.codes == y.codes && x.levels == y.levels);
    HALFLIFE_CHECK(x.cell_text == y.cell_text && x.cell_texts == y.cell_texts);
    HALFLIFE_CHECK(x.numbers.size() == y.numbers.size());
    for (std::size_t row = 0; row < x.numbers.size(); ++row) {
      HALFLIFE_CHECK(SameNumber(x.numbers[row], y.numbers[row]));
    }
  }
}

// As a stream, put together again: with its columns kept, or read another time.
Outcome Stream(std::string_view bytes, const ReadOptions& options, bool keep) {
  constexpr std::size_t kChunk = 16;
  return OutcomeOf([&] {
    CsvStream stream = testing::OpenStream(bytes, "fuzz.csv", options, kChunk);
    return keep ? testing::ReadKept(std::move(stream)) : testing::ReadAgain(std::move(stream), 1);
  });
}

// Reads the bytes in pieces of several sizes; the outcome, which is always the same.
Outcome ParseInAnyChunks(std::string_view bytes, const ReadOptions& options) {
  Outcome whole = Parse(bytes, options, bytes.size() + 1);
  if (whole.error.empty()) CheckTable(whole.table);
  for (const std::size_t chunk : {1, 5, 32}) CheckSame(whole, Parse(bytes, options, chunk));
  if (!options.keep_text.empty()) return whole;
  for (const bool keep : {true, false}) CheckSame(whole, Stream(bytes, options, keep));
  return whole;
}

}  // namespace
}  // namespace halflife

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, std::size_t size) {
  const std::string_view bytes(reinterpret_cast<const char*>(data), size);
  const halflife::Outcome whole = halflife::ParseInAnyChunks(bytes, {.threads = 1});
  const std::vector<std::string> names = whole.table.names();
  if (names.empty()) return 0;
  halflife::ParseInAnyChunks(bytes, {.threads = 1, .keep_text = names});
  halflife::ParseInAnyChunks(bytes, {.threads = 1, .numbers = names});
  halflife::ParseInAnyChunks(bytes, {.threads = 1, .categories = names});
  return 0;
}
