#include "net/rows.h"

#include <algorithm>
#include <cmath>

#include "base/error.h"
#include "data/dataset.h"
#include "data/labels.h"
#include "data/row_set.h"
#include "model/inputs.h"
#include "net/inputs.h"

namespace halflife {
namespace {

using Rows = std::vector<std::uint32_t>;

constexpr std::size_t kManyRows = 20000;
constexpr int kParts = 5;
constexpr int kPartsOfManyRows = 10;

struct Parts {
  Rows training;
  Rows validation;
  Rows test;
};

int PartCount(std::size_t rows) { return rows > kManyRows ? kPartsOfManyRows : kParts; }

// Part 0 validates, part 1 tests unless the test rows come from elsewhere; of parts in the order of
// time the last one tests and the one before it validates.
Parts Assign(const Folds& folds, bool own_test) {
  const int last = folds.count - 1;
  const int test = own_test ? folds.count : (folds.ordered ? last : 1);
  const int validation = !folds.ordered ? 0 : (own_test ? last : last - 1);
  Parts parts;
  for (std::uint32_t row = 0; row < folds.of_row.size(); ++row) {
    const int part = folds.of_row[row];
    (part == validation ? parts.validation
     : part == test     ? parts.test
                        : parts.training)
        .push_back(row);
  }
  return parts;
}

// Groups to split among three parts at least, and no more parts than groups.
int GroupPartCount(const Table& table, const DataOptions& options) {
  const int at = table.Find(options.group);
  const int parts = PartCount(table.rows);
  if (options.group.empty() || at < 0) return parts;
  const std::size_t groups =
      table.columns[static_cast<std::size_t>(at)].missing_count() > 0
          ? table.rows
          : LabelRows(table.columns[static_cast<std::size_t>(at)]).names.size();
  if (groups < 3) Fail(ErrorKind::kNetGroupsTooFew, {options.group, groups});
  return static_cast<int>(std::min<std::size_t>(static_cast<std::size_t>(parts), groups));
}

// The table as folds, of which Assign makes parts. Time orders the rows used, and is no input.
Dataset PrepareParts(const Table& table, DataOptions options) {
  table.Check();
  options.rounds = 1;
  options.folds = GroupPartCount(table, options);
  if (options.time.empty()) return PrepareDataset(table, options);
  const int time = table.Find(options.time);
  if (time < 0) return PrepareDataset(table, options);  // which says so
  DataOptions without = options;
  without.time.clear();
  without.ignore.push_back(options.time);
  Dataset dataset = PrepareDataset(table, without);
  Table times;
  times.rows = table.rows;
  times.columns = {table.columns[static_cast<std::size_t>(time)]};
  const Column used = SelectRows(times, dataset.rows).columns.front();
  const std::size_t different = used.kind == Column::Kind::kNumeric && used.missing_count() == 0
                                    ? DistinctValues(used.numbers).size()
                                    : used.rows();  // TimeFolds says what is wrong
  if (different < 3) Fail(ErrorKind::kNetTimesTooFew, {options.time, different});
  const auto count = std::min<std::size_t>(static_cast<std::size_t>(options.folds), different) - 1;
  dataset.folds = {TimeFolds(used, static_cast<int>(count))};
  ColumnSummary& summary = dataset.column_list[static_cast<std::size_t>(time)];
  summary.role = ColumnSummary::Role::kTime;
  summary.kind = times.columns.front().meaning == Column::Meaning::kDate
                     ? ColumnSummary::Kind::kDate
                     : ColumnSummary::Kind::kNumber;
  std::erase_if(summary.findings,
                [](const Finding& f) { return f.kind == Finding::Kind::kIgnored; });
  return dataset;
}

// What is said of folds is not true of parts, of which most train.
std::vector<Finding> WithoutFolds(std::vector<Finding> findings) {
  std::erase_if(findings,
                [](const Finding& f) { return f.kind == Finding::Kind::kSplitDuplicates; });
  return findings;
}

void CheckDataOptions(const DataOptions& options) {
  if (options.folds != 0 || !options.fold_column.empty()) Fail(ErrorKind::kNetHasNoFolds);
  if (!options.group.empty() && !options.time.empty()) Fail(ErrorKind::kGroupAndTime);
  if (!options.weight.empty()) Fail(ErrorKind::kNetHasNoWeight);
}

// Learns the target's mean and scale from the training rows, and applies them.
Target ScaleTarget(const Target& target, const Rows& training, FittedNet* net) {
  net->task = target.task;
  net->classes = target.class_names;
  if (target.task == Task::kClassification) {
    std::vector<char> seen(target.class_names.size(), 0);
    for (const std::uint32_t row : training)
      seen[static_cast<std::size_t>(target.classes[row])] = 1;
    for (std::size_t c = 0; c < seen.size(); ++c) {
      if (seen[c] == 0) Fail(ErrorKind::kNetClassUntrained, {target.class_names[c]});
    }
    return target;
  }
  double mean = 0.0;
  double squares = 0.0;
  const auto count = static_cast<double>(training.size());
  for (const std::uint32_t row : training) mean += target.numbers(row) / count;
  for (const std::uint32_t row : training)
    squares += (target.numbers(row) - mean) * (target.numbers(row) - mean) / count;
  if (!(squares > 0.0) || !std::isfinite(squares)) Fail(ErrorKind::kNetTargetConstant);
  net->target_mean = mean;
  net->target_scale = std::sqrt(squares);
  Target scaled = target;
  scaled.numbers = (target.numbers.array() - mean) / net->target_scale;
  return scaled;
}

// Test rows in the units that ScaleTarget learnt.
Target InUnitsOf(const FittedNet& net, Target target) {
  if (target.task == Task::kRegression)
    target.numbers = (target.numbers.array() - net.target_mean) / net.target_scale;
  return target;
}

ArraySamples FromDesign(const Design& design, const Standardizer& standardizer,
                        const Target& target, const Rows& rows) {
  constexpr std::size_t kChunk = 4096;  // rows standardised at a time
  constexpr double kMostCells = 1e9;
  ArraySamples samples{.rows = rows.size(), .width = standardizer.kept.size()};
  if (static_cast<double>(samples.rows) * static_cast<double>(samples.width) > kMostCells)
    Fail(ErrorKind::kTableTooLarge, {design.rows(), design.size()});
  samples.inputs.reserve(rows.size() * samples.width);
  for (std::size_t first = 0; first < rows.size(); first += kChunk) {
    const Rows chunk(
        rows.begin() + static_cast<std::ptrdiff_t>(first),
        rows.begin() + static_cast<std::ptrdiff_t>(std::min(first + kChunk, rows.size())));
    const Matrix values = Standardize(design, standardizer, chunk);
    for (Eigen::Index i = 0; i < values.size(); ++i)
      samples.inputs.push_back(static_cast<float>(values.data()[i]));
  }
  AddTargets(target, rows, &samples);
  return samples;
}

ArraySamples FromTestTable(const Table& table, const DataOptions& options, const Target& known,
                           const FittedNet& net) {
  const int at = table.Find(options.target);
  if (at < 0) FailIn(table.source, ErrorKind::kTestTargetMissing, {options.target});
  const Target target = InUnitsOf(net, ReadMoreTargets(table.columns[static_cast<std::size_t>(at)],
                                                       known, options.log_target, table.source));
  ArraySamples samples{
      .inputs = NetInputs(net.columns, table), .rows = table.rows, .width = net.columns.size()};
  AddTargets(target, RowsInOrder(table.rows), &samples);
  return samples;
}

Column AsColumn(const Array& targets) {
  Column column;
  column.name = targets.name;
  column.numbers.resize(targets.size());
  targets.Load(0, targets.size(), column.numbers.data());
  return column;
}

ArraySamples FromTestArrays(const ArrayData& test, const DataOptions& options, const Target& known,
                            const FittedNet& net) {
  const Target target = InUnitsOf(
      net, ReadMoreTargets(AsColumn(test.targets), known, options.log_target, test.targets.source));
  return MakeSamples(test.inputs, target, net.cells, RowsInOrder(test.inputs.rows()));
}

}  // namespace

NetData NetRows::view() const {
  return {.training = training.view(),
          .validation = validation.view(),
          .test = test.view(),
          .outputs = net.outputs(),
          .loss_unit = net.target_scale * net.target_scale};
}

NetRows SplitTable(const Table& table, const Table* test, const DataOptions& options) {
  CheckDataOptions(options);
  if (table.rows < kParts) FailIn(table.source, ErrorKind::kNetRowsTooFew, {table.rows, kParts});
  const Dataset dataset = PrepareParts(table, options);
  const Parts parts = Assign(dataset.folds.front(), test != nullptr);
  const Standardizer standardizer =
      LearnStandardizer(dataset.design, parts.training, dataset.weights);
  if (standardizer.kept.empty()) FailIn(table.source, ErrorKind::kNothingVaries);
  NetRows all;
  all.net.target = options.target;
  all.net.log_target = options.log_target;
  all.net.columns = MakeInputs(dataset.design, standardizer);
  const Target target = ScaleTarget(dataset.target, parts.training, &all.net);
  all.training = FromDesign(dataset.design, standardizer, target, parts.training);
  all.validation = FromDesign(dataset.design, standardizer, target, parts.validation);
  all.test = test == nullptr ? FromDesign(dataset.design, standardizer, target, parts.test)
                             : FromTestTable(*test, options, dataset.target, all.net);
  all.net.rows = all.training.rows;
  all.rows = dataset.target.rows() + (test != nullptr ? test->rows : 0);
  all.rows_dropped = dataset.rows_dropped;
  all.columns = table.columns.size();
  all.column_list = dataset.column_list;
  all.findings = WithoutFolds(dataset.findings);
  return all;
}

NetRows SplitArrays(ArrayData&& given, std::optional<ArrayData> test, const DataOptions& options) {
  const ArrayData data = std::move(given);  // freed at the end
  CheckDataOptions(options);
  if (!options.group.empty() || !options.time.empty()) Fail(ErrorKind::kArraysHaveNoColumns);
  NetRows all;
  all.net.target = data.targets.name;
  all.net.log_target = options.log_target;
  const Target known = ReadArrayTarget(data.targets, options.task, options.log_target);
  const int count = static_cast<int>(
      std::min<std::size_t>(static_cast<std::size_t>(PartCount(known.rows())), known.rows()));
  const Parts parts = Assign(DrawFolds(known, count, options.seed, 0), test.has_value());
  if (parts.training.empty())
    FailIn(data.inputs.source, ErrorKind::kNetArrayRowsTooFew, {known.rows()});
  all.net.cells = LearnScaling(data.inputs, parts.training);
  const Target target = ScaleTarget(known, parts.training, &all.net);
  all.training = MakeSamples(data.inputs, target, all.net.cells, parts.training);
  all.validation = MakeSamples(data.inputs, target, all.net.cells, parts.validation);
  all.test = test ? FromTestArrays(*test, options, known, all.net)
                  : MakeSamples(data.inputs, target, all.net.cells, parts.test);
  all.net.rows = all.training.rows;
  all.rows = known.rows() + (test ? test->targets.rows() : 0);
  all.columns = data.inputs.width();
  if (known.finding) all.findings.push_back(*known.finding);
  return all;
}

}  // namespace halflife
