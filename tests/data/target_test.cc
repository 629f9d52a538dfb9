#include "data/target.h"

#include <gtest/gtest.h>

#include <cmath>

#include "halflife/error.h"
#include "support/tables.h"

namespace halflife {
namespace {

using testing::Numbers;
using testing::Text;

std::vector<double> Repeat(const std::vector<double>& values, int times) {
  std::vector<double> all;
  for (int i = 0; i < times; ++i) all.insert(all.end(), values.begin(), values.end());
  return all;
}

Task TaskOf(const Column& column) { return ReadTarget(column, Task::kAuto, false).task; }

TEST(Target, TextAndTwoValuesAndFewWholeValuesAreClasses) {
  EXPECT_EQ(TaskOf(Text("y", {0, 1, 0, 1}, {"a", "b"})), Task::kClassification);
  EXPECT_EQ(TaskOf(Numbers("y", {0.5, 1.5, 0.5, 1.5})), Task::kClassification);
  EXPECT_EQ(TaskOf(Numbers("y", Repeat({1, 2, 3}, 10))), Task::kClassification);
}

TEST(Target, OtherNumbersAreARegression) {
  EXPECT_EQ(TaskOf(Numbers("y", Repeat({1, 2, 3}, 9))), Task::kRegression);  // too few rows a value
  EXPECT_EQ(TaskOf(Numbers("y", Repeat({1, 2, 3.5}, 20))), Task::kRegression);  // not whole
}

TEST(Target, NumericClassesAreSortedAsNumbers) {
  const Target target = ReadTarget(Numbers("y", {10, 2, 10, 2}), Task::kClassification, false);
  EXPECT_EQ(target.class_names, (std::vector<std::string>{"2", "10"}));
  EXPECT_EQ(target.classes, (std::vector<int32_t>{1, 0, 1, 0}));
}

TEST(Target, TheLogarithmIsNaturalAndOfPositiveNumbersOnly) {
  EXPECT_EQ(ReadTarget(Numbers("y", {1, 2, 3}), Task::kAuto, true).numbers(1), std::log(2.0));
  EXPECT_THROW(ReadTarget(Numbers("y", {1, 0, 3}), Task::kAuto, true), Error);
  EXPECT_THROW(ReadTarget(Numbers("y", {1, 2, 1, 2}), Task::kClassification, true), Error);
}

TEST(Target, WhatCannotBeLearntIsRefused) {
  EXPECT_THROW(ReadTarget(Numbers("y", {3, 3, 3}), Task::kAuto, false), Error);
  EXPECT_THROW(ReadTarget(Text("y", {0, 0, 0}, {"a"}), Task::kAuto, false), Error);
  EXPECT_THROW(ReadTarget(Text("y", {0, 0, 1}, {"a", "b"}), Task::kAuto, false),
               Error);  // one row of b
  EXPECT_THROW(ReadTarget(Text("y", {0, 1, 1, 0}, {"a", "b"}), Task::kRegression, false), Error);
}

}  // namespace
}  // namespace halflife
