#include "data/csv_units.h"

#include <string>

#include "data/blanks.h"

namespace halflife {
namespace {

constexpr std::size_t kHeader = 0;
constexpr std::size_t kUnits = 1;
constexpr std::size_t kFirstRow = 2;
constexpr std::size_t kLongestUnit = 40;  // bytes; more is no unit

// Whether the rows from the first on hold numbers in `field`, and nothing else.
bool HoldsNumbersBelow(const CsvHead& head, std::size_t field) {
  bool number = false;
  for (std::size_t i = kFirstRow; i < head.records.size(); ++i) {
    const CellLook look = LookOf(head.records[i].fields[field]);
    if (look == CellLook::kText) return false;
    number = number || look == CellLook::kNumber;
  }
  return number;
}

// The units in the record below the header; none if it is a row of the table.
std::vector<std::string_view> FindUnits(const CsvHead& head, const CsvDocument& document) {
  std::vector<std::string_view> units;
  bool others_hold_text = false;
  for (std::size_t f = 0; f < head.fields; ++f) {
    const CsvField& cell = head.records[kUnits].fields[f];
    const CellLook look = LookOf(cell);
    if (look == CellLook::kNothing || !document.IsColumn(f)) continue;
    if (!HoldsNumbersBelow(head, f)) {
      others_hold_text = true;
    } else if (look == CellLook::kNumber || cell.text.size() > kLongestUnit) {
      return {};
    } else {
      units.push_back(TrimBlanks(cell.text));
    }
  }
  if (others_hold_text && units.size() < 2) units.clear();
  return units;
}

}  // namespace

void SkipUnits(const CsvHead& head, CsvDocument* document) {
  if (head.records.size() < kFirstRow + 2 || head.fields != document->names.size()) return;
  for (std::size_t i = kHeader + 1; i < head.records.size(); ++i) {
    if (!head.Whole(i)) return;  // a ragged table has its own message
  }
  const std::vector<std::string_view> units = FindUnits(head, *document);
  if (units.empty()) return;
  const CsvRecord& record = head.records[kUnits];
  document->body = record.end;
  document->findings.push_back(
      {.kind = Finding::Kind::kUnitsRow,
       .text = std::string(units.front()),
       .number = static_cast<double>(LineAt(document->bytes, record.offset))});
}

}  // namespace halflife
