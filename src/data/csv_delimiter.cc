#include "data/csv_delimiter.h"

#include <algorithm>

#include "data/csv_layout.h"

namespace halflife {
namespace {

// The share of cells below the first record that are numbers or missing.
double ShareOfNumbers(const CsvHead& head) {
  std::size_t numbers = 0;
  std::size_t cells = 0;
  for (std::size_t i = 1; i < head.records.size(); ++i) {
    for (const CsvField& field : head.records[i].fields) {
      numbers += LookOf(field) != CellLook::kText ? 1 : 0;
      ++cells;
    }
  }
  return cells == 0 ? 0.0 : static_cast<double>(numbers) / static_cast<double>(cells);
}

bool IsBetter(const CsvHead& head, const CsvHead& best) {
  if (best.fields < 2) return true;
  if (head.alike != best.alike) return head.alike > best.alike;
  if (head.fields != best.fields) return head.fields > best.fields;
  return ShareOfNumbers(head) > ShareOfNumbers(best);
}

// Whether runs of blanks cut every record alike, but perhaps for a header without the names of the
// rows, and every row holds what prose does not: a number or a quoted cell.
bool FitsBlanks(const CsvHead& head) {
  if (head.fields < 2 || head.records.size() < 2) return false;
  for (std::size_t i = 1; i < head.records.size(); ++i) {
    if (head.records[i].broken) continue;  // has a message of its own
    const std::vector<CsvField>& fields = head.records[i].fields;
    const bool quoted = std::any_of(fields.begin(), fields.end(),
                                    [](const CsvField& field) { return field.quoted; });
    if (!head.Whole(i) || !(quoted || HoldsNumber(head.records[i]))) return false;
  }
  return head.Whole(0) || HowShort(head, 0) == ShortHeader::kRowNames;
}

}  // namespace

CsvHead ChooseDelimiter(std::string_view bytes, std::size_t begin) {
  CsvHead best = ReadHead(bytes, ',', begin, bytes.size());
  for (const char delimiter : {';', '\t', '|'}) {
    CsvHead head = ReadHead(bytes, delimiter, begin, bytes.size());
    if (head.fields >= 2 && IsBetter(head, best)) best = std::move(head);
  }
  if (best.fields >= 2 && best.alike == best.records.size()) return best;
  CsvHead blanks = ReadHead(bytes, ' ', begin, bytes.size());
  if (!FitsBlanks(blanks)) return best;
  const bool better = best.fields < 2 || blanks.alike > best.alike ||
                      (blanks.alike == best.alike && ShareOfNumbers(blanks) > ShareOfNumbers(best));
  return better ? blanks : best;
}

}  // namespace halflife
