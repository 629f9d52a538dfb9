// The folds of a classifier in lockstep: every fold, or pair of folds removed at once, from the fit
// of all rows.
#include <algorithm>

#include "base/parallel.h"
#include "model/held_out.h"
#include "model/lockstep_curvatures.h"
#include "model/lockstep_path.h"
#include "model/logistic_leave_one_out.h"
#include "model/newton.h"
#include "model/softmax.h"

namespace halflife {

// Decays that are solved together, and curvatures at the solution of all rows.
struct LockstepPath::Block {
  std::vector<std::size_t> index;  // in the caller's decays
  std::vector<double> decays;
  std::vector<std::vector<std::optional<LockstepCurvature>>>
      curvatures;                              // a decay: one a part, or one for all parts
  std::vector<std::vector<Matrix>> gradients;  // a decay: of the rows of fold -1, 0, 1, ...
};

// Of sums over the rows of fold -1, 0, 1, ..., that over those that train the part.
Matrix LockstepPath::Part::Trained(const std::vector<Matrix>& of_folds) const {
  Matrix sum = Matrix::Zero(of_folds.front().rows(), of_folds.front().cols());
  for (std::size_t own = 0; own < of_folds.size(); ++own) {
    if (trains[own] != 0) sum += of_folds[own];
  }
  return sum;
}

const FoldSums& LockstepPath::SumsOf(std::size_t repeat, std::optional<FoldSums>* others) const {
  if (repeat == 0) return sums_;
  others->emplace(SummedRows{data_.design, no_target_, data_.weights}, data_.folds[repeat],
                  threads_);
  return **others;
}

// `part->rows` are known.
void LockstepPath::LearnPart(RowSums sums, Part* part) const {
  if (part->rows.empty()) return;
  const std::optional<GramStandardizer> learnt = Learn(std::move(sums), part);
  if (learnt) part->scale.emplace(*rows_, learnt->features);
}

std::vector<LockstepPath::Part> LockstepPath::LearnFolds(std::size_t repeat) const {
  const Folds& folds = data_.folds[repeat];
  std::optional<FoldSums> others;
  const FoldSums& sums = SumsOf(repeat, &others);
  std::vector<Part> parts(static_cast<std::size_t>(folds.count));
  ParallelFor(parts.size(), threads_, [&](std::size_t f) {
    const auto fold = static_cast<int>(f);
    parts[f].rows = rows_->InOrder(folds.Training(fold));
    for (int own = -1; own < folds.count; ++own) parts[f].trains.push_back(folds.Trains(own, fold));
    LearnPart(sums.Training(fold), &parts[f]);
  });
  return parts;
}

std::vector<LockstepPath::Part> LockstepPath::LearnPairs(std::size_t repeat) const {
  const Folds& folds = data_.folds[repeat];
  std::optional<FoldSums> others;
  const FoldSums& sums = SumsOf(repeat, &others);
  const std::vector<PairScores> pairs = PairsOf(folds, 0);
  std::vector<Part> parts(pairs.size());
  ParallelFor(parts.size(), threads_, [&](std::size_t i) {
    const PairScores& pair = pairs[i];
    parts[i].rows = rows_->InOrder(folds.TrainingBoth(pair.first, pair.second));
    for (int own = -1; own < folds.count; ++own)
      parts[i].trains.push_back(folds.Trains(own, pair.first) && folds.Trains(own, pair.second));
    LearnPart(sums.TrainingOfBoth(pair.first, pair.second), &parts[i]);
  });
  return parts;
}

// The mean over the part's rows of the fit `own`, whose curvature is there.
std::optional<double> LockstepPath::LeaveOneOut(const Part& part,
                                                const LockstepCurvature& curvature,
                                                const Matrix& own) const {
  constexpr std::size_t kChunk = 256;
  LogisticLeaveOneOut left_out(InvertLower(curvature.factor), own, part.weight);
  Matrix buffer;
  for (std::size_t start = 0; start < part.rows.size(); start += kChunk) {
    const std::size_t count = std::min(kChunk, part.rows.size() - start);
    const auto first = part.rows.begin() + static_cast<std::ptrdiff_t>(start);
    const std::vector<uint32_t> rows(first, first + static_cast<std::ptrdiff_t>(count));
    left_out.Add({part.scale->Gather(rows_->Read(rows, &buffer)),
                  PickClasses(data_.target.classes, rows), data_.weights(rows), outputs_});
  }
  return left_out.MeanLoss();
}

// What the curvature at the fit of all rows tells beside it.
void LockstepPath::AddCriteria(const LockstepCurvature& curvature, double decay, Fit* fit) const {
  if (outputs_ > kMostOutputsTogether || fit->effective_dof) return;
  fit->effective_dof = EffectiveDof(curvature, outputs_, all_.spectrum->values.size(), decay);
  if (LeaveOneOutCost(all_.rows.size(), all_.scale->size(), outputs_) <= kMostLeaveOneOutOperations)
    fit->loo = LeaveOneOut(all_, curvature, parameters_.at(decay));
}

// The curvature of each part's rows at the solution of all rows, and the gradients of each fold's;
// of many parameters the curvature of all rows, for factors are then dearer than passes.
void LockstepPath::FillSlopes(const Folds& folds, const std::vector<Part>& parts, Block* block) {
  const bool shared = Parameters() > kManyParameters;
  std::vector<int> part_of(folds.of_row.size());
  std::transform(folds.of_row.begin(), folds.of_row.end(), part_of.begin(),
                 [](int fold) { return static_cast<int>(Folds::PartOf(fold)); });
  const RowParts split{part_of, static_cast<std::size_t>(folds.count) + 1, !shared};
  const std::size_t count = block->decays.size();
  block->curvatures.resize(count);
  block->gradients.resize(count);
  // Part by part, for where the part changes a product of matrices ends.
  const std::vector<uint32_t> rows = folds.FoldByFold();
  std::vector<Matrix> fits;
  for (const double decay : block->decays)
    fits.push_back(all_.scale->Spread(parameters_.at(decay)));
  std::vector<LockstepSums> sums = SumSlopes(Over(rows, threads_), split, fits);
  ParallelFor(count, threads_, [&](std::size_t d) {
    FactorCurvatures(parts, shared, d, &sums[d].curvatures, block);
    block->gradients[d] = std::move(sums[d].gradients);
  });
}

// Of one decay of the block; `sums` holds its curvatures by fold of the rows, or one of all.
void LockstepPath::FactorCurvatures(const std::vector<Part>& parts, bool shared, std::size_t d,
                                    std::vector<Matrix>* sums, Block* block) {
  const double decay = block->decays[d];
  std::vector<std::optional<LockstepCurvature>>& curvatures = block->curvatures[d];
  Matrix& whole = sums->front();
  for (std::size_t p = 0; !shared && p < parts.size(); ++p) {
    const Part& part = parts[p];
    curvatures.push_back(
        part.scale ? MakeCurvature(*part.scale, part.Trained(*sums), part.weight, decay, outputs_)
                   : std::nullopt);
  }
  for (std::size_t own = 1; own < sums->size(); ++own) whole += (*sums)[own];
  std::optional<LockstepCurvature> all =
      MakeCurvature(*all_.scale, whole, all_.weight, decay, outputs_);
  if (all) AddCriteria(*all, decay, &fits_.at(decay));
  if (shared) curvatures.push_back(std::move(all));
}

const LockstepCurvature* LockstepPath::CurvatureOf(const Block& block, std::size_t decay,
                                                   const PartAt& at) const {
  const auto& curvatures = block.curvatures[decay];
  const auto& own = curvatures[curvatures.size() > 1 ? at.index : 0];
  return own && own->factor.rows() == at.part.scale->size() * outputs_ ? &*own : nullptr;
}

void LockstepPath::SolveParts(const Asked& asked, const std::vector<Part>& parts,
                              const PartSolved& done) {
  const auto side = static_cast<double>(Parameters());
  constexpr double kMostBytes = 200e6;
  // Strips of sums, what they add up to, and factors; of many parameters those of all rows alone.
  const double each =
      Parameters() > kManyParameters ? 1.0 : static_cast<double>(parts.size()) + 1.0;
  const auto together =
      static_cast<std::size_t>(std::max(1.0, kMostBytes / (32.0 * side * side * each)));
  for (std::size_t next = 0; next < asked.decays.size();) {
    Block block;
    for (; next < asked.decays.size() && block.decays.size() < together; ++next) {
      if (At(asked.decays[next]) == nullptr) continue;
      block.index.push_back(next);
      block.decays.push_back(asked.decays[next]);
    }
    if (block.decays.empty() || asked.stop()) return;
    FillSlopes(data_.folds[asked.repeat], parts, &block);
    const bool many = all_.rows.size() > kManyRows;
    ParallelFor(parts.size(), many ? 1 : threads_, [&](std::size_t p) {
      if (!parts[p].scale || asked.stop()) return;
      SolvePart({p, parts[p], many ? threads_ : 1}, block, done);
    });
  }
}

void LockstepPath::SolvePart(const PartAt& at, const Block& block, const PartSolved& done) const {
  const Part& part = at.part;
  std::vector<LockstepFit> fits;
  std::vector<std::size_t> index;
  for (std::size_t d = 0; d < block.decays.size(); ++d) {
    const double decay = block.decays[d];
    const LockstepCurvature* curvature = CurvatureOf(block, d, at);
    if (curvature == nullptr || (decay == 0.0 && !part.spectrum)) continue;
    fits.push_back({decay, part.weight, &*part.scale, curvature,
                    part.spectrum ? &part.spectrum->flat : nullptr,
                    part.scale->Restrict(parameters_.at(decay))});
    if (part.scale->PredictsAs(*all_.scale))
      fits.back().gradient = part.Trained(block.gradients[d]);
    index.push_back(block.index[d]);
  }
  SolveRefreshed(Over(part.rows, at.threads), End(), &fits);
  done(at, fits, index);
}

// Those that are solved, in the shared scale; 0 for the others.
LockstepFits LockstepPath::Spread(const PartAt& at, const std::vector<LockstepFit>& fits) const {
  LockstepFits solved(fits.size(), outputs_, rows_->size());
  for (std::size_t f = 0; f < fits.size(); ++f) {
    if (fits[f].solved) solved.Set(f, at.part.scale->Spread(fits[f].parameters));
  }
  return solved;
}

bool LockstepPath::HasNoFit(const PartAt& at, const LockstepFit& fit) const {
  return !fit.solved && fit.decay == 0.0 && Separates(Over(at.part.rows, 1), fit);
}

void LockstepPath::ScoreFold(const Folds& folds, const PartAt& at,
                             const std::vector<LockstepFit>& fits,
                             const std::vector<std::size_t>& index, const FoldDone& done) const {
  const auto fold = static_cast<int>(at.index);
  const std::vector<uint32_t> held_rows = folds.Held(fold);
  const LockstepFits solved = Spread(at, fits);
  const Vector training = SumLosses(Over(at.part.rows, at.threads), solved) / at.part.weight;
  const Vector weights = data_.weights(held_rows);
  Matrix logits;
  const Vector held = SumLosses(Over(held_rows, at.threads), solved, &logits) / weights.sum();
  const std::vector<int32_t> classes = PickClasses(data_.target.classes, held_rows);
  ParallelFor(fits.size(), at.threads, [&](std::size_t f) {
    if (!fits[f].solved) {
      if (HasNoFit(at, fits[f])) done(fold, index[f], std::nullopt);
      return;
    }
    Matrix own(outputs_, logits.cols());
    for (Eigen::Index c = 0; c < outputs_; ++c)
      own.row(c) = logits.row(c * solved.padded() + static_cast<Eigen::Index>(f));
    const auto i = static_cast<Eigen::Index>(f);
    done(fold, index[f], FoldScore{training(i), held(i), HeldOutOfLogits(own, classes, weights)});
  });
}

void LockstepPath::SolveFolds(const Asked& asked, const FoldDone& done) {
  const Folds& folds = data_.folds[asked.repeat];
  SolveParts(
      asked, LearnFolds(asked.repeat),
      [&](const PartAt& at, const std::vector<LockstepFit>& fits,
          const std::vector<std::size_t>& index) { ScoreFold(folds, at, fits, index, done); });
}

void LockstepPath::SolvePairs(const Asked& asked, const PairDone& done) {
  const Folds& folds = data_.folds[asked.repeat];
  const std::vector<PairScores> pairs = PairsOf(folds, 0);
  SolveParts(
      asked, LearnPairs(asked.repeat),
      [&](const PartAt& at, const std::vector<LockstepFit>& fits,
          const std::vector<std::size_t>& index) {
        const LockstepFits solved = Spread(at, fits);
        const auto losses = [&](const std::vector<uint32_t>& rows) {
          return Vector(SumLosses(Over(rows, at.threads), solved) / data_.weights(rows).sum());
        };
        const Vector training = losses(at.part.rows);
        const Vector first = losses(folds.Held(pairs[at.index].first));
        const Vector second = losses(folds.Held(pairs[at.index].second));
        for (std::size_t f = 0; f < fits.size(); ++f) {
          const auto i = static_cast<Eigen::Index>(f);
          if (fits[f].solved)
            done(at.index, index[f], PairLosses{training(i), first(i), second(i)});
          else if (HasNoFit(at, fits[f]))
            done(at.index, index[f], std::nullopt);
        }
      });
}

void LockstepPath::LeaveOneOutOfFolds(const Asked& asked, const LeftOutDone& done) {
  SolveParts(asked, LearnFolds(asked.repeat),
             [&](const PartAt& at, const std::vector<LockstepFit>& fits,
                 const std::vector<std::size_t>& index) {
               ParallelFor(fits.size(), at.threads, [&](std::size_t f) {
                 const auto fold = static_cast<int>(at.index);
                 const LockstepFit& fit = fits[f];
                 if (!fit.solved) {
                   if (HasNoFit(at, fit)) done(fold, index[f], std::nullopt);
                   return;
                 }
                 const Matrix summed =
                     SumCurvature(Over(at.part.rows, 1), at.part.scale->Spread(fit.parameters));
                 const std::optional<LockstepCurvature> curvature =
                     MakeCurvature(*at.part.scale, summed, at.part.weight, fit.decay, outputs_);
                 done(fold, index[f],
                      curvature ? LeaveOneOut(at.part, *curvature, fit.parameters) : std::nullopt);
               });
             });
}

}  // namespace halflife
