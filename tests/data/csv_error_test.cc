// Every way in which a CSV file can be broken, and the one line that says so.
#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "data/csv.h"
#include "halflife/error.h"

namespace halflife {
namespace {

using namespace std::string_literals;  // NUL bytes within literals

struct Broken {
  std::string input;
  std::string message;  // after "t.csv:"
};

std::string MessageOf(const std::string& input, std::size_t chunk_bytes) {
  try {
    ParseCsvInChunks(input, "t.csv", {.threads = 1}, chunk_bytes);
  } catch (const Error& error) {
    EXPECT_EQ(error.fault(), Error::Fault::kData);
    return error.what();
  }
  return "no error";
}

void ExpectMessages(const std::vector<Broken>& files) {
  for (const Broken& file : files) {
    for (const std::size_t chunk : {std::size_t{4}, kCsvChunkBytes}) {
      EXPECT_EQ(MessageOf(file.input, chunk), "t.csv:" + file.message)
          << "for " << file.input.substr(0, 100);
    }
  }
}

TEST(CsvErrors, MisplacedQuotesAreShownWhereTheyAre) {
  ExpectMessages({
      {"a,b\n1,2\n\"3,4\n5,6\n",
       "3:1: the quote opened here in column \"a\" is never closed; close it, or double a quote "
       "that is part of the text"},
      {"a,b\n1,2\n3,\"4",
       "3:2: the quote opened here in column \"b\" is never closed; close it, or double a quote "
       "that is part of the text"},
      {"a,\"b\n1,2\n3,4\n",
       "1:2: the quote opened here in column 2 is never closed; close it, or double a quote that "
       "is part of the text"},
      {"a,b\n1,x\"y\n3,4\n",
       "2:2: a quote inside an unquoted field of column \"b\"; put the whole field in quotes and "
       "double the quotes within it"},
      {"a,b\n1,5\"\n3,4\n",
       "2:2: a quote inside an unquoted field of column \"b\"; put the whole field in quotes and "
       "double the quotes within it"},
      {"a,b\n1,\"x\"y\n3,4\n",
       "2:2: text after the closing quote of column \"b\" (opened on line 2); double the quotes "
       "that are part of the text"},
      {"a,b\n1,\"x\" \"y\"\n3,4\n",
       "2:2: text after the closing quote of column \"b\" (opened on line 2); double the quotes "
       "that are part of the text"},
      {"a,b\n1,\"x\n\n2,\"y\"\n",
       "4:2: text after the closing quote of column \"b\" (opened on line 2); double the quotes "
       "that are part of the text"},
      {"a\"b,c\n1,2\n3,4\n",
       "1:1: a quote inside an unquoted field of column 1; put the whole field in quotes and "
       "double the quotes within it"},
      {"a,b\n1,2,\"x\n3,4\n",
       "2:3: the quote opened here in column 3 is never closed; close it, or double a quote that "
       "is part of the text"},
      {"a,b\n\"1\n2\",\"x\"\n3,\"4\"5\n",
       "4:2: text after the closing quote of column \"b\" (opened on line 4); double the quotes "
       "that are part of the text"},
  });
}

TEST(CsvErrors, ARaggedRowSaysHowManyFieldsItHasAndShouldHave) {
  ExpectMessages({
      {"a,b,c\n1,2,3\n1,2\n",
       "3:3: the row has 2 fields where the header has 3 (separated by commas); add the missing "
       "ones or remove the row"},
      {"a,b\n1,2\n1,2,3,4\n",
       "3:3: the row has 4 fields where the header has 2 (separated by commas); quote cells that "
       "hold a delimiter, or remove the extra ones"},
      {"a;b\r\n1;2\r\n1\r\n",
       "3:2: the row has 1 field where the header has 2 (separated by semicolons); add the missing "
       "ones or remove the row"},
      {"a\tb\n1\t2\n\n\n3\n",
       "5:2: the row has 1 field where the header has 2 (separated by tabs); add the missing ones "
       "or remove the row"},
      {"a\n1\n2,3\n",
       "3:2: the row has 2 fields where the header has 1 (separated by commas); quote cells that "
       "hold a delimiter, or remove the extra ones"},
      {"a,b\n\"x\ny\",1\n3\n",
       "4:2: the row has 1 field where the header has 2 (separated by commas); add the missing "
       "ones or remove the row"},
      {"a,b\r1,2\r3\r",
       "3:2: the row has 1 field where the header has 2 (separated by commas); add the missing "
       "ones or remove the row"},
  });
}

TEST(CsvErrors, BytesThatAreNoTextAreNamed) {
  ExpectMessages({
      {"a,b\n1,\0\n3,4\n"s, "2:2: NUL byte: this is no text file; save the table as CSV in UTF-8"},
      {"a\0,\0b\0\n\0001\0,\0002\0\n\0"s,
       "1:1: NUL byte, and the file looks like UTF-16; save it as UTF-8"},
      {"\xFF\xFE"
       "a\0,\0b\0"s,
       "1:1: the file is UTF-16 text; save it as UTF-8"},
      {"\xFE\xFF\0a\0,\0b"s, "1:1: the file is UTF-16 text; save it as UTF-8"},
      {"a,b\n1,2\n3,caf\xE9\n", "3:2: byte \"\\xe9\" is not UTF-8; save the file as UTF-8"},
      {"a,b\xC3\n1,2\n3,4\n", "1:2: byte \"\\xc3\" is not UTF-8; save the file as UTF-8"},
      {"a,b\n1,\xED\xA0\x80\n3,4\n", "2:2: byte \"\\xed\" is not UTF-8; save the file as UTF-8"},
      {"a,b\n1,\"\xF0\x9F\x98\"\n3,4\n",
       "2:2: byte \"\\xf0\" is not UTF-8; save the file as UTF-8"},
      {"a,b\n1,\xBF\xBF\xBF\xBF\n3,4\n",
       "2:2: byte \"\\xbf\" is not UTF-8; save the file as UTF-8"},
  });
}

TEST(CsvErrors, OtherFileFormatsAreNamedWithWhatToDo) {
  ExpectMessages({
      {"\x1F\x8B\x08\0\0"s, "1:1: the file is compressed with gzip; unpack it first (gunzip)"},
      {"PK\x03\x04\x14\0\x06\0[Content_Types].xml"s,
       "1:1: the file is an Excel workbook; save the sheet as CSV UTF-8"},
      {"PK\x03\x04\x14\0\0\0data.csv"s, "1:1: the file is a zip archive; unpack it first (unzip)"},
      {"PAR1\x15\x04\x15", "1:1: the file is a Parquet file; convert it to CSV"},
      {"\xD0\xCF\x11\xE0\xA1\xB1",
       "1:1: the file is an Excel workbook; save the sheet as CSV UTF-8"},
      {"\x28\xB5\x2F\xFD\x04", "1:1: the file is compressed with zstd; unpack it first (unzstd)"},
      {"BZh91AY&SY", "1:1: the file is compressed with bzip2; unpack it first (bunzip2)"},
      {"\xFD"
       "7zXZ\0"s,
       "1:1: the file is compressed with xz; unpack it first (unxz)"},
      {"ARROW1\0\0"s, "1:1: the file is an Arrow file; convert it to CSV"},
      {"SQLite format 3\0"s, "1:1: the file is an SQLite database; export the table as CSV"},
      {"%PDF-1.7\n", "1:1: the file is a PDF document; convert the table to CSV"},
      {"<!DOCTYPE html>\n", "1:1: the file is a web page; download the CSV file itself"},
  });
}

TEST(CsvErrors, AHeaderThatCannotBeUsedIsRefused) {
  ExpectMessages({
      {"1,2\n3,4\n5,6\n",
       "1:1: the first row holds numbers where the column names should be; add a row of names "
       "above it"},
      {"\n\"1\";;3\n3;4;5\n5;6;7\n",
       "2:1: the first row holds numbers where the column names should be; add a row of names "
       "above it"},
      {"a,b,a\n1,2,3\n4,5,6\n", "1:3: columns 1 and 3 are both called \"a\"; rename one"},
      {"a,a \n1,2\n3,4\n", "1:2: columns 1 and 2 are both called \"a\"; rename one"},
      {"a,,c\n1,2,3\n4,5,6\n",
       "1:2: column 2 has no name; name it, or remove it if it only numbers the rows (pandas: "
       "index=False, R: row.names=FALSE)"},
      {"a,b,\n1,2,\n3,4,5\n",
       "1:3: column 3 has no name; name it, or remove it if it only numbers the rows (pandas: "
       "index=False, R: row.names=FALSE)"},
      {",\nx,y\nz,w\n",
       "1:1: column 1 has no name; name it, or remove it if it only numbers the rows (pandas: "
       "index=False, R: row.names=FALSE)"},
  });
}

TEST(CsvErrors, AFileWithoutEnoughRowsIsRefused) {
  ExpectMessages({
      {"", "1:1: the file is empty; it needs a header and rows below it"},
      {"\xEF\xBB\xBF", "1:1: the file is empty; it needs a header and rows below it"},
      {" \n\r\n\t\n", "1:1: the file is empty; it needs a header and rows below it"},
      {"a,b", "1:1: there is a header but no row below it; at least two are needed"},
      {"\na,b\n\n\n", "2:1: there is a header but no row below it; at least two are needed"},
      {"a,b\n\n1,2\n", "3:1: there is only one row below the header; at least two are needed"},
  });
}

TEST(CsvErrors, ACellThatIsNotFiniteIsRefusedInAColumnOfNumbers) {
  ExpectMessages({
      {"a,b\n1,2\n3,inf\n",
       "3:2: \"inf\" in column \"b\", a column of numbers, is not finite; correct it or leave the "
       "cell empty"},
      {"a,b\n1,2\n-Infinity,4\n",
       "3:1: \"-Infinity\" in column \"a\", a column of numbers, is not finite; correct it or "
       "leave the cell empty"},
      {"a,b\n1,2\n3,-1e999\n",
       "3:2: \"-1e999\" in column \"b\", a column of numbers, is not finite; correct it or leave "
       "the cell empty"},
      {"a;b\n1;2,5\n3;-1,5e999\n",
       "3:2: \"-1,5e999\" in column \"b\", a column of numbers, is not finite; correct it or leave "
       "the cell empty"},
      {"a,b\n$1,2\nN/A,4\n\"inf\",5\n",
       "4:1: \"inf\" in column \"a\", a column of numbers, is not finite; correct it or leave the "
       "cell empty"},
      {"a,b\n1,2\n\n\n3,1e999\n",
       "5:2: \"1e999\" in column \"b\", a column of numbers, is not finite; correct it or leave "
       "the cell empty"},
  });
}

TEST(CsvErrors, FieldsAndHeadersHaveABound) {
  const std::string field((std::size_t{1} << 20) + 1, 'x');
  std::string header = "c0";
  for (int i = 1; i <= 100000; ++i) header += ",c" + std::to_string(i);
  ExpectMessages({
      {"a,b\n1,2\n3," + field + "\n",
       "3:2: the field of column \"b\" is longer than 1 MB; shorten it, or close its quote"},
      {"a,b\n1,2\n3,\"" + field + "\"\n",
       "3:2: the field of column \"b\" is longer than 1 MB; shorten it, or close its quote"},
      {"a,b\n1,2\n3,\"" + field + "\n",
       "3:2: the quote opened here in column \"b\" is never closed; close it, or double a quote "
       "that is part of the text"},
      {header + "\n", "1:100001: more than 100000 columns; leave some out"},
  });
}

}  // namespace
}  // namespace halflife
