#include "model/log_curvature.h"

#include <algorithm>

namespace halflife {

void LogCurvature::Renew(const LogLossRows& rows, const Matrix& errors,
                         const std::vector<Eigen::Index>& outputs,
                         const std::vector<WeightPlace>& members) {
  constexpr double kLeast = 1e-14;  // of a row whose probability is 0 or 1 to rounding
  outputs_ = outputs;
  shares_ = rows.shares;
  // The size of an error is p or 1 - p: so p (1 - p) keeps its digits where p is next to 1.
  spread_ = errors(Eigen::all, outputs);
  spread_ = (spread_.array().abs() * (1.0 - spread_.array().abs())).max(kLeast);
  probabilities_ = errors(Eigen::all, outputs);
  for (std::size_t k = 0; k < outputs.size() && rows.outputs > 1; ++k) {
    for (Eigen::Index i = 0; i < errors.rows(); ++i) {
      if (rows.classes[static_cast<std::size_t>(i)] == outputs[k])
        probabilities_(i, static_cast<Eigen::Index>(k)) += 1.0;
    }
  }
  places_.clear();
  members_.clear();
  whole_.resize(0, 0);
  std::vector<WeightPlace> free;
  for (Eigen::Index k = 0; k < static_cast<Eigen::Index>(outputs.size()); ++k) {
    for (Eigen::Index f = 0; f < rows.free.cols(); ++f) free.push_back({k, -1 - f});
  }
  Append(rows, free);
  std::vector<WeightPlace> all = members;
  std::sort(all.begin(), all.end());
  Include(rows, all);
}

void LogCurvature::Include(const LogLossRows& rows, const std::vector<WeightPlace>& members) {
  std::vector<WeightPlace> old = members_;
  std::sort(old.begin(), old.end());
  std::vector<WeightPlace> added;
  for (const WeightPlace& each : members) {
    if (std::binary_search(old.begin(), old.end(), each)) continue;
    members_.push_back(each);
    const auto at = std::find(outputs_.begin(), outputs_.end(), each.output);
    added.push_back({at - outputs_.begin(), each.column});
  }
  if (!added.empty()) Append(rows, added);
  if (!added.empty() || factor_.rows() == 0 || members.empty()) Profile();
}

void LogCurvature::Append(const LogLossRows& rows, const std::vector<WeightPlace>& added) {
  constexpr Eigen::Index kChunk = 2048;
  const auto before = static_cast<Eigen::Index>(places_.size());
  places_.insert(places_.end(), added.begin(), added.end());
  const auto size = static_cast<Eigen::Index>(places_.size());
  Matrix across = Matrix::Zero(size, size - before);
  Matrix own = Matrix::Zero(size, size - before);
  for (Eigen::Index start = 0; start < shares_.size(); start += kChunk)
    AddRows(rows, start, std::min(kChunk, shares_.size() - start), before, &across, &own);
  Matrix whole(size, size);
  whole.topLeftCorner(before, before) = whole_;
  for (Eigen::Index b = before; b < size; ++b) {
    for (Eigen::Index a = 0; a < size; ++a) {
      const bool same = places_[static_cast<std::size_t>(a)].output ==
                        places_[static_cast<std::size_t>(b)].output;
      whole(a, b) = same ? own(a, b - before) : -across(a, b - before);
      whole(b, a) = whole(a, b);
    }
  }
  whole_ = std::move(whole);
}

// Adds to the products of all places with those from `before` on: across outputs p_k p_l, within
// one p (1 - p).
void LogCurvature::AddRows(const LogLossRows& rows, Eigen::Index start, Eigen::Index count,
                           Eigen::Index before, Matrix* across, Matrix* own) const {
  const auto size = static_cast<Eigen::Index>(places_.size());
  const auto outputs = static_cast<Eigen::Index>(outputs_.size());
  const Vector root = shares_.segment(start, count).cwiseSqrt();
  Matrix raw(count, size);
  for (Eigen::Index a = 0; a < size; ++a) {
    const Eigen::Index column = places_[static_cast<std::size_t>(a)].column;
    raw.col(a) = column < 0 ? rows.free.col(-1 - column).segment(start, count)
                            : rows.columns.col(column).segment(start, count);
  }
  for (Eigen::Index k = 0; k < outputs; ++k) {
    std::vector<Eigen::Index> all;
    std::vector<Eigen::Index> fresh;
    for (Eigen::Index a = 0; a < size; ++a) {
      if (places_[static_cast<std::size_t>(a)].output != k) continue;
      all.push_back(a);
      if (a >= before) fresh.push_back(a - before);
    }
    if (fresh.empty()) continue;
    const Vector weight =
        shares_.segment(start, count).cwiseProduct(spread_.col(k).segment(start, count));
    const Matrix left = raw(Eigen::all, all);
    const Matrix right = weight.asDiagonal() * raw.rightCols(size - before)(Eigen::all, fresh);
    const Matrix product = left.transpose() * right;
    (*own)(all, fresh) += product;
  }
  if (outputs == 1) return;
  for (Eigen::Index a = 0; a < size; ++a) {
    const Eigen::Index k = places_[static_cast<std::size_t>(a)].output;
    raw.col(a).array() *= root.array() * probabilities_.col(k).segment(start, count).array();
  }
  across->noalias() += raw.transpose() * raw.rightCols(size - before);
}

void LogCurvature::Profile() {
  const auto members = static_cast<Eigen::Index>(members_.size());
  const Eigen::Index free = whole_.rows() - members;
  const auto outputs = static_cast<Eigen::Index>(outputs_.size());
  const Eigen::Index each = free / outputs;
  Matrix products = whole_.topLeftCorner(free, free);
  // What is common to all outputs changes nothing: it gets a curvature, having no slope.
  if (outputs > 1) {
    const double typical = products.trace() / static_cast<double>(free * outputs);
    for (Eigen::Index a = 0; a < free; ++a) {
      for (Eigen::Index b = a % each; b < free; b += each) products(a, b) += typical;
    }
  }
  // Free columns that depend on each other leave a direction flat; a little ridge takes its part.
  const double trace = products.trace();
  factor_ = CholeskyWithRidge(products, 0.0, 4.0 * kEps * trace, trace)
                .value_or(Matrix::Identity(free, free));
  gram_ = whole_.bottomRightCorner(members, members);
  if (members == 0) return;
  const Matrix along =
      factor_.triangularView<Eigen::Lower>().solve(whole_.topRightCorner(free, members));
  gram_.noalias() -= along.transpose() * along;
}

Vector LogCurvature::Profile(const Vector& slope, const Vector& free) const {
  if (slope.size() == 0) return slope;
  Vector along = free;
  CholeskySolve(factor_, along);
  return slope - whole_.topRightCorner(free.size(), slope.size()).transpose() * along;
}

Vector LogCurvature::FreeStep(const Vector& step, const Vector& free) const {
  Vector along = free;
  if (step.size() > 0) along -= whole_.topRightCorner(free.size(), step.size()) * step;
  CholeskySolve(factor_, along);
  return along;
}

double LogCurvature::Along(const Matrix& move) const {
  if (move.cols() == 1) return move.col(0).cwiseAbs2().cwiseProduct(spread_.col(0)).dot(shares_);
  // The variance of a row's move under its probabilities.
  const Vector mean = move.cwiseProduct(probabilities_).rowwise().sum();
  const Matrix off = move.colwise() - mean;
  return off.cwiseAbs2().cwiseProduct(probabilities_).rowwise().sum().dot(shares_);
}

}  // namespace halflife
