#include "data/array_samples.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <limits>
#include <numeric>

#include "base/check.h"
#include "base/error.h"

namespace halflife {
namespace {

constexpr double kFurthest = 1e75;  // as CheckRange of data/encoding.h
constexpr std::size_t kByteValues = 256;

struct Range {
  double lowest = std::numeric_limits<double>::infinity();
  double highest = -std::numeric_limits<double>::infinity();

  void Add(double value) {
    lowest = std::min(lowest, value);
    highest = std::max(highest, value);
  }
  bool varies() const { return lowest < highest; }
};

void CheckRange(const Array& inputs, const Range& range) {
  if (range.highest < kFurthest && range.lowest > -kFurthest &&
      (!range.varies() || range.highest - range.lowest > 1.0 / kFurthest))
    return;
  FailIn(inputs.source, ErrorKind::kInputsTooFar,
         {-range.lowest > range.highest ? range.lowest : range.highest});
}

[[noreturn]] void FailConstant(const Array& inputs) {
  FailIn(inputs.source, ErrorKind::kInputsConstant);
}

// Calls body(cells) with each row's cells as doubles.
template <typename Body>
void ForEachRow(const Array& inputs, std::span<const std::uint32_t> rows, const Body& body) {
  const std::size_t width = inputs.width();
  std::vector<double> cells(width);
  for (const std::uint32_t row : rows) {
    inputs.Load(row * width, width, cells.data());
    body(cells);
  }
}

// The standard deviation from the mean square about a mean that rounding left `rest` too low;
// far-off numbers that differ little need it.
double ScaleOf(double mean_square, double rest) {
  return std::sqrt(std::max(mean_square - rest * rest, std::numeric_limits<double>::min()));
}

// The 256 values that one-byte elements can have.
std::array<double, kByteValues> ByteValues(ElementKind kind) {
  Array bytes{.kind = kind};
  bytes.bytes.resize(kByteValues);
  std::iota(bytes.bytes.begin(), bytes.bytes.end(), std::uint8_t{0});
  std::array<double, kByteValues> values{};
  bytes.Load(0, kByteValues, values.data());
  return values;
}

// From how often each of the 256 values comes: exact sums, and one pass.
ArrayScaling LearnSharedBytes(const Array& inputs, std::span<const std::uint32_t> rows) {
  const std::array<double, kByteValues> values = ByteValues(inputs.kind);
  const std::size_t width = inputs.width();
  std::array<std::uint64_t, kByteValues> counts{};
  for (const std::uint32_t row : rows) {
    const std::uint8_t* cells = inputs.bytes.data() + row * width;
    for (std::size_t c = 0; c < width; ++c) ++counts[cells[c]];
  }
  const double total = static_cast<double>(rows.size()) * static_cast<double>(width);
  double mean = 0.0;
  for (std::size_t v = 0; v < kByteValues; ++v) mean += static_cast<double>(counts[v]) * values[v];
  mean /= total;
  double squares = 0.0;
  for (std::size_t v = 0; v < kByteValues; ++v)
    squares += static_cast<double>(counts[v]) * (values[v] - mean) * (values[v] - mean);
  if (squares == 0.0) FailConstant(inputs);
  return {.means = {mean}, .scales = {std::sqrt(squares / total)}};
}

// How many cells of each column of `rows` are not NaN; where none can be, that is every row.
std::vector<double> CountPresent(const Array& inputs, std::span<const std::uint32_t> rows) {
  const std::size_t width = inputs.width();
  std::vector<double> missing(width, 0.0);
  if (IsFloating(inputs.kind)) {
    ForEachRow(inputs, rows, [&](const std::vector<double>& cells) {
      for (std::size_t c = 0; c < width; ++c) missing[c] += std::isnan(cells[c]) ? 1.0 : 0.0;
    });
  }
  for (double& count : missing) count = static_cast<double>(rows.size()) - count;
  return missing;
}

// Sums row by row, then over rows: rounding grows with rows + cells a row, not with their product.
ArrayScaling LearnSharedNumbers(const Array& inputs, std::span<const std::uint32_t> rows) {
  const std::vector<double> present = CountPresent(inputs, rows);
  const double total = std::accumulate(present.begin(), present.end(), 0.0);
  Range range;
  double mean = 0.0;
  ForEachRow(inputs, rows, [&](const std::vector<double>& cells) {
    double sum = 0.0;
    for (const double cell : cells) {
      if (std::isnan(cell)) continue;
      range.Add(cell);
      sum += cell;
    }
    mean += sum / total;
  });
  CheckRange(inputs, range);
  if (!range.varies()) FailConstant(inputs);
  double rest = 0.0;
  double squares = 0.0;
  ForEachRow(inputs, rows, [&](const std::vector<double>& cells) {
    double sum = 0.0;
    double sum_of_squares = 0.0;
    for (const double cell : cells) {
      if (std::isnan(cell)) continue;
      sum += cell - mean;
      sum_of_squares += (cell - mean) * (cell - mean);
    }
    rest += sum / total;
    squares += sum_of_squares / total;
  });
  return {.means = {mean + rest}, .scales = {ScaleOf(squares, rest)}};
}

ArrayScaling LearnColumns(const Array& inputs, std::span<const std::uint32_t> rows) {
  const std::size_t width = inputs.width();
  const std::vector<double> present = CountPresent(inputs, rows);
  std::vector<Range> ranges(width);
  std::vector<double> means(width, 0.0);
  ForEachRow(inputs, rows, [&](const std::vector<double>& cells) {
    for (std::size_t c = 0; c < width; ++c) {
      if (std::isnan(cells[c])) continue;
      ranges[c].Add(cells[c]);
      means[c] += cells[c] / present[c];
    }
  });
  std::vector<double> rests(width, 0.0);
  std::vector<double> squares(width, 0.0);
  ForEachRow(inputs, rows, [&](const std::vector<double>& cells) {
    for (std::size_t c = 0; c < width; ++c) {
      if (std::isnan(cells[c])) continue;
      const double off = cells[c] - means[c];
      rests[c] += off / present[c];
      squares[c] += off * off / present[c];
    }
  });
  ArrayScaling scaling;
  for (std::size_t c = 0; c < width; ++c) {
    CheckRange(inputs, ranges[c]);
    if (!ranges[c].varies()) continue;
    scaling.kept.push_back(static_cast<std::uint32_t>(c));
    scaling.means.push_back(means[c] + rests[c]);
    scaling.scales.push_back(ScaleOf(squares[c], rests[c]));
  }
  if (scaling.kept.empty()) FailConstant(inputs);
  return scaling;
}

// One-byte elements through a table of their 256 scaled values.
void ScaleBytes(const Array& inputs, const ArrayScaling& scaling,
                std::span<const std::uint32_t> rows, float* out) {
  std::array<double, kByteValues> values = ByteValues(inputs.kind);
  std::array<float, kByteValues> scaled{};
  for (std::size_t v = 0; v < kByteValues; ++v)
    scaled[v] = static_cast<float>((values[v] - scaling.means[0]) / scaling.scales[0]);
  for (const std::uint32_t row : rows) {
    const std::uint8_t* cells = inputs.bytes.data() + row * scaling.width;
    for (std::size_t c = 0; c < scaling.width; ++c) *out++ = scaled[cells[c]];
  }
}

}  // namespace

bool SharesUnit(const Array& inputs) {
  return inputs.kind == ElementKind::kU1 || inputs.kind == ElementKind::kI1 ||
         inputs.shape.size() >= 3;
}

ArrayScaling LearnScaling(const Array& inputs, std::span<const std::uint32_t> rows) {
  HALFLIFE_CHECK(!rows.empty());
  const bool shared = SharesUnit(inputs);
  ArrayScaling scaling = !shared                         ? LearnColumns(inputs, rows)
                         : ElementSize(inputs.kind) == 1 ? LearnSharedBytes(inputs, rows)
                                                         : LearnSharedNumbers(inputs, rows);
  scaling.width = inputs.width();
  if (shared) {
    scaling.kept.resize(scaling.width);
    std::iota(scaling.kept.begin(), scaling.kept.end(), 0U);
  }
  return scaling;
}

std::vector<float> ScaleRows(const Array& inputs, const ArrayScaling& scaling,
                             std::span<const std::uint32_t> rows) {
  constexpr std::size_t kMostCells = 1'000'000'000;  // 4 GB
  RequireNumbers(inputs);
  if (inputs.width() != scaling.width) {
    FailIn(inputs.source, ErrorKind::kInputWidth, {inputs.width(), scaling.width});
  }
  if (scaling.kept.size() > kMostCells / std::max<std::size_t>(rows.size(), 1)) {
    FailIn(inputs.source, ErrorKind::kInputsTooLarge, {rows.size(), scaling.kept.size()});
  }
  std::vector<float> scaled(rows.size() * scaling.kept.size());
  float* out = scaled.data();
  if (scaling.shared() && ElementSize(inputs.kind) == 1) {
    ScaleBytes(inputs, scaling, rows, out);
    return scaled;
  }
  const std::size_t step = scaling.means.size() == 1 ? 0 : 1;
  ForEachRow(inputs, rows, [&](const std::vector<double>& cells) {
    for (std::size_t k = 0; k < scaling.kept.size(); ++k) {
      const double off = cells[scaling.kept[k]] - scaling.means[k * step];
      *out++ = std::isnan(off) ? 0.0F : static_cast<float>(off / scaling.scales[k * step]);
    }
  });
  return scaled;
}

void AddTargets(const Target& target, std::span<const std::uint32_t> rows, ArraySamples* samples) {
  if (target.task == Task::kClassification) {
    for (const std::uint32_t row : rows) samples->classes.push_back(target.classes[row]);
    return;
  }
  for (const std::uint32_t row : rows) {
    const double number = target.numbers(static_cast<Eigen::Index>(row));
    if (std::fabs(number) > std::numeric_limits<float>::max())
      Fail(ErrorKind::kTargetTooLarge, {row, number});
    samples->numbers.push_back(static_cast<float>(number));
  }
}

ArraySamples MakeSamples(const Array& inputs, const Target& target, const ArrayScaling& scaling,
                         std::span<const std::uint32_t> rows) {
  HALFLIFE_CHECK(target.rows() == inputs.rows());
  ArraySamples samples{.inputs = ScaleRows(inputs, scaling, rows),
                       .rows = rows.size(),
                       .width = scaling.kept.size()};
  AddTargets(target, rows, &samples);
  return samples;
}

}  // namespace halflife
