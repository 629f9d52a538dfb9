// Labels in arrays that are text or beyond the numbers that a double holds, and missing cells.
#include <gtest/gtest.h>

#include <cmath>

#include "data/array_samples.h"
#include "halflife/arrays.h"
#include "halflife/error.h"
#include "support/array_bytes.h"
#include "support/errors.h"

namespace halflife {
namespace {

using testing::BigEndian;
using testing::Elements;
using testing::LittleEndian;
using testing::Npy;
using testing::Zip;

// `words` as NumPy's <Un or >Un.
std::string Unicode(const std::vector<std::u32string>& words, std::size_t width, bool big) {
  std::string bytes;
  for (const std::u32string& word : words) {
    for (std::size_t i = 0; i < width; ++i) {
      const std::uint32_t c = i < word.size() ? word[i] : 0;
      bytes += big ? BigEndian(c, 4) : LittleEndian(c, 4);
    }
  }
  return bytes;
}

std::vector<std::string> Texts(const Array& array) {
  std::vector<double> places(array.size());
  array.Load(0, places.size(), places.data());
  std::vector<std::string> texts;
  for (const double place : places) texts.push_back(array.levels[static_cast<std::size_t>(place)]);
  return texts;
}

std::string MessageOfText(const std::string& file) {
  try {
    ParseArray(file, "t");
  } catch (const Error& error) {
    return error.what();
  }
  return "no error";
}

TEST(ArrayText, IsReadInBothByteOrdersAndAsBytes) {
  const std::vector<std::string> expected = {"setosa", "\xC3\xA9t\xC3\xA9", "\xE6\x98\xA5", ""};
  const std::vector<std::u32string> words = {U"setosa", U"\u00E9t\u00E9", U"\u6625", U""};
  EXPECT_EQ(Texts(ParseArray(Npy("<U6", "(4,)", Unicode(words, 6, false)), "t")), expected);
  EXPECT_EQ(Texts(ParseArray(Npy(">U9", "(4,)", Unicode(words, 9, true)), "t")), expected);
  const std::string bytes("b\0\0abcb\0\0a b", 12);
  const Array array = ParseArray(Npy("|S3", "(4,)", bytes), "t");
  EXPECT_EQ(Texts(array), (std::vector<std::string>{"b", "abc", "b", "a b"}));
  EXPECT_EQ(array.levels, (std::vector<std::string>{"a b", "abc", "b"}));
  EXPECT_EQ(ParseArray(Npy("<U6", "(1,)", Unicode({U"\U0001F600"}, 6, false)), "t").levels[0],
            "\xF0\x9F\x98\x80");
}

TEST(ArrayText, InFortranOrderItIsTurnedAsNumbersAre) {
  const std::string columns("a\0ccb\0d\0", 8);  // of the rows a b and cc d
  const Array array = ParseArray(Npy("|S2", "(2, 2)", columns, true), "t");
  EXPECT_EQ(Texts(array), (std::vector<std::string>{"a", "b", "cc", "d"}));
}

TEST(ArrayText, WhatIsNoTextIsRefusedWhereItStands) {
  const std::string advice = ", which is no text; save text that is UTF-8, without NUL characters";
  EXPECT_EQ(MessageOfText(Npy("|S2", "(2,)", "ab\xE9z")),
            "t: element 1 (counted from 0) is \"\\xe9z\"" + advice);
  EXPECT_EQ(MessageOfText(Npy("|S3", "(1,)", std::string("a\0b", 3))),
            "t: element 0 (counted from 0) is \"a\\x00b\"" + advice);
  for (const std::uint32_t no_character : {0xD800U, 0x110000U, 0xFFFFFFFFU}) {
    EXPECT_NE(MessageOfText(Npy("<U1", "(1,)", LittleEndian(no_character, 4))).find(advice),
              std::string::npos)
        << no_character;
  }
}

std::string NpzWith(const std::string& inputs, const std::string& targets) {
  return Zip({{.name = "X.npy", .bytes = inputs}, {.name = "y.npy", .bytes = targets}});
}

const std::string kFour = Npy("<f4", "(4, 1)", Elements<float>({1, 2, 3, 4}));

TEST(ArrayText, TextTargetsAreClassesCalledByTheirText) {
  const std::string exact = Npy("|S3", "(4,)", std::string("no\0yesno\0yes", 12));
  const ArrayData data = ParseArrayPair(NpzWith(kFour, exact), "t", "y");
  const Target target = ReadArrayTarget(data.targets, Task::kAuto, false);
  EXPECT_EQ(target.class_names, (std::vector<std::string>{"no", "yes"}));
  EXPECT_EQ(target.classes, (std::vector<std::int32_t>{0, 1, 0, 1}));
  const Table table = ArrayTable(data);
  EXPECT_EQ(table.columns[1].levels, target.class_names);
  EXPECT_EQ(table.columns[1].codes, target.classes);
  EXPECT_EQ(table.columns[1].name, "target");
}

TEST(ArrayText, AnEmptyTextIsAMissingTarget) {
  const std::string words = Npy("|S1", "(4,)", std::string("b\0ab", 4));
  const ArrayData data = ParseArrayPair(NpzWith(kFour, words), "t", "y");
  EXPECT_EQ(ArrayTable(data).columns[1].codes, (std::vector<std::int32_t>{1, -1, 0, 1}));
  const Failure failure =
      testing::FailureOf([&] { ReadArrayTarget(data.targets, Task::kAuto, false); });
  EXPECT_EQ(failure.kind, ErrorKind::kTargetRowEmpty);
}

TEST(ArrayText, NoModelTakesTextForInputs) {
  const std::string words = Npy("|S1", "(4, 1)", "abcd");
  try {
    ParseArrayPair(NpzWith(words, kFour), "t", "y");
    FAIL();
  } catch (const Error& error) {
    EXPECT_STREQ(error.what(),
                 "t member \"X\": it holds text; save an array of numbers, as by "
                 ".astype(\"float32\")");
  }
  const Array array = ParseArray(words, "t");
  EXPECT_THROW(ArrayRows(array), Error);
  EXPECT_THROW(ScaleRows(array, ArrayScaling{.width = 1}, {}), Error);
}

TEST(ArrayText, WholeNumbersBeyondADoubleKeepTheirDigitsAsClasses) {
  // 2^53 + 1 and 2^53 are one double; 2^64 - 1 needs the unsigned type.
  std::string bytes;
  for (const std::uint64_t id :
       {9007199254740993U, 9007199254740992U, 9007199254740993U, 9007199254740992U})
    bytes += LittleEndian(id, 8);
  for (const char* type : {"<i8", "<u8"}) {
    const ArrayData data = ParseArrayPair(NpzWith(kFour, Npy(type, "(4,)", bytes)), "t", "y");
    const Target target = ReadArrayTarget(data.targets, Task::kAuto, false);
    EXPECT_EQ(target.class_names,
              (std::vector<std::string>{"9007199254740992", "9007199254740993"}));
    EXPECT_EQ(target.classes, (std::vector<std::int32_t>{1, 0, 1, 0}));
    EXPECT_EQ(ArrayTable(data).columns[1].cell_texts, target.class_names);
    EXPECT_THROW(ReadArrayTarget(data.targets, Task::kRegression, false), Error);
  }
  EXPECT_EQ(
      ReadArrayTarget(
          ParseArray(Npy("<u8", "(4,)", std::string(16, '\xFF') + std::string(16, '\0')), "t"),
          Task::kAuto, false)
          .class_names,
      (std::vector<std::string>{"0", "18446744073709551615"}));
}

TEST(ArrayMissing, NotANumberIsAMissingCellOfATable) {
  const std::string inputs = Npy("<f8", "(4, 1)", Elements<double>({1, NAN, 3, 4}));
  const ArrayData data = ParseArrayPair(NpzWith(inputs, kFour), "t", "y");
  const Table table = ArrayTable(data);
  EXPECT_EQ(table.columns[0].missing_count(), 1U);
  EXPECT_TRUE(table.columns[0].missing(1));
  const Table rows = ArrayRows(data.inputs);
  EXPECT_EQ(rows.names(), std::vector<std::string>{"x0"});
  EXPECT_EQ(rows.rows, 4U);
}

Array FloatsOf(std::vector<std::size_t> shape, const std::vector<double>& values) {
  Array array{.source = "t", .name = "t", .shape = std::move(shape), .kind = ElementKind::kF8};
  const std::string bytes = Elements<double>(values);
  array.bytes.assign(bytes.begin(), bytes.end());
  return array;
}

TEST(ArrayMissing, ScalingLearnsFromPresentCellsAndFillsTheMean) {
  const std::vector<std::uint32_t> rows = {0, 1, 2};
  // Columns 1 3 and 5 5 with one cell missing each: means 2 and 5; the second does not vary.
  const Array table = FloatsOf({3, 2}, {1, 5, NAN, 5, 3, NAN});
  const ArrayScaling columns = LearnScaling(table, rows);
  EXPECT_EQ(columns.kept, std::vector<std::uint32_t>{0});
  EXPECT_EQ(columns.means, std::vector<double>{2.0});
  EXPECT_EQ(columns.scales, std::vector<double>{1.0});
  EXPECT_EQ(ScaleRows(table, columns, rows), (std::vector<float>{-1.0F, 0.0F, 1.0F}));
  const Array images = FloatsOf({3, 1, 2}, {1, 3, NAN, 1, 3, NAN});
  const ArrayScaling shared = LearnScaling(images, rows);
  EXPECT_EQ(shared.means, std::vector<double>{2.0});
  EXPECT_EQ(shared.scales, std::vector<double>{1.0});
  EXPECT_EQ(ScaleRows(images, shared, rows),
            (std::vector<float>{-1.0F, 1.0F, 0.0F, -1.0F, 1.0F, 0.0F}));
}

TEST(ArrayMissing, ACellThatIsAlwaysMissingIsLeftOut) {
  const std::vector<std::uint32_t> rows = {0, 1};
  const ArrayScaling scaling = LearnScaling(FloatsOf({2, 2}, {NAN, 1, NAN, 2}), rows);
  EXPECT_EQ(scaling.kept, std::vector<std::uint32_t>{1});
}

}  // namespace
}  // namespace halflife
