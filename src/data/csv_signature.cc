// Files of other formats that people take for CSV, told by their first bytes.
#include <array>
#include <string>

#include "data/csv_document.h"

namespace halflife {
namespace {

struct Signature {
  std::string_view bytes;
  ErrorKind kind;
};

// The first bytes of files that people take for CSV.
constexpr std::array<Signature, 14> kSignatures = {{
    {"\x1F\x8B", ErrorKind::kCsvGzip},
    {"BZh91AY&SY", ErrorKind::kCsvBzip2},
    {"\xFD"
     "7zXZ",
     ErrorKind::kCsvXz},
    {"\x28\xB5\x2F\xFD", ErrorKind::kCsvZstd},
    {"PAR1\x15", ErrorKind::kCsvParquet},
    {"ARROW1", ErrorKind::kCsvArrow},
    {"\x89HDF", ErrorKind::kCsvHdf5},
    {"SQLite format 3", ErrorKind::kCsvSqlite},
    {"\xD0\xCF\x11\xE0", ErrorKind::kCsvExcel},
    {"%PDF-", ErrorKind::kCsvPdf},
    {"<!DOCTYPE", ErrorKind::kCsvWebPage},
    {"<html", ErrorKind::kCsvWebPage},
    {"\xFF\xFE", ErrorKind::kCsvUtf16},
    {"\xFE\xFF", ErrorKind::kCsvUtf16},
}};

}  // namespace

void RefuseOtherFormats(const CsvDocument& document) {
  const std::string_view bytes = document.bytes;
  for (const Signature& signature : kSignatures) {
    if (bytes.starts_with(signature.bytes)) FailAt(document, 0, 0, signature.kind);
  }
  if (!bytes.starts_with("PK\x03\x04")) return;
  const std::string_view start = bytes.substr(0, 8192);
  const bool excel =
      start.find("[Content_Types].xml") != start.npos || start.find("xl/") != start.npos;
  FailAt(document, 0, 0, excel ? ErrorKind::kCsvExcel : ErrorKind::kCsvZip);
}

}  // namespace halflife
