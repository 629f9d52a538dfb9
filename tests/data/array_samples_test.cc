// From arrays to samples: targets, and scalings learnt on training rows alone.
#include "data/array_samples.h"

#include <gtest/gtest.h>

#include <cfloat>
#include <cmath>
#include <cstring>

#include "base/random.h"
#include "halflife/error.h"
#include "support/array_bytes.h"

namespace halflife {
namespace {

using testing::Elements;

Array Make(ElementKind kind, std::vector<std::size_t> shape, const std::string& bytes) {
  Array array{.source = "t", .name = "t", .shape = std::move(shape), .kind = kind};
  array.bytes.assign(bytes.begin(), bytes.end());
  return array;
}
Array Doubles(std::vector<std::size_t> shape, const std::vector<double>& values) {
  return Make(ElementKind::kF8, std::move(shape), Elements<double>(values));
}
Array Integers(const std::vector<double>& values) {
  return Make(ElementKind::kI8, {values.size()}, Elements<std::int64_t>(values));
}

std::vector<double> Repeat(const std::vector<double>& values, int times) {
  std::vector<double> all;
  for (int i = 0; i < times; ++i) all.insert(all.end(), values.begin(), values.end());
  return all;
}

template <typename Action>
std::string MessageOf(const Action& action) {
  try {
    action();
  } catch (const Error& error) {
    return error.what();
  }
  return "no error";
}

Task TaskOf(const Array& array) { return ReadArrayTarget(array, Task::kAuto, false).task; }

TEST(ArrayTargets, FewWholeNumbersAreClasses) {
  const Target digits = ReadArrayTarget(Integers(Repeat({9, 0, 3}, 10)), Task::kAuto, false);
  EXPECT_EQ(digits.task, Task::kClassification);
  EXPECT_EQ(digits.class_names, (std::vector<std::string>{"0", "3", "9"}));
  EXPECT_EQ(std::vector<std::int32_t>(digits.classes.begin(), digits.classes.begin() + 3),
            (std::vector<std::int32_t>{2, 0, 1}));
  EXPECT_EQ(TaskOf(Doubles({30, 1}, Repeat({0, 1, 2}, 10))), Task::kClassification);
  EXPECT_EQ(TaskOf(Integers(Repeat({-1, 1}, 2))), Task::kClassification);
}

TEST(ArrayTargets, ManyWholeNumbersAreClassesOnlyWithoutGapsAndInAnIntegerType) {
  std::vector<double> hundred(100);
  for (std::size_t i = 0; i < 100; ++i) hundred[i] = static_cast<double>(i);
  const Target target = ReadArrayTarget(Integers(Repeat(hundred, 10)), Task::kAuto, false);
  EXPECT_EQ(target.task, Task::kClassification);
  EXPECT_EQ(target.class_names.size(), 100U);
  ASSERT_TRUE(target.finding);
  EXPECT_EQ(target.finding->kind, Finding::Kind::kNumbersAsClasses);
  EXPECT_EQ(target.finding->text, "t");
  EXPECT_EQ(target.finding->count, 100U);
  EXPECT_EQ(TaskOf(Integers(Repeat(hundred, 9))), Task::kRegression);
  EXPECT_EQ(TaskOf(Doubles({1000}, Repeat(hundred, 10))), Task::kRegression);
  hundred[50] = 1000;
  EXPECT_EQ(TaskOf(Integers(Repeat(hundred, 10))), Task::kRegression);
}

TEST(ArrayTargets, OtherNumbersAreARegressionAndStayDoubles) {
  const Target target = ReadArrayTarget(Doubles({3}, {0.1, 0.2, 1e-9}), Task::kAuto, false);
  EXPECT_EQ(target.task, Task::kRegression);
  EXPECT_EQ(target.numbers(0), 0.1);
  EXPECT_EQ(target.numbers(2), 1e-9);
  EXPECT_EQ(ReadArrayTarget(Doubles({2}, {1, 2}), Task::kRegression, true).numbers(1),
            std::log(2.0));
  EXPECT_EQ(TaskOf(Integers(Repeat({-1, 0, 1}, 10))), Task::kRegression);
}

TEST(ArrayTargets, WhatCannotBeLearntIsRefused) {
  const auto message = [](const Array& targets, Task task) {
    return MessageOf([&] { ReadArrayTarget(targets, task, false); });
  };
  EXPECT_EQ(message(Integers({-1, 0, 1, -1, 0, 1}), Task::kClassification),
            "target \"t\" holds -1, which is no class; number the classes from 0, or use task = "
            "regression");
  EXPECT_EQ(message(Doubles({4}, {0, 0.5, 1, 2}), Task::kClassification),
            "target \"t\" holds 0.5, which is no class; number the classes from 0, or use task = "
            "regression");
  EXPECT_EQ(message(Integers({3, 3, 3}), Task::kAuto),
            "target \"t\" is 3 in every row; there is nothing to learn");
  EXPECT_EQ(message(Integers({3, 3, 3}), Task::kClassification),
            "target \"t\" is \"3\" in every row; there is nothing to learn");
  EXPECT_EQ(
      message(Integers({9007199254740992.0, 1, 2}), Task::kAuto),
      "target \"t\" holds whole numbers beyond 2^53, which a double rounds; save smaller ones, "
      "or floats, or use task = classification");
}

TEST(ArraySamplesTest, ImagesShareOneMeanAndScale) {
  // Cells 0 2 4 6 over the training rows: mean 3, population variance 5.
  const Array images = Make(ElementKind::kU1, {3, 2}, std::string("\0\2\4\6\xC8\xC8", 6));
  const std::vector<std::uint32_t> training = {0, 1};
  const ArrayScaling scaling = LearnScaling(images, training);
  EXPECT_EQ(scaling.means, std::vector<double>{3.0});
  EXPECT_EQ(scaling.scales, std::vector<double>{std::sqrt(5.0)});
  EXPECT_EQ(scaling.kept, (std::vector<std::uint32_t>{0, 1}));
  EXPECT_TRUE(scaling.shared());
  const std::vector<std::uint32_t> all = {2, 0};
  EXPECT_EQ(ScaleRows(images, scaling, all),
            (std::vector<float>{
                static_cast<float>(197 / std::sqrt(5.0)), static_cast<float>(197 / std::sqrt(5.0)),
                static_cast<float>(-3 / std::sqrt(5.0)), static_cast<float>(-1 / std::sqrt(5.0))}));
}

TEST(ArraySamplesTest, BytesAndNumbersOfTheSameValuesScaleAlike) {
  Random random(3);
  std::vector<double> values;
  for (int i = 0; i < 40 * 12; ++i) values.push_back(std::floor(256 * random.Uniform()));
  const Array bytes = Make(ElementKind::kU1, {40, 3, 4}, Elements<std::uint8_t>(values));
  const Array floats = Make(ElementKind::kF4, {40, 3, 4}, Elements<float>(values));
  std::vector<std::uint32_t> rows;
  for (std::uint32_t i = 0; i < 40; i += 2) rows.push_back(i);
  const ArrayScaling a = LearnScaling(bytes, rows);
  const ArrayScaling b = LearnScaling(floats, rows);
  // Sums of 240 products, each rounded to 2^-53 of numbers that are all positive: within 240 *
  // 2^-53.
  EXPECT_NEAR(a.means[0], b.means[0], a.means[0] * 3e-14);
  EXPECT_NEAR(a.scales[0], b.scales[0], a.scales[0] * 3e-14);
  const std::vector<float> scaled_a = ScaleRows(bytes, a, rows);
  EXPECT_EQ(scaled_a, ScaleRows(floats, a, rows));
}

TEST(ArraySamplesTest, ColumnsHaveTheirOwnMeanAndConstantOnesAreLeftOut) {
  const Array array = Doubles({4, 3}, {1, 5, 10, 3, 5, 30, 1, 5, 50, 9, 9, 9});
  const std::vector<std::uint32_t> training = {0, 1, 2};
  const ArrayScaling scaling = LearnScaling(array, training);
  EXPECT_FALSE(scaling.shared());
  EXPECT_EQ(scaling.kept, (std::vector<std::uint32_t>{0, 2}));
  // Two roundings a term, three terms: within 8 * 2^-53 of the exact 5/3, 30, sqrt(8/9),
  // sqrt(800/3).
  EXPECT_NEAR(scaling.means[0], 5.0 / 3.0, 2e-15);
  EXPECT_NEAR(scaling.means[1], 30.0, 3e-14);
  EXPECT_NEAR(scaling.scales[0], std::sqrt(8.0 / 9.0), 2e-15);
  EXPECT_NEAR(scaling.scales[1], std::sqrt(800.0 / 3.0), 2e-14);
  const std::vector<std::uint32_t> last = {3};
  const std::vector<float> scaled = ScaleRows(array, scaling, last);
  ASSERT_EQ(scaled.size(), 2U);
  EXPECT_EQ(scaled[0], static_cast<float>((9 - scaling.means[0]) / scaling.scales[0]));
  EXPECT_EQ(scaled[1], static_cast<float>((9 - scaling.means[1]) / scaling.scales[1]));
}

TEST(ArraySamplesTest, FarOffNumbersThatDifferLittleKeepTheirScale) {
  constexpr std::uint32_t kRows = 9974;  // 1e15 / 9974 is no double, so that sums round
  std::vector<double> values;
  std::vector<std::uint32_t> rows;
  for (std::uint32_t i = 0; i < kRows; ++i) {
    rows.push_back(i);
    values.push_back(1e15 + (i % 2 == 0 ? -1.0 : 1.0));
  }
  // Doubles stand 1/8 apart at 1e15: the values are exact, with mean 1e15 and deviation 1. A plain
  // sum of value / count goes wrong by up to 1/16 a row, 625 in all; what it leaves is taken out
  // again, up to 1/16 in the mean, and in the scale up to the rounding of 10^4 squares of at most
  // 626^2, 10^4 * 4e5 * 2^-53 = 5e-7.
  for (const Array& array : {Doubles({kRows, 1}, values), Doubles({kRows, 1, 1}, values)}) {
    const ArrayScaling scaling = LearnScaling(array, rows);
    EXPECT_NEAR(scaling.means[0], 1e15, 0.125);
    EXPECT_NEAR(scaling.scales[0], 1.0, 1e-6);
  }
}

TEST(ArraySamplesTest, WhatCannotBeScaledIsRefused) {
  const std::vector<std::uint32_t> rows = {0, 1};
  const auto message = [&](const Array& array) {
    return MessageOf([&] { LearnScaling(array, rows); });
  };
  const std::string constant =
      "t: no input varies over the training rows; there is nothing to learn from";
  EXPECT_EQ(message(Make(ElementKind::kU1, {3, 2}, "aaaabc")), constant);
  EXPECT_EQ(message(Doubles({3, 2}, {1, 2, 1, 2, 1, 3})), constant);
  EXPECT_EQ(message(Doubles({3, 1, 2}, {0.1, 0.1, 0.1, 0.1, 1, 3})), constant);
  EXPECT_EQ(message(Doubles({2, 1}, {1e300, 2})),
            "t: it holds 1e+300, and its numbers reach too far or differ too little to compute "
            "with; rescale it");
  EXPECT_EQ(message(Doubles({2, 1, 1}, {1e-320, 0})),
            "t: it holds 1e-320, and its numbers reach too far or differ too little to compute "
            "with; rescale it");
  const ArrayScaling scaling = LearnScaling(Doubles({2, 2}, {1, 2, 3, 4}), rows);
  EXPECT_EQ(MessageOf([&] {
              ScaleRows(Doubles({2, 1}, {1, 2}), scaling, rows);
            }),
            "t: it has 1 cell a row, but the model was trained on 2");
}

TEST(ArraySamplesTest, SamplesCarryTheirClassesOrNumbers) {
  const Array inputs = Doubles({4, 1}, {1, 2, 3, 4});
  const std::vector<std::uint32_t> rows = {3, 1};
  const ArrayScaling scaling = LearnScaling(inputs, rows);
  const Target classes = ReadArrayTarget(Integers({5, 7, 5, 7}), Task::kClassification, false);
  const ArraySamples first = MakeSamples(inputs, classes, scaling, rows);
  EXPECT_EQ(first.classes, (std::vector<std::int32_t>{1, 1}));
  EXPECT_EQ(first.view().rows, 2U);
  EXPECT_EQ(first.view().width, 1U);
  EXPECT_EQ(first.view().row(0)[0], 1.0F);
  EXPECT_EQ(first.view().row(1)[0], -1.0F);
  EXPECT_TRUE(first.view().numbers.empty());
  const Target numbers =
      ReadArrayTarget(Doubles({4}, {0.5, 1.5, 2.5, 1e39}), Task::kRegression, false);
  const std::vector<std::uint32_t> two = {1, 0};
  EXPECT_EQ(MakeSamples(inputs, numbers, scaling, two).numbers, (std::vector<float>{1.5F, 0.5F}));
  EXPECT_EQ(MessageOf([&] { MakeSamples(inputs, numbers, scaling, rows); }),
            "target: row 3 (counted from 0) holds 1e+39, which is too large for a net; rescale it, "
            "or use log_target");
}

}  // namespace
}  // namespace halflife
