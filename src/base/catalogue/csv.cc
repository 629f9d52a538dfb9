// What errors say in English: CSV files, in data.
#include "base/error_catalogue.h"

namespace halflife::catalogue {
namespace {

constexpr auto kCsvData = Error::Fault::kData;

constexpr ErrorEntry kCsvErrors[] = {
    // CSV (data/csv_*): the place is the line and the number of the field.
    {ErrorKind::kCsvGzip, kCsvData,
     "{file}:{line}:{column}: the file is compressed with gzip; unpack it first (gunzip)"},
    {ErrorKind::kCsvBzip2, kCsvData,
     "{file}:{line}:{column}: the file is compressed with bzip2; unpack it first (bunzip2)"},
    {ErrorKind::kCsvXz, kCsvData,
     "{file}:{line}:{column}: the file is compressed with xz; unpack it first (unxz)"},
    {ErrorKind::kCsvZstd, kCsvData,
     "{file}:{line}:{column}: the file is compressed with zstd; unpack it first (unzstd)"},
    {ErrorKind::kCsvParquet, kCsvData,
     "{file}:{line}:{column}: the file is a Parquet file; convert it to CSV"},
    {ErrorKind::kCsvArrow, kCsvData,
     "{file}:{line}:{column}: the file is an Arrow file; convert it to CSV"},
    {ErrorKind::kCsvHdf5, kCsvData,
     "{file}:{line}:{column}: the file is an HDF5 file; convert it to CSV"},
    {ErrorKind::kCsvSqlite, kCsvData,
     "{file}:{line}:{column}: the file is an SQLite database; export the table as CSV"},
    {ErrorKind::kCsvExcel, kCsvData,
     "{file}:{line}:{column}: the file is an Excel workbook; save the sheet as CSV UTF-8"},
    {ErrorKind::kCsvPdf, kCsvData,
     "{file}:{line}:{column}: the file is a PDF document; convert the table to CSV"},
    {ErrorKind::kCsvWebPage, kCsvData,
     "{file}:{line}:{column}: the file is a web page; download the CSV file itself"},
    {ErrorKind::kCsvUtf16, kCsvData,
     "{file}:{line}:{column}: the file is UTF-16 text; save it as UTF-8"},
    {ErrorKind::kCsvZip, kCsvData,
     "{file}:{line}:{column}: the file is a zip archive; unpack it first (unzip)"},
    {ErrorKind::kCsvNulOfUtf16, kCsvData,
     "{file}:{line}:{column}: NUL byte, and the file looks like UTF-16; save it as UTF-8"},
    {ErrorKind::kCsvNul, kCsvData,
     "{file}:{line}:{column}: NUL byte: this is no text file; save the table as CSV in UTF-8"},
    {ErrorKind::kCsvNotUtf8, kCsvData,
     "{file}:{line}:{column}: byte {0:q} is not UTF-8; save the file as UTF-8"},
    {ErrorKind::kCsvEmpty, kCsvData,
     "{file}:{line}:{column}: the file is empty; it needs a header and rows below it"},
    {ErrorKind::kCsvNoHeader, kCsvData,
     "{file}:{line}:{column}: the first row holds numbers where the column names should be; add a "
     "row of names above it"},
    {ErrorKind::kCsvColumnsTooMany, kCsvData,
     "{file}:{line}:{column}: more than {0} columns; leave some out"},
    {ErrorKind::kCsvRowsTooMany, kCsvData,
     "{file}:{line}:{column}: more than {0} rows; leave some out"},
    {ErrorKind::kCsvUnnamed, kCsvData,
     "{file}:{line}:{column}: column {0} has no name; name it, or remove it if it only numbers the "
     "rows (pandas: index=False, R: row.names=FALSE)"},
    {ErrorKind::kCsvNameTwice, kCsvData,
     "{file}:{line}:{column}: columns {0} and {1} are both called {2:q}; rename one"},
    {ErrorKind::kCsvNoRow, kCsvData,
     "{file}:{line}:{column}: there is a header but no row below it; at least one is needed"},
    {ErrorKind::kCsvNoRows, kCsvData,
     "{file}:{line}:{column}: there is a header but no row below it; at least two are needed"},
    {ErrorKind::kCsvOneRow, kCsvData,
     "{file}:{line}:{column}: there is only one row below the header; at least two are needed"},
    {ErrorKind::kCsvShortHeader, kCsvData,
     "{file}:{line}:{column}: the row has {0} {0|field|fields}, as most rows have, but the header "
     "on line {1} has {2} (separated by {cause}); correct the header"},
    {ErrorKind::kCsvMoreThanHeader, kCsvData,
     "{file}:{line}:{column}: the row has {0} {0|field|fields} where the header has {1} (separated "
     "by {cause}); quote cells that hold a delimiter, or remove the extra ones"},
    {ErrorKind::kCsvLessThanHeader, kCsvData,
     "{file}:{line}:{column}: the row has {0} {0|field|fields} where the header has {1} (separated "
     "by {cause}); add the missing ones or remove the row"},
    {ErrorKind::kCsvMoreThanOthers, kCsvData,
     "{file}:{line}:{column}: the row has {0} {0|field|fields} where the others have {1} "
     "(separated by {cause}); quote cells that hold a delimiter, or remove the extra ones"},
    {ErrorKind::kCsvLessThanOthers, kCsvData,
     "{file}:{line}:{column}: the row has {0} {0|field|fields} where the others have {1} "
     "(separated by {cause}); add the missing ones or remove the row"},
    {ErrorKind::kDelimiterCommas, kCsvData, "commas"},
    {ErrorKind::kDelimiterSemicolons, kCsvData, "semicolons"},
    {ErrorKind::kDelimiterTabs, kCsvData, "tabs"},
    {ErrorKind::kDelimiterBars, kCsvData, "vertical bars"},
    {ErrorKind::kDelimiterBlanks, kCsvData, "blanks"},
    {ErrorKind::kDelimiterOther, kCsvData, "{0:q}"},
    {ErrorKind::kCsvOpenQuote, kCsvData,
     "{file}:{line}:{column}: the quote opened here in column {0} is never closed; close it, or "
     "double a quote that is part of the text"},
    {ErrorKind::kCsvTextAfterQuote, kCsvData,
     "{file}:{line}:{column}: text after the closing quote of column {0} (opened on line {1}); "
     "double the quotes that are part of the text"},
    {ErrorKind::kCsvStrayQuote, kCsvData,
     "{file}:{line}:{column}: a quote inside an unquoted field of column {0}; put the whole field "
     "in quotes and double the quotes within it"},
    {ErrorKind::kCsvLongField, kCsvData,
     "{file}:{line}:{column}: the field of column {0} is longer than 1 MB; shorten it, or close "
     "its quote"},
    {ErrorKind::kCsvNotFinite, kCsvData,
     "{file}:{line}:{column}: {0:q} in column {1}, a column of numbers, is not finite; correct it "
     "or leave the cell empty"},
    {ErrorKind::kCsvNumbersForced, kCsvData,
     "{file}: column {0} is asked to be numbers, but no cell of it is one (the first is {1:q}); "
     "leave it out of [numbers]"},
};

}  // namespace

std::span<const ErrorEntry> OfCsv() { return kCsvErrors; }

}  // namespace halflife::catalogue
