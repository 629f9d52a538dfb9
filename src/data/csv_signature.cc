// Files of other formats that people take for CSV, told by their first bytes.
#include <array>
#include <string>

#include "data/csv_document.h"

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

}  // namespace

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

}  // namespace halflife
