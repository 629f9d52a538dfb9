// Any bytes as an array file: a sound array or a one-line error; and what is read, as a pair: a
// target, a scaling and finite samples, or a one-line error.
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <numeric>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/check.h"
#include "data/array_reader.h"
#include "data/array_samples.h"
#include "halflife/arrays.h"
#include "halflife/error.h"

namespace halflife {
namespace {

constexpr std::size_t kMostBytes = 1 << 16;  // of arrays that are looked at further

void CheckError(const Error& error) {
  const std::string message = error.what();
  HALFLIFE_CHECK(!message.empty());
  HALFLIFE_CHECK(message.find_first_of("\r\n") == std::string::npos);
  HALFLIFE_CHECK(message.find('\0') == std::string::npos);
}

void CheckArray(const Array& array, std::size_t file_bytes) {
  std::size_t size = 1;
  for (const std::size_t dimension : array.shape) size *= dimension;
  HALFLIFE_CHECK(array.size() == size && array.bytes.size() == size * ElementSize(array.kind));
  HALFLIFE_CHECK(array.rows() * array.width() == size);
  HALFLIFE_CHECK(array.bytes.size() <= 1032 * file_bytes);  // deflate packs no tighter
}

std::optional<Array> Parse(std::string_view bytes, const std::string& member) {
  try {
    Array array = ParseArray(bytes, "fuzz", member);
    CheckArray(array, bytes.size());
    return array;
  } catch (const Error& error) {
    CheckError(error);
    HALFLIFE_CHECK(std::string_view(error.what()).starts_with("fuzz"));
    return std::nullopt;
  }
}

// Trains on every other row, and scales all.
void CheckSamples(const ArrayData& data) {
  const std::size_t rows = data.inputs.rows();
  HALFLIFE_CHECK(rows == data.targets.rows() && rows > 0 && data.inputs.width() > 0);
  std::vector<std::uint32_t> training;
  for (std::uint32_t i = 0; i < rows; i += 2) training.push_back(i);
  try {
    const Target target = ReadArrayTarget(data.targets, Task::kAuto, false);
    HALFLIFE_CHECK(target.rows() == rows);
    const ArrayScaling scaling = LearnScaling(data.inputs, training);
    const ArraySamples samples = MakeSamples(data.inputs, target, scaling, training);
    HALFLIFE_CHECK(samples.inputs.size() == training.size() * scaling.kept.size());
    for (const float input : samples.inputs) HALFLIFE_CHECK(std::isfinite(input));
    for (const float number : samples.numbers) HALFLIFE_CHECK(std::isfinite(number));
    for (const std::int32_t c : samples.classes)
      HALFLIFE_CHECK(c >= 0 && static_cast<std::size_t>(c) < target.class_names.size());
  } catch (const Error& error) {
    CheckError(error);
  }
}

bool Finite(const Array& array) {
  std::vector<double> values(array.size());
  array.Load(0, array.size(), values.data());
  for (const double value : values) {
    if (!std::isfinite(value)) return false;
  }
  return true;
}

// The array as inputs, and its first column as targets.
void CheckAsInputs(Array array) {
  if (array.bytes.empty() || array.bytes.size() > kMostBytes || array.shape.empty()) return;
  if (!Finite(array)) return;
  const std::size_t row_bytes = array.width() * ElementSize(array.kind);
  Array targets{.source = "fuzz", .name = "y", .shape = {array.rows()}, .kind = array.kind};
  for (std::size_t i = 0; i < array.rows(); ++i) {
    const auto first = array.bytes.begin() + static_cast<std::ptrdiff_t>(i * row_bytes);
    targets.bytes.insert(targets.bytes.end(), first,
                         first + static_cast<std::ptrdiff_t>(ElementSize(array.kind)));
  }
  CheckSamples({std::move(array), std::move(targets)});
}

void CheckMembers(std::string_view bytes) {
  try {
    for (const std::string& name : ArrayNamesIn(bytes, "fuzz")) {
      Parse(bytes, name);
      try {
        const ArrayData data = ParseArrayPair(bytes, "fuzz", name);
        if (data.inputs.bytes.size() > kMostBytes) continue;
        CheckSamples(data);
        ArrayTable(data);
      } catch (const Error& error) {
        CheckError(error);
      }
    }
  } catch (const Error& error) {
    CheckError(error);
  }
}

}  // namespace
}  // namespace halflife

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, std::size_t size) {
  const std::string_view bytes(reinterpret_cast<const char*>(data), size);
  std::optional<halflife::Array> array = halflife::Parse(bytes, "");
  const bool likely = halflife::LooksLikeArrayBytes(bytes);
  if (array.has_value()) {
    HALFLIFE_CHECK(likely || bytes.starts_with("PK"));  // the array may be a zip's second member
    halflife::CheckAsInputs(std::move(*array));
  }
  halflife::CheckMembers(bytes);
  return 0;
}
