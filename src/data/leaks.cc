#include "data/leaks.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <numeric>

#include "base/parallel.h"
#include "linalg/order.h"

namespace halflife {
namespace {

constexpr double kLeak = 0.995;
constexpr std::size_t kMostSampled = 20000;
constexpr std::size_t kFewestSampled = 50;

// Weighted sums of x and y less some origin, and of their products.
struct Line {
  double n = 0.0, x = 0.0, y = 0.0, xx = 0.0, xy = 0.0, yy = 0.0;

  void Add(const Line& other) {
    n += other.n;
    x += other.x;
    y += other.y;
    xx += other.xx;
    xy += other.xy;
    yy += other.yy;
  }
  double Slope() const {
    const double spread = xx - x * x / n;
    return spread > 1e-12 * xx ? (xy - x * y / n) / spread : 0.0;
  }
};

// The rows looked at, fold by fold, each held out in one of them or none; ten folds do for many.
struct Sample {
  std::vector<uint32_t> rows;   // of those in use
  std::vector<uint32_t> cells;  // their rows of the table
  const Target* target = nullptr;
  Folds folds;
  Vector weights;
  Vector numbers;                   // of the target, less their mean; empty for classes
  std::vector<std::size_t> starts;  // where the rows of fold -1, 0, 1, ... begin, and their end
  std::vector<Line> targets;        // of those rows, without x

  std::size_t size() const { return rows.size(); }
  double Weight(std::size_t i) const { return weights(static_cast<Eigen::Index>(i)); }
  double Number(std::size_t i) const { return numbers(static_cast<Eigen::Index>(i)); }
  Line TargetOf(std::size_t i) const {
    const double y = Number(i);
    return {.n = Weight(i), .y = Weight(i) * y, .yy = Weight(i) * y * y};
  }
  int Class(std::size_t i) const { return target->classes[rows[i]]; }
  int Fold(std::size_t i) const { return folds.of_row[rows[i]]; }
  // Of the rows held out in a fold.
  std::size_t first(int fold) const { return starts[Folds::PartOf(fold)]; }
  std::size_t end(int fold) const { return starts[Folds::PartOf(fold) + 1]; }
};

// Squared errors and squared distances to the training mean over held-out rows.
struct Explained {
  double error = 0.0;
  double distance = 0.0;

  void Add(double weight, double value, double prediction, double mean) {
    error += weight * (value - prediction) * (value - prediction);
    distance += weight * (value - mean) * (value - mean);
  }
  // Rows whose sums are `held`, told by the line through what trains.
  void Add(const Line& held, const Line& line) {
    const double x = line.x / line.n;
    const double y = line.y / line.n;
    const double slope = line.Slope();
    const double yy = held.yy - y * (2.0 * held.y - held.n * y);
    const double xy = held.xy - x * held.y - y * (held.x - held.n * x);
    const double xx = held.xx - x * (2.0 * held.x - held.n * x);
    error += std::max(0.0, yy - slope * (2.0 * xy - slope * xx));
    distance += yy;
  }
  double R2() const { return distance > 0.0 ? 1.0 - error / distance : 0.0; }
};

std::vector<Line> LinesOfFolds(const Sample& sample, const Vector& at) {
  std::vector<Line> lines = sample.targets;
  Vector weighted;
  for (std::size_t f = 0; f < lines.size(); ++f) {
    const auto first = static_cast<Eigen::Index>(sample.starts[f]);
    const Eigen::Index size = static_cast<Eigen::Index>(sample.starts[f + 1]) - first;
    const auto x = at.segment(first, size);
    weighted = sample.weights.segment(first, size).cwiseProduct(x);
    lines[f].x = weighted.sum();
    lines[f].xx = weighted.dot(x);
    lines[f].xy = weighted.dot(sample.numbers.segment(first, size));
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

// Missing cells stand at the mean of the others, as in the fits.
double R2OfNumbers(const Sample& sample, const Column& column) {
  Vector at(static_cast<Eigen::Index>(sample.size()));
  double sum = 0.0;
  double count = 0.0;
  for (Eigen::Index i = 0; i < at.size(); ++i) {
    at(i) = column.numbers[sample.cells[static_cast<std::size_t>(i)]];
    const bool missing = std::isnan(at(i));
    sum += missing ? 0.0 : sample.weights(i) * at(i);
    count += missing ? 0.0 : sample.weights(i);
  }
  const double middle = count > 0.0 ? sum / count : 0.0;
  at = at.array().isNaN().select(0.0, at.array() - middle);
  const std::vector<Line> of = LinesOfFolds(sample, at);
  const std::vector<Line> lines = TrainingLines(sample.folds, of);
  Explained explained;
  for (int fold = 0; fold < sample.folds.count; ++fold) {
    const Line& line = lines[static_cast<std::size_t>(fold)];
    if (line.n > 0.0) explained.Add(of[Folds::PartOf(fold)], line);
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
  const bool text = column.kind == Column::Kind::kText;
  std::vector<double> values;  // of the cells that are there
  std::vector<std::size_t> places;
  for (std::size_t i = 0; i < sample.size(); ++i) {
    const uint32_t row = sample.cells[i];
    if (column.missing(row)) continue;
    values.push_back(text ? static_cast<double>(column.codes[row]) : column.numbers[row]);
    places.push_back(i);
  }
  Groups groups;
  groups.of_sample.assign(sample.size(), std::numeric_limits<std::size_t>::max());
  for (const uint32_t at : OrderUp(values)) {
    if (groups.value.empty() || values[at] != groups.value.back())
      groups.value.push_back(values[at]);
    groups.of_sample[places[at]] = groups.value.size() - 1;
  }
  groups.count = groups.value.size() + 1;  // the last one is of the missing cells
  for (std::size_t& group : groups.of_sample) group = std::min(group, groups.count - 1);
  if (text) groups.value.clear();
  return groups;
}

double R2OfGroups(const Sample& sample, const Groups& groups) {
  Explained explained;
  for (int fold = 0; fold < sample.folds.count; ++fold) {
    std::vector<Line> own(groups.count);
    Line all;
    for (std::size_t i = 0; i < sample.size(); ++i) {
      if (!sample.folds.Trains(sample.Fold(i), fold)) continue;
      const Line row = sample.TargetOf(i);
      own[groups.of_sample[i]].Add(row);
      all.Add(row);
    }
    if (all.n == 0.0) continue;
    const double mean = all.y / all.n;
    for (std::size_t i = sample.first(fold); i < sample.end(fold); ++i) {
      const Line& group = own[groups.of_sample[i]];
      explained.Add(sample.Weight(i), sample.Number(i), group.n > 0.0 ? group.y / group.n : mean,
                    mean);
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

// The mean over the classes of what share of their held-out weight `rows` is not `wrong`.
double MeanRecall(const std::vector<double>& rows, const std::vector<double>& wrong) {
  double recall = 0.0;
  double held = 0.0;
  for (std::size_t c = 0; c < rows.size(); ++c) {
    if (rows[c] == 0.0) continue;
    recall += 1.0 - wrong[c] / rows[c];
    held += 1.0;
  }
  return held > 0.0 ? recall / held : 0.0;
}

// Accuracy over held-out rows; 0 where some class is told worse than kLeak on average.
double AccuracyOfColumn(const Sample& sample, const Column& column) {
  const Groups groups = GroupByValue(sample, column);
  const std::size_t classes = sample.target->class_names.size();
  constexpr std::size_t kMostCells = 50'000'000;
  if (groups.count * classes > kMostCells) return 0.0;
  std::vector<double> rows(classes, 0.0);
  for (std::size_t i = sample.first(0); i < sample.size(); ++i)
    rows[static_cast<std::size_t>(sample.Class(i))] += sample.Weight(i);
  std::vector<double> wrong(classes, 0.0);
  for (int fold = 0; fold < sample.folds.count; ++fold) {
    std::vector<int> told = ClassesOfGroups(sample, groups, fold);
    AskNeighbours(groups, &told);
    for (std::size_t i = sample.first(fold); i < sample.end(fold); ++i) {
      if (told[groups.of_sample[i]] != sample.Class(i))
        wrong[static_cast<std::size_t>(sample.Class(i))] += sample.Weight(i);
    }
    // Of most columns the first fold tells that they are no leak.
    if (MeanRecall(rows, wrong) <= kLeak) return 0.0;
  }
  return 1.0 - std::accumulate(wrong.begin(), wrong.end(), 0.0) /
                   std::accumulate(rows.begin(), rows.end(), 0.0);
}

Sample TakeSample(const SampledCells& cells, const Target& target, const Folds& folds,
                  const Vector& weights) {
  constexpr int kEnoughFolds = 10;
  Sample sample{.target = &target, .folds = folds};
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
  sample.weights = weights(sample.rows);
  if (target.task == Task::kRegression) {
    sample.numbers = target.numbers(sample.rows);
    sample.numbers.array() -= sample.numbers.mean();
    for (std::size_t f = 0; f + 1 < sample.starts.size(); ++f) {
      Line line;
      for (std::size_t i = sample.starts[f]; i < sample.starts[f + 1]; ++i)
        line.Add(sample.TargetOf(i));
      sample.targets.push_back(line);
    }
  }
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
