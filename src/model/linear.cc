// Linear regression along the path of decays: each fold is decomposed once, then every decay is a
// division.
#include <algorithm>
#include <numeric>

#include "base/parallel.h"
#include "model/gram.h"
#include "model/model.h"
#include "model/ridge.h"

namespace halflife {
namespace {

// A ridge problem with the rows that check it, either as their Gram matrix or as they are.
struct FoldProblem {
  Ridge ridge;
  std::optional<StandardizedGram> held_gram;
  Matrix held_axes;            // rows path: r x held rows, in the axes of the basis
  Vector held_target;          // rows path: less the training mean
  double held_variance = 0.0;  // what R2 compares with
};

// R2 compares with the variance of the held-out targets about their own mean; where they don't vary
// (one row, say), with the variance of the training targets.
double ReferenceVariance(double held, double training) {
  return held > 1e-12 * training ? held : training;
}

std::vector<double> HeldLosses(const FoldProblem& fold, std::span<const double> decays) {
  Matrix axes(fold.ridge.projected.size(), static_cast<Eigen::Index>(decays.size()));
  for (std::size_t d = 0; d < decays.size(); ++d)
    axes.col(static_cast<Eigen::Index>(d)) = fold.ridge.Axes(decays[d]);
  std::vector<double> losses(decays.size());
  if (axes.rows() == 0) {  // no feature varies in the training rows: only the mean is left
    const double squared = fold.held_gram ? fold.held_gram->target
                                          : fold.held_target.squaredNorm() /
                                                static_cast<double>(fold.held_target.size());
    std::fill(losses.begin(), losses.end(), 0.5 * squared);
  } else if (fold.held_gram) {
    const Matrix weights = fold.ridge.spectrum.basis * axes;
    const Matrix products = fold.held_gram->features * weights;
    for (std::size_t d = 0; d < decays.size(); ++d) {
      const auto column = static_cast<Eigen::Index>(d);
      const double squared = fold.held_gram->target -
                             2.0 * weights.col(column).dot(fold.held_gram->cross) +
                             weights.col(column).dot(products.col(column));
      losses[d] = 0.5 * std::max(0.0, squared);
    }
  } else {
    const Matrix predictions = fold.held_axes.transpose() * axes;
    for (std::size_t d = 0; d < decays.size(); ++d) {
      losses[d] = 0.5 *
                  (fold.held_target - predictions.col(static_cast<Eigen::Index>(d))).squaredNorm() /
                  static_cast<double>(fold.held_target.size());
    }
  }
  return losses;
}

double Variance(const Vector& values) { return (values.array() - values.mean()).square().mean(); }

class Linear : public Model {
 public:
  explicit Linear(const ModelContext& context) : context_(context), data_(*context.dataset) {
    const std::size_t rows = data_.target.rows();
    all_rows_.resize(rows);
    std::iota(all_rows_.begin(), all_rows_.end(), 0U);
    standardizer_ = LearnStandardizer(data_.design, all_rows_);
    // The Gram matrix pays where rows outnumber features; a fold keeps at least half of the rows.
    use_gram_ = static_cast<Eigen::Index>(rows) > 2 * data_.design.size();
    Prepare();
  }

  Vector Curvature() const override { return full_.spectrum.values; }
  const Standardizer& standardizer() const override { return standardizer_; }

  std::vector<std::vector<FoldScore>> ScoreFolds(std::span<const double> decays) override {
    std::vector<std::vector<FoldScore>> scores(decays.size(),
                                               std::vector<FoldScore>(problems_.size()));
    ParallelFor(problems_.size(), context_.threads, [&](std::size_t f) {
      const std::vector<double> held = HeldLosses(problems_[f], decays);
      for (std::size_t d = 0; d < decays.size(); ++d) {
        scores[d][f] = {problems_[f].ridge.TrainLoss(decays[d]), held[d],
                        1.0 - 2.0 * held[d] / problems_[f].held_variance};
      }
    });
    return scores;
  }

  std::vector<Fit> FitAll(std::span<const double> decays) override {
    std::vector<Fit> fits;
    for (const double decay : decays) {
      const Vector axes = full_.Axes(decay);
      fits.push_back({full_.spectrum.basis * axes, Vector::Constant(1, data_.target.numbers.mean()),
                      full_.TrainLoss(decay), EffectiveDof(full_.spectrum.values, decay)});
    }
    return fits;
  }

 private:
  void Prepare() {
    int planned = 1;
    for (const Folds& folds : data_.folds) planned += folds.count;
    if (context_.count) context_.count(planned, 0);
    for (std::size_t repeat = 0; repeat < data_.folds.size(); ++repeat) {
      const Folds& folds = data_.folds[repeat];
      std::vector<RowSums> sums(static_cast<std::size_t>(folds.count),
                                RowSums{Matrix(), FeatureRange(0), 0.0});
      if (use_gram_) {
        ParallelFor(sums.size(), context_.threads, [&](std::size_t f) {
          sums[f] = SumRows(data_.design, data_.target.numbers, folds.Held(static_cast<int>(f)));
        });
        if (repeat == 0) total_ = Total(sums);
      }
      const std::size_t offset = problems_.size();
      problems_.resize(offset + sums.size());
      // The fit on all rows is one more piece of the first round.
      ParallelFor(sums.size() + (repeat == 0 ? 1 : 0), context_.threads, [&](std::size_t f) {
        if (f == sums.size()) {
          full_ = FitFull();
        } else {
          problems_[offset + f] = PrepareFold(folds, static_cast<int>(f), sums);
        }
        if (context_.count) context_.count(0, 1);
      });
    }
    total_.reset();
  }

  static RowSums Total(const std::vector<RowSums>& sums) {
    RowSums total = sums.front();
    for (std::size_t f = 1; f < sums.size(); ++f) {
      total.products += sums[f].products;
      total.range.Add(sums[f].range);
      total.rows += sums[f].rows;
    }
    return total;
  }

  Ridge FitFull() const {
    if (use_gram_) {
      const GramStandardizer learnt = LearnStandardizer(data_.design, *total_);
      if (std::optional<Ridge> ridge =
              RidgeFromGram(halflife::Standardize(data_.design, *total_, learnt)))
        return *ridge;
    }
    const Vector centred = data_.target.numbers.array() - data_.target.numbers.mean();
    return RidgeFromRows(halflife::Standardize(data_.design, standardizer_, all_rows_), centred);
  }

  FoldProblem PrepareFold(const Folds& folds, int fold, const std::vector<RowSums>& sums) const {
    if (use_gram_) {
      if (std::optional<FoldProblem> problem = FoldFromGram(fold, sums)) return *problem;
    }
    return FoldFromRows(folds.Training(fold), folds.Held(fold));
  }

  std::optional<FoldProblem> FoldFromGram(int fold, const std::vector<RowSums>& sums) const {
    const RowSums& held = sums[static_cast<std::size_t>(fold)];
    std::vector<const RowSums*> rest;
    for (const RowSums& other : sums) {
      if (&other != &held) rest.push_back(&other);
    }
    const RowSums training = Without(*total_, held, rest);
    const GramStandardizer learnt = LearnStandardizer(data_.design, training);
    const StandardizedGram train_gram = halflife::Standardize(data_.design, training, learnt);
    std::optional<Ridge> ridge = RidgeFromGram(train_gram);
    if (!ridge) return std::nullopt;
    FoldProblem problem{
        std::move(*ridge), halflife::Standardize(data_.design, held, learnt), {}, {}, 0.0};
    problem.held_variance =
        ReferenceVariance(problem.held_gram->target_variance, train_gram.target);
    return problem;
  }

  FoldProblem FoldFromRows(const std::vector<uint32_t>& training,
                           const std::vector<uint32_t>& held) const {
    const Standardizer learnt = LearnStandardizer(data_.design, training);
    const Vector target = data_.target.numbers(training);
    const double mean = target.mean();
    FoldProblem problem;
    problem.ridge = RidgeFromRows(halflife::Standardize(data_.design, learnt, training),
                                  (target.array() - mean).matrix());
    if (!learnt.kept.empty()) {
      problem.held_axes = problem.ridge.spectrum.basis.transpose() *
                          halflife::Standardize(data_.design, learnt, held);
    }
    problem.held_target = data_.target.numbers(held).array() - mean;
    problem.held_variance = ReferenceVariance(Variance(problem.held_target), Variance(target));
    return problem;
  }

  ModelContext context_;
  const Dataset& data_;
  std::vector<uint32_t> all_rows_;
  Standardizer standardizer_;
  bool use_gram_ = false;
  std::optional<RowSums> total_;
  std::vector<FoldProblem> problems_;
  Ridge full_;
};

}  // namespace

std::unique_ptr<Model> MakeLinear(const ModelContext& context) {
  return std::make_unique<Linear>(context);
}

}  // namespace halflife
