#include "data/leaks.h"

#include <algorithm>
#include <cmath>
#include <numeric>

#include "base/parallel.h"
#include "data/labels.h"

namespace halflife {
namespace {

constexpr double kLeak = 0.995;
constexpr std::size_t kMostSampled = 20000;
constexpr std::size_t kFewestSampled = 50;

// The rows looked at, each held out in one fold or none; ten folds do for many.
struct Sample {
  std::vector<uint32_t> rows;   // of those in use
  std::vector<uint32_t> cells;  // their rows of the table
  const Target* target = nullptr;
  Folds folds;
  const Vector* weights = nullptr;
  std::vector<std::size_t> starts;  // where the rows of fold -1, 0, 1, ... begin, and their end

  std::size_t size() const { return rows.size(); }
  double Weight(std::size_t i) const { return (*weights)(rows[i]); }
  double Number(std::size_t i) const { return target->numbers(rows[i]); }
  int Class(std::size_t i) const { return target->classes[rows[i]]; }
  int Fold(std::size_t i) const { return folds.of_row[rows[i]]; }
};

// Weighted sums of x and y less some origin.
struct Line {
  double n = 0.0, x = 0.0, y = 0.0, xx = 0.0, xy = 0.0;

  void Add(double weight, double at, double value) {
    n += weight;
    x += weight * at;
    y += weight * value;
    xx += weight * at * at;
    xy += weight * at * value;
  }
  void Add(const Line& other) {
    n += other.n;
    x += other.x;
    y += other.y;
    xx += other.xx;
    xy += other.xy;
  }
  double Slope() const {
    const double spread = xx - x * x / n;
    return spread > 1e-12 * xx ? (xy - x * y / n) / spread : 0.0;
  }
};

// Squared errors and squared distances to the training mean over held-out rows.
struct Explained {
  double error = 0.0;
  double distance = 0.0;

  void Add(double weight, double value, double prediction, double mean) {
    error += weight * (value - prediction) * (value - prediction);
    distance += weight * (value - mean) * (value - mean);
  }
  double R2() const { return distance > 0.0 ? 1.0 - error / distance : 0.0; }
};

std::vector<Line> LinesOfFolds(const Sample& sample, const Vector& at, const Vector& values,
                               const Vector& weights) {
  std::vector<Line> lines;
  for (std::size_t f = 0; f + 1 < sample.starts.size(); ++f) {
    const auto first = static_cast<Eigen::Index>(sample.starts[f]);
    const Eigen::Index size = static_cast<Eigen::Index>(sample.starts[f + 1]) - first;
    const auto x = at.segment(first, size);
    const auto y = values.segment(first, size);
    const Vector weighted = weights.segment(first, size).cwiseProduct(x);
    lines.push_back({weights.segment(first, size).sum(), weighted.sum(),
                     weights.segment(first, size).dot(y), weighted.dot(x), weighted.dot(y)});
  }
  return lines;
}

// What each fold trains on: `of` are the sums of rows of fold -1, 0, 1, ...
std::vector<Line> TrainingLines(const Folds& folds, const std::vector<Line>& of) {
  std::vector<Line> lines(static_cast<std::size_t>(folds.count));
  for (int fold = 0; fold < folds.count; ++fold) {
    for (int part = -1; part < folds.count; ++part) {
      if (folds.Trains(part, fold))
        lines[static_cast<std::size_t>(fold)].Add(of[Folds::PartOf(part)]);
    }
  }
  return lines;
}

// Missing cells stand at the mean of the others, as in the fits. The sample's rows stand fold by
// fold.
double R2OfNumbers(const Sample& sample, const Column& column) {
  const auto rows = static_cast<Eigen::Index>(sample.size());
  Vector at(rows);
  Vector weights(rows);
  Vector values(rows);
  double sum = 0.0;
  double count = 0.0;
  for (Eigen::Index i = 0; i < rows; ++i) {
    const auto row = static_cast<std::size_t>(i);
    at(i) = column.numbers[sample.cells[row]];
    weights(i) = sample.Weight(row);
    values(i) = sample.Number(row);
    const bool missing = std::isnan(at(i));
    sum += missing ? 0.0 : weights(i) * at(i);
    count += missing ? 0.0 : weights(i);
  }
  const double middle = count > 0.0 ? sum / count : 0.0;
  at = at.array().isNaN().select(0.0, at.array() - middle);
  values.array() -= sample.target->numbers.mean();
  const std::vector<Line> lines =
      TrainingLines(sample.folds, LinesOfFolds(sample, at, values, weights));
  Explained explained;
  for (std::size_t f = 0; f < lines.size(); ++f) {
    const Line& line = lines[f];
    const auto first = static_cast<Eigen::Index>(sample.starts[f + 1]);
    const Eigen::Index size = static_cast<Eigen::Index>(sample.starts[f + 2]) - first;
    if (line.n == 0.0 || size == 0) continue;
    const auto own = values.segment(first, size).array() - line.y / line.n;
    const auto predicted = line.Slope() * (at.segment(first, size).array() - line.x / line.n);
    const auto weight = weights.segment(first, size).array();
    explained.error += (weight * (own - predicted).square()).sum();
    explained.distance += (weight * own.square()).sum();
  }
  return explained.R2();
}

// Rows of equal value; for text one a level, in no order that matters.
struct Groups {
  std::vector<std::size_t> of_sample;  // a group for each of the sample's rows
  std::vector<double> value;           // numbers only, ascending
  std::size_t count = 0;
};

Groups GroupByValue(const Sample& sample, const Column& column) {
  Groups groups;
  groups.of_sample.resize(sample.size());
  const bool text = column.kind == Column::Kind::kText;
  const auto value_of = [&](std::size_t i) {
    const uint32_t row = sample.cells[i];
    return text ? static_cast<double>(column.codes[row]) : column.numbers[row];
  };
  const auto missing = [&](std::size_t i) { return column.missing(sample.cells[i]); };
  std::vector<double> values;
  for (std::size_t i = 0; i < sample.size(); ++i) {
    if (!missing(i)) values.push_back(value_of(i));
  }
  values = DistinctValues(std::move(values));
  groups.count = values.size() + 1;  // the last one is of the missing cells
  for (std::size_t i = 0; i < sample.size(); ++i) {
    const auto at =
        missing(i) ? values.end() : std::lower_bound(values.begin(), values.end(), value_of(i));
    groups.of_sample[i] = static_cast<std::size_t>(at - values.begin());
  }
  if (!text) groups.value = std::move(values);
  return groups;
}

double R2OfGroups(const Sample& sample, const Groups& groups) {
  const double centre = sample.target->numbers.mean();
  Explained explained;
  for (int fold = 0; fold < sample.folds.count; ++fold) {
    std::vector<Line> own(groups.count);
    Line all;
    for (std::size_t i = 0; i < sample.size(); ++i) {
      if (!sample.folds.Trains(sample.Fold(i), fold)) continue;
      own[groups.of_sample[i]].Add(sample.Weight(i), 0.0, sample.Number(i) - centre);
      all.Add(sample.Weight(i), 0.0, sample.Number(i) - centre);
    }
    if (all.n == 0.0) continue;
    const double mean = all.y / all.n;
    for (std::size_t i = 0; i < sample.size(); ++i) {
      if (sample.Fold(i) != fold) continue;
      const Line& group = own[groups.of_sample[i]];
      explained.Add(sample.Weight(i), sample.Number(i) - centre,
                    group.n > 0.0 ? group.y / group.n : mean, mean);
    }
  }
  return explained.R2();
}

// The class that most training rows of each group have; -1 where it has none.
std::vector<int> ClassesOfGroups(const Sample& sample, const Groups& groups, int fold) {
  const std::size_t classes = sample.target->class_names.size();
  std::vector<double> weight(groups.count * classes, 0.0);
  for (std::size_t i = 0; i < sample.size(); ++i) {
    if (sample.folds.Trains(sample.Fold(i), fold)) {
      weight[groups.of_sample[i] * classes + static_cast<std::size_t>(sample.Class(i))] +=
          sample.Weight(i);
    }
  }
  std::vector<int> told(groups.count, -1);
  for (std::size_t g = 0; g < groups.count; ++g) {
    const auto first = weight.begin() + static_cast<std::ptrdiff_t>(g * classes);
    const auto most = std::max_element(first, first + static_cast<std::ptrdiff_t>(classes));
    if (*most > 0.0) told[g] = static_cast<int>(most - first);
  }
  return told;
}

// Groups without a class take that of the nearest value with one; those of text stay without.
void AskNeighbours(const Groups& groups, std::vector<int>* told) {
  const std::size_t values = groups.value.size();
  const std::vector<int> own = *told;
  std::vector<std::size_t> below(values, values);
  for (std::size_t g = 0; g < values; ++g)
    below[g] = own[g] >= 0 ? g : (g > 0 ? below[g - 1] : values);
  std::size_t above = values;
  for (std::size_t g = values; g-- > 0;) {
    if (own[g] >= 0) {
      above = g;
      continue;
    }
    const bool low = below[g] < values;
    if (above == values && !low) continue;
    const bool take_low = low && (above == values || groups.value[g] - groups.value[below[g]] <=
                                                         groups.value[above] - groups.value[g]);
    (*told)[g] = own[take_low ? below[g] : above];
  }
}

// Accuracy over held-out rows; 0 where some class is told worse than kLeak on average.
double AccuracyOfColumn(const Sample& sample, const Column& column) {
  const Groups groups = GroupByValue(sample, column);
  const std::size_t classes = sample.target->class_names.size();
  constexpr std::size_t kMostCells = 50'000'000;
  if (groups.count * classes > kMostCells) return 0.0;
  std::vector<double> right(classes, 0.0);
  std::vector<double> rows(classes, 0.0);
  for (int fold = 0; fold < sample.folds.count; ++fold) {
    std::vector<int> told = ClassesOfGroups(sample, groups, fold);
    AskNeighbours(groups, &told);
    for (std::size_t i = 0; i < sample.size(); ++i) {
      if (sample.Fold(i) != fold) continue;
      const auto own = static_cast<std::size_t>(sample.Class(i));
      rows[own] += sample.Weight(i);
      if (told[groups.of_sample[i]] == sample.Class(i)) right[own] += sample.Weight(i);
    }
  }
  double recall = 0.0;
  double held = 0.0;
  for (std::size_t c = 0; c < classes; ++c) {
    if (rows[c] == 0.0) continue;
    recall += right[c] / rows[c];
    held += 1.0;
  }
  if (held == 0.0 || recall / held <= kLeak) return 0.0;
  return std::accumulate(right.begin(), right.end(), 0.0) /
         std::accumulate(rows.begin(), rows.end(), 0.0);
}

Sample TakeSample(const SampledCells& cells, const Target& target, const Folds& folds,
                  const Vector& weights) {
  constexpr int kEnoughFolds = 10;
  Sample sample{{}, {}, &target, folds, &weights, {}};
  if (folds.count > kEnoughFolds) {
    sample.folds.count = kEnoughFolds;
    for (int& fold : sample.folds.of_row) {
      if (fold >= 0)
        fold = folds.ordered ? static_cast<int>(int64_t{fold} * kEnoughFolds / folds.count)
                             : fold % kEnoughFolds;
    }
  }
  std::vector<std::vector<uint32_t>> of_fold(static_cast<std::size_t>(sample.folds.count) + 1);
  for (const uint32_t row : LeakSample(target.rows()))
    of_fold[Folds::PartOf(sample.folds.of_row[row])].push_back(row);
  for (const std::vector<uint32_t>& rows : of_fold) {
    sample.starts.push_back(sample.rows.size());
    for (const uint32_t row : rows) {
      sample.rows.push_back(row);
      sample.cells.push_back(cells.place(row));
    }
  }
  sample.starts.push_back(sample.rows.size());
  return sample;
}

}  // namespace

std::vector<uint32_t> LeakSample(std::size_t rows) {
  const std::size_t count = std::min(rows, kMostSampled);
  std::vector<uint32_t> sample(count);
  for (std::size_t i = 0; i < count; ++i) sample[i] = static_cast<uint32_t>(i * rows / count);
  return sample;
}

std::vector<std::optional<double>> FindLeaks(const SampledCells& cells,
                                             const std::vector<ColumnUse>& uses,
                                             const Target& target, const Folds& folds,
                                             const Vector& weights, int threads) {
  std::vector<std::optional<double>> leaks(uses.size());
  if (target.rows() < kFewestSampled) return leaks;
  const Sample sample = TakeSample(cells, target, folds, weights);
  ParallelFor(uses.size(), threads, [&](std::size_t c) {
    if (!uses[c].input()) return;
    const Column& column = cells.table->columns[c];
    const bool text = column.kind == Column::Kind::kText;
    const double told = target.task == Task::kClassification ? AccuracyOfColumn(sample, column)
                        : text ? R2OfGroups(sample, GroupByValue(sample, column))
                               : R2OfNumbers(sample, column);
    if (told > kLeak) leaks[c] = told;
  });
  return leaks;
}

}  // namespace halflife
