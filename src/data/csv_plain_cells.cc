#include "data/csv_plain_cells.h"

#include <limits>

#include "data/csv_coder.h"
#include "data/csv_number.h"
#include "data/csv_swar.h"

namespace halflife {
namespace {

bool IsBlankCell(char c) { return c == ' ' || c == '\t'; }

// Outside of the loop over cells, which no blank shall slow down.
[[gnu::noinline]] const char* ReadPlainAfterBlank(const char* at, double* value) {
  return ReadPlainNumber(at + 1, value);
}

// What is found is so far from the end that the two bytes behind it may be read.
constexpr std::ptrdiff_t kLastBytes = 16;

// The first delimiter, quote, line end or other control byte from `at` on; null where there is none
// before the last bytes.
const char* FindStop(const char* at, const char* end, char delimiter) {
  constexpr uint64_t kAboveReturn = kByteOnes * ('\r' + 1);
  for (; end - at >= kLastBytes; at += 8) {
    const uint64_t word = LoadWord(at);
    // A borrow marks only bytes above one that is marked itself.
    const uint64_t low = (word - kAboveReturn) & ~word & kByteHighs;
    const uint64_t hits = low | MatchFirstByte(word, delimiter) | MatchFirstByte(word, '"');
    if (hits != 0) return at + FirstByte(hits);
  }
  return nullptr;
}

const char* FindQuote(const char* at, const char* end) {
  for (; end - at >= kLastBytes; at += 8) {
    const uint64_t hits = MatchFirstByte(LoadWord(at), '"');
    if (hits != 0) return at + FirstByte(hits);
  }
  return nullptr;
}

}  // namespace

// A missing cell is a plain one too.
inline const char* CsvPlainCells::ReadNumber(const char* at, double* cell) const {
  const char* stop = ReadPlainNumber(at, cell);
  if (stop != nullptr) return stop;
  if (*at == ' ') return ReadPlainAfterBlank(at, cell);
  if (*at != delimiter_) return nullptr;
  *cell = std::numeric_limits<double>::quiet_NaN();
  return at;
}

inline const char* CsvPlainCells::ReadText(const char* at, const char* end, CsvUse use,
                                           double* cell) const {
  const bool quoted = *at == '"';
  const char* const from = at + (quoted ? 1 : 0);
  const char* const stop = quoted ? FindQuote(from, end) : FindStop(from, end, delimiter_);
  if (stop == nullptr) return nullptr;
  const auto size = static_cast<std::size_t>(stop - from);
  const bool blanks = !quoted && size > 0 && (IsBlankCell(*from) || IsBlankCell(stop[-1]));
  const bool filled = use == CsvUse::kEmpty && stop != at;
  if (blanks || filled || size >= CsvScanner::kMaxFieldBytes - 1) return nullptr;
  *cell = PackText(file_, {.text = {from, size}, .quoted = quoted});
  return quoted ? stop + 1 : stop;
}

// The bytes of what ends a cell at `stop`, whose next byte may be read too: the delimiter, or of
// the last cell the end of its line; 0 where there is something else.
inline std::size_t CsvPlainCells::EndOfCell(const char* stop, bool is_last) const {
  if (!is_last) return *stop == delimiter_ ? 1 : 0;
  if (*stop == '\n') return 1;
  return *stop == '\r' && stop[1] == '\n' ? 2 : 0;
}

std::size_t CsvPlainCells::Read(const std::vector<CsvUse>& uses, std::size_t field, double* cells,
                                CsvScanner* scanner) const {
  constexpr auto kMargin = static_cast<std::ptrdiff_t>(kPlainNumberBytes);
  if (delimiter_ == ' ') return field;  // runs of blanks
  const std::size_t fields = uses.size();
  const CsvUse* const use = uses.data();
  const char* at = scanner->at();
  const char* const end = scanner->end();
  for (; field < fields && end - at > kMargin; ++field) {
    const char* stop = use[field] == CsvUse::kNumber ? ReadNumber(at, cells + field)
                                                     : ReadText(at, end, use[field], cells + field);
    if (stop == nullptr) break;
    const std::size_t past = EndOfCell(stop, field + 1 == fields);
    if (past == 0) break;
    at = stop + past;
  }
  scanner->MoveTo(at);
  return field;
}

}  // namespace halflife
