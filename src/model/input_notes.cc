// What a reader of predictions should know of the rows that were given.
#include <algorithm>
#include <set>
#include <utility>

#include "model/inputs.h"
#include "model/known_levels.h"

namespace halflife {
namespace {

// What a reader of the predictions should know: levels and gaps that no training row had.
class Oddities {
 public:
  Oddities(const std::vector<ModelInput>& inputs, const std::string& target, const Table& table)
      : levels_(inputs) {
    for (const ModelInput& input : inputs) {
      used_.insert(input.column);
      if (input.kind == ModelInput::Kind::kMissing) gaps_.insert(input.column);
    }
    for (const Column& column : table.columns) {
      if (used_.count(column.name) > 0) Note(column);
    }
    NoteUnused(target, table);
  }

  std::vector<InputFinding> findings() && { return std::move(findings_); }

 private:
  void Note(const Column& column) {
    if (column.missing_count() > 0 && gaps_.count(column.name) == 0) {
      const auto kind = levels_.Has(column.name) ? InputFinding::Kind::kMissingLevels
                                                 : InputFinding::Kind::kMissingCells;
      findings_.push_back({kind, {column.name}, column.missing_count()});
    }
    if (!levels_.Has(column.name) || column.kind != Column::Kind::kText) return;
    std::set<std::string> unknown;
    for (const int32_t code : column.codes) {
      if (code < 0) continue;
      const std::string& level = column.levels[static_cast<std::size_t>(code)];
      if (!levels_.Knows(column.name, level)) unknown.insert(level);
    }
    if (unknown.empty()) return;
    findings_.push_back(
        {InputFinding::Kind::kUnknownLevels, {column.name}, unknown.size(), *unknown.begin()});
  }

  void NoteUnused(const std::string& target, const Table& table) {
    std::vector<std::string> unused;
    for (const Column& column : table.columns) {
      if (used_.count(column.name) == 0 && column.name != target) unused.push_back(column.name);
    }
    constexpr std::size_t kFew = 5;
    const std::size_t count = unused.size();
    if (count == 0) return;
    unused.resize(std::min(count, kFew));
    findings_.push_back({InputFinding::Kind::kUnusedColumns, unused, count});
  }

  std::set<std::string> used_;
  std::set<std::string> gaps_;
  KnownLevels levels_;
  std::vector<InputFinding> findings_;
};

}  // namespace

std::vector<InputFinding> OddInputs(const std::vector<ModelInput>& inputs,
                                    const std::string& target, const Table& table) {
  return Oddities(inputs, target, table).findings();
}

}  // namespace halflife
