#include "model/training_sums.h"

#include "base/parallel.h"

namespace halflife {

TrainingSums::TrainingSums(const Dataset& data, const Vector& target, const Folds& folds,
                           int threads) {
  const auto count = static_cast<std::size_t>(folds.count);
  held_.resize(count, NoRows(0));
  ParallelFor(count, threads, [&](std::size_t f) {
    held_[f] = SumRows(data.design, target, data.weights, folds.Held(static_cast<int>(f)));
  });
  RowSums run = SumRows(data.design, target, data.weights, folds.Held(-1));
  for (const RowSums& held : held_) {
    before_.push_back(run);
    run.Add(held);
  }
  if (folds.ordered) return;
  after_.resize(count, NoRows(data.design.size()));
  for (std::size_t f = count - 1; f > 0; --f) {
    after_[f - 1] = after_[f];
    after_[f - 1].Add(held_[f]);
  }
}

RowSums TrainingSums::Training(int fold) const {
  const auto f = static_cast<std::size_t>(fold);
  RowSums sums = before_[f];
  if (!after_.empty()) sums.Add(after_[f]);
  return sums;
}

RowSums TrainingSums::All() const {
  RowSums sums = before_.back();
  sums.Add(held_.back());
  return sums;
}

}  // namespace halflife
