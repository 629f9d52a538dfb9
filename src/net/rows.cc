#include "net/rows.h"

#include <algorithm>
#include <cmath>

#include "base/error.h"
#include "data/dataset.h"
#include "data/row_set.h"
#include "model/inputs.h"
#include "net/inputs.h"
#include "net/row_parts.h"

namespace halflife {
namespace {

using Rows = std::vector<std::uint32_t>;

constexpr std::size_t kFewestRows = 5;

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

// Several splits are drawn; what says which rows judge leaves nothing to draw.
void CheckRounds(int rounds, bool own_test, const DataOptions& options) {
  if (rounds < 0) FailOption("rounds", ErrorKind::kTooFew, {rounds, 1});
  if (rounds < 2) return;
  if (own_test) FailOption("test", ErrorKind::kNetRoundsFixed);
  if (!options.time.empty()) FailOption("time", ErrorKind::kNetRoundsFixed);
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

struct RowSplits::Source {
  SplitPlan plan;
  Trainable trainable;
  std::function<NetRows(const RowParts&, bool with_test)> make;
  std::size_t rows = 0;  // that are split
};

namespace {

struct TableOfRows {
  const Table& table;
  const Table* test;
  DataOptions options;
  Dataset dataset;

  NetRows Make(const RowParts& parts, bool with_test) const;
};

struct ArrayOfRows {
  ArrayData data;
  std::optional<ArrayData> test;
  DataOptions options;
  Target target;

  NetRows Make(const RowParts& parts, bool with_test) const;
};

NetRows TableOfRows::Make(const RowParts& parts, bool with_test) const {
  const Standardizer standardizer =
      LearnStandardizer(dataset.design, parts.training, dataset.weights);
  if (standardizer.kept.empty()) FailIn(table.source, ErrorKind::kNothingVaries);
  NetRows all;
  all.net.target = options.target;
  all.net.log_target = options.log_target;
  all.net.columns = MakeInputs(dataset.design, standardizer);
  const Target scaled = ScaleTarget(dataset.target, parts.training, &all.net);
  const auto lay_out = [&](const Rows& rows) {
    return FromDesign(dataset.design, standardizer, scaled, rows);
  };
  all.training = lay_out(parts.training);
  all.validation = lay_out(parts.validation);
  all.test = test != nullptr && with_test ? FromTestTable(*test, options, dataset.target, all.net)
                                          : lay_out(parts.test);
  all.net.rows = all.training.rows;
  all.rows = dataset.target.rows() + (test != nullptr ? test->rows : 0);
  all.rows_dropped = dataset.rows_dropped;
  all.columns = table.columns.size();
  all.column_list = dataset.column_list;
  all.findings = WithoutFolds(dataset.findings);
  return all;
}

NetRows ArrayOfRows::Make(const RowParts& parts, bool with_test) const {
  if (parts.training.empty())
    FailIn(data.inputs.source, ErrorKind::kNetArrayRowsTooFew, {target.rows()});
  NetRows all;
  all.net.target = data.targets.name;
  all.net.log_target = options.log_target;
  all.net.cells = LearnScaling(data.inputs, parts.training);
  const Target scaled = ScaleTarget(target, parts.training, &all.net);
  const auto lay_out = [&](const Rows& rows) {
    return MakeSamples(data.inputs, scaled, all.net.cells, rows);
  };
  all.training = lay_out(parts.training);
  all.validation = lay_out(parts.validation);
  all.test =
      test && with_test ? FromTestArrays(*test, options, target, all.net) : lay_out(parts.test);
  all.net.rows = all.training.rows;
  all.rows = target.rows() + (test ? test->targets.rows() : 0);
  all.columns = data.inputs.width();
  if (target.finding) all.findings.push_back(*target.finding);
  return all;
}

}  // namespace

RowSplits::RowSplits(const Table& table, const Table* test, const DataOptions& options, int rounds)
    : source_(std::make_unique<Source>()) {
  CheckDataOptions(options);
  CheckRounds(rounds, test != nullptr, options);
  if (table.rows < kFewestRows)
    FailIn(table.source, ErrorKind::kNetRowsTooFew, {table.rows, kFewestRows});
  const auto rows = std::make_shared<const TableOfRows>(
      TableOfRows{table, test, options, PrepareParts(table, options, rounds)});
  source_->trainable = [rows](const Rows& training) {
    const Dataset& dataset = rows->dataset;
    return !training.empty() && TargetVaries(dataset.target, training) &&
           !LearnStandardizer(dataset.design, training, dataset.weights).kept.empty();
  };
  source_->make = [rows](const RowParts& parts, bool with_test) {
    return rows->Make(parts, with_test);
  };
  source_->rows = rows->dataset.target.rows();
  source_->plan = PlanSplits(rows->dataset.folds, test != nullptr, rounds, source_->trainable);
}

RowSplits::RowSplits(ArrayData&& data, std::optional<ArrayData> test, const DataOptions& options,
                     int rounds)
    : source_(std::make_unique<Source>()) {
  CheckDataOptions(options);
  if (!options.group.empty() || !options.time.empty()) Fail(ErrorKind::kArraysHaveNoColumns);
  const bool own_test = test.has_value();
  CheckRounds(rounds, own_test, options);
  Target target = ReadArrayTarget(data.targets, options.task, options.log_target);
  const std::size_t count = target.rows();
  const int parts =
      static_cast<int>(std::min<std::size_t>(static_cast<std::size_t>(PartCount(count)), count));
  std::vector<Folds> drawings;
  drawings.reserve(static_cast<std::size_t>(DrawingsFor(rounds, parts)));
  for (int drawing = 0; drawing < DrawingsFor(rounds, parts); ++drawing)
    drawings.push_back(DrawFolds(target, parts, options.seed, drawing));
  const auto rows = std::make_shared<const ArrayOfRows>(
      ArrayOfRows{std::move(data), std::move(test), options, std::move(target)});
  source_->trainable = [rows](const Rows& training) {
    return !training.empty() && TargetVaries(rows->target, training);
  };
  source_->make = [rows](const RowParts& parts_of, bool with_test) {
    return rows->Make(parts_of, with_test);
  };
  source_->rows = count;
  source_->plan = PlanSplits(std::move(drawings), own_test, rounds, source_->trainable);
}

RowSplits::~RowSplits() = default;

int RowSplits::count() const { return source_->plan.count; }

std::size_t RowSplits::rows() const { return source_->rows; }

NetRows RowSplits::Split(int split) const {
  RowParts parts = PartsOf(source_->plan, split, source_->trainable);
  NetRows rows = source_->make(parts, true);
  rows.validation_ids = std::move(parts.validation);
  rows.test_ids = std::move(parts.test);
  return rows;
}

NetRows RowSplits::All() const { return source_->make(AllTrain(source_->rows), false); }

NetRows SplitTable(const Table& table, const Table* test, const DataOptions& options) {
  return RowSplits(table, test, options, 1).Split(0);
}

NetRows SplitArrays(ArrayData&& given, std::optional<ArrayData> test, const DataOptions& options) {
  return RowSplits(std::move(given), std::move(test), options, 1).Split(0);
}

}  // namespace halflife
