#include "net/row_parts.h"

#include <algorithm>
#include <utility>

#include "base/error.h"
#include "data/labels.h"
#include "data/row_set.h"

namespace halflife {
namespace {

constexpr std::size_t kManyRows = 20000;
constexpr int kParts = 5;
constexpr int kPartsOfManyRows = 10;
// From here on one part has rows enough to judge by, and several sweeps would take long.
constexpr std::size_t kEnoughRows = 5000;

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

// Time orders the rows used, and is no input.
Dataset PrepareByTime(const Table& table, const DataOptions& options, int time) {
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

// The rows by the part that they are in; a part of -1 is none.
RowParts Assign(const Folds& folds, int validation, int test) {
  RowParts parts;
  for (std::uint32_t row = 0; row < folds.of_row.size(); ++row) {
    const int part = folds.of_row[row];
    (part == validation ? parts.validation
     : part == test     ? parts.test
                        : parts.training)
        .push_back(row);
  }
  return parts;
}

// Of parts in the order of time the last one tests and the one before it validates.
RowParts OnlySplit(const Folds& folds, bool own_test) {
  const int last = folds.count - 1;
  const int test = own_test ? folds.count : (folds.ordered ? last : 1);
  return Assign(folds, !folds.ordered ? 0 : (own_test ? last : last - 1), test);
}

}  // namespace

int PartCount(std::size_t rows) { return rows > kManyRows ? kPartsOfManyRows : kParts; }

int DrawingsFor(int rounds, int parts) { return std::max(1, (rounds + parts - 1) / parts); }

RowParts AllTrain(std::size_t rows) { return {RowsInOrder(rows), {}, {}}; }

bool TargetVaries(const Target& target, const std::vector<std::uint32_t>& rows) {
  if (target.task == Task::kRegression) {
    return std::any_of(rows.begin(), rows.end(), [&](std::uint32_t row) {
      return target.numbers(row) != target.numbers(rows.front());
    });
  }
  std::vector<char> seen(target.class_names.size(), 0);
  for (const std::uint32_t row : rows) seen[static_cast<std::size_t>(target.classes[row])] = 1;
  return std::find(seen.begin(), seen.end(), 0) == seen.end();
}

RowParts PartsOf(const SplitPlan& plan, int split, const Trainable& trainable) {
  if (plan.count == 1) return OnlySplit(plan.drawings.front(), plan.own_test);
  const int parts = plan.parts();
  const Folds& folds = plan.drawings[static_cast<std::size_t>(split / parts)];
  const int test = split % parts;
  for (int step = 1; step < parts; ++step) {
    RowParts rows = Assign(folds, (test + step) % parts, test);
    if (trainable(rows.training)) return rows;
  }
  return Assign(folds, (test + 1) % parts, test);
}

SplitPlan PlanSplits(std::vector<Folds> drawings, bool own_test, int rounds,
                     const Trainable& trainable) {
  SplitPlan plan{std::move(drawings), own_test, rounds};
  if (rounds > 0) return plan;
  const Folds& folds = plan.drawings.front();
  const bool several =
      !own_test && !folds.ordered && folds.of_row.size() < kEnoughRows && plan.parts() >= 3;
  plan.count = several ? plan.parts() : 1;
  for (int split = 0; split < plan.count && plan.count > 1; ++split) {
    if (!trainable(PartsOf(plan, split, trainable).training)) plan.count = 1;
  }
  return plan;
}

Dataset PrepareParts(const Table& table, DataOptions options, int rounds) {
  table.Check();
  options.folds = GroupPartCount(table, options);
  options.rounds = DrawingsFor(rounds, options.folds);
  const int time = options.time.empty() ? -1 : table.Find(options.time);
  // Of a time that is no column PrepareDataset says so.
  return time < 0 ? PrepareDataset(table, options) : PrepareByTime(table, options, time);
}

}  // namespace halflife
