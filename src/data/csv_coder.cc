#include "data/csv_coder.h"

#include <bit>
#include <string>

#include "data/blanks.h"
#include "data/missing_words.h"

namespace halflife {
namespace {

CsvField UnpackText(const char* file, double packed) {
  const auto bits = std::bit_cast<uint64_t>(packed);
  const auto start = static_cast<std::size_t>(bits >> CsvPacking::kStartShift);
  const auto size =
      static_cast<std::size_t>(bits >> CsvPacking::kSizeShift & CsvPacking::kSizeMask);
  return {.text = {file + start, size},
          .quoted = (bits & CsvPacking::kQuoted) != 0,
          .escaped = (bits & CsvPacking::kEscaped) != 0};
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

void CsvCoder::Code(std::string_view file, std::size_t field, const PackedTexts& packed,
                    int32_t* codes) {
  if (texts[field] == nullptr) texts[field] = std::make_unique<TextCodes>();
  TextCodes& known = *texts[field];
  const char* const limit = file.data() + file.size();
  for (std::size_t i = 0; i < packed.count; ++i) {
    const CsvField cell = UnpackText(file.data(), packed.cells[i * packed.stride]);
    const std::string_view word = TrimmedCell(cell.text);
    const auto place = static_cast<uint64_t>(cell.text.data() - file.data());
    if ((!cell.quoted || word.empty()) && IsMissingCell(word)) {
      codes[i] = Column::kMissing;
    } else if (cell.escaped) {
      codes[i] = known.CountCopy(cell.Unescaped(), place);
    } else {
      codes[i] = known.Count(cell.quoted ? cell.text : word, limit, place);
    }
  }
}

}  // namespace halflife
