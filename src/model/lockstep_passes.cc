#include "model/lockstep_passes.h"

#include <algorithm>
#include <cmath>

#include "base/parallel.h"

namespace halflife {
namespace {

constexpr std::size_t kRowsAtATime = 256;

// Rows are cut into strips by their number alone, so that sums do not depend on threads.
std::size_t StripsOf(std::size_t rows) {
  constexpr std::size_t kMost = 32;
  return std::clamp<std::size_t>(rows / 1024, 1, kMost);
}

// Calls body(strip, first, rows, cells) chunk by chunk, strips side by side; cells are size x rows.
template <typename Body>
void ForEachChunk(const LockstepRows& over, const Body& body) {
  const std::size_t count = over.rows.size();
  const std::size_t strips = StripsOf(count);
  ParallelFor(strips, over.threads, [&](std::size_t s) {
    const std::size_t end = (s + 1) * count / strips;
    Matrix buffer;
    for (std::size_t start = s * count / strips; start < end; start += kRowsAtATime) {
      const std::span<const uint32_t> chunk =
          over.rows.subspan(start, std::min(kRowsAtATime, end - start));
      body(s, start, chunk, over.of.Read(chunk, &buffer));
    }
  });
}

template <typename Sum>
Sum JoinStrips(std::vector<Sum>* sums) {
  for (std::size_t s = 1; s < sums->size(); ++s) (*sums)[0] += (*sums)[s];
  return std::move((*sums)[0]);
}

}  // namespace

LockstepFits::LockstepFits(std::size_t count, int outputs, Eigen::Index size)
    : count_(count),
      outputs_(outputs),
      padded_(static_cast<Eigen::Index>((count + kLogLossPad - 1) / kLogLossPad * kLogLossPad)),
      parameters_(Matrix::Zero(size, outputs * padded_)) {}

void LockstepFits::Set(std::size_t fit, const Matrix& own) {
  for (Eigen::Index output = 0; output < outputs_; ++output)
    parameters_.col(output * padded_ + static_cast<Eigen::Index>(fit)) = own.col(output);
}

LogitRow LockstepFits::RowOf(double* values, int32_t own) const {
  return {values, static_cast<std::size_t>(padded_), static_cast<std::size_t>(outputs_),
          static_cast<std::size_t>(own)};
}

Matrix LockstepFits::Of(const Matrix& columns, std::size_t fit) const {
  Matrix own(columns.rows(), outputs_);
  for (Eigen::Index output = 0; output < outputs_; ++output)
    own.col(output) = columns.col(output * padded_ + static_cast<Eigen::Index>(fit));
  return own;
}

Matrix SumGradients(const LockstepRows& over, const LockstepFits& fits) {
  const Dataset& data = over.of.data();
  const Matrix& parameters = fits.parameters();
  const Matrix across = parameters.transpose();
  std::vector<Matrix> sums(StripsOf(over.rows.size()),
                           Matrix::Zero(parameters.rows(), parameters.cols()));
  ForEachChunk(
      over, [&](std::size_t strip, std::size_t, std::span<const uint32_t> rows, const auto& cells) {
        Matrix errors = across * cells;
        for (std::size_t i = 0; i < rows.size(); ++i) {
          LogErrors(fits.RowOf(errors.col(static_cast<Eigen::Index>(i)).data(),
                               data.target.classes[rows[i]]),
                    over.weights(rows[i]));
        }
        sums[strip].noalias() += cells * errors.transpose();
      });
  return JoinStrips(&sums);
}

Vector SumLosses(const LockstepRows& over, const LockstepFits& fits, Matrix* logits) {
  const Dataset& data = over.of.data();
  const Matrix across = fits.parameters().transpose();
  if (logits != nullptr) logits->resize(across.rows(), static_cast<Eigen::Index>(over.rows.size()));
  std::vector<Vector> sums(StripsOf(over.rows.size()), Vector::Zero(fits.padded()));
  ForEachChunk(over, [&](std::size_t strip, std::size_t first, std::span<const uint32_t> rows,
                         const auto& cells) {
    Matrix own = across * cells;
    if (logits != nullptr) logits->middleCols(static_cast<Eigen::Index>(first), own.cols()) = own;
    for (std::size_t i = 0; i < rows.size(); ++i) {
      AddLogLosses(
          fits.RowOf(own.col(static_cast<Eigen::Index>(i)).data(), data.target.classes[rows[i]]),
          over.weights(rows[i]), sums[strip].data());
    }
  });
  return JoinStrips(&sums).head(static_cast<Eigen::Index>(fits.count()));
}

double FurthestRow(const LockstepRows& over) {
  std::vector<double> most(StripsOf(over.rows.size()), 0.0);
  ForEachChunk(over,
               [&](std::size_t strip, std::size_t, std::span<const uint32_t>, const auto& cells) {
                 most[strip] = std::max(most[strip], cells.colwise().squaredNorm().maxCoeff());
               });
  return std::sqrt(*std::max_element(most.begin(), most.end()));
}

}  // namespace halflife
