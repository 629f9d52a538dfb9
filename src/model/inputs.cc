#include "model/inputs.h"

#include <fmt/format.h>

#include <map>
#include <set>

#include "base/error.h"
#include "base/text.h"

namespace halflife {
namespace {

ModelInput::Kind InputKind(Feature::Kind kind) {
  switch (kind) {
    case Feature::Kind::kNumber:
      return ModelInput::Kind::kNumber;
    case Feature::Kind::kMissing:
      return ModelInput::Kind::kMissing;
    case Feature::Kind::kLevel:
      return ModelInput::Kind::kLevel;
  }
  return ModelInput::Kind::kNumber;
}

std::string FirstText(const Column& column) {
  for (std::size_t i = 0; i < column.rows(); ++i) {
    if (column.missing(i)) continue;
    const std::string& cell = column.levels[static_cast<std::size_t>(column.codes[i])];
    double value = 0.0;
    if (!ParseNumber(cell, &value)) return fmt::format("row {} holds {}", i + 1, Quoted(cell));
  }
  return "it is empty";
}

// The value of `input` in one cell, before standardising.
double Value(const ModelInput& input, const Column& column, std::size_t row) {
  switch (input.kind) {
    case ModelInput::Kind::kMissing:
      return column.missing(row) ? 1.0 : 0.0;
    case ModelInput::Kind::kNumber:
      return column.missing(row) ? input.fill : column.numbers[row];
    case ModelInput::Kind::kLevel:
      break;
  }
  if (column.missing(row)) return 0.0;
  if (column.kind == Column::Kind::kNumeric)
    return ShortestNumber(column.numbers[row]) == input.level ? 1.0 : 0.0;
  return column.levels[static_cast<std::size_t>(column.codes[row])] == input.level ? 1.0 : 0.0;
}

// What a reader of the predictions should know: levels and gaps that no training row had.
class Oddities {
 public:
  Oddities(const std::vector<ModelInput>& inputs, const std::string& target, const Table& table) {
    for (const ModelInput& input : inputs) {
      used_.insert(input.column);
      if (input.kind == ModelInput::Kind::kLevel) levels_[input.column].insert(input.level);
      if (input.kind == ModelInput::Kind::kMissing) gaps_.insert(input.column);
    }
    for (const Column& column : table.columns) {
      if (used_.count(column.name) > 0) Note(column);
    }
    NoteUnused(target, table);
  }

  std::vector<std::string> notes() const { return notes_; }

 private:
  void Note(const Column& column) {
    if (column.missing_count() > 0 && gaps_.count(column.name) == 0) {
      notes_.push_back(fmt::format(
          "column {}: {}; {}", Quoted(column.name), Counted(column.missing_count(), "missing cell"),
          levels_.count(column.name) > 0 ? "taken as none of the known levels"
                                         : "the training mean stands in"));
    }
    const auto known = levels_.find(column.name);
    if (known == levels_.end() || column.kind != Column::Kind::kText) return;
    std::set<std::string> unknown;
    for (const int32_t code : column.codes) {
      if (code < 0) continue;
      const std::string& level = column.levels[static_cast<std::size_t>(code)];
      if (known->second.count(level) == 0) unknown.insert(level);
    }
    if (unknown.empty()) return;
    notes_.push_back(fmt::format("column {}: {} such as {}, taken as none of the known ones",
                                 Quoted(column.name), Counted(unknown.size(), "unknown level"),
                                 Quoted(*unknown.begin())));
  }

  void NoteUnused(const std::string& target, const Table& table) {
    std::vector<std::string> unused;
    for (const Column& column : table.columns) {
      if (used_.count(column.name) == 0 && column.name != target)
        unused.push_back(Quoted(column.name));
    }
    constexpr std::size_t kFew = 5;
    const std::size_t count = unused.size();
    if (count == 0) return;
    unused.resize(std::min(count, kFew));
    notes_.push_back(fmt::format("{} not used by the model: {}{}", Counted(count, "column"),
                                 Join(unused, ", "), count > kFew ? ", ..." : ""));
  }

  std::set<std::string> used_;
  std::set<std::string> gaps_;
  std::map<std::string, std::set<std::string>> levels_;
  std::vector<std::string> notes_;
};

}  // namespace

std::vector<ModelInput> MakeInputs(const Design& design, const Standardizer& standardizer) {
  std::vector<ModelInput> inputs;
  for (const int f : standardizer.kept) {
    const Feature& feature = design.features[static_cast<std::size_t>(f)];
    const double origin = design.origin[static_cast<std::size_t>(f)];
    ModelInput input{.column = feature.column,
                     .kind = InputKind(feature.kind),
                     .level = feature.level,
                     .weights = {}};
    if (feature.kind == Feature::Kind::kNumber) input.fill = origin + standardizer.fill(f);
    input.mean = origin + standardizer.mean(f);
    input.scale = standardizer.scale(f);
    inputs.push_back(std::move(input));
  }
  return inputs;
}

const Column& NeededColumn(const ModelInput& input, const Table& table) {
  const int at = table.Find(input.column);
  if (at < 0) {
    FailData(fmt::format("{}: column {} is missing and the model needs it{}", table.source,
                         Quoted(input.column), DidYouMean(input.column, table.names())));
  }
  const Column& column = table.columns[static_cast<std::size_t>(at)];
  if (input.kind == ModelInput::Kind::kNumber && column.kind == Column::Kind::kText) {
    FailData(
        fmt::format("{}: column {} held numbers when the model was fitted, but here {}; correct "
                    "the cell or leave it empty",
                    table.source, Quoted(input.column), FirstText(column)));
  }
  return column;
}

double StandardisedValue(const ModelInput& input, const Column& column, std::size_t row) {
  return (Value(input, column, row) - input.mean) / input.scale;
}

std::vector<std::string> OddInputs(const std::vector<ModelInput>& inputs, const std::string& target,
                                   const Table& table) {
  return Oddities(inputs, target, table).notes();
}

}  // namespace halflife
