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
    ParseCsvInChunks(input, "t.csv", 1, chunk_bytes);
  } catch (const Error& error) {
    EXPECT_EQ(error.kind(), Error::Kind::kData);
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
      {"a,b\n1,2\n\"3,4\n5,6\n", ""},
      {"a,b\n1,2\n3,\"4", ""},
      {"a,\"b\n1,2\n3,4\n", ""},
      {"a,b\n1,x\"y\n3,4\n", ""},
      {"a,b\n1,5\"\n3,4\n", ""},
      {"a,b\n1,\"x\"y\n3,4\n", ""},
      {"a,b\n1,\"x\" \"y\"\n3,4\n", ""},
      {"a,b\n1,\"x\n\n2,\"y\"\n", ""},
      {"a\"b,c\n1,2\n3,4\n", ""},
      {"a,b\n1,2,\"x\n3,4\n", ""},
      {"a,b\n\"1\n2\",\"x\"\n3,\"4\"5\n", ""},
  });
}

TEST(CsvErrors, ARaggedRowSaysHowManyFieldsItHasAndShouldHave) {
  ExpectMessages({
      {"a,b,c\n1,2,3\n1,2\n", ""},
      {"a,b\n1,2\n1,2,3,4\n", ""},
      {"a;b\r\n1;2\r\n1\r\n", ""},
      {"a\tb\n1\t2\n\n\n3\n", ""},
      {"a\n1\n2,3\n", ""},
      {"a,b\n\"x\ny\",1\n3\n", ""},
      {"a,b\r1,2\r3\r", ""},
  });
}

TEST(CsvErrors, BytesThatAreNoTextAreNamed) {
  ExpectMessages({
      {"a,b\n1,\0\n3,4\n"s, ""},
      {"a\0,\0b\0\n\0001\0,\0002\0\n\0"s, ""},
      {"\xFF\xFE"
       "a\0,\0b\0"s,
       ""},
      {"\xFE\xFF\0a\0,\0b"s, ""},
      {"a,b\n1,2\n3,caf\xE9\n", ""},
      {"a,b\xC3\n1,2\n3,4\n", ""},
      {"a,b\n1,\xED\xA0\x80\n3,4\n", ""},
      {"a,b\n1,\"\xF0\x9F\x98\"\n3,4\n", ""},
      {"a,b\n1,\xBF\xBF\xBF\xBF\n3,4\n", ""},
  });
}

TEST(CsvErrors, OtherFileFormatsAreNamedWithWhatToDo) {
  ExpectMessages({
      {"\x1F\x8B\x08\0\0"s, ""},
      {"PK\x03\x04\x14\0\x06\0[Content_Types].xml"s, ""},
      {"PK\x03\x04\x14\0\0\0data.csv"s, ""},
      {"PAR1\x15\x04\x15", ""},
      {"\xD0\xCF\x11\xE0\xA1\xB1", ""},
      {"\x28\xB5\x2F\xFD\x04", ""},
      {"BZh91AY&SY", ""},
      {"\xFD"
       "7zXZ\0"s,
       ""},
      {"ARROW1\0\0"s, ""},
      {"SQLite format 3\0"s, ""},
      {"%PDF-1.7\n", ""},
      {"<!DOCTYPE html>\n", ""},
  });
}

TEST(CsvErrors, AHeaderThatCannotBeUsedIsRefused) {
  ExpectMessages({
      {"1,2\n3,4\n5,6\n", ""},
      {"\n\"1\";;3\n3;4;5\n5;6;7\n", ""},
      {"a,b,a\n1,2,3\n4,5,6\n", ""},
      {"a,a \n1,2\n3,4\n", ""},
      {"a,,c\n1,2,3\n4,5,6\n", ""},
      {"\"\",x\n1,2\n3,4\n", ""},
      {"a,b,\n1,2,\n3,4,\n", ""},
  });
}

TEST(CsvErrors, AFileWithoutEnoughRowsIsRefused) {
  ExpectMessages({
      {"", ""},
      {"\xEF\xBB\xBF", ""},
      {" \n\r\n\t\n", ""},
      {"a,b", ""},
      {"\na,b\n\n\n", ""},
      {"a,b\n\n1,2\n", ""},
  });
}

TEST(CsvErrors, ACellThatIsNearlyANumberIsRefusedInAColumnOfNumbers) {
  ExpectMessages({
      {"a,b\n1,2\n3,inf\n", ""},
      {"a,b\n1,2\n-Infinity,4\n", ""},
      {"a,b\n1,2\n3,-1e999\n", ""},
      {"a,b\n1,2\n3,-nan\n", ""},
      {"a;b\n1;2,5\n3;4\n", ""},
      {"a\tb\n1\t\"-0,5\"\n3\t4\n", ""},
      {"a,b\n1,2\n3,\"1,234,567.5\"\n", ""},
      {"a,b\n1,2\n\n\n3,1e999\n", ""},
  });
}

TEST(CsvErrors, FieldsAndHeadersHaveABound) {
  const std::string field((std::size_t{1} << 20) + 1, 'x');
  std::string header = "c0";
  for (int i = 1; i <= 100000; ++i) header += ",c" + std::to_string(i);
  ExpectMessages({
      {"a,b\n1,2\n3," + field + "\n", ""},
      {"a,b\n1,2\n3,\"" + field + "\"\n", ""},
      {"a,b\n1,2\n3,\"" + field + "\n", ""},
      {header + "\n", ""},
  });
}

}  // namespace
}  // namespace halflife
