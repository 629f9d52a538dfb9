#include "model/held_errors.h"

#include <algorithm>

namespace halflife {
namespace {

// What each of (features, target, 1) is multiplied by in prediction less target, the target being
// less the constant that the sums' one is less.
Matrix Coefficients(const Design& design, const GramStandardizer& learnt, const Matrix& weights) {
  const Eigen::Index p = design.size();
  const Standardizer& of = learnt.features;
  Matrix coefficients = Matrix::Zero(p + 2, weights.cols());
  coefficients.row(p).setConstant(-1.0);
  coefficients.row(p + 1).setConstant(learnt.target_mean);
  for (Eigen::Index k = 0; k < weights.rows(); ++k) {
    const int f = of.kept[static_cast<std::size_t>(k)];
    const Eigen::RowVectorXd scaled = weights.row(k) / of.scale(f);
    coefficients.row(f) += scaled;
    coefficients.row(p + 1) -= of.mean(f) * scaled;
    const int indicator = design.indicator[static_cast<std::size_t>(f)];
    if (indicator >= 0) coefficients.row(indicator) += of.fill(f) * scaled;
  }
  return coefficients;
}

}  // namespace

std::vector<double> ErrorsOfRows(const FoldRows& rows, std::span<const uint32_t> which,
                                 const GramStandardizer& learnt, const Matrix& weights) {
  constexpr std::size_t kChunk = 1024;
  std::vector<double> errors(static_cast<std::size_t>(weights.cols()), 0.0);
  for (std::size_t start = 0; start < which.size(); start += kChunk) {
    const std::span<const uint32_t> chunk =
        which.subspan(start, std::min(kChunk, which.size() - start));
    const std::vector<uint32_t> own(chunk.begin(), chunk.end());
    AddSquaredErrors(rows.data->design, chunk, learnt, (*rows.centred)(own),
                     rows.data->weights(own), weights, &errors);
  }
  return errors;
}

void AddSquaredErrors(const Design& design, std::span<const uint32_t> rows,
                      const GramStandardizer& learnt, const Vector& target,
                      const Vector& row_weights, const Matrix& weights,
                      std::vector<double>* errors) {
  const Vector off = target.array() - learnt.target_mean;
  const Matrix predictions = StandardizeByRow(design, learnt.features, rows) * weights;
  for (std::size_t d = 0; d < errors->size(); ++d)
    (*errors)[d] +=
        (predictions.col(static_cast<Eigen::Index>(d)) - off).cwiseAbs2().dot(row_weights);
}

ErrorsOfSums HeldErrorsOfSums(const Design& design, const GramStandardizer& learnt,
                              const RowSums& held, const Matrix& weights) {
  // Sums carry an error of some 10 eps of the sizes of their terms; above 1e-5 of these 9 digits
  // are left.
  constexpr double kClose = 1e-5;
  const Matrix coefficients = Coefficients(design, learnt, weights);
  const Matrix products = held.products.selfadjointView<Eigen::Lower>() * coefficients;
  const Vector squares = held.products.diagonal();
  ErrorsOfSums of{std::vector<double>(static_cast<std::size_t>(weights.cols())), {}};
  for (Eigen::Index d = 0; d < weights.cols(); ++d) {
    const double error = coefficients.col(d).dot(products.col(d));
    const double size = coefficients.col(d).cwiseAbs2().dot(squares);
    of.errors[static_cast<std::size_t>(d)] = error;
    if (!(error > kClose * size)) of.close.push_back(d);
  }
  return of;
}

std::vector<double> HeldErrors(const FoldRows& rows, const GramStandardizer& learnt,
                               const RowSums& held, const Matrix& weights) {
  ErrorsOfSums of = HeldErrorsOfSums(rows.data->design, learnt, held, weights);
  if (of.close.empty()) return of.errors;
  const std::vector<double> anew =
      ErrorsOfRows(rows, rows.held, learnt, weights(Eigen::all, of.close));
  for (std::size_t i = 0; i < of.close.size(); ++i)
    of.errors[static_cast<std::size_t>(of.close[i])] = anew[i];
  return of.errors;
}

}  // namespace halflife
