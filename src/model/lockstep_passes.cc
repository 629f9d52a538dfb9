#include "model/lockstep_passes.h"

#include <algorithm>
#include <cmath>

#include "base/parallel.h"
#include "kernels/log_loss.h"

namespace halflife {
namespace {

constexpr std::size_t kRowsAtATime = 256;

// Rows are cut into strips by their number alone, so that sums do not depend on threads.
std::size_t StripsOf(std::size_t rows) {
  constexpr std::size_t kMost = 32;
  return std::clamp<std::size_t>(rows / (4 * kRowsAtATime), 1, kMost);
}

// Calls body(strip, first, rows, cells) chunk by chunk, strips side by side.
template <typename Body>
void ForEachChunk(const LockstepRows& over, const Body& body) {
  const std::size_t count = over.rows.size();
  const std::size_t strips = StripsOf(count);
  ParallelFor(strips, over.threads, [&](std::size_t s) {
    const std::size_t end = (s + 1) * count / strips;
    Matrix cells(static_cast<Eigen::Index>(std::min(kRowsAtATime, count)), over.of.size());
    for (std::size_t start = s * count / strips; start < end; start += kRowsAtATime) {
      const std::span<const uint32_t> chunk =
          over.rows.subspan(start, std::min(kRowsAtATime, end - start));
      auto used = cells.topRows(static_cast<Eigen::Index>(chunk.size()));
      over.of.Read(chunk, used);
      body(s, start, chunk, used);
    }
  });
}

LogitRow RowOf(const LockstepFits& fits, double* values, int32_t own) {
  return {values, static_cast<std::size_t>(fits.padded()), static_cast<std::size_t>(fits.outputs()),
          static_cast<std::size_t>(own)};
}

template <typename Sum>
Sum JoinStrips(std::vector<Sum>* sums) {
  for (std::size_t s = 1; s < sums->size(); ++s) (*sums)[0] += (*sums)[s];
  return std::move((*sums)[0]);
}

// Rows in the order of their parts; bounds[part] is where one begins.
struct SortedRows {
  std::vector<uint32_t> rows;
  std::vector<std::size_t> bounds;
};

SortedRows SortByPart(std::span<const uint32_t> rows, const RowParts& parts) {
  std::vector<std::vector<uint32_t>> of_part(parts.parts);
  for (const uint32_t row : rows)
    of_part[parts.part_of.empty() ? 0 : static_cast<std::size_t>(parts.part_of[row])].push_back(
        row);
  SortedRows sorted;
  for (const std::vector<uint32_t>& part : of_part) {
    sorted.bounds.push_back(sorted.rows.size());
    sorted.rows.insert(sorted.rows.end(), part.begin(), part.end());
  }
  sorted.bounds.push_back(sorted.rows.size());
  return sorted;
}

// The errors of one fit with weight 1, outputs x rows, from its logits.
Matrix ErrorsOf(const Matrix& logits, std::span<const int32_t> classes) {
  constexpr auto kPad = static_cast<Eigen::Index>(kLogLossPad);
  Matrix padded = Matrix::Zero(kPad, logits.rows());
  Matrix errors(logits.rows(), logits.cols());
  for (Eigen::Index i = 0; i < logits.cols(); ++i) {
    padded.row(0) = logits.col(i).transpose();
    LogErrors({padded.data(), kLogLossPad, static_cast<std::size_t>(logits.rows()),
               static_cast<std::size_t>(classes[static_cast<std::size_t>(i)])},
              1.0);
    errors.col(i) = padded.row(0).transpose();
  }
  return errors;
}

// weight * p_a (1[a = b] - p_b) of rows, from their errors: a column a pair a >= b. The error of
// the row's own class is p - 1, right however near p is to 1.
Matrix PairCurvatures(const Matrix& errors, std::span<const int32_t> classes,
                      const Vector& weights) {
  const Eigen::Index m = errors.rows();
  Matrix curvatures(errors.cols(), m * (m + 1) / 2);
  for (Eigen::Index i = 0; i < errors.cols(); ++i) {
    const int32_t own = classes[static_cast<std::size_t>(i)];
    const auto share = [&](Eigen::Index c) { return c == own ? 1.0 + errors(c, i) : errors(c, i); };
    Eigen::Index pair = 0;
    for (Eigen::Index a = 0; a < m; ++a) {
      for (Eigen::Index b = 0; b < a; ++b)
        curvatures(i, pair++) = -weights(i) * share(a) * share(b);
      const double off = std::fabs(errors(a, i));
      curvatures(i, pair++) = weights(i) * off * (1.0 - off);
    }
  }
  return curvatures;
}

// Adds rows to one part's curvature: products of all pairs at once.
void AddCurvature(const Eigen::Ref<const Matrix>& cells, const Eigen::Ref<const Matrix>& pairs,
                  Eigen::Index outputs, Matrix* sum) {
  const Eigen::Index size = cells.cols();
  if (outputs == 1) {
    const Matrix scaled = cells.array().colwise() * pairs.col(0).array().max(0.0).sqrt();
    AddLowerProducts(scaled, *sum);
    return;
  }
  Matrix scaled(cells.rows(), size * outputs);
  Eigen::Index pair = 0;
  for (Eigen::Index a = 0; a < outputs; ++a) {
    for (Eigen::Index b = 0; b <= a; ++b, ++pair)
      scaled.middleCols(b * size, size) = cells.array().colwise() * pairs.col(pair).array();
    sum->block(a * size, 0, size, (a + 1) * size).noalias() +=
        cells.transpose() * scaled.leftCols((a + 1) * size);
  }
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

Matrix LockstepFits::Of(const Matrix& columns, std::size_t fit) const {
  Matrix own(columns.rows(), outputs_);
  for (Eigen::Index output = 0; output < outputs_; ++output)
    own.col(output) = columns.col(output * padded_ + static_cast<Eigen::Index>(fit));
  return own;
}

Matrix SumGradients(const LockstepRows& over, const LockstepFits& fits) {
  const Dataset& data = over.of.data();
  const Matrix& parameters = fits.parameters();
  std::vector<Matrix> sums(StripsOf(over.rows.size()),
                           Matrix::Zero(parameters.rows(), parameters.cols()));
  ForEachChunk(
      over, [&](std::size_t strip, std::size_t, std::span<const uint32_t> rows, const auto& cells) {
        Matrix errors = parameters.transpose() * cells.transpose();
        for (std::size_t i = 0; i < rows.size(); ++i) {
          LogErrors(RowOf(fits, errors.col(static_cast<Eigen::Index>(i)).data(),
                          data.target.classes[rows[i]]),
                    over.weights(rows[i]));
        }
        sums[strip].noalias() += cells.transpose() * errors.transpose();
      });
  return JoinStrips(&sums);
}

Vector SumLosses(const LockstepRows& over, const LockstepFits& fits) {
  const Dataset& data = over.of.data();
  std::vector<Vector> sums(StripsOf(over.rows.size()), Vector::Zero(fits.padded()));
  ForEachChunk(
      over, [&](std::size_t strip, std::size_t, std::span<const uint32_t> rows, const auto& cells) {
        Matrix logits = fits.parameters().transpose() * cells.transpose();
        for (std::size_t i = 0; i < rows.size(); ++i) {
          AddLogLosses(RowOf(fits, logits.col(static_cast<Eigen::Index>(i)).data(),
                             data.target.classes[rows[i]]),
                       over.weights(rows[i]), sums[strip].data());
        }
      });
  return JoinStrips(&sums).head(static_cast<Eigen::Index>(fits.count()));
}

Matrix LogitsOf(const LockstepRows& over, const LockstepFits& fits) {
  Matrix logits(fits.parameters().cols(), static_cast<Eigen::Index>(over.rows.size()));
  ForEachChunk(
      over, [&](std::size_t, std::size_t first, std::span<const uint32_t> rows, const auto& cells) {
        logits.middleCols(static_cast<Eigen::Index>(first), static_cast<Eigen::Index>(rows.size()))
            .noalias() = fits.parameters().transpose() * cells.transpose();
      });
  return logits;
}

std::vector<Matrix> SumCurvatures(const LockstepRows& over, const RowParts& parts,
                                  const Matrix& parameters) {
  return SumCurvatures(over, parts, std::span(&parameters, 1)).front();
}

std::vector<std::vector<Matrix>> SumCurvatures(const LockstepRows& over, const RowParts& parts,
                                               std::span<const Matrix> fits) {
  // Rows sorted by part at a time: a few hundred of each, and where there is one part no more than
  // the cache holds.
  const std::size_t window = parts.parts > 1 ? 2048 : 512;
  const Dataset& data = over.of.data();
  const Eigen::Index outputs = fits.front().cols();
  const Eigen::Index side = outputs * over.of.size();
  std::vector<std::vector<Matrix>> sums(fits.size(),
                                        std::vector<Matrix>(parts.parts, Matrix::Zero(side, side)));
  for (std::size_t start = 0; start < over.rows.size(); start += window) {
    const SortedRows sorted =
        SortByPart(over.rows.subspan(start, std::min(window, over.rows.size() - start)), parts);
    Matrix cells(static_cast<Eigen::Index>(sorted.rows.size()), over.of.size());
    over.of.Read(sorted.rows, cells);
    std::vector<int32_t> classes;
    for (const uint32_t row : sorted.rows) classes.push_back(data.target.classes[row]);
    for (std::size_t fit = 0; fit < fits.size(); ++fit) {
      const Matrix errors = ErrorsOf(fits[fit].transpose() * cells.transpose(), classes);
      const Matrix pairs = PairCurvatures(errors, classes, over.weights(sorted.rows));
      for (std::size_t part = 0; part < parts.parts; ++part) {
        const auto first = static_cast<Eigen::Index>(sorted.bounds[part]);
        const auto size = static_cast<Eigen::Index>(sorted.bounds[part + 1]) - first;
        if (size > 0)
          AddCurvature(cells.middleRows(first, size), pairs.middleRows(first, size), outputs,
                       &sums[fit][part]);
      }
    }
  }
  for (std::vector<Matrix>& of_fit : sums) {
    for (Matrix& sum : of_fit) {
      const Matrix transposed = sum.transpose();
      sum.triangularView<Eigen::StrictlyUpper>() = transposed;
    }
  }
  return sums;
}

double FurthestRow(const LockstepRows& over) {
  std::vector<double> most(StripsOf(over.rows.size()), 0.0);
  ForEachChunk(over,
               [&](std::size_t strip, std::size_t, std::span<const uint32_t>, const auto& cells) {
                 most[strip] = std::max(most[strip], cells.rowwise().squaredNorm().maxCoeff());
               });
  return std::sqrt(*std::max_element(most.begin(), most.end()));
}

}  // namespace halflife
