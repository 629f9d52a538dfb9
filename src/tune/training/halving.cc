#include "tune/training/halving.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <iterator>

#include "tune/statistics.h"

namespace halflife {
namespace {

// Chosen on recorded sweeps; see bench/halving_bench.cc for what they cost and how often they err.
constexpr std::array kRungs = {0.06, 0.25, 0.5, 1.0};  // parts of the run
constexpr std::array kSlopes = {0.5, 1.0, 2.0};        // of the slope seen
constexpr double kHopeless = 0.15;                     // of the loss
constexpr std::size_t kScoutStep = 2;
constexpr double kAlike = 1e-3;         // of the loss
constexpr double kHalvingChance = 2.0;  // standard deviations
constexpr int kJumpEpochs = 6;          // the last ones, for noise
constexpr int kFirstJumps = 4;          // enough epochs to look along time

// The slope of `values` over equal steps, by least squares.
double Slope(std::span<const double> values) {
  const auto count = static_cast<double>(values.size());
  double sum = 0.0;
  double squares = 0.0;
  for (std::size_t i = 0; i < values.size(); ++i) {
    const double x = static_cast<double>(i) - 0.5 * (count - 1.0);
    sum += x * values[i];
    squares += x * x;
  }
  return squares > 0.0 ? sum / squares : 0.0;
}

// Each value replaced by the middle one of it and those beside it, save the first two and the last.
std::vector<double> MiddleOfThree(const std::vector<double>& values) {
  std::vector<double> smooth = values;
  for (std::size_t i = 2; i + 1 < values.size(); ++i) {
    std::array three = {values[i - 1], values[i], values[i + 1]};
    std::sort(three.begin(), three.end());
    smooth[i] = three[1];
  }
  return smooth;
}

double Median(std::vector<double> values) {
  if (values.empty()) return 0.0;
  std::sort(values.begin(), values.end());
  const std::size_t middle = values.size() / 2;
  return values.size() % 2 == 1 ? values[middle] : 0.5 * (values[middle - 1] + values[middle]);
}

// The sizes of second differences, added to `jumps`.
void AddJumps(std::span<const double> values, std::vector<double>* jumps) {
  for (std::size_t i = 2; i < values.size(); ++i)
    jumps->push_back(std::fabs(values[i] - 2.0 * values[i - 1] + values[i - 2]));
}

std::size_t Lowest(const std::vector<double>& values) {
  return static_cast<std::size_t>(
      std::distance(values.begin(), std::min_element(values.begin(), values.end())));
}

// Positions of the decays that reached `epoch`.
std::vector<std::size_t> Reached(std::span<const LossCurve> grid, int epoch) {
  std::vector<std::size_t> decays;
  for (std::size_t k = 0; k < grid.size(); ++k) {
    if (!grid[k].diverged && grid[k].losses.size() >= static_cast<std::size_t>(epoch))
      decays.push_back(k);
  }
  return decays;
}

std::vector<double> Gaps(const LossCurve& curve, const LossCurve& reference, int from, int to) {
  std::vector<double> gaps;
  for (auto e = static_cast<std::size_t>(from); e <= static_cast<std::size_t>(to); ++e)
    gaps.push_back(curve.losses[e - 1] - reference.losses[e - 1]);
  return gaps;
}

// What the gaps of the decays that reached an epoch may come to.
struct Forecast {
  std::vector<std::size_t> decays;             // positions in the grid
  std::vector<double> gaps;                    // to the first of them
  std::vector<std::vector<double>> scenarios;  // [slope][decay]: at the end
  std::vector<std::size_t> picks;              // [slope]: the winner there, an index into decays
  double noise = 0.0;
  double hopeless = 0.0;  // a gap to the winner that is too wide
};

Forecast ForecastOf(std::span<const LossCurve> grid, int epoch, int epochs) {
  Forecast forecast;
  forecast.decays = Reached(grid, epoch);
  if (forecast.decays.empty()) return forecast;
  const LossCurve& first = grid[forecast.decays[0]];
  forecast.noise = kHalvingChance * GapNoise(grid, epoch);
  const double left = 1.0 - static_cast<double>(epoch) / epochs;
  forecast.hopeless =
      kHopeless * left * std::fabs(first.losses[static_cast<std::size_t>(epoch) - 1]) +
      forecast.noise;
  std::vector<double> slopes;
  for (const std::size_t k : forecast.decays) {
    const std::vector<double> gaps = Gaps(grid[k], first, std::max(1, epoch / 2), epoch);
    forecast.gaps.push_back(gaps.back());
    slopes.push_back(Slope(gaps));
  }
  slopes = MiddleOfThree(slopes);
  const double ahead = std::min(epochs - epoch, epoch);  // as far as it could look back
  for (const double share : kSlopes) {
    std::vector<double> gaps = forecast.gaps;
    for (std::size_t i = 0; i < slopes.size(); ++i) gaps[i] += share * slopes[i] * ahead;
    const std::size_t lowest = Lowest(gaps);
    forecast.picks.push_back(gaps[lowest] < -forecast.noise ? lowest : 0);
    forecast.scenarios.push_back(std::move(gaps));
  }
  return forecast;
}

// Whether a decay is out of reach of the best, now and in every scenario.
bool Hopeless(const Forecast& forecast, std::size_t i) {
  const auto behind = [&](const std::vector<double>& gaps) {
    return gaps[i] - *std::min_element(gaps.begin(), gaps.end());
  };
  double least = behind(forecast.gaps);
  for (const std::vector<double>& gaps : forecast.scenarios) least = std::min(least, behind(gaps));
  return least > forecast.hopeless;
}

// A few decays from the largest that is not hopeless down, and the winners of all scenarios.
std::vector<std::size_t> Scouts(const Forecast& forecast, std::size_t high, std::size_t scouts) {
  const std::vector<std::size_t>& decays = forecast.decays;
  std::size_t top = std::min(high + 1, decays.size() - 1);
  for (std::size_t i = top + 1; i < decays.size(); ++i) {
    if (!Hopeless(forecast, i)) top = i;
  }
  std::vector<std::size_t> on;
  for (std::size_t j = 0; j < scouts && decays[top] > decays[0] + j * kScoutStep; ++j)
    on.push_back(decays[top] - j * kScoutStep);
  for (const std::size_t pick : forecast.picks) on.push_back(decays[pick]);
  return on;
}

// All decays from below the lowest winner to above the highest; thinned out where those are many.
std::vector<std::size_t> Window(const Forecast& forecast, std::size_t low, std::size_t high,
                                std::size_t widest) {
  const std::vector<std::size_t>& decays = forecast.decays;
  const std::size_t bottom = decays[low - 1];
  const std::size_t top = decays[std::min(high + 1, decays.size() - 1)];
  const std::size_t count = top - bottom + 1;
  const std::size_t step = count > widest ? (count + widest - 3) / (widest - 1) : 1;
  std::vector<std::size_t> on = {decays[forecast.picks[forecast.picks.size() / 2]]};
  for (std::size_t below = 0; below < count; below += step) on.push_back(top - below);
  return on;
}

// Where what is out of reach shows well enough.
int FirstDrop(int epochs) {
  const std::vector<int> rungs = Rungs(epochs);
  return std::max(kFirstJumps, rungs[std::min<std::size_t>(1, rungs.size() - 1)]);
}

}  // namespace

std::vector<int> Rungs(int epochs) {
  std::vector<int> rungs;
  for (const double part : kRungs) {
    const int rung = std::max(1, static_cast<int>(std::lround(part * epochs)));
    if (rungs.empty() || rung > rungs.back()) rungs.push_back(rung);
  }
  return rungs;
}

double GapNoise(std::span<const LossCurve> grid, int epoch) {
  const std::vector<std::size_t> decays = Reached(grid, epoch);
  if (decays.empty()) return 0.0;
  const LossCurve& first = grid[decays[0]];
  std::vector<double> jumps;
  double share = std::sqrt(6.0);  // of a second difference, in standard deviations of one value
  if (epoch >= kFirstJumps) {
    const int from = std::max(1, epoch - kJumpEpochs + 1);
    for (std::size_t i = 1; i < decays.size(); ++i)
      AddJumps(Gaps(grid[decays[i]], grid[decays[i - 1]], from, epoch), &jumps);
  } else {
    std::vector<double> losses;
    losses.reserve(decays.size());
    for (const std::size_t k : decays)
      losses.push_back(grid[k].losses[static_cast<std::size_t>(epoch) - 1]);
    AddJumps(losses, &jumps);
    share /= std::sqrt(2.0);  // a gap holds the chance of two losses
  }
  constexpr double kMedianOfNormal = 0.6745;  // of the size of a standard normal number
  const double scale = std::fabs(first.losses[static_cast<std::size_t>(epoch) - 1]);
  return std::max(kAlike * scale, Median(std::move(jumps)) / (kMedianOfNormal * share));
}

Promotion Promote(std::span<const LossCurve> grid, int epoch, int epochs,
                  const HalvingWidth& width) {
  Promotion promotion;
  const Forecast forecast = ForecastOf(grid, epoch, epochs);
  if (forecast.decays.empty()) return promotion;
  const auto [low, high] = std::minmax_element(forecast.picks.begin(), forecast.picks.end());
  promotion.decays = *low == 0 ? Scouts(forecast, *high, width.scouts)
                               : Window(forecast, *low, *high, width.widest);
  promotion.decays.push_back(forecast.decays[0]);
  std::sort(promotion.decays.begin(), promotion.decays.end());
  promotion.decays.erase(std::unique(promotion.decays.begin(), promotion.decays.end()),
                         promotion.decays.end());
  const bool drops = width.drops_neighbours && epoch >= FirstDrop(epochs);
  std::erase_if(promotion.decays, [&](std::size_t k) {
    // Nothing is known at this epoch of some that are called on.
    const auto at = std::find(forecast.decays.begin(), forecast.decays.end(), k);
    const auto i = static_cast<std::size_t>(at - forecast.decays.begin());
    const bool known = i > 0 && at != forecast.decays.end();
    return grid[k].diverged || (drops && known && Hopeless(forecast, i));
  });
  promotion.at_top = *high > 0 && forecast.decays[*high] + 1 == grid.size();
  return promotion;
}

std::vector<std::size_t> ToFinish(std::span<const LossCurve> grid, int epochs) {
  std::vector<std::size_t> alive;
  std::vector<std::size_t> done;  // indices into alive
  for (std::size_t k = 0; k < grid.size(); ++k) {
    if (grid[k].diverged) continue;
    if (grid[k].losses.size() >= static_cast<std::size_t>(epochs)) done.push_back(alive.size());
    alive.push_back(k);
  }
  if (done.empty() || done.size() == alive.size()) return {};
  const auto loss = [&](std::size_t i) {
    return grid[alive[i]].losses[static_cast<std::size_t>(epochs) - 1];
  };
  const auto at = std::min_element(done.begin(), done.end(),
                                   [&](std::size_t a, std::size_t b) { return loss(a) < loss(b); });
  const std::size_t best = *at;
  const double chance = kHalvingChance * GapNoise(grid, epochs);
  if (best == done[0] || loss(done[0]) - loss(best) < chance) {
    // What harms may do good in a smaller dose.
    const bool harms = done.size() > 1 && loss(done[1]) - loss(done[0]) > chance;
    if (!harms || done[1] < done[0] + 2) return {};
    return {alive[std::max(done[0] + 1, done[1] - std::min(done[1], kScoutStep))]};
  }
  // Half-way into a wide gap first.
  std::vector<std::size_t> next;
  const std::size_t above = std::next(at) == done.end() ? alive.size() : *std::next(at);
  if (above > best + 1) next.push_back(alive[above - best < 4 ? best + 1 : best + 2]);
  const std::size_t below = *std::prev(at);
  if (best > below + 1) next.push_back(alive[best - below < 4 ? best - 1 : best - 2]);
  return next;
}

void DropOutOfReach(std::span<LossCurve> grid, int epochs) {
  const auto end = static_cast<std::size_t>(epochs);
  const auto ended = [&](std::size_t k) {
    return !grid[k].diverged && grid[k].losses.size() >= end;
  };
  std::size_t best = grid.size();
  for (std::size_t k = 0; k < grid.size(); ++k) {
    if (ended(k) && (best == grid.size() || grid[k].losses[end - 1] < grid[best].losses[end - 1]))
      best = k;
  }
  if (best == grid.size()) return;
  const std::vector<LossCurve> before(grid.begin(), grid.end());
  for (std::size_t k = 1; k < before.size(); ++k) {
    const int epoch = static_cast<int>(before[k].losses.size());
    if (before[k].diverged || ended(k) || epoch < FirstDrop(epochs)) continue;
    const Forecast forecast = ForecastOf(before, epoch, epochs);
    const auto at = std::find(forecast.decays.begin(), forecast.decays.end(), k);
    if (!Hopeless(forecast, static_cast<std::size_t>(at - forecast.decays.begin()))) continue;
    const std::size_t first = k > best ? k : 1;
    const std::size_t last = k > best ? before.size() - 1 : k;
    for (std::size_t beyond = first; beyond <= last; ++beyond) {
      if (!ended(beyond)) grid[beyond].diverged = true;
    }
  }
}

bool MayStillWin(double final_gap, double noise, std::span<const double> early_gaps) {
  const Estimate early = MeanAndError(early_gaps);
  return final_gap + (early.mean - early_gaps.front()) < std::max(early.se, noise);
}

}  // namespace halflife
