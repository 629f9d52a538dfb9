#include "kernels/orthogonalize.h"

#include <algorithm>
#include <cmath>

#include "base/float_block.h"
#include "kernels/net/panels.h"
#include "kernels/sums.h"

namespace halflife {
namespace {

// A matrix in unit panels, its columns as units.
struct PanelMatrix {
  PanelMatrix(std::size_t rows_given, std::size_t columns_given)
      : rows(rows_given),
        columns(columns_given),
        values(Rounded(rows_given) * Rounded(columns_given)) {}

  float* panel(std::size_t p) const { return values.data() + p * Rounded(rows) * kPanel; }
  float& at(std::size_t row, std::size_t column) const {
    return panel(column / kPanel)[row * kPanel + column % kPanel];
  }

  std::size_t rows, columns;
  FloatBlock values;
};

// c = a b. `b`: its depth x c.columns in unit panels.
void Multiply(const PanelMatrix& a, const float* b, const PanelMatrix& c) {
  ProductJob job;
  job.rows = a.rows;
  job.blocks = Panels(a.columns);
  job.depth = std::min(a.columns, kPanel);  // zeros fill the last of several blocks
  job.a = a.values.data();
  job.a_row = kPanel;
  job.a_block = Rounded(a.rows) * kPanel;
  job.b_block = kPanel * kPanel;
  for (std::size_t p = 0; p < Panels(c.columns); ++p) {
    job.b = b + p * Rounded(a.columns) * kPanel;
    job.c = c.panel(p);
    MultiplyPanel(job);
  }
}

// Entries of X smaller than this count as zero, so that products of four of them are normal floats:
// a round multiplies by at most 3.4445 what ||X|| = 1 outweighs by 2^31.
constexpr float kLeastEntry = 0x1p-31F;

// to = x to + y from, element by element, but 0 below `least`; the padding rows stay zero.
void Combine(float x, const PanelMatrix& to, float y, const PanelMatrix& from, float least) {
  for (std::size_t p = 0; p < Panels(to.columns); ++p) {
    float* t = to.panel(p);
    const float* f = from.panel(p);
    for (std::size_t i = 0; i < to.rows * kPanel; ++i) t[i] = OrZero(x * t[i] + y * f[i], least);
  }
}

// Calls body(element of the row-major matrix, element of `wide`) for all; `wide` is that matrix, or
// its transpose where it is tall.
template <class Body>
void ForEachElement(std::span<float> x, MatrixShape shape, const PanelMatrix& wide,
                    const Body& body) {
  const bool tall = shape.rows > shape.columns;
  for (std::size_t i = 0; i < shape.rows; ++i) {
    for (std::size_t j = 0; j < shape.columns; ++j)
      body(x[i * shape.columns + j], tall ? wide.at(j, i) : wide.at(i, j));
  }
}

}  // namespace

// The row panels of X are the unit panels of X^T. Every product's element is one sum in the order
// of the depth, so nothing depends on threads.
void Orthogonalize(std::span<float> x, MatrixShape shape, int steps, double eps) {
  const double norm = std::sqrt(SumOfSquares(x.data(), x.size()));
  const auto scale = static_cast<float>(1 / std::max(norm, eps));
  // Wide, so that the squares are small.
  const std::size_t rows = std::min(shape.rows, shape.columns);
  const std::size_t columns = std::max(shape.rows, shape.columns);
  const PanelMatrix wide(rows, columns), product(rows, columns);
  const PanelMatrix square(rows, rows), fourth(rows, rows);
  const FloatBlock transposed(wide.values.size());
  ForEachElement(x, shape, wide,
                 [&](float from, float& to) { to = OrZero(from * scale, kLeastEntry); });
  for (int step = 0; step < steps; ++step) {
    TransposePanels(wide.values.data(), columns, rows, transposed.data());
    Multiply(wide, transposed.data(), square);
    Multiply(square, square.values.data(), fourth);
    Combine(-4.7750F, square, 2.0315F, fourth, 0);
    Multiply(square, wide.values.data(), product);
    Combine(3.4445F, wide, 1.0F, product, kLeastEntry);
  }
  ForEachElement(x, shape, wide, [](float& to, float from) { to = from; });
}

}  // namespace halflife
