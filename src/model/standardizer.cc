#include "model/standardizer.h"

#include <algorithm>
#include <cmath>
#include <limits>

#include "base/parallel.h"
#include "data/encoding.h"

namespace halflife {
namespace {

double RootOrOne(double variance) { return variance > 0.0 ? std::sqrt(variance) : 1.0; }

// Fill, mean and scale of a number; `cells` holds it and, where it has one, its indicator; the
// weights of its present cells sum to `present`.
void LearnNumber(Eigen::Index f, const Matrix& cells, const Vector& weights, double present,
                 Standardizer* learnt) {
  const bool has_missing = cells.cols() > 1;
  const double total = weights.sum();
  const auto values = cells.col(0);
  const double sum = values.dot(weights);
  const double fill = present > 0.0 ? sum / present : 0.0;
  const double missing = has_missing ? cells.col(1).dot(weights) : 0.0;
  const double mean = (sum + fill * missing) / total;
  double squares = 0.0;
  for (Eigen::Index i = 0; i < values.size(); ++i) {
    const double off = (has_missing && cells(i, 1) != 0.0 ? fill : values(i)) - mean;
    squares += weights(i) * off * off;
  }
  learnt->fill(f) = fill;
  learnt->mean(f) = mean;
  learnt->scale(f) = RootOrOne(squares / total);
}

// Of a feature that is 1 in rows of weight `ones` and 0 in others.
void LearnShare(Eigen::Index f, double ones, double total, Standardizer* learnt) {
  const double share = ones / total;
  learnt->fill(f) = share;
  learnt->mean(f) = share;
  learnt->scale(f) = RootOrOne(share * ((total - ones) / total));
}

// The levels of a column of text, by counting rows, never as cells.
void LearnLevels(const DesignColumn& of, const std::vector<uint32_t>& table_rows,
                 const Vector& weights, Standardizer* learnt, FeatureRange* range) {
  Vector ones = Vector::Zero(of.count);
  std::vector<std::size_t> count(static_cast<std::size_t>(of.count), 0);
  for (std::size_t i = 0; i < table_rows.size(); ++i) {
    const int32_t code = of.column->codes[table_rows[i]];
    if (code == Column::kMissing && !of.marks_missing) continue;
    const Eigen::Index level = code == Column::kMissing ? of.count - 1 : code;
    ones(level) += weights(static_cast<Eigen::Index>(i));
    ++count[static_cast<std::size_t>(level)];
  }
  const double total = weights.sum();
  for (Eigen::Index level = 0; level < of.count; ++level) {
    const Eigen::Index f = of.first + level;
    LearnShare(f, ones(level), total, learnt);
    const std::size_t rows = count[static_cast<std::size_t>(level)];
    range->lowest(f) = rows < table_rows.size() ? 0.0 : 1.0;
    range->highest(f) = rows > 0 ? 1.0 : 0.0;
  }
}

// How a feature's cells are standardised.
struct Scaling {
  Eigen::Index indicator;  // the feature that marks missing cells, or -1
  double fill;
  double mean;
  double scale;
};

Scaling ScalingOf(const Design& design, const Standardizer& learnt, int f) {
  return {design.indicator[static_cast<std::size_t>(f)], learnt.fill(f), learnt.mean(f),
          learnt.scale(f)};
}

}  // namespace

FeatureRange::FeatureRange(Eigen::Index features)
    : lowest(Vector::Constant(features, std::numeric_limits<double>::infinity())),
      highest(Vector::Constant(features, -std::numeric_limits<double>::infinity())),
      present(Vector::Zero(features)) {}

void FeatureRange::Add(const Design& design, Eigen::Index first, Eigen::Index count,
                       const Eigen::Ref<const Matrix>& cells,
                       const Eigen::Ref<const Vector>& weights) {
  if (cells.rows() == 0) return;
  const double total = weights.sum();
  for (Eigen::Index f = first; f < first + count; ++f) {
    const auto values = cells.col(f - first);
    const int indicator = design.indicator[static_cast<std::size_t>(f)];
    if (indicator < 0) {
      lowest(f) = std::min(lowest(f), values.minCoeff());
      highest(f) = std::max(highest(f), values.maxCoeff());
      present(f) += total;
      continue;
    }
    const auto missing = cells.col(indicator - first);
    for (Eigen::Index i = 0; i < values.size(); ++i) {
      if (missing(i) != 0.0) continue;
      lowest(f) = std::min(lowest(f), values(i));
      highest(f) = std::max(highest(f), values(i));
      present(f) += weights(i);
    }
  }
}

void FeatureRange::Add(const FeatureRange& other) {
  lowest = lowest.cwiseMin(other.lowest);
  highest = highest.cwiseMax(other.highest);
  present += other.present;
}

std::vector<int> FeatureRange::Varying(const Design& design) const {
  std::vector<int> kept;
  for (Eigen::Index f = 0; f < design.size(); ++f) {
    const auto at = static_cast<std::size_t>(f);
    if (VariesBeyondRounding(lowest(f), highest(f), design.origin[at]) && !design.helper[at])
      kept.push_back(static_cast<int>(f));
  }
  return kept;
}

Standardizer LearnStandardizer(const Design& design, const std::vector<uint32_t>& rows,
                               const Vector& weights, int threads) {
  const Vector own = weights(rows);
  const std::vector<uint32_t> table_rows = design.InTable(rows);
  FeatureRange range(design.size());
  Standardizer learnt{{}, Vector(design.size()), Vector(design.size()), Vector(design.size())};
  ParallelFor(design.columns.size(), threads, [&](std::size_t c) {
    const DesignColumn& of = design.columns[c];
    if (of.is_text()) return LearnLevels(of, table_rows, own, &learnt, &range);
    Matrix cells(static_cast<Eigen::Index>(rows.size()), of.count);
    ReadTableCells(design, table_rows, of.first, cells);
    range.Add(design, of.first, of.count, cells, own);
    LearnNumber(of.first, cells, own, range.present(of.first), &learnt);
    if (of.marks_missing) LearnShare(of.first + 1, cells.col(1).dot(own), own.sum(), &learnt);
  });
  learnt.kept = range.Varying(design);
  return learnt;
}

Matrix StandardizeByRow(const Design& design, const Standardizer& standardizer,
                        std::span<const uint32_t> rows) {
  const auto kept = static_cast<Eigen::Index>(standardizer.kept.size());
  const std::vector<uint32_t> table_rows = design.InTable(rows);
  Matrix values(static_cast<Eigen::Index>(rows.size()), kept);
  Matrix cells;
  Eigen::Index k = 0;
  for (const DesignColumn& of : design.columns) {
    const auto kept_at = [&] { return standardizer.kept[static_cast<std::size_t>(k)]; };
    if (k == kept || kept_at() >= of.end()) continue;
    cells.resize(values.rows(), of.count);
    ReadTableCells(design, table_rows, of.first, cells);
    for (; k < kept && kept_at() < of.end(); ++k) {
      const Scaling own = ScalingOf(design, standardizer, kept_at());
      auto raw = cells.col(kept_at() - of.first);
      if (own.indicator >= 0) raw += own.fill * cells.col(own.indicator - of.first);
      values.col(k) = (raw.array() - own.mean) / own.scale;
    }
  }
  return values;
}

Matrix Standardize(const Design& design, const Standardizer& standardizer,
                   std::span<const uint32_t> rows) {
  // Rows turned around at a time: no power of two, for the cells of a row would share a few places
  // of the cache.
  constexpr std::size_t kChunk = 120;
  Matrix values(static_cast<Eigen::Index>(standardizer.kept.size()),
                static_cast<Eigen::Index>(rows.size()));
  for (std::size_t start = 0; start < rows.size(); start += kChunk) {
    const std::span<const uint32_t> chunk =
        rows.subspan(start, std::min(kChunk, rows.size() - start));
    values.middleCols(static_cast<Eigen::Index>(start), static_cast<Eigen::Index>(chunk.size())) =
        StandardizeByRow(design, standardizer, chunk).transpose();
  }
  return values;
}

}  // namespace halflife
