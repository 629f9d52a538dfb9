#include "tune/diagnostics/bootstrap_parts.h"

#include <algorithm>
#include <cmath>
#include <limits>

#include "base/parallel.h"
#include "base/random.h"
#include "tune/diagnostics/error_parts.h"

namespace halflife {
namespace {

constexpr double kNotFitted = std::numeric_limits<double>::quiet_NaN();
constexpr std::uint64_t kBootstrapStream = 11;  // of the seed's streams

// The data loss of one row's outputs.
double LossOfRow(const Target& target, const Eigen::Ref<const Vector>& outputs, uint32_t row) {
  if (target.task == Task::kRegression) {
    const double off = target.numbers(row) - outputs(0);
    return 0.5 * off * off;
  }
  const Eigen::Index own = target.classes[row];
  if (outputs.size() == 1) {
    const double against = own == 1 ? -outputs(0) : outputs(0);
    return std::max(against, 0.0) + std::log1p(std::exp(-std::fabs(against)));
  }
  const double largest = outputs.maxCoeff();
  return largest - outputs(own) + std::log((outputs.array() - largest).exp().sum());
}

// What the fits to one set of rows make of those that it lacks.
struct Sample {
  std::vector<uint32_t> left_out;
  std::vector<std::optional<Matrix>> outputs;  // a decay: outputs x rows left out; none: no fit
};

// Rows that are not in `drawn`, which ascends.
std::vector<uint32_t> LeftOut(const std::vector<uint32_t>& drawn, std::size_t rows) {
  std::vector<bool> in(rows, false);
  for (const uint32_t row : drawn) in[row] = true;
  std::vector<uint32_t> left_out;
  for (uint32_t row = 0; row < rows; ++row) {
    if (!in[row]) left_out.push_back(row);
  }
  return left_out;
}

Sample FitSample(const RefitMaker& maker, const std::vector<double>& decays,
                 const std::vector<uint32_t>& drawn) {
  const Dataset& dataset = *maker.context.dataset;
  Sample sample{LeftOut(drawn, dataset.target.rows()), {}};
  const Refit refit = maker.On(drawn, decays);
  for (const std::optional<Fit>& fit : refit.fits) {
    sample.outputs.emplace_back();
    if (fit)
      sample.outputs.back() = OutputsOf(dataset.design, refit.standardizer, *fit, sample.left_out);
  }
  return sample;
}

struct Spread {
  double loss = kNotFitted;  // means over rows
  double variance = kNotFitted;
};

Spread SpreadAt(const Dataset& dataset, const std::vector<Sample>& samples, std::size_t decay) {
  const std::size_t rows = dataset.target.rows();
  std::vector<double> fits(rows, 0.0);
  std::vector<double> losses(rows, 0.0);
  Matrix sums;
  for (const Sample& sample : samples) {
    if (!sample.outputs[decay]) return {};
    const Matrix& outputs = *sample.outputs[decay];
    if (sums.size() == 0) sums = Matrix::Zero(outputs.rows(), static_cast<Eigen::Index>(rows));
    for (std::size_t i = 0; i < sample.left_out.size(); ++i) {
      const uint32_t row = sample.left_out[i];
      const auto its = outputs.col(static_cast<Eigen::Index>(i));
      fits[row] += 1.0;
      losses[row] += LossOfRow(dataset.target, its, row);
      sums.col(row) += its;
    }
  }
  double total = 0.0;
  Spread spread{0.0, 0.0};
  for (uint32_t row = 0; row < rows; ++row) {
    if (fits[row] < 2.0) continue;
    const double weight = dataset.weights(row);
    const double loss = losses[row] / fits[row];
    const Vector mean = sums.col(row) / fits[row];
    total += weight;
    spread.loss += weight * loss;
    spread.variance += weight * fits[row] / (fits[row] - 1.0) *
                       std::max(0.0, loss - LossOfRow(dataset.target, mean, row));
  }
  if (!(total > 0.0)) return {};
  return {spread.loss / total, spread.variance / total};
}

}  // namespace

std::vector<uint32_t> BootstrapRows(std::uint64_t seed, int sample, std::size_t rows) {
  Random random(seed, (static_cast<std::uint64_t>(sample) << 8) | kBootstrapStream);
  std::vector<uint32_t> drawn(rows);
  for (uint32_t& row : drawn) row = static_cast<uint32_t>(random.Below(rows));
  std::sort(drawn.begin(), drawn.end());
  return drawn;
}

std::vector<std::size_t> BootstrapPlaces(std::size_t count, std::size_t best) {
  std::vector<std::size_t> places = {best};
  const std::size_t steps = std::min(count, kBootstrapDecays - 1);
  for (std::size_t i = 0; i < steps; ++i)
    places.push_back(steps == 1 ? 0 : i * (count - 1) / (steps - 1));
  std::sort(places.begin(), places.end());
  places.erase(std::unique(places.begin(), places.end()), places.end());
  return places;
}

std::optional<ErrorParts> PartsOfBootstrap(const RefitMaker& maker,
                                           const std::vector<double>& decays, std::size_t best,
                                           std::uint64_t seed, std::optional<double> noise_sd) {
  const Dataset& dataset = *maker.context.dataset;
  const std::vector<std::size_t> places = BootstrapPlaces(decays.size(), best);
  std::vector<double> fitted;
  fitted.reserve(places.size());
  for (const std::size_t place : places) fitted.push_back(decays[place]);
  std::vector<Sample> samples(kBootstrapSamples);
  const RefitMaker alone = maker.SideBySide(samples.size());
  ParallelFor(samples.size(), maker.context.threads, [&](std::size_t i) {
    if (maker.stopping->Asked()) return;
    samples[i] =
        FitSample(alone, fitted, BootstrapRows(seed, static_cast<int>(i), dataset.target.rows()));
  });
  if (maker.stopping->Asked()) return std::nullopt;
  ErrorParts parts = NoiseOf(dataset, noise_sd);
  parts.samples = kBootstrapSamples;
  parts.bias.assign(decays.size(), kNotFitted);
  parts.variance.assign(decays.size(), kNotFitted);
  bool any = false;
  for (std::size_t i = 0; i < places.size(); ++i) {
    const Spread spread = SpreadAt(dataset, samples, i);
    if (!std::isfinite(spread.loss) || !std::isfinite(spread.variance)) continue;
    any = true;
    parts.variance[places[i]] = spread.variance;
    parts.bias[places[i]] = spread.loss - spread.variance - parts.noise;
  }
  if (!any) return std::nullopt;
  return parts;
}

}  // namespace halflife
