#include "data/folds.h"

#include <fmt/format.h>

#include <algorithm>
#include <numeric>

#include "base/error.h"
#include "base/random.h"
#include "base/text.h"
#include "data/labels.h"

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

void CheckClassesInTraining(const Folds& folds, const Target& target) {
  const std::size_t classes = target.class_names.size();
  std::vector<std::size_t> total(classes, 0);
  std::vector<std::vector<std::size_t>> held(static_cast<std::size_t>(folds.count),
                                             std::vector<std::size_t>(classes, 0));
  for (std::size_t i = 0; i < target.classes.size(); ++i) {
    const auto c = static_cast<std::size_t>(target.classes[i]);
    ++total[c];
    ++held[static_cast<std::size_t>(folds.of_row[i])][c];
  }
  for (std::size_t f = 0; f < held.size(); ++f) {
    for (std::size_t c = 0; c < classes; ++c) {
      if (held[f][c] < total[c]) continue;
      FailData(
          fmt::format("fold {} holds every row of class {}, so nothing is left to learn it from; "
                      "spread the class over folds, or leave out --fold-column",
                      Quoted(folds.names[f]), Quoted(target.class_names[c])));
    }
  }
}

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

Folds DrawFolds(const Target& target, int count, uint64_t seed, int repeat) {
  const std::size_t rows = target.rows();
  if (count < 2) FailUsage(fmt::format("--folds {}: at least 2 are needed", count));
  if (static_cast<std::size_t>(count) > rows) {
    FailUsage(
        fmt::format("--folds {}: there are only {} rows; ask for at most that many", count, rows));
  }
  Folds folds;
  folds.count = count;
  folds.of_row.resize(rows);
  const Random random(seed, (static_cast<uint64_t>(repeat) << 8) | kFoldStream);
  const std::vector<uint32_t> order = ShuffledByClass(target, random);
  for (std::size_t i = 0; i < rows; ++i)
    folds.of_row[order[i]] = static_cast<int>(i % static_cast<std::size_t>(count));
  for (int f = 1; f <= count; ++f) folds.names.push_back(std::to_string(f));
  return folds;
}

Folds FoldsFromColumn(const Column& column) {
  if (column.missing_count() > 0) {
    FailData(fmt::format("fold column {} has {}; every row must name its fold", Quoted(column.name),
                         Counted(column.missing_count(), "missing cell")));
  }
  Labels labels = LabelRows(column);
  Folds folds;
  folds.names = std::move(labels.names);
  folds.of_row = std::move(labels.index);
  folds.count = static_cast<int>(folds.names.size());
  if (folds.count < 2)
    FailData(fmt::format("fold column {} names one fold only; at least 2 are needed",
                         Quoted(column.name)));
  return folds;
}

void CheckFolds(const Folds& folds, const Target& target) {
  if (target.task == Task::kClassification) {
    CheckClassesInTraining(folds, target);
    return;
  }
  for (int f = 0; f < folds.count; ++f) {
    const std::vector<uint32_t> rows = folds.Training(f);
    const bool varies = std::any_of(rows.begin(), rows.end(), [&](uint32_t i) {
      return target.numbers(i) != target.numbers(rows[0]);
    });
    if (!varies) {
      FailData(fmt::format(
          "without fold {} the target is the same in every row, so nothing can be learnt; "
          "use fewer or other folds",
          Quoted(folds.names[static_cast<std::size_t>(f)])));
    }
  }
}

}  // namespace halflife
