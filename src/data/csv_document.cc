#include "data/csv_document.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cstdlib>
#include <unordered_map>

#include "base/check.h"
#include "base/error.h"
#include "base/text.h"
#include "data/csv_cell.h"

namespace halflife {
namespace {

struct Signature {
  std::string_view bytes;
  const char* message;
};

// The first bytes of files that people take for CSV.
constexpr std::array<Signature, 14> kSignatures = {{
    {"\x1F\x8B", "compressed with gzip; unpack it first (gunzip)"},
    {"BZh91AY&SY", "compressed with bzip2; unpack it first (bunzip2)"},
    {"\xFD"
     "7zXZ",
     "compressed with xz; unpack it first (unxz)"},
    {"\x28\xB5\x2F\xFD", "compressed with zstd; unpack it first (unzstd)"},
    {"PAR1\x15", "a Parquet file; convert it to CSV"},
    {"ARROW1", "an Arrow file; convert it to CSV"},
    {"\x89HDF", "an HDF5 file; convert it to CSV"},
    {"SQLite format 3", "an SQLite database; export the table as CSV"},
    {"\xD0\xCF\x11\xE0", "an Excel workbook; save the sheet as CSV UTF-8"},
    {"%PDF-", "a PDF document; convert the table to CSV"},
    {"<!DOCTYPE", "a web page; download the CSV file itself"},
    {"<html", "a web page; download the CSV file itself"},
    {"\xFF\xFE", "UTF-16 text; save it as UTF-8"},
    {"\xFE\xFF", "UTF-16 text; save it as UTF-8"},
}};

void RefuseOtherFormats(const CsvDocument& document) {
  const std::string_view bytes = document.bytes;
  for (const Signature& signature : kSignatures) {
    if (bytes.starts_with(signature.bytes)) {
      FailAt(document, 0, 0, std::string("the file is ") + signature.message);
    }
  }
  if (!bytes.starts_with("PK\x03\x04")) return;
  const std::string_view start = bytes.substr(0, 8192);
  const bool excel =
      start.find("[Content_Types].xml") != start.npos || start.find("xl/") != start.npos;
  FailAt(document, 0, 0,
         excel ? "the file is an Excel workbook; save the sheet as CSV UTF-8"
               : "the file is a zip archive; unpack it first (unzip)");
}

constexpr std::array<char, 3> kDelimiters = {',', ';', '\t'};
using Counts = std::array<std::size_t, kDelimiters.size()>;

// How often each delimiter stands outside quotes, in each of the first records of `text`.
std::vector<Counts> CountDelimiters(std::string_view text) {
  constexpr std::size_t kRecords = 32;
  std::vector<Counts> records;
  Counts counts = {};
  bool in_quotes = false;
  bool blank = true;
  for (std::size_t i = 0; i < text.size() && records.size() < kRecords; ++i) {
    const char c = text[i];
    if (c == '"') in_quotes = !in_quotes;
    if (!in_quotes && (c == '\n' || c == '\r')) {
      if (!blank) records.push_back(counts);
      counts = {};
      blank = true;
      continue;
    }
    blank = blank && (c == ' ' || c == '\t');
    for (std::size_t d = 0; d < counts.size(); ++d) {
      counts[d] += !in_quotes && c == kDelimiters[d] ? 1 : 0;
    }
  }
  if (records.empty()) records.push_back(counts);
  return records;
}

// The delimiter that cuts most of the first records as it cuts the header, then the one that cuts
// the header into most fields.
char FindDelimiter(std::string_view text) {
  constexpr std::size_t kSample = std::size_t{1} << 20;
  const std::vector<Counts> records = CountDelimiters(text.substr(0, kSample));
  char best = ',';
  std::size_t most_alike = 0;
  std::size_t most_fields = 0;
  for (std::size_t d = 0; d < kDelimiters.size(); ++d) {
    const std::size_t fields = records.front()[d];
    if (fields == 0) continue;
    const auto alike = static_cast<std::size_t>(std::count_if(
        records.begin(), records.end(), [&](const Counts& counts) { return counts[d] == fields; }));
    if (alike < most_alike || (alike == most_alike && fields <= most_fields)) continue;
    best = kDelimiters[d];
    most_alike = alike;
    most_fields = fields;
  }
  return best;
}

// The end of `bytes` without the blank lines, and blanks, that close it.
std::size_t EndOfContent(const CsvDocument& document) {
  std::size_t end = document.bytes.size();
  const auto empty = [&](char c) {
    return c == '\n' || c == '\r' || c == ' ' || (c == '\t' && document.delimiter != '\t');
  };
  while (end > document.begin && empty(document.bytes[end - 1])) --end;
  return end;
}

void RefuseMissingHeader(const CsvDocument& document, std::size_t start) {
  bool number = false;
  for (const std::string& name : document.names) {
    double value = 0.0;
    const CsvCell cell = ReadCell(Trim(name), document.delimiter, &value);
    if (cell != CsvCell::kNumber && cell != CsvCell::kMissing) return;
    number = number || cell == CsvCell::kNumber;
  }
  if (!number) return;
  FailAt(
      document, start, 0,
      "the first row holds numbers where the column names should be; add a row of names above it");
}

// Refuses the name of `field` if it is empty or one of those `seen`.
void CheckName(const CsvDocument& document, std::size_t field, std::size_t offset,
               std::unordered_map<std::string_view, std::size_t>* seen) {
  const std::string& name = document.names[field];
  if (Trim(name).empty()) {
    FailAt(document, offset, field,
           fmt::format("column {} has no name; name it, or remove it if it only numbers the rows "
                       "(pandas: index=False, R: row.names=FALSE)",
                       field + 1));
  }
  const auto [at, fresh] = seen->emplace(name, field);
  if (fresh) return;
  FailAt(document, offset, field,
         fmt::format("columns {} and {} are both called {}; rename one", at->second + 1, field + 1,
                     Quoted(name)));
}

const char* DelimiterText(char delimiter) {
  return delimiter == ',' ? "commas" : delimiter == ';' ? "semicolons" : "tabs";
}

// The number of the line that holds the byte at `offset`.
std::size_t LineAt(std::string_view bytes, std::size_t offset) {
  std::size_t line = 1;
  for (std::size_t i = 0; i < offset; ++i) {
    const bool lone_cr = bytes[i] == '\r' && (i + 1 == bytes.size() || bytes[i + 1] != '\n');
    line += bytes[i] == '\n' || lone_cr ? 1 : 0;
  }
  return line;
}

[[noreturn]] void FailRagged(const CsvDocument& document, const CsvFault& fault) {
  const std::size_t expected = document.names.size();
  const auto fields = [](std::size_t count) {
    return fmt::format("{} field{}", count, count == 1 ? "" : "s");
  };
  const char* advice = fault.fields > expected
                           ? "quote cells that hold a delimiter, or remove the extra ones"
                           : "add the missing ones or remove the row";
  FailAt(document, fault.offset, std::min(expected, fault.fields),
         fmt::format("the row has {} where the header has {} (separated by {}); {}",
                     fields(fault.fields), expected, DelimiterText(document.delimiter), advice));
}

}  // namespace

void FailAt(const CsvDocument& document, std::size_t offset, std::size_t field,
            const std::string& message) {
  FailData(fmt::format("{}:{}:{}: {}", document.source, LineAt(document.bytes, offset), field + 1,
                       message));
}

std::string ColumnText(const CsvDocument& document, std::size_t field) {
  if (field < document.names.size()) return "column " + Quoted(document.names[field]);
  return fmt::format("column {}", field + 1);
}

void FailFault(const CsvDocument& document, const CsvFault& fault) {
  const std::string column = ColumnText(document, fault.field);
  const auto fail = [&](const std::string& message) {
    FailAt(document, fault.offset, fault.field, message);
  };
  HALFLIFE_CHECK(fault.kind != CsvFault::Kind::kNone);
  switch (fault.kind) {
    case CsvFault::Kind::kNone:
    case CsvFault::Kind::kRagged:
      FailRagged(document, fault);
    case CsvFault::Kind::kUnclosedQuote:
      fail("the quote opened here in " + column +
           " is never closed; close it, or double a quote that is part of the text");
      break;
    case CsvFault::Kind::kTextAfterQuote:
      fail(
          fmt::format("text after the closing quote of {} (opened on line {}); double the quotes "
                      "that are part of the text",
                      column, LineAt(document.bytes, fault.opened)));
      break;
    case CsvFault::Kind::kStrayQuote:
      fail("a quote inside an unquoted field of " + column +
           "; put the whole field in quotes and double the quotes within it");
      break;
    case CsvFault::Kind::kLongField:
      fail("the field of " + column + " is longer than 1 MB; shorten it, or close its quote");
      break;
  }
  std::abort();
}

CsvDocument OpenCsv(std::string_view bytes, const std::string& source) {
  CsvDocument document;
  document.bytes = bytes;
  document.source = source;
  RefuseOtherFormats(document);
  if (bytes.starts_with("\xEF\xBB\xBF")) document.begin = 3;
  document.delimiter = FindDelimiter(bytes.substr(document.begin));
  document.end = EndOfContent(document);
  if (document.end == document.begin) {
    FailAt(document, 0, 0, "the file is empty; it needs a header and at least two rows");
  }
  return document;
}

void ReadHeader(CsvDocument* document) {
  CsvScanner scanner = document->Scan(document->begin);
  scanner.SkipBlankLines();
  const std::size_t start = scanner.offset();
  std::vector<std::size_t> offsets;
  CsvField field;
  do {
    offsets.push_back(scanner.offset());
    if (offsets.size() > kMaxCsvColumns) {
      FailAt(*document, offsets.back(), kMaxCsvColumns,
             fmt::format("more than {} columns; leave some out", kMaxCsvColumns));
    }
    if (!scanner.Next(&field)) {
      CsvFault fault = scanner.fault();
      fault.field = document->names.size();
      FailFault(*document, fault);
    }
    document->names.push_back(field.Unescaped());
  } while (field.ending == CsvField::Ending::kDelimiter);
  document->body = scanner.offset();
  RefuseMissingHeader(*document, start);
  std::unordered_map<std::string_view, std::size_t> seen;
  for (std::size_t i = 0; i < offsets.size(); ++i) CheckName(*document, i, offsets[i], &seen);
}

}  // namespace halflife
