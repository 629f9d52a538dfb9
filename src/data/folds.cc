#include "data/folds.h"

#include <algorithm>
#include <limits>
#include <string_view>

#include "base/error.h"
#include "base/random.h"
#include "data/column_use.h"
#include "data/labels.h"
#include "data/row_set.h"

namespace halflife {
namespace {

constexpr uint64_t kFoldStream = 1;  // of the seed's streams, the one that draws folds

// Rows in a random order, rows of one class beside each other.
std::vector<uint32_t> ShuffledByClass(const Target& target, Random random) {
  std::vector<uint32_t> order = random.Permutation(static_cast<uint32_t>(target.rows()));
  if (target.task == Task::kClassification) {
    std::stable_sort(order.begin(), order.end(),
                     [&](uint32_t a, uint32_t b) { return target.classes[a] < target.classes[b]; });
  }
  return order;
}

[[noreturn]] void FailOnLostClass(const Folds& folds, int fold, const std::string& name) {
  if (folds.ordered) Fail(ErrorKind::kClassLostInTime, {fold + 1, name});
  Fail(ErrorKind::kClassLostInFold, {folds.names[static_cast<std::size_t>(fold)], name});
}

void CheckClassesInTraining(const Folds& folds, const Target& target) {
  for (int f = 0; f < folds.count; ++f) {
    std::vector<char> seen(target.class_names.size(), 0);
    for (std::size_t i = 0; i < target.classes.size(); ++i) {
      if (folds.Trains(folds.of_row[i], f)) seen[static_cast<std::size_t>(target.classes[i])] = 1;
    }
    const auto lost = std::find(seen.begin(), seen.end(), 0);
    if (lost != seen.end())
      FailOnLostClass(folds, f, target.class_names[static_cast<std::size_t>(lost - seen.begin())]);
  }
}

bool VariesInTraining(const Folds& folds, int fold, const Target& target) {
  Eigen::Index first = -1;
  for (std::size_t row = 0; row < folds.of_row.size(); ++row) {
    if (!folds.Trains(folds.of_row[row], fold)) continue;
    const auto at = static_cast<Eigen::Index>(row);
    if (first < 0) first = at;
    if (target.numbers(at) != target.numbers(first)) return true;
  }
  return false;
}

void CheckCount(int count, std::size_t available, ErrorKind too_many) {
  if (count < 2) FailOption("folds", ErrorKind::kTooFew, {count, 2});
  if (static_cast<std::size_t>(count) > available) Fail(too_many, {count, available});
}

Folds Numbered(int count, std::size_t rows) {
  Folds folds;
  folds.count = count;
  folds.of_row.resize(rows);
  for (int f = 1; f <= count; ++f) folds.names.push_back(std::to_string(f));
  return folds;
}

void RefuseMissing(const Column& column, ErrorKind kind) {
  if (column.missing_count() > 0) Fail(kind, {column.name, column.missing_count()});
}

// Where the rows of a group go: the fold that is left with the least sum over classes of the square
// of its share of the class. Regression counts all rows as one class.
class GroupDealer {
 public:
  GroupDealer(const Target& target, int count)
      : target_(target),
        total_(Classes(), 0.0),
        held_(static_cast<std::size_t>(count), std::vector<double>(Classes(), 0.0)),
        rows_(static_cast<std::size_t>(count), 0) {
    for (std::size_t i = 0; i < target.rows(); ++i) total_[ClassOf(i)] += 1.0;
  }

  int Deal(const std::vector<uint32_t>& rows) {
    std::vector<double> own(Classes(), 0.0);
    for (const uint32_t row : rows) own[ClassOf(row)] += 1.0;
    std::size_t best = 0;
    double least = std::numeric_limits<double>::infinity();
    for (std::size_t f = 0; f < held_.size(); ++f) {
      double cost = 0.0;  // how much the sum of squared shares of all folds grows
      for (std::size_t c = 0; c < own.size(); ++c)
        cost += own[c] * (2.0 * held_[f][c] + own[c]) / (total_[c] * total_[c]);
      // An empty fold costs least; of equals the one with fewest rows, so that none stays empty.
      if (cost > least || (cost == least && rows_[f] >= rows_[best])) continue;
      least = cost;
      best = f;
    }
    for (std::size_t c = 0; c < own.size(); ++c) held_[best][c] += own[c];
    rows_[best] += rows.size();
    return static_cast<int>(best);
  }

 private:
  std::size_t Classes() const {
    return target_.task == Task::kRegression ? 1 : target_.class_names.size();
  }
  std::size_t ClassOf(std::size_t row) const {
    return target_.task == Task::kRegression ? 0 : static_cast<std::size_t>(target_.classes[row]);
  }

  const Target& target_;
  std::vector<double> total_;
  std::vector<std::vector<double>> held_;
  std::vector<std::size_t> rows_;
};

}  // namespace

std::vector<uint32_t> Folds::Held(int fold) const {
  std::vector<uint32_t> rows;
  for (uint32_t i = 0; i < of_row.size(); ++i) {
    if (of_row[i] == fold) rows.push_back(i);
  }
  return rows;
}

std::vector<uint32_t> Folds::Training(int fold) const {
  std::vector<uint32_t> rows;
  for (uint32_t i = 0; i < of_row.size(); ++i) {
    if (Trains(of_row[i], fold)) rows.push_back(i);
  }
  return rows;
}

std::vector<uint32_t> Folds::TrainingBoth(int fold, int other) const {
  std::vector<uint32_t> rows;
  for (uint32_t i = 0; i < of_row.size(); ++i) {
    if (Trains(of_row[i], fold) && Trains(of_row[i], other)) rows.push_back(i);
  }
  return rows;
}

std::vector<std::size_t> Folds::TrainingCounts() const {
  const auto folds = static_cast<std::size_t>(count);
  std::vector<std::size_t> of_part(folds + 1, 0);
  for (const int part : of_row) ++of_part[PartOf(part)];
  std::vector<std::size_t> rows(folds, 0);
  for (int f = 0; f < count; ++f) {
    for (int part = -1; part < count; ++part) {
      if (Trains(part, f)) rows[static_cast<std::size_t>(f)] += of_part[PartOf(part)];
    }
  }
  return rows;
}

std::vector<uint32_t> Folds::FoldByFold() const {
  std::vector<uint32_t> rows = RowsInOrder(of_row.size());
  std::stable_sort(rows.begin(), rows.end(),
                   [&](uint32_t a, uint32_t b) { return of_row[a] < of_row[b]; });
  return rows;
}

std::size_t CountFolds(const std::vector<Folds>& rounds) {
  std::size_t count = 0;
  for (const Folds& folds : rounds) count += static_cast<std::size_t>(folds.count);
  return count;
}

FoldOfRound FindFold(const std::vector<Folds>& rounds, std::size_t index) {
  std::size_t round = 0;
  while (index >= static_cast<std::size_t>(rounds[round].count))
    index -= static_cast<std::size_t>(rounds[round++].count);
  return {rounds[round], static_cast<int>(index)};
}

Folds DrawFolds(const Target& target, int count, uint64_t seed, int repeat) {
  const std::size_t rows = target.rows();
  CheckCount(count, rows, ErrorKind::kFoldsOfRows);
  Folds folds = Numbered(count, rows);
  const Random random(seed, (static_cast<uint64_t>(repeat) << 8) | kFoldStream);
  const std::vector<uint32_t> order = ShuffledByClass(target, random);
  for (std::size_t i = 0; i < rows; ++i)
    folds.of_row[order[i]] = static_cast<int>(i % static_cast<std::size_t>(count));
  return folds;
}

Folds DrawGroupFolds(const Target& target, const Column& groups, int count, uint64_t seed,
                     int repeat) {
  RefuseMissing(groups, ErrorKind::kGroupMissing);
  const Labels labels = LabelRows(groups);
  CheckCount(count, labels.names.size(), ErrorKind::kFoldsOfGroups);
  std::vector<std::vector<uint32_t>> members(labels.names.size());
  for (uint32_t row = 0; row < labels.index.size(); ++row)
    members[static_cast<std::size_t>(labels.index[row])].push_back(row);
  Random random(seed, (static_cast<uint64_t>(repeat) << 8) | kFoldStream);
  std::vector<uint32_t> order = random.Permutation(static_cast<uint32_t>(members.size()));
  std::stable_sort(order.begin(), order.end(),
                   [&](uint32_t a, uint32_t b) { return members[a].size() > members[b].size(); });
  Folds folds = Numbered(count, target.rows());
  GroupDealer dealer(target, count);
  for (const uint32_t group : order) {
    const int fold = dealer.Deal(members[group]);
    for (const uint32_t row : members[group]) folds.of_row[row] = fold;
  }
  return folds;
}

Folds TimeFolds(const Column& time, int count) {
  RefuseMissing(time, ErrorKind::kTimeMissing);
  if (time.kind == Column::Kind::kText) {
    Fail(ErrorKind::kTimeText, {time.name}, OddCell(time));
  }
  const std::vector<double> times = DistinctValues(time.numbers);
  CheckCount(count, times.size() - 1, ErrorKind::kFoldsOfTimes);
  std::vector<double> sorted = time.numbers;
  std::sort(sorted.begin(), sorted.end());
  // Block b begins at the time of the row at b/(count + 1) of the way; a time of many rows can take
  // up several blocks, of which the later ones then begin at the next times that are left.
  std::vector<double> starts;
  std::size_t next = 1;  // the first of `times` that may begin a block
  for (int b = 1; b <= count; ++b) {
    const double wanted =
        sorted[static_cast<std::size_t>(b) * sorted.size() / static_cast<std::size_t>(count + 1)];
    const auto at = static_cast<std::size_t>(std::lower_bound(times.begin(), times.end(), wanted) -
                                             times.begin());
    const std::size_t last = times.size() - static_cast<std::size_t>(count - b) - 1;
    const std::size_t start = std::min(std::max(at, next), last);
    starts.push_back(times[start]);
    next = start + 1;
  }
  Folds folds = Numbered(count, time.numbers.size());
  folds.ordered = true;
  for (std::size_t row = 0; row < time.numbers.size(); ++row) {
    const auto block =
        std::upper_bound(starts.begin(), starts.end(), time.numbers[row]) - starts.begin();
    folds.of_row[row] = static_cast<int>(block) - 1;
  }
  return folds;
}

Folds FoldsFromColumn(const Column& column) {
  RefuseMissing(column, ErrorKind::kFoldMissing);
  Labels labels = LabelRows(column);
  Folds folds;
  folds.names = std::move(labels.names);
  folds.of_row = std::move(labels.index);
  folds.count = static_cast<int>(folds.names.size());
  if (folds.count < 2) Fail(ErrorKind::kFoldColumnOfOne, {column.name});
  return folds;
}

void CheckFolds(const Folds& folds, const Target& target) {
  if (target.task == Task::kClassification) {
    CheckClassesInTraining(folds, target);
    return;
  }
  for (int f = 0; f < folds.count; ++f) {
    if (!VariesInTraining(folds, f, target)) {
      Fail(folds.ordered ? ErrorKind::kTargetConstantBefore : ErrorKind::kTargetConstantWithout,
           {folds.names[static_cast<std::size_t>(f)]});
    }
  }
}

}  // namespace halflife
