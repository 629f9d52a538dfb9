// Inputs and their targets: which arrays they are, and whether they belong together.
#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <filesystem>
#include <limits>

#include "base/error.h"
#include "base/mapped_file.h"
#include "base/text.h"
#include "data/array_reader.h"
#include "data/zip.h"
#include "halflife/arrays.h"

namespace halflife {
namespace {

constexpr std::size_t kMostRows = std::numeric_limits<std::int32_t>::max();

bool Holds(const std::vector<std::string>& names, const std::string& name) {
  return std::find(names.begin(), names.end(), name) != names.end();
}

// `name` with its first `from` (only at the beginning, where that is one letter) turned into `to`;
// "" where there is none.
std::string Renamed(const std::string& name, std::string_view from, std::string_view to) {
  const std::size_t at = name.find(from);
  if (at == std::string::npos || (from.size() == 1 && at != 0)) return "";
  return name.substr(0, at) + std::string(to) + name.substr(at + from.size());
}

// The names that the inputs of `target` usually have: x_train for y_train.
std::vector<std::string> Counterparts(const std::string& target) {
  constexpr std::pair<std::string_view, std::string_view> kPairs[] = {
      {"y", "x"},         {"y", "X"},         {"Y", "X"},        {"labels", "images"},
      {"labels", "data"}, {"label", "image"}, {"label", "data"}, {"targets", "inputs"},
      {"target", "data"}, {"target", "x"},    {"target", "X"}};
  std::vector<std::string> all;
  for (const auto& [from, to] : kPairs) all.push_back(Renamed(target, from, to));
  return all;
}

// Those of `wanted` that are in `names`, each once.
std::vector<std::string> Found(const std::vector<std::string>& names,
                               const std::vector<std::string>& wanted) {
  std::vector<std::string> found;
  for (const std::string& name : wanted) {
    if (Holds(names, name) && !Holds(found, name)) found.push_back(name);
  }
  return found;
}

// The member that holds the inputs where `target` names their target, or "" where that lies
// elsewhere.
std::string ChooseInputs(const std::vector<std::string>& names, const std::string& source,
                         const std::string& target) {
  std::vector<std::string> others = names;
  others.erase(std::remove(others.begin(), others.end(), target), others.end());
  if (others.size() == 1) return others.front();
  if (others.empty()) {
    FailData(fmt::format("{}: it holds no array but {}; save the inputs beside it", source,
                         Quoted(target)));
  }
  for (const std::vector<std::string>& wanted :
       {Counterparts(target), std::vector<std::string>{"X", "x", "data", "images"}}) {
    const std::vector<std::string> found = Found(others, wanted);
    if (found.size() == 1) return found.front();
    if (found.size() > 1) break;
  }
  FailData(
      fmt::format("{}: the inputs may be any of {}; call one of them X, or save the two arrays "
                  "in a file of their own",
                  source, ListedNames(others)));
}

void CheckFinite(const Array& array, bool may_be_missing) {
  if (!IsFloating(array.kind)) return;
  const std::size_t width = array.width();
  constexpr std::size_t kAtOnce = 4096;
  double cells[kAtOnce];
  for (std::size_t first = 0; first < array.size(); first += kAtOnce) {
    const std::size_t count = std::min(kAtOnce, array.size() - first);
    array.Load(first, count, cells);
    for (std::size_t i = 0; i < count; ++i) {
      if (std::isfinite(cells[i]) || (may_be_missing && std::isnan(cells[i]))) continue;
      FailData(
          fmt::format("{}: row {}, column {} (counted from 0) is {}; fill in or leave out such "
                      "rows",
                      array.source, (first + i) / width, (first + i) % width,
                      std::isnan(cells[i]) ? "not a number" : "infinite"));
    }
  }
}

void CheckTargets(const Array& targets) {
  if (targets.shape.empty())
    FailData(fmt::format("{}: it is a single number; one for each row is needed", targets.source));
  if (targets.width() == 1) return;
  FailData(
      fmt::format("{}: it has {} numbers a row (shape {}); a target is one number a row, a "
                  "class being its number",
                  targets.source, targets.width(), fmt::join(targets.shape, " x ")));
}

void CheckPair(const ArrayData& data) {
  const Array& inputs = data.inputs;
  if (inputs.shape.empty())
    FailData(fmt::format("{}: it is a single number; rows of inputs are needed", inputs.source));
  CheckTargets(data.targets);
  if (inputs.rows() != data.targets.rows()) {
    FailData(fmt::format("{} has {}, but {} has {}; they must be as many", inputs.source,
                         Counted(inputs.rows(), "row"), data.targets.source, data.targets.rows()));
  }
  if (inputs.size() == 0) {
    FailData(fmt::format("{}: it is empty (shape {}); there is nothing to learn from",
                         inputs.source, fmt::join(inputs.shape, " x ")));
  }
  if (inputs.rows() > kMostRows) {
    FailData(fmt::format("{}: it has {} rows; at most {} are read", inputs.source, inputs.rows(),
                         kMostRows));
  }
  RequireNumbers(inputs);
  CheckFinite(inputs, true);
  CheckFinite(data.targets, false);
}

}  // namespace

ArrayData ParseArrayPair(std::string_view npz, const std::string& source, const std::string& target,
                         const std::string& inputs_member) {
  const std::vector<std::string> names = ArrayNamesIn(npz, source);
  if (!Holds(names, target)) {
    FailUsage(fmt::format("--target {}: neither a file nor an array in {}, which holds {}",
                          Quoted(target), source, names.empty() ? "none" : ListedNames(names)));
  }
  const std::string inputs =
      inputs_member.empty() ? ChooseInputs(names, source, target) : inputs_member;
  ArrayData data{ParseArray(npz, source, inputs), ParseArray(npz, source, target)};
  CheckPair(data);
  return data;
}

ArrayData ReadArrayPair(const std::string& inputs_path, const std::string& target,
                        const std::string& inputs_member) {
  const MappedFile file(inputs_path);
  std::error_code error;
  const bool target_is_file = std::filesystem::exists(target, error);
  const std::vector<std::string> names = ArrayNamesIn(file.bytes(), inputs_path);
  if (Holds(names, target) || (IsZip(file.bytes()) && !target_is_file))
    return ParseArrayPair(file.bytes(), inputs_path, target, inputs_member);
  if (!target_is_file) {
    FailUsage(
        fmt::format("--target {}: no such file; {} holds one array, so its target must be "
                    "another array file",
                    Quoted(target), inputs_path));
  }
  ArrayData data{ParseArray(file.bytes(), inputs_path, inputs_member), ReadArray(target)};
  CheckPair(data);
  return data;
}

}  // namespace halflife
