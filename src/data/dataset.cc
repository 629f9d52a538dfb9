#include "data/dataset.h"

#include <fmt/format.h>

#include <algorithm>

#include "base/error.h"
#include "base/text.h"

namespace halflife {
namespace {

constexpr std::size_t kManyRows = 20000;  // above it 5 folds are as good as 10 and half the work
constexpr int kFolds = 10;
constexpr int kFoldsOfManyRows = 5;

const Column& FindColumn(const Table& table, const std::string& name, const char* flag) {
  const int at = table.Find(name);
  if (at < 0) {
    const std::vector<std::string> names = table.names();
    const std::string near = DidYouMean(name, names);
    constexpr std::size_t kFew = 12;
    const std::string all = names.size() <= kFew ? "; it has " + Join(names, ", ") : "";
    FailUsage(fmt::format("{} {}: {} has no such column{}", flag, Quoted(name), table.source,
                          near.empty() ? all : near));
  }
  return table.columns[static_cast<std::size_t>(at)];
}

std::vector<uint32_t> UsableRows(const Table& table, const Column& target,
                                 const std::vector<std::string>& skip, MissingPolicy missing) {
  std::vector<uint32_t> rows;
  for (uint32_t i = 0; i < table.rows; ++i) {
    if (target.missing(i)) continue;
    const bool incomplete =
        missing == MissingPolicy::kDrop &&
        std::any_of(table.columns.begin(), table.columns.end(), [&](const Column& c) {
          return c.missing(i) && std::find(skip.begin(), skip.end(), c.name) == skip.end();
        });
    if (!incomplete) rows.push_back(i);
  }
  return rows;
}

// Where nearly all cells of a text column are numbers: which one is not. "" for other columns.
std::string LoneText(const Column& column) {
  constexpr double kNearlyAll = 0.9;
  if (column.kind != Column::Kind::kText) return "";
  std::vector<char> number(column.levels.size());
  for (std::size_t i = 0; i < number.size(); ++i) {
    double value = 0.0;
    number[i] = ParseNumber(column.levels[i], &value) ? 1 : 0;
  }
  std::size_t numbers = 0;
  std::size_t present = 0;
  std::size_t first = column.codes.size();
  for (std::size_t row = 0; row < column.codes.size(); ++row) {
    if (column.missing(row)) continue;
    ++present;
    if (number[static_cast<std::size_t>(column.codes[row])] != 0) {
      ++numbers;
    } else {
      first = std::min(first, row);
    }
  }
  if (static_cast<double>(numbers) < kNearlyAll * static_cast<double>(present) ||
      numbers == present)
    return "";
  return fmt::format("{} of {} cells are numbers, but row {} holds {}", numbers, present, first + 1,
                     Quoted(column.levels[static_cast<std::size_t>(column.codes[first])]));
}

std::vector<Folds> MakeFolds(const Table& table, const Target& target, const DataOptions& options) {
  std::vector<Folds> all;
  if (!options.fold_column.empty()) {
    all.push_back(
        FoldsFromColumn(table.columns[static_cast<std::size_t>(table.Find(options.fold_column))]));
  } else {
    int count = options.folds;
    if (count == 0) {
      count = table.rows > kManyRows ? kFoldsOfManyRows : kFolds;
      count = static_cast<int>(std::min<std::size_t>(static_cast<std::size_t>(count), table.rows));
    }
    for (int repeat = 0; repeat < options.seeds; ++repeat)
      all.push_back(DrawFolds(target, count, options.seed, repeat));
  }
  for (const Folds& folds : all) CheckFolds(folds, target);
  return all;
}

}  // namespace

Dataset PrepareDataset(const Table& table, const DataOptions& options) {
  const Column& target = FindColumn(table, options.target, "--target");
  std::vector<std::string> skip = options.ignore;
  for (const std::string& name : options.ignore) {
    FindColumn(table, name, "--ignore");
    if (name == options.target)
      FailUsage(fmt::format("--ignore {}: that is the target", Quoted(name)));
  }
  skip.push_back(options.target);
  if (!options.fold_column.empty()) {
    FindColumn(table, options.fold_column, "--fold-column");
    if (options.fold_column == options.target)
      FailUsage(fmt::format("--fold-column {}: that is the target", Quoted(options.target)));
    skip.push_back(options.fold_column);
  }
  const std::vector<uint32_t> rows = UsableRows(table, target, skip, options.missing);
  if (target.missing_count() == table.rows) {
    FailData(
        fmt::format("{}: target {} is missing in every row", table.source, Quoted(target.name)));
  }
  if (rows.size() < 2) {
    FailData(fmt::format(
        "{}: {} of {} rows can be used; at least 2 are needed{}", table.source, rows.size(),
        table.rows, options.missing == MissingPolicy::kDrop ? ", so try --missing indicator" : ""));
  }
  const std::string odd = options.task == Task::kClassification ? "" : LoneText(target);
  if (!odd.empty()) {
    FailData(
        fmt::format("{}: target {}: {}; correct it or leave it empty, or use --task classification",
                    table.source, Quoted(target.name), odd));
  }
  CheckRange(target);
  Dataset dataset;
  dataset.rows_dropped = table.rows - rows.size();
  dataset.weights = Vector::Ones(static_cast<Eigen::Index>(rows.size()));
  const Table selected = dataset.rows_dropped > 0 ? SelectRows(table, rows) : Table();
  const Table& used = dataset.rows_dropped > 0 ? selected : table;
  dataset.target = ReadTarget(used.columns[static_cast<std::size_t>(used.Find(options.target))],
                              options.task, options.log_target);
  dataset.folds = MakeFolds(used, dataset.target, options);
  dataset.design = Encode(used, skip, options.missing);
  for (const Column& column : table.columns) {
    if (std::find(skip.begin(), skip.end(), column.name) != skip.end()) continue;
    const std::string lone = LoneText(column);
    if (lone.empty()) continue;
    dataset.notes.push_back(fmt::format(
        "column {} is taken as text: {}; if it should be numbers, correct it or leave it empty",
        Quoted(column.name), lone));
  }
  if (!dataset.target.note.empty()) dataset.notes.push_back(dataset.target.note);
  if (dataset.rows_dropped > 0) {
    dataset.notes.push_back(
        fmt::format("{} of {} rows were left out: {}", dataset.rows_dropped, table.rows,
                    options.missing == MissingPolicy::kDrop ? "a cell is missing there"
                                                            : "their target is missing"));
  }
  return dataset;
}

}  // namespace halflife
