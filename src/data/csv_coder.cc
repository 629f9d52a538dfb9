#include "data/csv_coder.h"

#include <bit>
#include <string>

#include "data/blanks.h"
#include "data/missing_words.h"

namespace halflife {
namespace {

// The lowest bits: whether the field is quoted, and escaped; then its size; then where it begins,
// in a file of up to 2 TB.
constexpr uint64_t kQuoted = 1;
constexpr uint64_t kEscaped = 2;
constexpr unsigned kSizeShift = 2;
constexpr unsigned kStartShift = 23;
constexpr uint64_t kSizeMask = (uint64_t{1} << (kStartShift - kSizeShift)) - 1;
static_assert(CsvScanner::kMaxFieldBytes <= kSizeMask);

CsvField UnpackText(const char* file, double packed) {
  const auto bits = std::bit_cast<uint64_t>(packed);
  return {.text = {file + (bits >> kStartShift), bits >> kSizeShift & kSizeMask},
          .quoted = (bits & kQuoted) != 0,
          .escaped = (bits & kEscaped) != 0};
}

bool MayBeBlank(char c) { return c == ' ' || c == '\t' || static_cast<unsigned char>(c) >= 0x80; }

// TrimBlanks, but quick where there is nothing to trim.
std::string_view TrimmedCell(std::string_view text) {
  if (text.empty() || !(MayBeBlank(text.front()) || MayBeBlank(text.back()))) return text;
  return TrimBlanks(text);
}

// IsMissing, but quick where the first letter tells.
bool IsMissingCell(std::string_view word) {
  if (word.empty()) return true;
  const char first = word.front();
  return (first == 'N' || first == 'n' || first == '?') && IsMissing(word);
}

}  // namespace

double PackText(const char* file, const CsvField& field) {
  const auto start = static_cast<uint64_t>(field.text.data() - file);
  return std::bit_cast<double>(start << kStartShift | field.text.size() << kSizeShift |
                               (field.escaped ? kEscaped : 0) | (field.quoted ? kQuoted : 0));
}

void CsvCoder::Code(const char* file, std::size_t field, const double* packed, std::size_t stride,
                    std::size_t rows, int32_t* codes) {
  if (texts[field] == nullptr) texts[field] = std::make_unique<TextCodes>();
  TextCodes& known = *texts[field];
  for (std::size_t row = 0; row < rows; ++row) {
    const CsvField cell = UnpackText(file, packed[row * stride]);
    const std::string_view word = TrimmedCell(cell.text);
    const auto place = static_cast<uint64_t>(cell.text.data() - file);
    if ((!cell.quoted || word.empty()) && IsMissingCell(word)) {
      codes[row] = Column::kMissing;
    } else if (cell.escaped) {
      codes[row] = known.CountCopy(cell.Unescaped(), place);
    } else {
      codes[row] = known.Count(cell.quoted ? cell.text : word, place);
    }
  }
}

}  // namespace halflife
