#include "model/shared_rows.h"

#include <algorithm>
#include <iterator>
#include <utility>

#include "base/parallel.h"

namespace halflife {

SharedRows::SharedRows(const Dataset& data, const Standardizer& scale, std::vector<uint32_t> order,
                       int threads)
    : data_(data),
      scale_(scale),
      column_of_(data.design.features.size(), -1),
      order_(std::move(order)),
      place_(order_.size()) {
  for (std::size_t i = 0; i < order_.size(); ++i) place_[order_[i]] = static_cast<uint32_t>(i);
  const auto add = [&](int feature) {
    int& column = column_of_[static_cast<std::size_t>(feature)];
    if (column >= 0) return;
    column = static_cast<int>(features_.size());
    features_.push_back(feature);
  };
  for (const int f : scale.kept) add(f);
  for (const int f : scale.kept) {
    const int indicator = data.design.indicator[static_cast<std::size_t>(f)];
    if (indicator >= 0) add(indicator);
  }
  constexpr double kMostKept = 128e6;  // bytes
  constexpr std::size_t kChunk = 1024;
  const std::size_t count = order_.size();
  if (8.0 * static_cast<double>(count) * static_cast<double>(size()) > kMostKept) return;
  kept_.resize(size(), static_cast<Eigen::Index>(count));
  ParallelFor((count + kChunk - 1) / kChunk, threads, [&](std::size_t chunk) {
    const std::size_t first = chunk * kChunk;
    const std::span<const uint32_t> rows =
        std::span(order_).subspan(first, std::min(kChunk, count - first));
    kept_.middleCols(static_cast<Eigen::Index>(first), static_cast<Eigen::Index>(rows.size())) =
        ReadFromTable(rows).transpose();
  });
}

std::vector<uint32_t> SharedRows::InOrder(const std::vector<uint32_t>& rows) const {
  std::vector<char> wanted(order_.size(), 0);
  for (const uint32_t row : rows) wanted[row] = 1;
  std::vector<uint32_t> sorted;
  sorted.reserve(rows.size());
  std::copy_if(order_.begin(), order_.end(), std::back_inserter(sorted),
               [&](uint32_t row) { return wanted[row] != 0; });
  return sorted;
}

bool SharedRows::AreKeptTogether(std::span<const uint32_t> rows) const {
  for (std::size_t i = 1; i < rows.size(); ++i) {
    if (place_[rows[i]] != place_[rows[0]] + i) return false;
  }
  return !rows.empty();
}

Eigen::Map<const Matrix> SharedRows::Read(std::span<const uint32_t> rows, Matrix* buffer) const {
  const auto count = static_cast<Eigen::Index>(rows.size());
  if (kept_.size() == 0) {
    *buffer = ReadFromTable(rows).transpose();
  } else if (AreKeptTogether(rows)) {
    return {kept_.col(static_cast<Eigen::Index>(place_[rows[0]])).data(), size(), count};
  } else {
    buffer->resize(size(), count);
    for (Eigen::Index i = 0; i < count; ++i)
      buffer->col(i) =
          kept_.col(static_cast<Eigen::Index>(place_[rows[static_cast<std::size_t>(i)]]));
  }
  return {buffer->data(), size(), count};
}

// rows x size().
Matrix SharedRows::ReadFromTable(std::span<const uint32_t> rows) const {
  const Design& design = data_.design;
  Matrix cells(static_cast<Eigen::Index>(rows.size()), size());
  Matrix raw(cells.rows(), design.size());
  ReadCells(design, rows, 0, raw);
  for (std::size_t k = 0; k < features_.size(); ++k) {
    const int f = features_[k];
    const int indicator = design.indicator[static_cast<std::size_t>(f)];
    if (indicator >= 0) raw.col(f) += scale_.fill(f) * raw.col(indicator);
    cells.col(static_cast<Eigen::Index>(k)) =
        (raw.col(f).array() - scale_.mean(f)) / scale_.scale(f);
  }
  cells.rightCols(1).setOnes();
  return cells;
}

FoldScale::FoldScale(const SharedRows& rows, const Standardizer& fold) : shared_size_(rows.size()) {
  const Standardizer& all = rows.scale();
  for (const int f : fold.kept) {
    Term term{rows.ColumnOf(f), all.scale(f) / fold.scale(f), -1, 0.0,
              (all.mean(f) - fold.mean(f)) / fold.scale(f)};
    const int indicator = rows.data().design.indicator[static_cast<std::size_t>(f)];
    const double filled = (fold.fill(f) - all.fill(f)) / fold.scale(f);
    if (indicator >= 0 && filled != 0.0) {
      term.indicator = rows.ColumnOf(indicator);
      term.indicator_factor = filled * all.scale(indicator);
      term.offset += filled * all.mean(indicator);
    }
    terms_.push_back(term);
  }
}

Matrix FoldScale::Spread(const Matrix& parameters) const {
  Matrix shared = Matrix::Zero(shared_size_, parameters.cols());
  shared.bottomRows(1) = parameters.bottomRows(1);
  for (std::size_t k = 0; k < terms_.size(); ++k) {
    const Term& term = terms_[k];
    const auto weights = parameters.row(static_cast<Eigen::Index>(k));
    shared.row(term.column) += term.factor * weights;
    if (term.indicator >= 0) shared.row(term.indicator) += term.indicator_factor * weights;
    shared.bottomRows(1) += term.offset * weights;
  }
  return shared;
}

Matrix FoldScale::Gather(const Eigen::Ref<const Matrix>& gradient) const {
  Matrix own(size(), gradient.cols());
  own.bottomRows(1) = gradient.bottomRows(1);
  for (std::size_t k = 0; k < terms_.size(); ++k) {
    const Term& term = terms_[k];
    auto row = own.row(static_cast<Eigen::Index>(k));
    row = term.factor * gradient.row(term.column) + term.offset * gradient.bottomRows(1);
    if (term.indicator >= 0) row += term.indicator_factor * gradient.row(term.indicator);
  }
  return own;
}

bool FoldScale::PredictsAs(const FoldScale& of_all) const {
  return terms_.size() == of_all.terms_.size() &&
         std::all_of(terms_.begin(), terms_.end(), [](const Term& t) { return t.indicator < 0; });
}

Matrix FoldScale::Restrict(const Matrix& of_all) const {
  Matrix own(size(), of_all.cols());
  own.bottomRows(1) = of_all.bottomRows(1);
  for (std::size_t k = 0; k < terms_.size(); ++k) {
    const Term& term = terms_[k];
    auto row = own.row(static_cast<Eigen::Index>(k));
    row = of_all.row(term.column) / term.factor;
    own.bottomRows(1) -= term.offset * row;
  }
  return own;
}

Matrix FoldScale::GatherCurvature(const Eigen::Ref<const Matrix>& curvature) const {
  return Gather(Gather(curvature).transpose()).transpose();
}

}  // namespace halflife
