// Inputs and their targets: which arrays they are, and whether they belong together.
#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <filesystem>
#include <limits>

#include "base/error.h"
#include "base/mapped_file.h"
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
  if (others.empty()) FailIn(source, ErrorKind::kNpzTargetAlone, {target});
  for (const std::vector<std::string>& wanted :
       {Counterparts(target), std::vector<std::string>{"X", "x", "data", "images"}}) {
    const std::vector<std::string> found = Found(others, wanted);
    if (found.size() == 1) return found.front();
    if (found.size() > 1) break;
  }
  FailIn(source, ErrorKind::kNpzInputsUnclear, {ListedNames(others)});
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
      FailIn(array.source,
             std::isnan(cells[i]) ? ErrorKind::kArrayCellNan : ErrorKind::kArrayCellInfinite,
             {(first + i) / width, (first + i) % width});
    }
  }
}

std::string ShapeText(const Array& array) {
  return fmt::format("{}", fmt::join(array.shape, " x "));
}

void CheckTargets(const Array& targets) {
  if (targets.shape.empty()) FailIn(targets.source, ErrorKind::kTargetsSingle);
  if (targets.width() == 1) return;
  FailIn(targets.source, ErrorKind::kTargetsWide, {targets.width(), ShapeText(targets)});
}

void CheckPair(const ArrayData& data) {
  const Array& inputs = data.inputs;
  if (inputs.shape.empty()) FailIn(inputs.source, ErrorKind::kInputsSingle);
  CheckTargets(data.targets);
  if (inputs.rows() != data.targets.rows()) {
    FailIn(inputs.source, ErrorKind::kRowCountsDiffer,
           {inputs.rows(), data.targets.source, data.targets.rows()});
  }
  if (inputs.size() == 0) FailIn(inputs.source, ErrorKind::kInputsEmpty, {ShapeText(inputs)});
  if (inputs.rows() > kMostRows)
    FailIn(inputs.source, ErrorKind::kInputRowsTooMany, {inputs.rows(), kMostRows});
  RequireNumbers(inputs);
  CheckFinite(inputs, true);
  CheckFinite(data.targets, false);
}

}  // namespace

ArrayData ParseArrayPair(std::string_view npz, const std::string& source, const std::string& target,
                         const std::string& inputs_member) {
  const std::vector<std::string> names = ArrayNamesIn(npz, source);
  if (!Holds(names, target)) {
    if (names.empty()) FailIn(source, ErrorKind::kNpzTargetOfNone, {target});
    FailIn(source, ErrorKind::kNpzTargetUnknown, {target, ListedNames(names)});
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
  if (!target_is_file) FailIn(inputs_path, ErrorKind::kTargetFileMissing, {target});
  ArrayData data{ParseArray(file.bytes(), inputs_path, inputs_member), ReadArray(target)};
  CheckPair(data);
  return data;
}

}  // namespace halflife
