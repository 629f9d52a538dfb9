#include "data/csv_document.h"

#include <algorithm>
#include <cstdlib>

#include "base/check.h"
#include "base/error.h"
#include "base/text.h"

namespace halflife {
namespace {

ErrorCause DelimiterName(char delimiter) {
  switch (delimiter) {
    case ',':
      return Cause(ErrorKind::kDelimiterCommas);
    case ';':
      return Cause(ErrorKind::kDelimiterSemicolons);
    case '\t':
      return Cause(ErrorKind::kDelimiterTabs);
    case '|':
      return Cause(ErrorKind::kDelimiterBars);
    case ' ':
      return Cause(ErrorKind::kDelimiterBlanks);
    default:
      return Cause(ErrorKind::kDelimiterOther, {delimiter});
  }
}

[[noreturn]] void FailRagged(const CsvDocument& document, const CsvFault& fault) {
  const std::size_t expected = document.names.size();
  const std::size_t at = std::min(expected, fault.fields);
  const ErrorCause delimiter = DelimiterName(document.delimiter);
  if (fault.fields == document.usual_fields) {
    FailAt(document, fault.offset, at, ErrorKind::kCsvShortHeader,
           {fault.fields, LineAt(document.bytes, document.begin), expected}, delimiter);
  }
  const bool header = document.header_fields == expected;
  const ErrorKind more = header ? ErrorKind::kCsvMoreThanHeader : ErrorKind::kCsvMoreThanOthers;
  const ErrorKind less = header ? ErrorKind::kCsvLessThanHeader : ErrorKind::kCsvLessThanOthers;
  FailAt(document, fault.offset, at, fault.fields > expected ? more : less,
         {fault.fields, expected}, delimiter);
}

}  // namespace

std::size_t LineAt(std::string_view bytes, std::size_t offset) {
  std::size_t line = 1;
  for (std::size_t i = 0; i < offset; ++i) {
    const bool lone_cr = bytes[i] == '\r' && (i + 1 == bytes.size() || bytes[i + 1] != '\n');
    line += bytes[i] == '\n' || lone_cr ? 1 : 0;
  }
  return line;
}

void FailAt(const CsvDocument& document, std::size_t offset, std::size_t field, ErrorKind kind,
            ErrorArguments arguments, ErrorCause cause) {
  FailIn({document.source, LineAt(document.bytes, offset), field + 1}, kind, arguments,
         std::move(cause));
}

std::string ColumnText(const CsvDocument& document, std::size_t field) {
  if (field < document.names.size() && !document.names[field].empty())
    return Quoted(document.names[field]);
  return std::to_string(field + 1);
}

void FailUnnamed(const CsvDocument& document, std::size_t offset, std::size_t field) {
  FailAt(document, offset, field, ErrorKind::kCsvUnnamed, {field + 1});
}

void FailFault(const CsvDocument& document, const CsvFault& fault) {
  const std::string column = ColumnText(document, fault.field);
  HALFLIFE_CHECK(fault.kind != CsvFault::Kind::kNone);
  switch (fault.kind) {
    case CsvFault::Kind::kNone:
    case CsvFault::Kind::kRagged:
      FailRagged(document, fault);
    case CsvFault::Kind::kUnclosedQuote:
      FailAt(document, fault.offset, fault.field, ErrorKind::kCsvOpenQuote, {column});
    case CsvFault::Kind::kTextAfterQuote:
      FailAt(document, fault.offset, fault.field, ErrorKind::kCsvTextAfterQuote,
             {column, LineAt(document.bytes, fault.opened)});
    case CsvFault::Kind::kStrayQuote:
      FailAt(document, fault.offset, fault.field, ErrorKind::kCsvStrayQuote, {column});
    case CsvFault::Kind::kLongField:
      FailAt(document, fault.offset, fault.field, ErrorKind::kCsvLongField, {column});
  }
  std::abort();
}

}  // namespace halflife
