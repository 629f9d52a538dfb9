#include "model/lockstep_path.h"

#include <algorithm>
#include <cmath>

#include "base/parallel.h"
#include "model/lockstep_curvatures.h"
#include "model/newton.h"
#include "model/path_ahead.h"
#include "model/softmax.h"
#include "model/spectrum.h"

namespace halflife {
namespace {

constexpr std::size_t kMostLockstepParameters = 300;
constexpr double kRowsAParameter = 2.5;

// Rows spread evenly over each class, enough to tell where the path of all rows lies; a small class
// lends most of its rows, which then weigh less than those of a large one.
struct Sample {
  std::vector<uint32_t> rows;
  Vector weights;  // of all rows of the dataset
};

Sample SampleOf(const Dataset& data, std::size_t parameters) {
  const std::size_t rows = data.target.rows();
  const std::size_t classes = data.target.class_names.size();
  const std::size_t wanted = std::max<std::size_t>(2000, 30 * parameters);
  std::vector<std::vector<uint32_t>> of_class(classes);
  for (uint32_t row = 0; row < rows; ++row)
    of_class[static_cast<std::size_t>(data.target.classes[row])].push_back(row);
  Sample sample{{}, data.weights};
  for (const std::vector<uint32_t>& own : of_class) {
    const std::size_t fair = own.size() * wanted / rows;
    const std::size_t count = rows <= 4 * wanted
                                  ? own.size()
                                  : std::min(own.size(), std::max(fair, wanted / (2 * classes)));
    const double stands_for = static_cast<double>(own.size()) / static_cast<double>(count);
    for (std::size_t i = 0; i < count; ++i) {
      sample.rows.push_back(own[i * own.size() / count]);
      sample.weights(sample.rows.back()) *= stands_for;
    }
  }
  return sample;
}

bool HasEveryClass(const Dataset& data, const std::vector<uint32_t>& rows) {
  std::vector<char> seen(data.target.class_names.size(), 0);
  for (const uint32_t row : rows) seen[static_cast<std::size_t>(data.target.classes[row])] = 1;
  return std::find(seen.begin(), seen.end(), 0) == seen.end();
}

}  // namespace

bool LockstepPath::Suits(const Dataset& data, int outputs) {
  const std::size_t parameters =
      static_cast<std::size_t>(data.design.size() + 1) * static_cast<std::size_t>(outputs);
  return !data.folds.empty() && parameters <= kMostLockstepParameters &&
         static_cast<double>(data.target.rows()) >=
             kRowsAParameter * static_cast<double>(parameters);
}

LockstepPath::LockstepPath(const Dataset& data, int outputs, int threads)
    : data_(data),
      outputs_(outputs),
      threads_(threads),
      no_target_(Vector::Zero(data.weights.size())),
      sums_({data.design, no_target_, data.weights}, data.folds.front(), threads) {
  all_.rows = data.folds.front().FoldByFold();
  std::optional<GramStandardizer> learnt = Learn(sums_.All(), &all_);
  if (!learnt || !all_.spectrum) return;
  standardizer_ = std::move(learnt->features);
  rows_.emplace(data, standardizer_, all_.rows, threads);
  all_.scale.emplace(*rows_, standardizer_);
  furthest_ = FurthestRow(Over(all_.rows, threads_));
}

// Without the scale, for which all rows must be known first.
std::optional<GramStandardizer> LockstepPath::Learn(RowSums sums, Part* part) const {
  GramStandardizer learnt = LearnStandardizer(data_.design, sums);
  part->weight = sums.weight;
  if (!KeepsDigits(sums, learnt) || !HasEveryClass(data_, part->rows)) return std::nullopt;
  StandardizedGram gram = Standardize(data_.design, std::move(sums), learnt);
  part->spectrum = ValuesAndFlat(std::move(gram.features));
  if (part->spectrum && !FlatInRows(data_.design, learnt.features, part->rows, *part->spectrum))
    part->spectrum.reset();
  return learnt;
}

// Zero weights and the intercepts that give each class its share.
Matrix LockstepPath::Start() const {
  Vector share = Vector::Zero(static_cast<Eigen::Index>(data_.target.class_names.size()));
  for (const uint32_t row : all_.rows) share(data_.target.classes[row]) += data_.weights(row);
  Matrix start = Matrix::Zero(all_.scale->size(), outputs_);
  auto intercepts = start.bottomRows(1);
  if (outputs_ == 1) {
    intercepts(0, 0) = std::log(share(1) / share(0));
  } else {
    intercepts = share.array().log().matrix().transpose();
    intercepts.array() -= intercepts.mean();
  }
  return start;
}

// Decay after decay down the path of `rows`, each fit from where the last three point.
std::vector<std::optional<LockstepPath::Beginning>> LockstepPath::Walk(
    const LockstepRows& over, const LockstepEnd& end, std::span<const double> decays) const {
  const std::size_t stride = Parameters() > kManyParameters ? 3 : 1;
  double weight = 0.0;
  for (const uint32_t row : over.rows) weight += over.weights(row);
  std::vector<std::optional<Beginning>> found(decays.size());
  PathAhead ahead;
  Matrix summed;
  for (std::size_t d = 0; d < decays.size(); ++d) {
    LockstepFit fit{decays[d],
                    weight,
                    &*all_.scale,
                    nullptr,
                    &all_.spectrum->flat,
                    ahead.started() ? ahead.Expected(decays[d]) : Start()};
    std::optional<LockstepCurvature> curvature;
    for (const bool fresh : {d % stride == 0, true}) {
      if (fresh) summed = SumCurvature(over, all_.scale->Spread(fit.parameters));
      curvature = MakeCurvature(*all_.scale, summed, weight, decays[d], outputs_);
      if (!curvature) break;
      fit.curvature = &*curvature;
      std::vector<LockstepFit> one = {fit};
      SolveLockstep(over, end, &one);
      fit = one.front();
      if (fit.solved) break;
    }
    if (!curvature || !fit.parameters.allFinite()) continue;
    if (fit.solved) ahead.Add(decays[d], fit.parameters);
    found[d] = {fit.parameters, std::move(*curvature), fit.solved};
  }
  return found;
}

// Whether every row's own class has strictly the largest logit: then scaling the weights up lowers
// the loss without end, and no finite fit exists without decay (Albert and Anderson 1984).
bool LockstepPath::Separates(const LockstepRows& over, const LockstepFit& fit) const {
  LockstepFits one(1, outputs_, rows_->size());
  one.Set(0, fit.scale->Spread(fit.parameters));
  Matrix padded;
  SumLosses(over, one, &padded);
  SoftmaxState state;
  state.logits.resize(outputs_, padded.cols());
  for (Eigen::Index c = 0; c < outputs_; ++c) state.logits.row(c) = padded.row(c * one.padded());
  const std::vector<uint32_t> rows(over.rows.begin(), over.rows.end());
  return halflife::Separates(state, PickClasses(data_.target.classes, rows));
}

// A curvature of m outputs takes as long as about (m + 1) / 4 passes for each of its columns.
LockstepEnd LockstepPath::End() const {
  LockstepEnd end{furthest_};
  end.passes = std::clamp(static_cast<int>(rows_->size()) * (outputs_ + 1) / 4, 12, 60);
  return end;
}

// Those that the first curvature does not bring there get their own, where they are by then.
void LockstepPath::SolveRefreshed(const LockstepRows& over, const LockstepEnd& end,
                                  std::vector<LockstepFit>* fits) const {
  constexpr int kMostRounds = 5;
  std::vector<LockstepCurvature> own(fits->size());
  for (int round = 0; round < kMostRounds; ++round) {
    if (round > 0) {
      ParallelFor(fits->size(), over.threads, [&](std::size_t f) {
        LockstepFit& fit = (*fits)[f];
        if (fit.solved || !fit.parameters.allFinite()) return;
        const Matrix summed =
            SumCurvature({over.of, over.rows, over.weights, 1}, fit.scale->Spread(fit.parameters));
        std::optional<LockstepCurvature> fresh =
            MakeCurvature(*fit.scale, summed, fit.weight, fit.decay, outputs_);
        if (!fresh) return;
        own[f] = std::move(*fresh);
        fit.curvature = &own[f];
      });
    }
    SolveLockstep(over, end, fits);
    if (std::all_of(fits->begin(), fits->end(), [](const auto& fit) { return fit.solved; })) return;
  }
}

void LockstepPath::SolveAll(std::vector<double> decays) {
  std::erase_if(decays, [&](double decay) { return fits_.count(decay) > 0; });
  if (decays.empty()) return;
  std::sort(decays.begin(), decays.end(), std::greater<>());
  const Sample sample = SampleOf(data_, Parameters());
  const LockstepEnd strict = End();
  const bool roughly = sample.rows.size() < all_.rows.size();
  // On a sample a place near the path is enough.
  LockstepEnd rough = strict;
  rough.gradient = 1e-4;
  rough.logit = 10.0;
  std::vector<std::optional<Beginning>> found =
      Walk({*rows_, sample.rows, sample.weights, threads_}, roughly ? rough : strict, decays);
  std::vector<LockstepFit> fits;
  for (std::size_t d = 0; d < decays.size(); ++d) {
    if (!found[d]) continue;
    fits.push_back({decays[d], all_.weight, &*all_.scale, &found[d]->curvature,
                    &all_.spectrum->flat, found[d]->parameters, !roughly && found[d]->solved});
  }
  SolveRefreshed(Over(all_.rows, threads_), strict, &fits);
  if (!fits.empty() && fits.back().decay == 0.0 && !fits.back().solved)
    separable_ = Separates(Over(all_.rows, threads_), fits.back());
  std::erase_if(fits, [](const LockstepFit& fit) { return !fit.solved; });
  LockstepFits solved(fits.size(), outputs_, rows_->size());
  for (std::size_t f = 0; f < fits.size(); ++f)
    solved.Set(f, all_.scale->Spread(fits[f].parameters));
  const Vector losses = SumLosses(Over(all_.rows, threads_), solved);
  for (std::size_t f = 0; f < fits.size(); ++f) {
    const Matrix& own = fits[f].parameters;
    fits_[fits[f].decay] = {own.topRows(own.rows() - 1), own.bottomRows(1).transpose(),
                            losses(static_cast<Eigen::Index>(f)) / all_.weight, std::nullopt};
    parameters_[fits[f].decay] = own;
  }
}

const Fit* LockstepPath::At(double decay) const {
  const auto at = fits_.find(decay);
  return at == fits_.end() ? nullptr : &at->second;
}

}  // namespace halflife
