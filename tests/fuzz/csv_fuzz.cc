// Any bytes as a CSV file: a sound table or a one-line error, the same whatever the chunks.
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

#include "base/check.h"
#include "data/csv.h"
#include "halflife/error.h"

namespace halflife {
namespace {

struct Outcome {
  Table table;
  std::string error;
};

Outcome Parse(std::string_view bytes, std::size_t chunk_bytes) {
  Outcome outcome;
  try {
    outcome.table = ParseCsvInChunks(bytes, "fuzz.csv", {.threads = 1}, chunk_bytes);
  } catch (const Error& error) {
    outcome.error = error.what();
    HALFLIFE_CHECK(outcome.error.starts_with("fuzz.csv:"));
    HALFLIFE_CHECK(outcome.error.find_first_of("\r\n") == std::string::npos);
    HALFLIFE_CHECK(outcome.error.find('\0') == std::string::npos);
    HALFLIFE_CHECK(error.kind() == Error::Kind::kData);
  }
  return outcome;
}

void CheckColumn(const Column& column, std::size_t rows) {
  HALFLIFE_CHECK(!column.name.empty());
  HALFLIFE_CHECK(column.rows() == rows);
  if (column.kind == Column::Kind::kNumeric) {
    HALFLIFE_CHECK(column.codes.empty() && column.levels.empty());
    for (const double value : column.numbers) HALFLIFE_CHECK(!std::isinf(value));
    return;
  }
  HALFLIFE_CHECK(column.numbers.empty() && !column.levels.empty());
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

bool SameNumber(double a, double b) { return a == b || (std::isnan(a) && std::isnan(b)); }

void CheckSame(const Outcome& a, const Outcome& b) {
  HALFLIFE_CHECK(a.error == b.error);
  HALFLIFE_CHECK(a.table.rows == b.table.rows);
  HALFLIFE_CHECK(a.table.columns.size() == b.table.columns.size());
  for (std::size_t c = 0; c < a.table.columns.size(); ++c) {
    const Column& x = a.table.columns[c];
    const Column& y = b.table.columns[c];
    HALFLIFE_CHECK(x.name == y.name && x.kind == y.kind);
    HALFLIFE_CHECK(x.codes == y.codes && x.levels == y.levels);
    HALFLIFE_CHECK(x.numbers.size() == y.numbers.size());
    for (std::size_t row = 0; row < x.numbers.size(); ++row) {
      HALFLIFE_CHECK(SameNumber(x.numbers[row], y.numbers[row]));
    }
  }
}

}  // namespace
}  // namespace halflife

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, std::size_t size) {
  const std::string_view bytes(reinterpret_cast<const char*>(data), size);
  const halflife::Outcome whole = halflife::Parse(bytes, size + 1);
  if (whole.error.empty()) halflife::CheckTable(whole.table);
  for (const std::size_t chunk : {1, 5, 32}) {
    halflife::CheckSame(whole, halflife::Parse(bytes, chunk));
  }
  return 0;
}
