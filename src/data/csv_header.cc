#include "data/csv_header.h"

#include <algorithm>
#include <unordered_map>

#include "base/text.h"
#include "data/csv_cell.h"
#include "data/csv_layout.h"
#include "data/csv_units.h"

namespace halflife {
namespace {

void RefuseMissingHeader(const CsvDocument& document) {
  bool number = false;
  for (const std::string& name : document.names) {
    double value = 0.0;
    const CsvCell cell = ReadCell({.text = name}, &value);
    const bool is_number =
        cell == CsvCell::kNumber || cell == CsvCell::kCode || cell == CsvCell::kLong;
    if (!is_number && cell != CsvCell::kMissing) return;
    number = number || is_number;
  }
  if (!number) return;
  FailAt(document, document.begin, 0, ErrorKind::kCsvNoHeader);
}

// Reads the fields of the header into names; returns where each stands.
std::vector<std::size_t> ReadNames(CsvDocument* document) {
  CsvScanner scanner = document->Scan(document->begin);
  std::vector<std::size_t> offsets;
  CsvField field;
  do {
    offsets.push_back(scanner.offset());
    if (offsets.size() > kMaxCsvColumns) {
      FailAt(*document, offsets.back(), kMaxCsvColumns, ErrorKind::kCsvColumnsTooMany,
             {kMaxCsvColumns});
    }
    if (!scanner.Next(&field)) {
      CsvFault fault = scanner.fault();
      fault.field = document->names.size();
      FailFault(*document, fault);
    }
    document->names.push_back(field.Unescaped());
  } while (field.ending == CsvField::Ending::kDelimiter);
  document->body = scanner.offset();
  return offsets;
}

// Brings the names to one a field of the rows.
void FitToRows(const CsvHead& head, std::vector<std::size_t>* offsets, CsvDocument* document) {
  std::vector<std::string>& names = document->names;
  document->header_fields = names.size();
  const ShortHeader missing = head.records.empty() ? ShortHeader::kNone : HowShort(head, 0);
  if (missing == ShortHeader::kRowNames) {
    names.insert(names.begin(), "");
    offsets->insert(offsets->begin(), document->begin);
  } else if (missing == ShortHeader::kTrailing) {
    names.resize(head.fields);
    offsets->resize(head.fields, document->begin);
  }
  // A header that alone ends in delimiters.
  const bool rows_below = head.records.size() > 1;
  while (rows_below && names.size() > head.fields && head.fields > 1 &&
         Trim(names.back()).empty()) {
    names.pop_back();
    document->has_trailing_delimiter = true;
    document->header_fields = names.size();
  }
}

bool IsNameless(const std::string& name) { return Trim(name).empty(); }

// Finds the fields without a name at either end.
void FindNameless(const std::vector<std::size_t>& offsets, CsvDocument* document) {
  const std::vector<std::string>& names = document->names;
  const auto named = static_cast<std::size_t>(std::count_if(
      names.begin(), names.end(), [](const std::string& name) { return !IsNameless(name); }));
  if (named == 0) return;
  document->names_rows = IsNameless(names.front());
  while (IsNameless(names[names.size() - 1 - document->unnamed])) ++document->unnamed;
  if (document->unnamed == 0) return;
  document->unnamed_at = offsets[names.size() - document->unnamed];
  document->has_trailing_delimiter = true;
}

// Refuses the name of `field` if it is empty or one of those `seen`.
void CheckName(const CsvDocument& document, std::size_t field, std::size_t offset,
               std::unordered_map<std::string_view, std::size_t>* seen) {
  const std::string& name = document.names[field];
  if (IsNameless(name)) FailUnnamed(document, offset, field);
  const auto [at, fresh] = seen->emplace(name, field);
  if (fresh) return;
  FailAt(document, offset, field, ErrorKind::kCsvNameTwice, {at->second + 1, field + 1, name});
}

}  // namespace

void ReadHeader(const CsvHead& head, CsvDocument* document) {
  std::vector<std::size_t> offsets = ReadNames(document);
  RefuseMissingHeader(*document);
  FitToRows(head, &offsets, document);
  FindNameless(offsets, document);
  std::unordered_map<std::string_view, std::size_t> seen;
  for (std::size_t i = 0; i < offsets.size() && i < document->names.size(); ++i) {
    if (document->IsColumn(i)) CheckName(*document, i, offsets[i], &seen);
  }
  SkipUnits(head, document);
}

}  // namespace halflife
