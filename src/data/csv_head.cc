#include "data/csv_head.h"

#include <algorithm>

#include "data/blanks.h"
#include "data/column_survey.h"
#include "data/missing_words.h"

namespace halflife {
namespace {

constexpr std::size_t kHeadRecords = 64;
constexpr std::size_t kHeadBytes = std::size_t{1} << 20;

// The start of the line after the one that holds `from`.
std::size_t NextLine(std::string_view bytes, std::size_t from, std::size_t end) {
  const std::size_t at = bytes.substr(0, end).find_first_of("\r\n", from);
  if (at == std::string_view::npos) return end;
  return bytes[at] == '\r' && at + 1 < end && bytes[at + 1] == '\n' ? at + 2 : at + 1;
}

// A line that the grammar cannot follow, as if its quotes were letters.
CsvRecord BrokenRecord(std::string_view bytes, char delimiter, std::size_t begin, std::size_t end) {
  CsvRecord record{.offset = begin, .end = NextLine(bytes, begin, end), .broken = true};
  const std::string_view line = bytes.substr(begin, record.end - begin);
  const auto cuts = static_cast<std::size_t>(std::count(line.begin(), line.end(), delimiter));
  record.fields.resize(cuts + 1);
  return record;
}

CsvRecord ReadRecord(std::string_view bytes, char delimiter, std::size_t begin, std::size_t end) {
  CsvScanner scanner(bytes, delimiter, begin, end);
  CsvRecord record{.offset = begin};
  CsvField field;
  do {
    if (!scanner.Next(&field)) return BrokenRecord(bytes, delimiter, begin, end);
    record.fields.push_back(field);
  } while (field.ending == CsvField::Ending::kDelimiter);
  record.end = scanner.offset();
  return record;
}

std::size_t CountAlike(const std::vector<CsvRecord>& records, std::size_t fields) {
  return static_cast<std::size_t>(std::count_if(
      records.begin(), records.end(),
      [&](const CsvRecord& record) { return !record.broken && record.fields.size() == fields; }));
}

}  // namespace

CsvHead ReadHead(std::string_view bytes, char delimiter, std::size_t begin, std::size_t end) {
  const std::size_t stop = std::min(end, begin + kHeadBytes);
  CsvHead head{.delimiter = delimiter};
  std::size_t at = begin;
  while (head.records.size() < kHeadRecords) {
    CsvScanner scanner(bytes, delimiter, at, stop);
    scanner.SkipBlankLines();
    if (scanner.done()) break;
    head.records.push_back(ReadRecord(bytes, delimiter, scanner.offset(), stop));
    at = head.records.back().end;
  }
  // What the limit cuts off is no record; a header alone may be as long.
  if (at == stop && stop < end && head.records.size() > 1) head.records.pop_back();
  for (const CsvRecord& record : head.records) {
    const std::size_t fields = record.fields.size();
    if (record.broken || fields == head.fields) continue;
    const std::size_t alike = CountAlike(head.records, fields);
    const bool first = head.fields == head.records.front().fields.size();
    if (alike < head.alike || (alike == head.alike && (first || fields < head.fields))) continue;
    head.fields = fields;
    head.alike = alike;
  }
  return head;
}

CellLook LookOf(const CsvField& field) {
  const std::string_view text = TrimBlanks(field.text);
  if (IsMissingWord(text)) return CellLook::kNothing;
  const TextCount cell{text, 1};
  return SurveyColumn({&cell, 1}).texts > 0 ? CellLook::kText : CellLook::kNumber;
}

bool HoldsNumber(const CsvRecord& record, std::size_t first) {
  for (std::size_t i = first; i < record.fields.size(); ++i) {
    if (LookOf(record.fields[i]) == CellLook::kNumber) return true;
  }
  return false;
}

}  // namespace halflife
