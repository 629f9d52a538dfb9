#include "report/sample_diagnostics.h"

#include <algorithm>
#include <cmath>

namespace halflife {
namespace {

// Numbers that look drawn, the same on every machine: the middles of a golden-ratio sequence.
double Spread(int i, double from, double to) {
  const double share = std::fmod(0.5 + 0.6180339887498949 * i, 1.0);
  return from + share * (to - from);
}

// About normal, of standard deviation 1.
double Bell(int i) {
  return Spread(i, -1, 1) + Spread(7 * i + 3, -1, 1) + Spread(13 * i + 5, -1, 1);
}

Histogram BellHistogram(double low, double high, int bins, double most, double width) {
  Histogram histogram{low, high, {}};
  for (int i = 0; i < bins; ++i) {
    const double middle = low + (high - low) * (i + 0.5) / bins;
    histogram.counts.push_back(
        static_cast<std::size_t>(most * std::exp(-0.5 * std::pow(middle / width, 2.0))));
  }
  return histogram;
}

// A bowl with its least loss, `least`, at `minimum`.
double BowlLoss(double a, double b, const double* minimum, double least) {
  const double x = a - minimum[0];
  const double y = b - minimum[1];
  return least + 0.5 * (x * x + 1.4 * x * y + y * y);
}

PlanePoint L2Point(const double* minimum, double decay) {
  // (A + decay I) w = A minimum, A = [1, 0.7; 0.7, 1]
  const double right[] = {minimum[0] + 0.7 * minimum[1], 0.7 * minimum[0] + minimum[1]};
  const double diagonal = 1.0 + decay;
  const double determinant = diagonal * diagonal - 0.49;
  return {decay,
          {(diagonal * right[0] - 0.7 * right[1]) / determinant,
           (diagonal * right[1] - 0.7 * right[0]) / determinant}};
}

// Soft thresholds, one weight after the other; both weights of the minimum are above 0.
PlanePoint L1Point(const double* minimum, double decay) {
  double w[] = {minimum[0], minimum[1]};
  for (int sweep = 0; sweep < 200; ++sweep) {
    for (int k = 0; k < 2; ++k) {
      const double pull = minimum[k] + 0.7 * (minimum[1 - k] - w[1 - k]);
      w[k] = std::max(0.0, pull - decay);
    }
  }
  return {decay, {w[0], w[1]}};
}

LossPlane Plane(const std::string& first, const std::string& second, const double* minimum,
                double least) {
  LossPlane plane;
  plane.names[0] = first;
  plane.names[1] = second;
  const double reach = 1.6 * std::max(std::fabs(minimum[0]), std::fabs(minimum[1]));
  for (int k = 0; k < 2; ++k) {
    plane.low[k] = -0.45 * reach;
    plane.high[k] = reach;
  }
  plane.side = 41;
  for (std::size_t j = 0; j < plane.side; ++j) {
    for (std::size_t i = 0; i < plane.side; ++i) {
      const auto at = [&](std::size_t step, int k) {
        return plane.low[k] + static_cast<double>(step) / 40.0 * (plane.high[k] - plane.low[k]);
      };
      plane.loss.push_back(BowlLoss(at(i, 0), at(j, 1), minimum, least));
    }
  }
  const double size = std::fabs(minimum[0]) + std::fabs(minimum[1]);
  for (int i = 0; i < 30; ++i) {
    plane.l2.push_back(L2Point(minimum, i == 0 ? 0.0 : 1e-3 * std::pow(10.0, 5.0 * i / 29.0)));
    plane.l1.push_back(L1Point(minimum, 1.1 * size * i / 29.0));
  }
  plane.at_l2 = L2Point(minimum, 0.5);
  // Of the same loss, which grows with the decay.
  const double* held = plane.at_l2.weights;
  const double loss = BowlLoss(held[0], held[1], minimum, least);
  double low = 0.0;
  double high = 2.0 * size;
  for (int halving = 0; halving < 60; ++halving) {
    const double middle = 0.5 * (low + high);
    plane.at_l1 = L1Point(minimum, middle);
    const double* weights = plane.at_l1.weights;
    (BowlLoss(weights[0], weights[1], minimum, least) < loss ? low : high) = middle;
  }
  return plane;
}

void AddLearning(const std::vector<double>& shares, double rows, double loss, double excess,
                 TuneResult* result) {
  for (const double share : shares) {
    LearningPoint point;
    point.share = share;
    point.rows = static_cast<std::size_t>(share * rows);
    point.best = {loss * (1.0 + 0.12 / share), 0.03 * loss / share};
    point.baseline = {loss * (1.0 + excess / share), 0.05 * loss / std::sqrt(share)};
    result->diagnostics.learning.push_back(point);
  }
}

ErrorParts Parts(const TuneResult& result) {
  ErrorParts parts;
  parts.source = ErrorParts::NoiseSource::kRepeatedRows;
  parts.noise_sd = 0.126;
  parts.repeated_rows = 212;
  parts.noise = 0.00794;
  for (const GridPoint& point : result.grid) {
    parts.bias.push_back(0.078 * std::pow(point.decay / (point.decay + 9.0), 1.5));
    parts.variance.push_back(0.0043 / (1.0 + std::pow(6.0 * point.decay, 0.6)));
  }
  return parts;
}

Curvature Directions(std::size_t rank, double largest, double ratio) {
  Curvature curvature;
  curvature.rank = rank;
  for (std::size_t i = 0; i < rank; i += i < 40 ? 1 : 5) {
    const double share = static_cast<double>(i) / static_cast<double>(rank - 1);
    curvature.index.push_back(i);
    curvature.values.push_back(largest * std::pow(ratio, -share));
  }
  return curvature;
}

}  // namespace

void AddLinearDiagnostics(TuneResult* result) {
  Diagnostics& all = result->diagnostics;
  all.weights = {BellHistogram(-0.3, 0.3, 40, 26.0, 0.09),
                 BellHistogram(-0.3, 0.3, 40, 120.0, 0.016)};
  all.error_parts = Parts(*result);
  all.curvature = Directions(270, 31.0, 1e5);
  const double minimum[] = {0.19, 0.084};
  all.plane = Plane("Gr_Liv_Area", "First_Flr_SF", minimum, 0.021);
  HeldOutNumbers numbers;
  numbers.rows = 2930;
  for (int i = 0; i < 500; ++i) {
    numbers.truth.push_back(12.02 + 0.4 * Bell(i));
    numbers.predicted.push_back(numbers.truth.back() * 0.92 + 0.96 + 0.09 * Bell(3 * i + 1000));
  }
  numbers.residuals = BellHistogram(-0.9, 0.7, 32, 480.0, 0.13);
  all.numbers = numbers;
  AddLearning({0.1, 0.2, 0.4, 0.7, 1.0}, 2637.0, 0.0094, 0.28, result);
}

void AddLogisticDiagnostics(TuneResult* result) {
  Diagnostics& all = result->diagnostics;
  all.weights = {BellHistogram(-9.0, 9.0, 24, 4.0, 4.0), BellHistogram(-9.0, 9.0, 24, 600.0, 0.7)};
  all.curvature = Directions(30, 3.3, 3e4);
  const double minimum[] = {1.9, 2.6};
  all.plane = Plane("worst_texture", "radius_error", minimum, 0.21);
  HeldOutClasses classes;
  classes.rows = 569;
  classes.confusion = {{353, 4}, {9, 203}};
  for (int i = 0; i < 10; ++i) {
    const double predicted = 0.05 + 0.1 * i;
    const double observed = std::clamp(predicted + 0.08 * Bell(i), 0.0, 1.0);
    const std::size_t rows = i == 0 ? 331 : i == 9 ? 187 : static_cast<std::size_t>(3 + i);
    classes.reliability.push_back({predicted, observed, rows});
  }
  for (int i = 0; i <= 80; ++i) {
    const double share = i / 80.0;
    classes.false_positive.push_back(std::pow(share, 3.0));
    classes.true_positive.push_back(1.0 - std::pow(1.0 - share, 6.0));
  }
  all.classes = classes;
  AddLearning({0.15, 0.3, 0.6, 1.0}, 512.0, 0.066, 4.0, result);
}

void AddNetDiagnostics(TuneResult* result) {
  Diagnostics& all = result->diagnostics;
  all.weights = {BellHistogram(-0.6, 0.6, 48, 9000.0, 0.1),
                 BellHistogram(-0.6, 0.6, 48, 21000.0, 0.05)};
  HeldOutClasses classes;
  classes.rows = 2000;
  classes.confusion = {{640, 21, 8}, {33, 577, 49}, {5, 61, 606}};
  for (int i = 3; i < 10; ++i)
    classes.reliability.push_back(
        {0.05 + 0.1 * i, 0.02 + 0.098 * i, static_cast<std::size_t>(40 * i)});
  all.classes = classes;
  const std::vector<std::vector<int>> sizes = {{16}, {32}, {64}, {128}, {128, 64}};
  double gain = 0.02;
  for (const std::vector<int>& hidden : sizes) {
    SizePoint point;
    point.hidden = hidden;
    point.parameters = 785 * static_cast<std::size_t>(hidden[0]) + 8256 * (hidden.size() - 1);
    point.best_decay = 0.1;
    point.baseline_loss = 0.44 + gain;
    point.best_loss = 0.44;
    point.gain = {gain - 0.03, 0.014};
    gain *= 1.9;
    all.sizes.push_back(point);
  }
  AddLearning({0.25, 0.5, 1.0}, 8000.0, 0.27, 0.3, result);
}

}  // namespace halflife
