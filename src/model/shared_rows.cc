#include "model/shared_rows.h"

#include <algorithm>

#include "base/parallel.h"
#include "data/row_set.h"

namespace halflife {

SharedRows::SharedRows(const Dataset& data, const Standardizer& scale, int threads)
    : data_(data), scale_(scale), column_of_(data.design.features.size(), -1) {
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
  const std::size_t count = data.target.rows();
  if (8.0 * static_cast<double>(count) * static_cast<double>(size()) > kMostKept) return;
  kept_.resize(size(), static_cast<Eigen::Index>(count));
  ParallelFor((count + kChunk - 1) / kChunk, threads, [&](std::size_t chunk) {
    const std::vector<uint32_t> rows =
        RowsInOrder(std::min(kChunk, count - chunk * kChunk), chunk * kChunk);
    Matrix cells(static_cast<Eigen::Index>(rows.size()), size());
    ReadFromTable(rows, cells);
    kept_.middleCols(static_cast<Eigen::Index>(rows.front()), cells.rows()) = cells.transpose();
  });
}

void SharedRows::Read(std::span<const uint32_t> rows, Eigen::Ref<Matrix> cells) const {
  if (kept_.size() == 0) return ReadFromTable(rows, cells);
  for (Eigen::Index i = 0; i < cells.rows(); ++i)
    cells.row(i) = kept_.col(rows[static_cast<std::size_t>(i)]).transpose();
}

void SharedRows::ReadFromTable(std::span<const uint32_t> rows, Eigen::Ref<Matrix> cells) const {
  const Design& design = data_.design;
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
