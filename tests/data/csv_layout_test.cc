// How files are laid out: delimiters, and what stands above, beside and below the header.
#include <gtest/gtest.h>

#include <string>

#include "data/csv.h"
#include "halflife/error.h"
#include "support/shown_table.h"

namespace halflife {
namespace {

using testing::Show;
using testing::ShowLayout;

// The table and its layout, or the message; the same for every size of chunk.
std::string ReadTable(const std::string& file) {
  const auto read = [&](std::size_t chunk) {
    try {
      const Table table = ParseCsvInChunks(file, "t.csv", {.threads = 1}, chunk);
      return Show(table) + ShowLayout(table);
    } catch (const Error& error) {
      return std::string(error.what());
    }
  };
  const std::string whole = read(file.size() + 1);
  for (const std::size_t chunk : {1, 3, 10}) EXPECT_EQ(read(chunk), whole) << file;
  return whole;
}

const std::string kTable = "x#|1|3\ny#|2|4\n";

TEST(CsvLayout, BarsSeparate) {
  EXPECT_EQ(ReadTable("x|y\n1|2\n3|4\n"), kTable);
  EXPECT_EQ(ReadTable("x|y\na, b|2\nc, d|4\n"), "x$|a, b|c, d\ny#|2|4\n");
  EXPECT_EQ(ReadTable("x|y\n\"1|5\"|2\n3|4\n"), "x$|1|5|3\ny#|2|4\n");
}

TEST(CsvLayout, RunsOfBlanksSeparateWhereNothingElseDoes) {
  EXPECT_EQ(ReadTable("x y\n1 2\n3 4\n"), kTable);
  EXPECT_EQ(ReadTable("  x    y \n 1.0   2\n3\t\t4  \n"), kTable);
  EXPECT_EQ(ReadTable("\"x\" \"y z\"\n\"a b\" 2\n\"c\" 4\n"), "x$|a b|c\ny z#|2|4\n");
  EXPECT_EQ(ReadTable("x y\n1,5 2\n3,5 4\n"), "x#|1.5|3.5\ny#|2|4\n");
  EXPECT_EQ(ReadTable("x y\nNA 2\n3 \"\"\n"), "x#|_|3\ny#|2|_\n");
}

TEST(CsvLayout, ProseIsNotCutAtItsBlanks) {
  EXPECT_EQ(ReadTable("full name\nAda Byron\nAlan Turing\n"), "full name$|Ada Byron|Alan Turing\n");
  EXPECT_EQ(ReadTable("a b,c d\n1 2,3 4\n5 6,7 8\n"), "a b$|1 2|5 6\nc d$|3 4|7 8\n");
  EXPECT_EQ(ReadTable("text\nsome words\nmore of them\n"), "text$|some words|more of them\n");
}

TEST(CsvLayout, AFileOfBlanksHasItsOwnFaults) {
  EXPECT_EQ(
      ReadTable("x y\n1 2\n3 4\n5 \"6\"7\n"),
      "t.csv:4:2: text after the closing quote of column \"y\" (opened on line 4); double the "
      "quotes that are part of the text");
  EXPECT_EQ(ReadTable("x y\n1 2\n3 4\n" + std::string(200, ' ') + "\n5 6\n"),
            "x#|1|3|5\ny#|2|4|6\n");
}

TEST(CsvLayout, ASeparatorLineNamesTheDelimiter) {
  EXPECT_EQ(ReadTable("sep=;\nx;y\n1;2\n3;4\n"), kTable + "separator sep=;");
  EXPECT_EQ(ReadTable("\"sep=,\"\r\nx,y\r\n1,2\r\n3,4\r\n"), kTable + "separator sep=,");
  EXPECT_EQ(ReadTable("\xEF\xBB\xBFSEP=\t\nx\ty\n1\t2\n3\t4\n"), kTable + "separator SEP=\t");
  EXPECT_EQ(ReadTable("sep=:\nx:y\n1:2\n3:4\n"), kTable + "separator sep=:");
  EXPECT_EQ(ReadTable("sep=;\nx;y\n1;2\n3\n"),
            "t.csv:4:2: the row has 1 field where the header has 2 (separated by semicolons); add "
            "the missing ones or remove the row");
}

TEST(CsvLayout, CommentsAboveTheHeaderAreCounted) {
  EXPECT_EQ(ReadTable("# made by \"tool\n# 2, 3\nx,y\n1,2\n3,4\n"), kTable + "comments x2");
  EXPECT_EQ(ReadTable("#\n\n  # it's, said\nx,y\n1,2\n3,4\n"), kTable + "comments x2");
  EXPECT_EQ(ReadTable("#only a note\nx\n1\n3\n"), "x#|1|3\ncomments x1");
}

TEST(CsvLayout, TheHeaderMayBeTheLastComment) {
  EXPECT_EQ(ReadTable("# x y\n1 2\n3 4\n"), kTable + "header in comment");
  EXPECT_EQ(ReadTable("# units: m, s\n#x,y\n1,2\n3,4\n"),
            kTable + "comments x1, header in comment");
  EXPECT_EQ(ReadTable("#x\ty\na\tb\nc\td\n"), "x$|a|c\ny$|b|d\nheader in comment");
  EXPECT_EQ(ReadTable("# a, b\nx,y\nu,v\nw,z\n"), "x$|u|w\ny$|v|z\ncomments x1");
  EXPECT_EQ(ReadTable("#,y\n1,2\n3,4\n"), "##|1|3\ny#|2|4\n");
}

TEST(CsvLayout, TitlesAboveTheHeaderAreCounted) {
  EXPECT_EQ(ReadTable("Sales\n\nx,y\n1,2\n3,4\n"), kTable + "titles Sales x1");
  EXPECT_EQ(ReadTable("Sales \"Q3\" report, all, of it\nmade by me\nx;y\n1;2\n3;4\n"),
            kTable + "titles Sales \"Q3\" report, all, of it x2");
  EXPECT_EQ(ReadTable("Sales, 2024\nx,y,z\n1,2,5\n3,4,6\n"),
            "x#|1|3\ny#|2|4\nz#|5|6\ntitles Sales, 2024 x1");
  EXPECT_EQ(ReadTable("Sales,,\n,,\nx,y,z\n1,2,5\n3,4,6\n"),
            "x#|1|3\ny#|2|4\nz#|5|6\ntitles Sales x2");
  EXPECT_EQ(ReadTable("Report\nx,y\n1,2,\n3,4,\n"), kTable + "titles Report x1, trailing");
}

TEST(CsvLayout, ARaggedTableHasNoTitles) {
  EXPECT_EQ(ReadTable("a,b,c\n1,2\n3,4\n"),
            "t.csv:2:3: the row has 2 fields, as most rows have, but the header on line 1 has 3 "
            "(separated by commas); correct the header");
  EXPECT_EQ(ReadTable("a,b\n1,2,3\n4,5,6\n7,8,9\n7,8\n"),
            "t.csv:2:3: the row has 3 fields, as most rows have, but the header on line 1 has 2 "
            "(separated by commas); correct the header");
  EXPECT_EQ(ReadTable("x,y\n1,2,\n3,4,\n3,4,\n5,6\n"),
            "t.csv:2:3: the row has 3 fields, as most rows have, but the header on line 1 has 2 "
            "(separated by commas); correct the header");
}

TEST(CsvLayout, NamesOfRowsAreNoColumn) {
  EXPECT_EQ(ReadTable("\"x\",\"y\"\n\"a\",1,2\n\"b\",3,4\n"), kTable + "row names");
  EXPECT_EQ(ReadTable(",x,y\n0,1,2\n1,3,4\n"), kTable + "row names");
  EXPECT_EQ(ReadTable("\"\" \"x\" \"y\"\n\"a\" 1 2\n\"b\" 3 4\n"), kTable + "row names");
  EXPECT_EQ(ReadTable("x y\na 1 2\nb 3 4\n"), kTable + "row names");
  EXPECT_EQ(ReadTable("x\ty\nu\tp\tq\nv\tr\ts\n"), "x$|p|r\ny$|q|s\nrow names");
}

TEST(CsvLayout, FieldsWithoutANameAtTheEndMustBeEmpty) {
  EXPECT_EQ(ReadTable("x,y\n1,2,\n3,4,\n"), kTable + "trailing");
  EXPECT_EQ(ReadTable("x,y,\n1,2,\n3,4,\n"), kTable + "trailing");
  EXPECT_EQ(ReadTable("x;y;;;\n1;2;;;\n3;4;;;\n"), kTable + "trailing");
  EXPECT_EQ(ReadTable("x,y,\n1,2\n3,4\n"), kTable + "trailing");
  EXPECT_EQ(ReadTable(",x,y,\na,1,2,\nb,3,4,\n"), kTable + "row names, trailing");
  std::string late = "x,y\n";
  for (int i = 0; i < 100; ++i) late += "1,2,\n";
  EXPECT_EQ(ReadTable(late + "1,2,3\n"),
            "t.csv:1:3: column 3 has no name; name it, or remove it if it only numbers the rows "
            "(pandas: index=False, R: row.names=FALSE)");
}

TEST(CsvLayout, ARowOfUnitsIsLeftOut) {
  EXPECT_EQ(ReadTable("x,y\nm,kg\n1,2\n3,4\n"), kTable + "units m @2");
  EXPECT_EQ(ReadTable("x,y\n,%\n1,2\n3,4\n"), kTable + "units % @2");
  EXPECT_EQ(ReadTable("day;x;y\n-;m;$\n2024-01-01;1;2\n2024-01-02;3;4\n"),
            "day@|19723|19724\nx#|1|3\ny#|2|4\nunits m @2");
  EXPECT_EQ(ReadTable("name,x,y\n,m,kg\na,1,2\nb,3,4\n"), "name$|a|b\n" + kTable + "units m @2");
  EXPECT_EQ(ReadTable("name,x,y\ntext,m,kg\na,1,2\nb,3,4\n"),
            "name$|a|b\n" + kTable + "units m @2");
  EXPECT_EQ(ReadTable("\n# note\nx,y\n\nm,s\n1,2\n3,4\n"), kTable + "comments x1, units m @5");
}

TEST(CsvLayout, ARowOfTheTableIsNotTakenForUnits) {
  EXPECT_EQ(ReadTable("name,x\na,tbd\nb,3\nc,4\n"), "name$|a|b|c\nx$|tbd|3|4\n");
  EXPECT_EQ(ReadTable("x,y\nm,2\n1,2\n3,4\n"), "x$|m|1|3\ny#|2|2|4\n");
  EXPECT_EQ(ReadTable("x,y\n-,N/A\n1,2\n3,4\n"), "x#|_|1|3\ny#|_|2|4\n");
  EXPECT_EQ(ReadTable("x,y\na,b\nc,d\ne,f\n"), "x$|a|c|e\ny$|b|d|f\n");
  EXPECT_EQ(ReadTable("x,y\nm,kg\n1,2\nb,4\n"), "x$|m|1|b\ny$|kg|2|4\n");
}

}  // namespace
}  // namespace halflife
