#include "model/lockstep_curvatures.h"

#include <algorithm>
#include <optional>
#include <utility>

#include "base/parallel.h"
#include "model/weighted_grams.h"

namespace halflife {
namespace {

// Of rows of the data: their weighted errors, shaped as the logits of `fits`, and curvatures
// weight * p_a (1[a = b] - p_b), a row a pair of outputs a >= b of a fit, the fits of a pair side
// by side. The error of the row's own class is p - 1, right however near p is to 1.
struct Slopes {
  Matrix errors;
  Matrix curvatures;
};

Slopes SlopesOf(const LockstepRows& over, std::span<const uint32_t> rows, const LockstepFits& fits,
                const Eigen::Map<const Matrix>& cells) {
  const auto count = static_cast<Eigen::Index>(fits.count());
  const Eigen::Index outputs = fits.outputs();
  Slopes slopes{fits.parameters().transpose() * cells,
                Matrix(PairCount(outputs) * count, cells.cols())};
  for (Eigen::Index i = 0; i < cells.cols(); ++i) {
    const uint32_t row = rows[static_cast<std::size_t>(i)];
    const int32_t own = over.of.data().target.classes[row];
    auto errors = slopes.errors.col(i);
    LogErrors(fits.RowOf(errors.data(), own), 1.0);
    auto curvature = slopes.curvatures.col(i).array();
    const auto of = [&](Eigen::Index output) {
      return errors.segment(output * fits.padded(), count).array();
    };
    const auto share = [&](Eigen::Index output) {
      return of(output) + (output == own ? 1.0 : 0.0);
    };
    Eigen::Index pair = 0;
    for (Eigen::Index a = 0; a < outputs; ++a) {
      for (Eigen::Index b = 0; b < a; ++b, pair += count)
        curvature.segment(pair, count) = -over.weights(row) * share(a) * share(b);
      curvature.segment(pair, count) = over.weights(row) * of(a).abs() * (1.0 - of(a).abs());
      pair += count;
    }
    errors *= over.weights(row);
  }
  return slopes;
}

std::size_t PartOf(const RowParts& parts, uint32_t row) {
  return parts.part_of.empty() ? 0 : static_cast<std::size_t>(parts.part_of[row]);
}

// Sums of fits that are weighed together.
class FitSums {
 public:
  FitSums(const RowParts& parts, std::span<const Matrix> fits)
      : parts_(parts),
        fits_(fits.size(), static_cast<int>(fits.front().cols()), fits.front().rows()) {
    for (std::size_t fit = 0; fit < fits.size(); ++fit) fits_.Set(fit, fits[fit]);
    curvatures_.assign(parts.curvatures_apart ? parts.parts : 1, WeightedGrams(Each(), Size()));
    gradients_.assign(parts.parts, Matrix::Zero(Size(), fits_.parameters().cols()));
  }

  void Add(const LockstepRows& over, std::span<const uint32_t> all) {
    constexpr Eigen::Index kMostCurvatures = 1 << 16;  // at a time, that the cache holds them
    constexpr Eigen::Index kMostRows = 256;
    const auto most =
        static_cast<std::size_t>(std::clamp<Eigen::Index>(kMostCurvatures / Each(), 16, kMostRows));
    Matrix buffer;
    for (std::size_t start = 0, end = 0; start < all.size(); start = end) {
      const std::size_t part = PartOf(parts_, all[start]);
      while (end < all.size() && end - start < most && PartOf(parts_, all[end]) == part) ++end;
      const std::span<const uint32_t> rows = all.subspan(start, end - start);
      const Eigen::Map<const Matrix> cells = over.of.Read(rows, &buffer);
      const Slopes slopes = SlopesOf(over, rows, fits_, cells);
      gradients_[part].noalias() += cells * slopes.errors.transpose();
      curvatures_[parts_.curvatures_apart ? part : 0].Add(slopes.curvatures, cells.transpose());
    }
  }

  // Of the same fits over other rows.
  void Add(const FitSums& other) {
    for (std::size_t part = 0; part < curvatures_.size(); ++part)
      curvatures_[part].Add(other.curvatures_[part]);
    for (std::size_t part = 0; part < gradients_.size(); ++part)
      gradients_[part] += other.gradients_[part];
  }

  void AppendTo(std::vector<LockstepSums>* all) const {
    const auto count = static_cast<Eigen::Index>(fits_.count());
    for (std::size_t fit = 0; fit < fits_.count(); ++fit) {
      LockstepSums sums;
      for (const WeightedGrams& part : curvatures_) {
        sums.curvatures.push_back(
            part.Blocks(fits_.outputs(), static_cast<Eigen::Index>(fit), count));
      }
      for (const Matrix& part : gradients_) sums.gradients.push_back(fits_.Of(part, fit));
      all->push_back(std::move(sums));
    }
  }

 private:
  Eigen::Index Each() const {
    return PairCount(fits_.outputs()) * static_cast<Eigen::Index>(fits_.count());
  }
  Eigen::Index Size() const { return fits_.parameters().rows(); }

  RowParts parts_;
  LockstepFits fits_;
  std::vector<WeightedGrams> curvatures_;
  std::vector<Matrix> gradients_;
};

}  // namespace

// Fits are grouped and rows are cut by their number alone, so that sums do not depend on threads.
std::vector<LockstepSums> SumSlopes(const LockstepRows& over, const RowParts& parts,
                                    std::span<const Matrix> fits) {
  constexpr std::size_t kFits = 16;   // more would not be weighed faster
  constexpr std::size_t kStrips = 4;  // each has sums of its own
  constexpr std::size_t kFewRows = 4000;
  const std::size_t groups = (fits.size() + kFits - 1) / kFits;
  const std::size_t rows = over.rows.size();
  const std::size_t strips = std::clamp<std::size_t>(rows / kFewRows, 1, kStrips);
  std::vector<std::optional<FitSums>> sums(groups * strips);
  ParallelFor(sums.size(), over.threads, [&](std::size_t at) {
    const std::size_t first = at / strips * kFits;
    const std::size_t strip = at % strips;
    const std::size_t start = strip * rows / strips;
    sums[at].emplace(parts, fits.subspan(first, std::min(kFits, fits.size() - first)));
    sums[at]->Add(over, over.rows.subspan(start, (strip + 1) * rows / strips - start));
  });
  std::vector<LockstepSums> of_fits;
  for (std::size_t group = 0; group < groups; ++group) {
    FitSums& whole = *sums[group * strips];
    for (std::size_t strip = 1; strip < strips; ++strip) whole.Add(*sums[group * strips + strip]);
    whole.AppendTo(&of_fits);
  }
  return of_fits;
}

Matrix SumCurvature(const LockstepRows& over, const Matrix& parameters) {
  return std::move(SumSlopes(over, {}, std::span(&parameters, 1)).front().curvatures.front());
}

}  // namespace halflife
