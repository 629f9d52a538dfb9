#include "data/target.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "base/error.h"
#include "base/text.h"
#include "data/labels.h"

namespace halflife {
namespace {

constexpr std::size_t kMaxAutoClasses = 20;
constexpr std::size_t kMinRowsAClass = 10;

// A value of one row alone is an amount rather than a class, unless there are only two.
bool LooksLikeClasses(const Column& column, const std::vector<double>& distinct) {
  if (distinct.size() == 2) return true;
  const std::size_t rows = column.rows();
  const bool whole =
      std::all_of(distinct.begin(), distinct.end(), [](double v) { return v == std::floor(v); });
  if (!whole || distinct.size() > kMaxAutoClasses || rows < kMinRowsAClass * distinct.size())
    return false;
  return std::none_of(distinct.begin(), distinct.end(), [&](double value) {
    return std::count(column.numbers.begin(), column.numbers.end(), value) == 1;
  });
}

void ReadNumbers(const Column& column, bool log_target, Target* target) {
  target->numbers = Eigen::Map<const Vector>(column.numbers.data(),
                                             static_cast<Eigen::Index>(column.numbers.size()));
  if (!log_target) return;
  for (Eigen::Index i = 0; i < target->numbers.size(); ++i) {
    const double value = target->numbers(i);
    if (value <= 0.0) {
      Fail(ErrorKind::kTargetNoLogarithm, {column.name, value});
    }
    target->numbers(i) = std::log(value);
  }
}

void CheckClasses(const Column& column, const Target& target) {
  std::vector<std::size_t> rows(target.class_names.size(), 0);
  for (const int32_t c : target.classes) ++rows[static_cast<std::size_t>(c)];
  for (std::size_t c = 0; c < rows.size(); ++c) {
    if (rows[c] > 1) continue;
    Fail(column.kind == Column::Kind::kNumeric ? ErrorKind::kClassAloneOfNumbers
                                               : ErrorKind::kClassAlone,
         {column.name, target.class_names[c]});
  }
}

}  // namespace

Finding TakenAsClasses(const Column& column, std::size_t distinct) {
  return {.kind = Finding::Kind::kNumbersAsClasses,
          .text = column.name,
          .number = static_cast<double>(column.rows()),
          .count = distinct};
}

Target ReadTarget(const Column& column, Task task, bool log_target) {
  const bool numeric = column.kind == Column::Kind::kNumeric;
  if (log_target && task == Task::kClassification) Fail(ErrorKind::kLogTargetNeedsRegression);
  if (!numeric && log_target)
    Fail(ErrorKind::kTargetTextNoLogarithm, {column.name, column.levels.front()});
  if (!numeric && task == Task::kRegression)
    Fail(ErrorKind::kTargetText, {column.name, column.levels.front()});
  const std::vector<double> distinct = FewDistinctValues(column.numbers, kMaxAutoClasses + 1);
  Target target;
  const bool automatic = task == Task::kAuto;
  if (automatic) {
    const bool classes = !numeric || (!log_target && LooksLikeClasses(column, distinct));
    task = classes ? Task::kClassification : Task::kRegression;
  }
  target.task = task;
  if (task == Task::kRegression) {
    if (distinct.size() == 1) Fail(ErrorKind::kTargetConstant, {column.name, distinct.front()});
    ReadNumbers(column, log_target, &target);
    return target;
  }
  Labels labels = LabelRows(column);
  target.class_names = std::move(labels.names);
  target.classes = std::move(labels.index);
  if (numeric && automatic) {
    target.finding = TakenAsClasses(column, distinct.size());
  }
  if (target.class_names.size() == 1) {
    Fail(ErrorKind::kTargetConstant, {column.name, Quoted(target.class_names.front())});
  }
  CheckClasses(column, target);
  return target;
}

Target ReadMoreTargets(const Column& column, const Target& known, bool log_target,
                       const std::string& where) {
  if (column.missing_count() > 0) {
    FailIn(where, ErrorKind::kMoreTargetsMissing, {column.name, column.missing_count()});
  }
  Target target;
  target.task = known.task;
  if (known.task == Task::kRegression) {
    if (column.kind == Column::Kind::kText) {
      FailIn(where, ErrorKind::kMoreTargetsText, {column.name, column.levels.front()});
    }
    ReadNumbers(column, log_target, &target);
    return target;
  }
  target.class_names = known.class_names;
  const Labels labels = LabelRows(column);
  std::vector<int32_t> index;
  for (const std::string& name : labels.names) {
    const auto at = std::find(known.class_names.begin(), known.class_names.end(), name);
    if (at == known.class_names.end()) {
      FailIn(where, ErrorKind::kMoreTargetsClass, {column.name, name});
    }
    index.push_back(static_cast<int32_t>(at - known.class_names.begin()));
  }
  for (const int32_t label : labels.index)
    target.classes.push_back(index[static_cast<std::size_t>(label)]);
  return target;
}

}  // namespace halflife
