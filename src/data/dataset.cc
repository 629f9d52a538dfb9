#include "data/dataset.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <iterator>
#include <set>

#include "base/error.h"
#include "data/column_summary.h"
#include "data/column_use.h"
#include "data/labels.h"
#include "data/leaks.h"
#include "data/row_choice.h"
#include "data/table_cells.h"

namespace halflife {
namespace {

constexpr std::size_t kManyRows = 20000;  // above it 5 folds are as good as 10 and half the work
constexpr std::size_t kFolds = 10;
constexpr std::size_t kFoldsOfManyRows = 5;

const Column& ColumnCalled(const Table& table, const std::string& name) {
  return table.columns[static_cast<std::size_t>(table.Find(name))];
}

// As many folds as asked for, or as many as are usual and there are things to hold out.
int FoldCount(const DataOptions& options, std::size_t rows, std::size_t things) {
  if (options.folds != 0) return options.folds;
  return static_cast<int>(std::min(rows > kManyRows ? kFoldsOfManyRows : kFolds, things));
}

// How many values the column has. Throws Error of the kind where it has fewer than `least`.
std::size_t DifferentValues(const Column& column, std::size_t least, ErrorKind too_few) {
  std::vector<double> present = column.numbers;
  std::erase_if(present, [](double value) { return std::isnan(value); });
  const std::size_t count = column.kind == Column::Kind::kText
                                ? column.levels.size()
                                : DistinctValues(std::move(present)).size();
  if (count < least) Fail(too_few, {column.name, count, least});
  return count;
}

// Many rows say nearly the same however they fall into folds.
int RoundCount(const DataOptions& options, std::size_t rows) {
  constexpr std::size_t kOneWillDo = 100000;
  if (options.rounds != 0) return options.rounds;
  return rows > kOneWillDo ? 1 : 5;
}

// Of rounds with the same folds, whatever their numbers, the first stays: so it is where each fold
// is a group of its own, or a row.
void LeaveOutRepeats(std::vector<Folds>* rounds) {
  std::set<std::vector<int>> known;
  std::erase_if(*rounds, [&](const Folds& folds) {
    std::vector<int> number(static_cast<std::size_t>(folds.count), -1);  // by first appearance
    std::vector<int> of_row;
    of_row.reserve(folds.of_row.size());
    int next = 0;
    for (const int fold : folds.of_row) {
      if (fold >= 0 && number[static_cast<std::size_t>(fold)] < 0)
        number[static_cast<std::size_t>(fold)] = next++;
      of_row.push_back(fold < 0 ? fold : number[static_cast<std::size_t>(fold)]);
    }
    return !known.insert(std::move(of_row)).second;
  });
}

std::vector<Folds> MakeFolds(const Table& table, const Target& target, const DataOptions& options) {
  std::vector<Folds> all;
  const int rounds = RoundCount(options, table.rows);
  if (!options.fold_column.empty()) {
    all.push_back(FoldsFromColumn(ColumnCalled(table, options.fold_column)));
  } else if (!options.time.empty()) {
    const Column& time = ColumnCalled(table, options.time);
    const std::size_t times = DifferentValues(time, 3, ErrorKind::kTimesTooFew);
    all.push_back(TimeFolds(time, FoldCount(options, table.rows, times - 1)));
  } else if (!options.group.empty()) {
    const Column& groups = ColumnCalled(table, options.group);
    const int count =
        FoldCount(options, table.rows, DifferentValues(groups, 2, ErrorKind::kGroupsTooFew));
    for (int repeat = 0; repeat < rounds; ++repeat)
      all.push_back(DrawGroupFolds(target, groups, count, options.seed, repeat));
  } else {
    const int count = FoldCount(options, table.rows, table.rows);
    for (int repeat = 0; repeat < rounds; ++repeat)
      all.push_back(DrawFolds(target, count, options.seed, repeat));
  }
  for (const Folds& folds : all) CheckFolds(folds, target);
  LeaveOutRepeats(&all);
  return all;
}

// A column that was numbers but for a cell is no set of classes, unless that is asked for.
void RefuseLoneText(const Table& table, const std::vector<ColumnSummary>& list,
                    const DataOptions& options) {
  if (options.task == Task::kClassification) return;
  for (const ColumnSummary& column : list) {
    if (column.role != ColumnSummary::Role::kTarget) continue;
    for (const Finding& finding : column.findings) {
      if (finding.kind != Finding::Kind::kLoneText) continue;
      FailIn(table.source, ErrorKind::kTargetLoneText,
             {column.name, finding.count, table.rows - column.missing,
              static_cast<std::size_t>(finding.number), finding.text});
    }
  }
}

void TellDropped(const RowChoice& choice, std::size_t rows, Dataset* dataset) {
  const auto tell = [&](std::size_t count, Finding::Kind kind) {
    if (count > 0) {
      dataset->findings.push_back(
          {.kind = kind, .number = static_cast<double>(rows), .count = count});
    }
  };
  tell(choice.without_target, Finding::Kind::kRowsWithoutTarget);
  tell(choice.without_weight, Finding::Kind::kRowsWithoutWeight);
  tell(choice.with_missing, Finding::Kind::kRowsWithMissing);
}

void AddLeaks(const SampledCells& sample, const std::vector<ColumnUse>& uses, int threads,
              Dataset* dataset) {
  const std::vector<std::optional<double>> leaks =
      FindLeaks(sample, uses, dataset->target, dataset->folds.front(), dataset->weights, threads);
  for (std::size_t c = 0; c < leaks.size(); ++c) {
    if (leaks[c]) {
      dataset->column_list[c].findings.push_back(
          {.kind = Finding::Kind::kLeak, .number = *leaks[c]});
    }
  }
}

// The rows in use that leaks and origins are looked for in.
std::vector<uint32_t> Sampled(std::size_t rows) {
  const std::vector<uint32_t> leaks = LeakSample(rows);
  const std::vector<uint32_t> origins = OriginSample(rows);
  std::vector<uint32_t> both;
  std::set_union(leaks.begin(), leaks.end(), origins.begin(), origins.end(),
                 std::back_inserter(both));
  return both;
}

// The columns that options name, of the rows in use.
Table NamedColumns(const Table& table, const DataOptions& options, const RowSet& rows) {
  Table named;
  named.source = table.source;
  named.rows = rows.size();
  for (const std::string& name :
       {options.target, options.fold_column, options.time, options.group}) {
    if (!name.empty() && named.Find(name) < 0)
      named.columns.push_back(SelectCells(ColumnCalled(table, name), rows));
  }
  return named;
}

// Which features read a column that is not to be decayed.
std::vector<bool> Undecayed(const Design& design, const std::vector<std::string>& columns) {
  std::vector<bool> undecayed(design.features.size(), false);
  for (std::size_t f = 0; f < undecayed.size(); ++f) {
    const std::string& column = design.features[f].column;
    undecayed[f] = std::find(columns.begin(), columns.end(), column) != columns.end();
  }
  return undecayed;
}

}  // namespace

std::vector<std::string> NamedByOptions(const DataOptions& options) {
  std::vector<std::string> names;
  for (const std::string& name :
       {options.target, options.weight, options.fold_column, options.time, options.group}) {
    if (!name.empty()) names.push_back(name);
  }
  return names;
}

Dataset PrepareDataset(TableCells* cells, const DataOptions& options) {
  const Table& table = cells->table();
  if (options.target.empty()) FailOption("target", ErrorKind::kColumnUnnamed);
  const RowSet all = RowSet::All(table.rows);
  const std::vector<ColumnRange> ranges = cells->Ranges(all);
  std::vector<ColumnUse> uses = AssignColumns(table, options);
  const std::vector<ColumnUse> parts = uses;
  cells->CheckInputs(uses);
  LeaveOut(table, table.rows, ranges, options, &uses);
  Dataset dataset;
  const bool drops = options.missing == MissingPolicy::kDrop;
  RowChoice choice = ChooseRows(table, uses, drops ? cells->Incomplete(uses) : std::vector<char>());
  dataset.rows = std::move(choice.rows);
  dataset.rows_dropped = table.rows - dataset.rows.size();
  const RowSet rows = dataset.rows_dropped > 0 ? RowSet::Some(dataset.rows) : all;
  std::vector<ColumnRange> some;
  if (dataset.rows_dropped > 0) {
    uses = parts;
    some = cells->Ranges(rows);
    LeaveOut(table, rows.size(), some, options, &uses);
  }
  const std::vector<ColumnRange>& in_use = dataset.rows_dropped > 0 ? some : ranges;
  dataset.column_list = SummariseColumns(table, ranges, uses);
  dataset.findings = table.findings;
  RefuseLoneText(table, dataset.column_list, options);
  const Table selected = rows.all() ? Table() : NamedColumns(table, options, rows);
  const Table& named = rows.all() ? table : selected;
  const Column& target = ColumnCalled(named, options.target);
  CheckRange(target, in_use[static_cast<std::size_t>(table.Find(options.target))]);
  dataset.weights = RowWeights(table, uses, rows);
  dataset.target = ReadTarget(target, options.task, options.log_target);
  dataset.folds = MakeFolds(named, dataset.target, options);
  if (!options.group.empty()) dataset.groups = LabelRows(ColumnCalled(named, options.group)).index;
  dataset.design = LayOut(table, in_use, NoInputs(table, uses), options.missing);
  dataset.design.row_count = rows.size();
  if (!rows.all()) dataset.design.table_rows = dataset.rows;
  if (!options.no_decay.empty()) {
    dataset.undecayed = Undecayed(dataset.design, options.no_decay);
    if (dataset.design.size() > 0 &&
        std::count(dataset.undecayed.begin(), dataset.undecayed.end(), false) == 0)
      FailOption("no_decay", ErrorKind::kNoDecayOfAll);
  }
  const SampledCells sample = cells->Sample(rows, uses, Sampled(rows.size()));
  SetOrigins(cells, rows, sample, options.threads, &dataset.design);
  dataset.varies = AnythingVaries(dataset.design, table, in_use);
  AddLeaks(sample, uses, options.threads, &dataset);
  cells->Finish(rows, uses, &dataset);
  if (dataset.target.finding) dataset.findings.push_back(*dataset.target.finding);
  TellDropped(choice, table.rows, &dataset);
  return dataset;
}

Dataset PrepareDataset(const Table& table, const DataOptions& options) {
  table.Check();
  CellsInMemory cells(table, options.threads);
  return PrepareDataset(&cells, options);
}

Dataset PrepareDataset(Table&& table, const DataOptions& options) {
  auto owned = std::make_shared<const Table>(std::move(table));
  Dataset dataset = PrepareDataset(*owned, options);
  dataset.design.owned = std::move(owned);
  return dataset;
}

TableSummary Describe(const Table& table, const DataOptions& options) {
  TableSummary summary{.rows = table.rows, .columns = {}, .findings = table.findings};
  if (!options.target.empty()) {
    Dataset dataset = PrepareDataset(table, options);
    summary.columns = std::move(dataset.column_list);
    summary.findings = std::move(dataset.findings);
    summary.task = dataset.target.task;
    return summary;
  }
  const RowSet all = RowSet::All(table.rows);
  const std::vector<ColumnRange> ranges = RangesOf(table, all, options.threads);
  std::vector<ColumnUse> uses = AssignColumns(table, options);
  LeaveOut(table, table.rows, ranges, options, &uses);
  summary.columns = SummariseColumns(table, ranges, uses);
  return summary;
}

bool HasUndecayed(const Dataset& dataset) {
  return std::find(dataset.undecayed.begin(), dataset.undecayed.end(), true) !=
         dataset.undecayed.end();
}

Dataset RowsOf(const Dataset& dataset, const std::vector<uint32_t>& rows) {
  const auto pick = [&](const auto& values) {
    auto some = values;
    some.clear();
    if (values.empty()) return some;
    some.reserve(rows.size());
    for (const uint32_t row : rows) some.push_back(values[row]);
    return some;
  };
  Dataset some;
  some.rows = pick(dataset.rows);
  some.target.task = dataset.target.task;
  some.target.class_names = dataset.target.class_names;
  some.target.classes = pick(dataset.target.classes);
  if (dataset.target.numbers.size() > 0) some.target.numbers = dataset.target.numbers(rows);
  some.design = dataset.design.WithRows(rows);
  some.undecayed = dataset.undecayed;
  some.folds = {{.ordered = true, .of_row = std::vector<int>(rows.size(), -1)}};
  some.groups = pick(dataset.groups);
  some.weights = dataset.weights(rows);
  return some;
}

}  // namespace halflife
