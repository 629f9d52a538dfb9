// Inputs and targets: which arrays they are, and the pairs that are refused.
#include <gtest/gtest.h>

#include <cmath>
#include <filesystem>
#include <fstream>

#include "halflife/arrays.h"
#include "halflife/error.h"
#include "support/array_bytes.h"

namespace halflife {
namespace {

using testing::Elements;
using testing::Idx;
using testing::Npy;
using testing::Zip;

const std::string kInputs = Npy("<f4", "(3, 2)", Elements<float>({1, 2, 3, 4, 5, 6}));
const std::string kTargets = Npy("<f4", "(3,)", Elements<float>({7, 8, 9}));

// An NPZ of `names`; those that begin with y or end in "labels" or "target" are targets.
std::string NpzOf(const std::vector<std::string>& names) {
  std::vector<testing::ZipPart> parts;
  for (const std::string& name : names) {
    const bool target = name.starts_with("y") || name.ends_with("labels") || name == "target";
    parts.push_back({.name = name + ".npy", .bytes = target ? kTargets : kInputs});
  }
  return Zip(parts);
}

std::string InputsOf(const std::vector<std::string>& names, const std::string& target) {
  return ParseArrayPair(NpzOf(names), "t", target).inputs.name;
}

std::string MessageOf(const std::string& npz, const std::string& target,
                      const std::string& inputs = "") {
  try {
    ParseArrayPair(npz, "t", target, inputs);
  } catch (const Error& error) {
    return error.what();
  }
  return "no error";
}

// The message for members X and y with these bytes.
std::string MessageOfPair(const std::string& inputs, const std::string& targets) {
  return MessageOf(Zip({{.name = "X.npy", .bytes = inputs}, {.name = "y.npy", .bytes = targets}}),
                   "y");
}

TEST(ArrayPairs, TheInputsOfAnNpzAreFoundByTheirName) {
  EXPECT_EQ(InputsOf({"X", "y"}, "y"), "X");
  EXPECT_EQ(InputsOf({"y", "features"}, "y"), "features");  // the only other one
  EXPECT_EQ(InputsOf({"a", "x", "b", "y"}, "y"), "x");
  EXPECT_EQ(InputsOf({"a", "data", "target"}, "target"), "data");
  EXPECT_EQ(InputsOf({"images", "a", "labels"}, "labels"), "images");
  EXPECT_EQ(InputsOf({"x_train", "y_train", "x_test", "y_test"}, "y_test"), "x_test");
  EXPECT_EQ(InputsOf({"train_images", "train_labels", "X"}, "train_labels"), "train_images");
  EXPECT_EQ(ParseArrayPair(NpzOf({"a", "b", "y"}), "t", "y", "b").inputs.name, "b");
}

TEST(ArrayPairs, WhereInputsCouldBeSeveralTheyAreListed) {
  EXPECT_EQ(
      MessageOf(NpzOf({"a", "b", "y"}), "y"),
      "t: the inputs may be any of \"a\", \"b\"; call one of them X, or save the two arrays in "
      "a file of their own");
  EXPECT_EQ(MessageOf(NpzOf({"X", "data", "y"}), "target"),
            "target \"target\": neither a file nor an array in t, which holds \"X\", \"data\", "
            "\"y\"");
  EXPECT_EQ(MessageOf(NpzOf({"data", "images", "y"}), "y"),
            "t: the inputs may be any of \"data\", \"images\"; call one of them X, or save the two "
            "arrays in a file of their own");
  EXPECT_EQ(
      MessageOf(NpzOf({"a", "dax", "day"}), "day"),  // a y elsewhere says nothing
      "t: the inputs may be any of \"a\", \"dax\"; call one of them X, or save the two arrays "
      "in a file of their own");
  EXPECT_EQ(MessageOf(NpzOf({"y"}), "y"),
            "t: it holds no array but \"y\"; save the inputs beside it");
  EXPECT_EQ(MessageOf(NpzOf({"X", "y"}), "y", "Z"),
            "t: it holds no array \"Z\"; name one of \"X\", \"y\"");
}

TEST(ArrayPairs, ArraysThatDoNotBelongTogetherAreRefused) {
  const std::string x = "t member \"X\"";
  const std::string y = "t member \"y\"";
  EXPECT_EQ(MessageOfPair(kInputs, Npy("<f4", "(2,)", Elements<float>({1, 2}))),
            x + " has 3 rows, but " + y + " has 2; they must be as many");
  EXPECT_EQ(
      MessageOfPair(kInputs, kInputs),
      y + ": it has 2 numbers a row (shape 3 x 2); a target is one number a row, a class being "
          "its number");
  EXPECT_EQ(MessageOfPair(kInputs, Npy("<f4", "()", Elements<float>({1}))),
            y + ": it is a single number; one for each row is needed");
  EXPECT_EQ(MessageOfPair(Npy("<f4", "()", Elements<float>({1})), kTargets),
            x + ": it is a single number; rows of inputs are needed");
  EXPECT_EQ(MessageOfPair(Npy("<f4", "(0, 2)", ""), Npy("<f4", "(0,)", "")),
            x + ": it is empty (shape 0 x 2); there is nothing to learn from");
  EXPECT_EQ(MessageOfPair(Npy("<f4", "(3, 0)", ""), kTargets),
            x + ": it is empty (shape 3 x 0); there is nothing to learn from");
  EXPECT_EQ(
      MessageOfPair(kInputs, Npy("<f4", "(3, 0)", "")),
      y + ": it has 0 numbers a row (shape 3 x 0); a target is one number a row, a class being "
          "its number");
}

TEST(ArrayPairs, NumbersThatAreNotFiniteAreShownWhereTheyAre) {
  const std::string advice = "; fill in or leave out such rows";
  EXPECT_EQ(
      MessageOfPair(Npy("<f4", "(3, 2)", Elements<float>({1, 2, 3, INFINITY, 5, 6})), kTargets),
      "t member \"X\": row 1, column 1 (counted from 0) is infinite" + advice);
  EXPECT_EQ(MessageOfPair(kInputs, Npy("<f8", "(3, 1)", Elements<double>({1, NAN, 2}))),
            "t member \"y\": row 1, column 0 (counted from 0) is not a number" + advice);
  EXPECT_EQ(MessageOfPair(kInputs, Npy("<f8", "(3, 1)", Elements<double>({1, 2, -INFINITY}))),
            "t member \"y\": row 2, column 0 (counted from 0) is infinite" + advice);
  // Far beyond the cells that are looked at together.
  std::vector<double> many(30'000, 1.0);
  many[29'999] = INFINITY;
  EXPECT_EQ(MessageOfPair(Npy("<f8", "(3, 10000)", Elements<double>(many)), kTargets),
            "t member \"X\": row 2, column 9999 (counted from 0) is infinite" + advice);
}

class ArrayFiles : public ::testing::Test {
 protected:
  ArrayFiles() : folder_(std::filesystem::path(::testing::TempDir()) / "halflife_array_pair_test") {
    std::filesystem::create_directories(folder_);
  }
  ~ArrayFiles() override { std::filesystem::remove_all(folder_); }

  std::string Write(const std::string& name, const std::string& bytes) const {
    const std::string path = (folder_ / name).string();
    std::ofstream(path, std::ios::binary) << bytes;
    return path;
  }
  static std::string MessageOf(const std::string& inputs, const std::string& target) {
    try {
      ReadArrayPair(inputs, target);
    } catch (const Error& error) {
      return error.what();
    }
    return "no error";
  }

  std::filesystem::path folder_;
};

TEST_F(ArrayFiles, PairsComeFromTwoFilesOrOneNpz) {
  const std::string images = Write("images", Idx(0x08, {3, 1, 2}, "abcdef"));
  const std::string labels = Write("labels.gz", testing::Gzip(Idx(0x08, {3}, "\1\2\3")));
  const std::string npz = Write("both.npz", NpzOf({"X", "y"}));
  const ArrayData two = ReadArrayPair(images, labels);
  EXPECT_EQ(two.inputs.shape, (std::vector<std::size_t>{3, 1, 2}));
  EXPECT_EQ(two.targets.name, "labels.gz");
  EXPECT_EQ(ReadArrayPair(npz, "y").targets.name, "y");
  const std::string one = Write("one.npz", NpzOf({"X"}));
  EXPECT_EQ(ReadArrayPair(one, labels).inputs.name, "X");
  EXPECT_EQ(ReadArrayPair(images, Write("y.npz", NpzOf({"y"}))).targets.name, "y");
}

TEST_F(ArrayFiles, ATargetThatIsNowhereIsAMistakeOfUse) {
  const std::string npy = Write("x.npy", kInputs);
  const std::string npz = Write("both.npz", NpzOf({"X", "y"}));
  EXPECT_EQ(MessageOf(npy, "y"), "target \"y\": no such file; " + npy +
                                     " holds one array, so its target must be another array file");
  EXPECT_EQ(MessageOf(npz, "z"),
            "target \"z\": neither a file nor an array in " + npz + ", which holds \"X\", \"y\"");
  EXPECT_EQ(MessageOf(npz, npy), npz + ": it holds 2 arrays; name one of \"X\", \"y\"");
}

TEST(ArrayTables, SmallArraysBecomeATable) {
  const Table table = ArrayTable(ParseArrayPair(NpzOf({"X", "y"}), "t", "y"));
  EXPECT_EQ(table.rows, 3U);
  EXPECT_EQ(table.names(), (std::vector<std::string>{"x0", "x1", "target"}));
  EXPECT_EQ(table.columns[1].numbers, (std::vector<double>{2, 4, 6}));
  EXPECT_EQ(table.columns[2].numbers, (std::vector<double>{7, 8, 9}));
}

TEST(ArrayTables, LargeArraysAreSentToTheNet) {
  ArrayData data;
  data.inputs = {.source = "x.npy", .shape = {10'001, 1000}};
  data.inputs.bytes.resize(10'001'000);
  data.targets = {.shape = {10'001}};
  data.targets.bytes.resize(10'001);
  try {
    ArrayTable(data);
    FAIL();
  } catch (const Error& error) {
    EXPECT_STREQ(error.what(),
                 "x.npy: 10001 rows of 1000 cells are more than a linear or logistic model takes "
                 "from arrays (10000000 cells); use model = mlp, or fewer rows");
  }
}

}  // namespace
}  // namespace halflife
