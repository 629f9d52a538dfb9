#include "tune/diagnostics/error_parts.h"

#include <algorithm>
#include <bit>
#include <cmath>
#include <limits>

#include "data/row_set.h"

namespace halflife {
namespace {

constexpr std::size_t kFewestFree = 10;
constexpr std::size_t kMostCells = 50'000'000;  // to look for twins in

// A row's cells as bits, mixed twice, so that two rows of one pair are twins.
using RowKey = std::pair<uint64_t, uint64_t>;

void Mix(double cell, RowKey* key) {
  const auto bits = std::bit_cast<uint64_t>(cell + 0.0);  // -0 as 0
  key->first = (key->first ^ bits) * 0x9E3779B97F4A7C15;
  key->first ^= key->first >> 32;
  key->second = (key->second + bits) * 0xC2B2AE3D27D4EB4F;
  key->second ^= key->second >> 29;
}

std::vector<RowKey> KeysOf(const Design& design) {
  constexpr std::size_t kChunk = 1024;
  std::vector<RowKey> keys(design.row_count);
  for (std::size_t start = 0; start < keys.size(); start += kChunk) {
    const std::vector<uint32_t> rows = RowsInOrder(std::min(kChunk, keys.size() - start), start);
    Matrix cells(static_cast<Eigen::Index>(rows.size()), design.size());
    ReadCells(design, rows, 0, cells);
    for (Eigen::Index f = 0; f < cells.cols(); ++f) {
      for (Eigen::Index i = 0; i < cells.rows(); ++i)
        Mix(cells(i, f), &keys[start + static_cast<std::size_t>(i)]);
    }
  }
  return keys;
}

std::optional<std::size_t> LowestLeaveOneOut(const std::vector<Fit>& fits) {
  std::optional<std::size_t> lowest;
  for (std::size_t i = 0; i < fits.size(); ++i) {
    if (fits[i].loo && fits[i].variance && (!lowest || *fits[i].loo < *fits[*lowest].loo))
      lowest = i;
  }
  return lowest;
}

// The unbiased one of a linear model that is true, by the fit at the least decay: 2 n loss over the
// rows that no weight uses up. None where few are left, or that fit uses fewer weights than it
// could.
std::optional<double> ResidualVariance(const Dataset& dataset, const std::vector<Fit>& fits) {
  constexpr double kLeast = 0.1;  // of the rows
  const Fit& fit = fits.front();
  if (!fit.effective_dof || fit.dof_is_estimate) return std::nullopt;
  const auto rows = static_cast<double>(dataset.target.rows());
  const double left = rows - *fit.effective_dof - 1.0;
  if (left < kLeast * rows || left < static_cast<double>(kFewestFree) ||
      std::round(*fit.effective_dof) - *fit.effective_dof > 1e-6)
    return std::nullopt;
  return 2.0 * rows * fit.loss / left;
}

void SetNoise(double sd, ErrorParts* parts) {
  parts->noise_sd = sd;
  parts->noise = 0.5 * sd * sd;
}

}  // namespace

std::optional<RepeatedRows> FindRepeatedRows(const Dataset& dataset) {
  const Design& design = dataset.design;
  if (dataset.stream || design.row_count * design.features.size() > kMostCells ||
      (dataset.weights.array() != dataset.weights(0)).any())
    return std::nullopt;
  const std::vector<RowKey> keys = KeysOf(design);
  std::vector<uint32_t> order = RowsInOrder(keys.size());
  std::sort(order.begin(), order.end(), [&](uint32_t a, uint32_t b) { return keys[a] < keys[b]; });
  RepeatedRows repeated;
  std::size_t kinds = 0;
  std::size_t copies = 0;  // equal in their target too
  double squares = 0.0;
  for (std::size_t start = 0; start < order.size();) {
    std::size_t end = start;
    double mean = 0.0;
    while (end < order.size() && keys[order[end]] == keys[order[start]])
      mean += dataset.target.numbers(order[end++]);
    mean /= static_cast<double>(end - start);
    if (end - start > 1) {
      ++kinds;
      repeated.rows += end - start;
      std::vector<double> targets;
      for (std::size_t i = start; i < end; ++i) targets.push_back(dataset.target.numbers(order[i]));
      for (const double target : targets) squares += (target - mean) * (target - mean);
      std::sort(targets.begin(), targets.end());
      for (std::size_t i = 1; i < targets.size(); ++i)
        copies += targets[i] == targets[i - 1] ? 1 : 0;
    }
    start = end;
  }
  const std::size_t free = repeated.rows - kinds;
  if (free < kFewestFree || !(squares > 0.0) || 5 * copies > free) return std::nullopt;
  repeated.variance = squares / static_cast<double>(free);
  return repeated;
}

ErrorParts NoiseOf(const Dataset& dataset, std::optional<double> noise_sd) {
  ErrorParts parts;
  parts.source = ErrorParts::NoiseSource::kUnknown;
  if (dataset.target.task == Task::kClassification) return parts;
  if (noise_sd) {
    parts.source = ErrorParts::NoiseSource::kGiven;
    SetNoise(*noise_sd, &parts);
  } else if (const std::optional<RepeatedRows> repeated = FindRepeatedRows(dataset)) {
    parts.source = ErrorParts::NoiseSource::kRepeatedRows;
    SetNoise(std::sqrt(repeated->variance), &parts);
    parts.repeated_rows = repeated->rows;
  }
  return parts;
}

std::optional<ErrorParts> PartsOfError(const Dataset& dataset, const std::vector<Fit>& fits,
                                       std::optional<double> noise_sd) {
  constexpr double kUnknown = std::numeric_limits<double>::quiet_NaN();
  const std::optional<std::size_t> lowest = LowestLeaveOneOut(fits);
  if (!lowest) return std::nullopt;
  ErrorParts parts = NoiseOf(dataset, noise_sd);
  if (parts.source == ErrorParts::NoiseSource::kUnknown) {
    const std::optional<double> variance = ResidualVariance(dataset, fits);
    const Fit& best = fits[*lowest];
    parts.source =
        variance ? ErrorParts::NoiseSource::kResiduals : ErrorParts::NoiseSource::kBestFit;
    SetNoise(std::sqrt(variance.value_or(2.0 * *best.loo / (1.0 + *best.variance))), &parts);
  }
  for (const Fit& fit : fits) {
    const bool known = fit.loo && fit.variance;
    parts.variance.push_back(known ? parts.noise * *fit.variance : kUnknown);
    parts.bias.push_back(known ? *fit.loo - parts.noise - parts.variance.back() : kUnknown);
  }
  return parts;
}

}  // namespace halflife
