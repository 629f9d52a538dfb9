#include "calibration/net_ways.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <functional>

#include "base/special.h"
#include "tune/statistics.h"

namespace halflife::testing {
namespace {

// Held-out over training rows of a split.
constexpr double kHeldToTraining = 1.0 / 3.0;

// What the splits' gains say.
struct Spread {
  double mean = 0.0;
  double by_rows = 0.0;    // variance of the rows' gains over their number
  double of_splits = 0.0;  // variance of the splits' means
  double inside = 0.0;     // what of that is due to the rows that judge
  double rows = 0.0;
  double splits = 0.0;
  double skew_of_rows = 0.0;  // skewness over the root of the number
  double skew_of_splits = 0.0;
};

double Squared(double value) { return value * value; }

// The skewness of the mean of independent values.
double SkewOfMean(const std::vector<double>& values) {
  const double mean = MeanAndError(values).mean;
  double squares = 0.0;
  double cubes = 0.0;
  for (const double value : values) {
    squares += Squared(value - mean);
    cubes += Squared(value - mean) * (value - mean);
  }
  return squares > 0.0 ? cubes / std::pow(squares, 1.5) : 0.0;
}

Spread SpreadOf(const std::vector<SplitRecord>& splits) {
  Spread spread;
  std::vector<double> all;
  std::vector<double> means;
  for (const SplitRecord& split : splits) {
    all.insert(all.end(), split.gains.begin(), split.gains.end());
    means.push_back(split.gain);
    if (split.gains.size() > 1) spread.inside += Squared(MeanAndError(split.gains).se);
  }
  spread.rows = static_cast<double>(all.size());
  spread.splits = static_cast<double>(means.size());
  spread.inside /= spread.splits;
  spread.mean = MeanAndError(all).mean;
  spread.by_rows = Squared(MeanAndError(all).se);
  spread.of_splits = Squared(MeanAndError(means).se) * spread.splits;
  spread.skew_of_rows = SkewOfMean(all);
  spread.skew_of_splits = SkewOfMean(means) * std::sqrt(1.0 + spread.splits * kHeldToTraining);
  return spread;
}

// The squared errors of a mean by rows and by splits, and the skewness that Hall's cubic takes.
struct Parts {
  double by_rows = 0.0;
  double by_splits = 0.0;
  double skew = 0.0;
};

// Where Hall's cubic (see SkewedPairedTest) is `value`.
double InverseCubic(double value, double a) {
  if (std::fabs(a) < 1e-6) return value;
  return 3.0 / a * (std::cbrt(1.0 + a * (value - a / 6.0)) - 1.0);
}

Interval IntervalOf(const Spread& spread, const Parts& parts) {
  const double squared = parts.by_rows + parts.by_splits;
  if (!(squared > 0.0)) return {spread.mean, spread.mean};
  const double df = Squared(squared) / (Squared(parts.by_rows) / (spread.rows - 1.0) +
                                        Squared(parts.by_splits) / (spread.splits - 1.0));
  const double reach = StudentQuantile(0.975, df);
  const double se = std::sqrt(squared);
  return {spread.mean - InverseCubic(reach, parts.skew) * se,
          spread.mean - InverseCubic(-reach, parts.skew) * se};
}

struct Way {
  const char* name;
  std::function<Parts(const Spread&)> parts;
};

// R: the rows' part; s^2: the variance of the splits' means; net of rows: less what they owe to the
// rows that judge; h: held-out over training rows.
std::vector<Way> Ways() {
  constexpr double kH = kHeldToTraining;
  const auto net = [](const Spread& s) { return std::max(0.0, s.of_splits - s.inside); };
  return {
      {"R",
       [](const Spread& s) {
         return Parts{s.by_rows, 0.0, 0.0};
       }},
      {"s^2/5",
       [](const Spread& s) {
         return Parts{0.0, s.of_splits / s.splits, 0.0};
       }},
      {"(1/5 + h) s^2: Nadeau and Bengio",
       [](const Spread& s) {
         return Parts{0.0, (1.0 / s.splits + kH) * s.of_splits, 0.0};
       }},
      {"the same, Hall by splits",
       [](const Spread& s) {
         return Parts{0.0, (1.0 / s.splits + kH) * s.of_splits, s.skew_of_splits};
       }},
      {"R + s^2/5",
       [](const Spread& s) {
         return Parts{s.by_rows, s.of_splits / s.splits, 0.0};
       }},
      {"R + s^2/5, Hall by rows (ours)",
       [](const Spread& s) {
         return Parts{s.by_rows, s.of_splits / s.splits, s.skew_of_rows};
       }},
      {"R + (1/5 + h) s^2",
       [](const Spread& s) {
         return Parts{s.by_rows, (1.0 / s.splits + kH) * s.of_splits, 0.0};
       }},
      {"R + (1/5 + h) s^2, Hall by rows",
       [](const Spread& s) {
         return Parts{s.by_rows, (1.0 / s.splits + kH) * s.of_splits, s.skew_of_rows};
       }},
      {"R + (1/5 + h) s^2 net of rows",
       [=](const Spread& s) {
         return Parts{s.by_rows, (1.0 / s.splits + kH) * net(s), 0.0};
       }},
      {"the same, Hall by rows",
       [=](const Spread& s) {
         return Parts{s.by_rows, (1.0 / s.splits + kH) * net(s), s.skew_of_rows};
       }},
  };
}

double Quantile(std::vector<double> values, double share) {
  if (values.empty()) return 0.0;
  std::sort(values.begin(), values.end());
  return values[static_cast<std::size_t>(share * static_cast<double>(values.size() - 1))];
}

std::string RowOf(const Way& way, const std::vector<Judged>& problems) {
  int covered = 0;
  int strictly = 0;
  int claimed = 0;
  int cannot = 0;
  int found = 0;
  std::vector<double> widths;
  for (const Judged& problem : problems) {
    const Spread spread = SpreadOf(problem.answer.splits);
    const Interval interval = IntervalOf(spread, way.parts(spread));
    const bool claims =
        interval.low > 0.0 && spread.mean > problem.answer.verdict.negligible_band.value_or(0.0);
    covered += problem.Covers(interval, true) ? 1 : 0;
    strictly += problem.Covers(interval, false) ? 1 : 0;
    cannot += problem.CanHelp() ? 0 : 1;
    (problem.CanHelp() ? found : claimed) += claims ? 1 : 0;
    widths.push_back((interval.high - interval.low) / problem.truth.loss);
  }
  const auto all = static_cast<double>(problems.size());
  return fmt::format("| {} | {} of {} | {:.3f} | {:.3f} | {} of {} | {:.1f} % |\n", way.name,
                     claimed, cannot, covered / all, strictly / all, found,
                     problems.size() - static_cast<std::size_t>(cannot),
                     100.0 * Quantile(widths, 0.5));
}

// The error of the truth beside half of the interval that is to cover it.
std::string ErrorsOfTruths(const std::vector<Judged>& problems) {
  std::vector<double> of_loss;
  std::vector<double> of_interval;
  for (const Judged& problem : problems) {
    of_loss.push_back(problem.truth.error / problem.truth.loss);
    const double half = (problem.interval().high - problem.interval().low) / 2.0;
    if (half > 0.0) of_interval.push_back(problem.truth.error / half);
  }
  return fmt::format(
      "The standard error of the truth is in the median {:.1f} % of the loss and {:.2f} of half of "
      "the interval; of nine in ten problems at most {:.1f} % and {:.2f}.\n",
      100.0 * Quantile(of_loss, 0.5), Quantile(of_interval, 0.5), 100.0 * Quantile(of_loss, 0.9),
      Quantile(of_interval, 0.9));
}

}  // namespace

std::string TallyNetWays(const std::vector<Judged>& problems) {
  std::vector<Judged> judged;
  for (const Judged& problem : problems) {
    if (problem.answer.splits.size() > 1) judged.push_back(problem);
  }
  if (judged.empty()) return "";
  std::string text =
      "| squared error | said to | covered | strictly | found | width, of the loss |\n"
      "|---|---|---|---|---|---|\n";
  for (const Way& way : Ways()) text += RowOf(way, judged);
  return text + "\n" + ErrorsOfTruths(judged);
}

}  // namespace halflife::testing
