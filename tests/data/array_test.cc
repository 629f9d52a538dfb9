// Array files of every format, type and order, written byte by byte and read back.
#include <gtest/gtest.h>

#include <cmath>
#include <filesystem>
#include <fstream>
#include <functional>

#include "data/array_reader.h"
#include "halflife/arrays.h"
#include "halflife/error.h"
#include "support/array_bytes.h"

namespace halflife {
namespace {

using testing::Elements;
using testing::Gzip;
using testing::Idx;
using testing::LittleEndian;
using testing::Npy;
using testing::NpyOf;
using testing::Zip;

std::vector<double> Values(const Array& array) {
  std::vector<double> values(array.size());
  array.Load(0, array.size(), values.data());
  return values;
}

using Shape = std::vector<std::size_t>;

struct TypeCase {
  ElementKind kind;
  std::string code;  // of NPY, without the order
  int idx;           // the type byte of IDX, or 0
  std::vector<double> values;
  std::function<std::string(const std::vector<double>&, bool)> bytes;
};

std::vector<TypeCase> Types() {
  const double big = 1152921504606846976.0;  // 2^60
  return {
      {ElementKind::kBool, "b1", 0, {0, 1, 1, 0, 1, 0}, Elements<std::uint8_t>},
      {ElementKind::kU1, "u1", 0x08, {0, 1, 127, 128, 255, 7}, Elements<std::uint8_t>},
      {ElementKind::kI1, "i1", 0x09, {0, 1, 127, -128, -1, 7}, Elements<std::int8_t>},
      {ElementKind::kU2, "u2", 0, {0, 1, 258, 65535, 32768, 7}, Elements<std::uint16_t>},
      {ElementKind::kI2, "i2", 0x0B, {0, 1, 258, -32768, -2, 7}, Elements<std::int16_t>},
      {ElementKind::kU4, "u4", 0, {0, 1, 16909060, 4294967295.0, 2, 7}, Elements<std::uint32_t>},
      {ElementKind::kI4,
       "i4",
       0x0C,
       {0, 1, 16909060, -2147483648.0, -2, 7},
       Elements<std::int32_t>},
      {ElementKind::kU8, "u8", 0, {0, 1, big, 8 * big, 3, 7}, Elements<std::uint64_t>},
      {ElementKind::kI8, "i8", 0, {0, 1, big, -8 * big, -3, 7}, Elements<std::int64_t>},
      {ElementKind::kF4, "f4", 0x0D, {0, 1, -0.15625, 1e30F, -1e-30F, 7}, Elements<float>},
      {ElementKind::kF8, "f8", 0x0E, {0, 1, -0.1, 1e300, -1e-300, 7}, Elements<double>},
  };
}

TEST(Arrays, NpyOfEveryTypeReadsBackInBothByteOrders) {
  for (const TypeCase& type : Types()) {
    for (const bool big : {false, true}) {
      const std::string descr = (big ? ">" : "<") + type.code;
      const Array array = ParseArray(Npy(descr, "(2, 3)", type.bytes(type.values, big)), "a/b.npy");
      EXPECT_EQ(array.kind, type.kind) << descr;
      EXPECT_EQ(array.shape, (Shape{2, 3})) << descr;
      EXPECT_EQ(Values(array), type.values) << descr;
      EXPECT_EQ(array.bytes.size(), 6 * ElementSize(type.kind)) << descr;  // kept as compactly
      EXPECT_EQ(array.source, "a/b.npy");
      EXPECT_EQ(array.name, "b.npy");
    }
  }
}

TEST(Arrays, IdxOfEveryTypeReadsBackPlainAndInGzip) {
  int types = 0;
  for (const TypeCase& type : Types()) {
    if (type.idx == 0) continue;
    ++types;
    const std::string file = Idx(type.idx, {3, 1, 2}, type.bytes(type.values, true));
    for (const std::string& bytes : {file, Gzip(file)}) {
      const Array array = ParseArray(bytes, "t");
      EXPECT_EQ(array.kind, type.kind) << type.code;
      EXPECT_EQ(array.shape, (Shape{3, 1, 2})) << type.code;
      EXPECT_EQ(Values(array), type.values) << type.code;
      EXPECT_TRUE(LooksLikeArrayBytes(bytes));
    }
  }
  EXPECT_EQ(types, 6);
}

TEST(Arrays, HalfFloatsHaveTheirValues) {
  const std::vector<std::pair<unsigned, double>> halves = {{0x0000, 0.0},
                                                           {0x3C00, 1.0},
                                                           {0xC000, -2.0},
                                                           {0x7BFF, 65504.0},
                                                           {0x3555, 0.333251953125},
                                                           {0x0400, std::ldexp(1, -14)},
                                                           {0x8001, -std::ldexp(1, -24)}};
  std::string data;
  for (const auto& [bits, value] : halves) data += LittleEndian(bits, 2);
  const std::vector<double> values = Values(ParseArray(Npy("<f2", "(7,)", data), "t"));
  for (std::size_t i = 0; i < halves.size(); ++i) EXPECT_EQ(values[i], halves[i].second) << i;
  const Array odd = ParseArray(Npy("<f2", "(3,)", std::string("\0\x7C\0\xFC\1\x7C", 6)), "t");
  EXPECT_EQ(Values(odd)[0], INFINITY);
  EXPECT_EQ(Values(odd)[1], -INFINITY);
  EXPECT_TRUE(std::isnan(Values(odd)[2]));
}

TEST(Arrays, FortranOrderIsTurnedIntoCOrder) {
  // Element (i, j, k) is 100 i + 10 j + k; more rows than are turned at a time.
  const std::size_t rows = 150;
  std::vector<double> c_order;
  std::vector<double> fortran_order;
  for (std::size_t i = 0; i < rows; ++i) {
    for (std::size_t j = 0; j < 2; ++j) {
      for (std::size_t k = 0; k < 3; ++k)
        c_order.push_back(static_cast<double>(100 * i + 10 * j + k));
    }
  }
  for (std::size_t k = 0; k < 3; ++k) {
    for (std::size_t j = 0; j < 2; ++j) {
      for (std::size_t i = 0; i < rows; ++i)
        fortran_order.push_back(static_cast<double>(100 * i + 10 * j + k));
    }
  }
  const Array array =
      ParseArray(Npy("<f4", "(150, 2, 3)", Elements<float>(fortran_order), true), "t");
  EXPECT_EQ(array.shape, (Shape{150, 2, 3}));
  EXPECT_EQ(Values(array), c_order);
  const Array big =
      ParseArray(Npy(">i8", "(150, 2, 3)", Elements<std::int64_t>(fortran_order, true), true), "t");
  EXPECT_EQ(Values(big), c_order);
  // One dimension is the same in both orders.
  EXPECT_EQ(Values(ParseArray(Npy("<f4", "(3,)", Elements<float>({1, 2, 3}), true), "t")),
            (std::vector<double>{1, 2, 3}));
}

TEST(Arrays, NpyHeadersOfAllVersionsAndSpellingsAreRead) {
  const std::string data = Elements<std::int16_t>({1, 2, 3});
  for (const int version : {1, 2, 3})
    EXPECT_EQ(Values(ParseArray(Npy("<i2", "(3,)", data, false, version), "t"))[2], 3.0);
  for (const char* header : {
           "{\"shape\":(3,),\"descr\":\"<i2\",\"fortran_order\":False}",
           "{ 'fortran_order' : False , 'shape' : (3L, ) , 'descr' : '<i2' , }",
           "{'descr': '<i2', 'fortran_order': False, 'shape': (3)}",
       }) {
    EXPECT_EQ(ParseArray(NpyOf(header, data), "t").shape, Shape{3}) << header;
  }
}

TEST(Arrays, ShapesWithoutElementsOrDimensionsAreRead) {
  const Array none = ParseArray(Npy("<f8", "(0, 4)", ""), "t");
  EXPECT_EQ(none.rows(), 0U);
  EXPECT_EQ(none.width(), 4U);
  const Array one = ParseArray(Npy("<f8", "()", Elements<double>({2.5})), "t");
  EXPECT_EQ(Values(one), std::vector<double>{2.5});
  EXPECT_EQ(ParseArray(Idx(0x08, {0, 28, 28}, ""), "t").size(), 0U);
}

TEST(Arrays, BoolsAreZeroAndOne) {
  EXPECT_EQ(Values(ParseArray(Npy("|b1", "(3,)", std::string("\0\1\7", 3)), "t")),
            (std::vector<double>{0, 1, 1}));
}

TEST(Arrays, AGzipFileMayBeSeveralOneAfterTheOther) {
  const std::string file = Idx(0x08, {4}, "abcd");
  const Array array = ParseArray(Gzip(file.substr(0, 6)) + Gzip(file.substr(6)), "t");
  EXPECT_EQ(Values(array), (std::vector<double>{'a', 'b', 'c', 'd'}));
}

// A bigger array than is read at a time, so that pieces have to meet.
TEST(Arrays, ManyBytesArriveWhole) {
  std::string data;
  for (std::uint32_t i = 0; i < 700'000; ++i) data += static_cast<char>(i * 2654435761U >> 24U);
  const std::string npy = Npy("|u1", "(700, 1000)", data);
  for (const std::string& file : {npy, Gzip(npy), Zip({{.name = "x.npy", .bytes = npy}}),
                                  Zip({{.name = "x.npy", .bytes = npy, .deflate = true}})}) {
    const Array array = ParseArray(file, "t");
    EXPECT_TRUE(
        std::equal(array.bytes.begin(), array.bytes.end(), data.begin(), data.end(),
                   [](std::uint8_t a, char b) { return a == static_cast<std::uint8_t>(b); }));
  }
}

std::string TwoMembers(bool deflate) {
  // The extra field is the one that numpy.savez leaves in a member's own header.
  return Zip({{.name = "X.npy",
               .bytes = Npy("<f8", "(2, 2)", Elements<double>({1, 2, 3, 4})),
               .deflate = deflate,
               .extra = std::string("\1\0\x10\0", 4) + std::string(16, '\7')},
              {.name = "readme.txt", .bytes = "no array"},
              {.name = "y.npy", .bytes = Npy("|u1", "(2,)", "\5\6"), .deflate = deflate}},
             "a comment");
}

TEST(Arrays, MembersOfAnNpzAreReadByName) {
  for (const bool deflate : {false, true}) {
    const std::string file = TwoMembers(deflate);
    EXPECT_TRUE(LooksLikeArrayBytes(file));
    EXPECT_EQ(ArrayNamesIn(file, "t"), (std::vector<std::string>{"X", "y"}));
    const Array array = ParseArray(file, "t.npz", "X");
    EXPECT_EQ(Values(array), (std::vector<double>{1, 2, 3, 4}));
    EXPECT_EQ(array.source, "t.npz member \"X\"");
    EXPECT_EQ(array.name, "X");
    EXPECT_EQ(Values(ParseArray(file, "t.npz", "y")), (std::vector<double>{5, 6}));
  }
}

TEST(Arrays, WhatIsNoArrayFileLooksLikeNone) {
  const std::string text = "a,b\n1,2\n3,4\n";
  for (const std::string& bytes :
       {std::string(), text, std::string("\xEF\xBB\xBF") + text, Gzip(text), Gzip(""),
        Zip({{.name = "[Content_Types].xml", .bytes = "<"}}), std::string("PK\3\4"),
        std::string("\x1f\x8b rest"), std::string("\0\0\xFE\xFF", 4), std::string("PAR1data")}) {
    EXPECT_FALSE(LooksLikeArrayBytes(bytes)) << bytes.substr(0, 12);
  }
  EXPECT_TRUE(LooksLikeArrayBytes(Npy("<f8", "(0,)", "")));
  EXPECT_TRUE(LooksLikeArrayBytes(Gzip(Npy("<f8", "(0,)", ""))));
}

TEST(Arrays, FilesAreReadByTheirPath) {
  const std::filesystem::path folder = ::testing::TempDir();
  const std::string path = (folder / "halflife_array_test.npz").string();
  std::ofstream(path, std::ios::binary) << TwoMembers(true);
  EXPECT_TRUE(LooksLikeArray(path));
  EXPECT_EQ(ArrayNames(path), (std::vector<std::string>{"X", "y"}));
  EXPECT_EQ(Values(ReadArray(path, "y")), (std::vector<double>{5, 6}));
  std::filesystem::remove(path);
  EXPECT_FALSE(LooksLikeArray(path));
  EXPECT_FALSE(LooksLikeArray(folder.string()));
  EXPECT_THROW(ReadArray(path), Error);
}

}  // namespace
}  // namespace halflife
