#include "data/column_use.h"

#include <algorithm>
#include <cmath>

#include "base/error.h"
#include "base/text.h"
#include "data/encoding.h"

namespace halflife {
namespace {

using Role = ColumnSummary::Role;

// Gives the column called `name` the part that `option` asks for.
class Casting {
 public:
  explicit Casting(const Table& table) : table_(table), uses_(table.columns.size()) {}

  void Give(const std::string& name, const char* option, Role role) {
    if (name.empty()) return;
    ColumnUse& use = Free(name, option);
    use.role = role;
  }
  void Ignore(const std::string& name) {
    Free(name, "ignore").left_out = Finding{.kind = Finding::Kind::kIgnored};
  }
  // Throws Error where the column is no input.
  void Keep(const std::string& name, const char* option) { Free(name, option); }
  std::vector<ColumnUse> uses() && { return std::move(uses_); }

 private:
  ColumnUse& Free(const std::string& name, const char* option) {
    NamedColumn(table_, name, option);
    ColumnUse& use = uses_[static_cast<std::size_t>(table_.Find(name))];
    if (!use.input() && !(use.left_out && std::string_view(option) == "ignore"))
      FailOption(option, PartOf(use), {name});
    return use;
  }

  static ErrorKind PartOf(const ColumnUse& use) {
    switch (use.role) {
      case Role::kTarget:
        return ErrorKind::kColumnIsTarget;
      case Role::kWeight:
        return ErrorKind::kColumnIsWeight;
      case Role::kFold:
        return ErrorKind::kColumnIsFold;
      case Role::kGroup:
        return ErrorKind::kColumnIsGroup;
      case Role::kTime:
        return ErrorKind::kColumnIsTime;
      case Role::kInput:
        break;
    }
    return ErrorKind::kColumnIsIgnored;
  }

  const Table& table_;
  std::vector<ColumnUse> uses_;
};

bool IsNamed(const std::vector<std::string>& names, const std::string& name) {
  return std::find(names.begin(), names.end(), name) != names.end();
}

void CheckNumbers(const Table& table, const DataOptions& options) {
  for (const std::string& name : options.numbers) {
    const Column& column = NamedColumn(table, name, "numbers");
    if (IsNamed(options.categories, name)) Fail(ErrorKind::kNumberAndCategory, {name});
    if (column.kind == Column::Kind::kText)
      FailIn(table.source, ErrorKind::kNumberColumnOfText, {name});
  }
}

bool IsConstant(const Column& column, const ColumnRange& range, std::size_t rows) {
  if (range.missing > 0) return range.missing == rows;
  if (column.kind == Column::Kind::kNumeric)
    return !VariesBeyondRounding(range.lowest, range.highest);
  return range.DifferentTexts() < 2;
}

}  // namespace

const Column& NamedColumn(const Table& table, const std::string& name, const char* option) {
  const int at = table.Find(name);
  if (at >= 0) return table.columns[static_cast<std::size_t>(at)];
  const std::vector<std::string> names = table.names();
  const std::string near = Nearest(name, names);
  constexpr std::size_t kFew = 12;
  const bool list = near.empty() && names.size() <= kFew;
  FailOption(option, ErrorKind::kColumnUnknown, {name, near, list ? Join(names, ", ") : ""},
             table.source);
}

ErrorCause OddCell(const Column& column) {
  for (std::size_t row = 0; row < column.codes.size(); ++row) {
    if (column.missing(row)) continue;
    const std::string& cell = column.levels[static_cast<std::size_t>(column.codes[row])];
    double value = 0.0;
    if (!ParseNumber(cell, &value)) return Cause(ErrorKind::kOddCell, {row + 1, cell});
  }
  return Cause(ErrorKind::kOddColumn);
}

std::vector<std::size_t> LoneLevels(const ColumnRange& range) {
  std::vector<std::size_t> lone;
  for (std::size_t level = 0; level < range.levels.size(); ++level) {
    if (range.levels[level].rows == 1) lone.push_back(level);
  }
  return lone;
}

std::vector<ColumnUse> AssignColumns(const Table& table, const DataOptions& options) {
  Casting casting(table);
  casting.Give(options.target, "target", Role::kTarget);
  casting.Give(options.weight, "weight", Role::kWeight);
  casting.Give(options.fold_column, "fold_column", Role::kFold);
  casting.Give(options.group, "group", Role::kGroup);
  casting.Give(options.time, "time", Role::kTime);
  for (const std::string& name : options.ignore) casting.Ignore(name);
  for (const std::string& name : options.no_decay) casting.Keep(name, "no_decay");
  for (const std::string& name : options.categories) NamedColumn(table, name, "categories");
  CheckNumbers(table, options);
  return std::move(casting).uses();
}

void LeaveOut(const Table& table, std::size_t rows, const std::vector<ColumnRange>& ranges,
              const DataOptions& options, std::vector<ColumnUse>* uses) {
  for (std::size_t c = 0; c < uses->size(); ++c) {
    const Column& column = table.columns[c];
    ColumnUse& use = (*uses)[c];
    if (!use.input()) continue;
    if (IsConstant(column, ranges[c], rows)) {
      use.left_out = Finding{.kind = Finding::Kind::kConstant};
      continue;
    }
    if (column.kind != Column::Kind::kText || column.meaning == Column::Meaning::kBoolean ||
        IsNamed(options.categories, column.name))
      continue;
    const std::size_t lone = LoneLevels(ranges[c]).size();
    if (2 * lone > rows - ranges[c].missing)
      use.left_out = Finding{.kind = Finding::Kind::kMostlyUnique, .count = lone};
  }
}

std::vector<std::string> NoInputs(const Table& table, const std::vector<ColumnUse>& uses) {
  std::vector<std::string> names;
  for (std::size_t c = 0; c < uses.size(); ++c) {
    if (!uses[c].input()) names.push_back(table.columns[c].name);
  }
  return names;
}

}  // namespace halflife
