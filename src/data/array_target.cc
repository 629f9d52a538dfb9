// The target of arrays: whether its numbers are classes.
#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "base/error.h"
#include "base/text.h"
#include "data/array_column.h"
#include "data/array_samples.h"
#include "data/labels.h"

namespace halflife {
namespace {

constexpr std::size_t kMostClasses = 1000;
constexpr std::size_t kMostAutoClasses = 20;  // as ReadTarget
constexpr std::size_t kMinRowsAClass = 10;

bool Whole(double value) { return value == std::floor(value); }

// `distinct` is ascending. Beyond ReadTarget's own rules: 0 .. K-1 or 1 .. K without a gap, as the
// labels of images are.
bool AreLabels(const std::vector<double>& distinct, std::size_t rows) {
  const double first = distinct.front();
  const auto count = static_cast<double>(distinct.size());
  return (first == 0.0 || first == 1.0) && distinct.back() == first + count - 1.0 &&
         distinct.size() <= kMostClasses && rows >= kMinRowsAClass * distinct.size();
}

// More than two classes are counted from 0 or 1; two may be any, such as -1 and 1.
const double* NoClass(const std::vector<double>& distinct) {
  if (distinct.size() <= 2) return nullptr;
  const auto at = std::find_if(distinct.begin(), distinct.end(),
                               [](double value) { return value < 0.0 || !Whole(value); });
  return at == distinct.end() ? nullptr : &*at;
}

[[noreturn]] void FailTooLong(const Column& column) {
  Fail(ErrorKind::kTargetTooLong, {column.name});
}

// Whole numbers beyond 2^53 can only be classes, told apart by their digits.
Target ReadLongLabels(const Column& column, Task task, bool log_target) {
  const std::size_t classes = column.cell_texts.size();
  const bool few =
      classes == 2 || (classes <= kMostAutoClasses && column.rows() >= kMinRowsAClass * classes);
  const bool automatic = task == Task::kAuto;
  if (task == Task::kRegression || (automatic && (log_target || !few))) FailTooLong(column);
  Target target = ReadTarget(column, Task::kClassification, log_target);
  if (automatic) target.finding = TakenAsClasses(column, classes);
  return target;
}

Target ReadTextLabels(const Column& column, Task task, bool log_target) {
  const auto missing = std::find(column.codes.begin(), column.codes.end(), Column::kMissing);
  if (missing != column.codes.end()) {
    Fail(ErrorKind::kTargetRowEmpty, {column.name, missing - column.codes.begin()});
  }
  return ReadTarget(column, task, log_target);
}

}  // namespace

Target ReadArrayTarget(const Array& targets, Task task, bool log_target) {
  const Column column = TargetColumn(targets);
  if (targets.is_text()) return ReadTextLabels(column, task, log_target);
  if (!column.cell_texts.empty()) return ReadLongLabels(column, task, log_target);
  const bool integers = !IsFloating(targets.kind);
  const std::vector<double> distinct = DistinctValues(column.numbers);
  const double* odd = NoClass(distinct);
  if (task == Task::kClassification && odd != nullptr) {
    Fail(ErrorKind::kTargetNoClass, {column.name, *odd});
  }
  if (task == Task::kAuto && !log_target) {
    if (odd != nullptr) task = Task::kRegression;
    if (integers && distinct.size() > 2 && AreLabels(distinct, targets.size())) {
      Target target = ReadTarget(column, Task::kClassification, log_target);
      target.finding = TakenAsClasses(column, distinct.size());
      return target;
    }
  }
  return ReadTarget(column, task, log_target);
}

}  // namespace halflife
