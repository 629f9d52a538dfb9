#include "kernels/orthogonalize.h"

#include <algorithm>
#include <functional>
#include <utility>

#include "base/parallel.h"
#include "kernels/product.h"

namespace halflife {
namespace {

constexpr std::size_t kSide = 256;  // of the blocks that products are cut in

std::size_t Blocks(std::size_t side) { return (side + kSide - 1) / kSide; }

// Entries of X smaller than this count as zero, so that products of four of them are normal floats:
// a round multiplies by at most 3.4445 what ||X|| = 1 outweighs by 2^31.
constexpr float kLeastEntry = 0x1p-31F;

// A block of a product's result.
struct Block {
  std::size_t row, column, rows, columns;
  Block(std::size_t i, std::size_t j, const MatrixProduct& whole)
      : row(i * kSide),
        column(j * kSide),
        rows(std::min(kSide, whole.rows - row)),
        columns(std::min(kSide, whole.columns - column)) {}
};

void MultiplyBlock(const MatrixProduct& whole, const Block& block) {
  MatrixProduct part = whole;
  part.rows = block.rows;
  part.columns = block.columns;
  part.a += block.row * whole.a_row;
  part.b += block.column * whole.b_column;
  part.c += block.row * whole.c_row + block.column;
  Multiply(part);
}

// c = x from + y c, but 0 below `least`, in one block.
void Combine(const MatrixProduct& whole, const Block& block, float x, const float* from, float y,
             float least) {
  for (std::size_t i = block.row; i < block.row + block.rows; ++i) {
    float* c = whole.c + i * whole.c_row;
    const float* f = from + i * whole.c_row;
    for (std::size_t j = block.column; j < block.column + block.columns; ++j)
      c[j] = OrZero(x * f[j] + y * c[j], least);
  }
}

// Runs body(block) on the blocks of a product's result; of a symmetric one on those that are not
// above the diagonal, and copies them to the others.
template <class Body>
void ForEachBlock(const MatrixProduct& whole, bool symmetric, int threads, const Body& body) {
  const std::size_t down = Blocks(whole.rows), across = Blocks(whole.columns);
  const auto run = [&](std::size_t n) {
    const Block block(n / across, n % across, whole);
    if (symmetric && block.column > block.row) return;
    body(block);
    if (!symmetric || block.column == block.row) return;
    for (std::size_t i = block.row; i < block.row + block.rows; ++i) {
      for (std::size_t j = block.column; j < block.column + block.columns; ++j)
        whole.c[j * whole.c_row + i] = whole.c[i * whole.c_row + j];
    }
  };
  ParallelFor(down * across, threads, std::cref(run));
}

// The three products of a round. The smaller side is squared: X X^T, or X^T X of a tall X.
struct Round {
  MatrixShape shape;
  int threads;

  bool tall() const { return shape.rows > shape.columns; }
  std::size_t side() const { return std::min(shape.rows, shape.columns); }

  MatrixProduct Of(const float* a, const float* b, float* c) const {
    MatrixProduct product;
    product.rows = product.columns = product.depth = side();
    product.a = a;
    product.b = b;
    product.c = c;
    product.a_row = product.b_depth = product.c_row = side();
    return product;
  }
  // S = X X^T
  void Square(const float* x, float* square) const {
    MatrixProduct product = Of(x, x, square);
    product.depth = std::max(shape.rows, shape.columns);
    product.a_row = product.b_column = tall() ? 1 : shape.columns;
    product.a_depth = product.b_depth = tall() ? shape.columns : 1;
    ForEachBlock(product, true, threads,
                 [&](const Block& block) { MultiplyBlock(product, block); });
  }
  // P = b S + c S^2
  void Polynomial(const float* square, float* polynomial) const {
    const MatrixProduct product = Of(square, square, polynomial);
    ForEachBlock(product, true, threads, [&](const Block& block) {
      MultiplyBlock(product, block);
      Combine(product, block, -4.7750F, square, 2.0315F, 0);
    });
  }
  // Y = a X + P X, or a X + X P
  void Next(const float* x, const float* polynomial, float* y) const {
    MatrixProduct product = tall() ? Of(x, polynomial, y) : Of(polynomial, x, y);
    product.rows = shape.rows;
    product.columns = shape.columns;
    (tall() ? product.a_row : product.b_depth) = product.c_row = shape.columns;
    ForEachBlock(product, false, threads, [&](const Block& block) {
      MultiplyBlock(product, block);
      Combine(product, block, 3.4445F, x, 1.0F, kLeastEntry);
    });
  }
};

}  // namespace

std::size_t Orthogonalization::WorkSize() const {
  const std::size_t side = std::min(shape.rows, shape.columns);
  return 2 * Padded(Size()) + 2 * Padded(side * side);
}

void Orthogonalization::Run(float* work, int threads) const {
  float* x = work;
  float* y = x + Padded(Size());
  float* square = y + Padded(Size());
  const std::size_t side = std::min(shape.rows, shape.columns);
  float* polynomial = square + Padded(side * side);
  const auto scale_f = static_cast<float>(scale);
  const auto scale_part = [&](std::size_t part) {
    for (std::size_t i = part * kPart; i < std::min(Size(), (part + 1) * kPart); ++i)
      x[i] = OrZero(x[i] * scale_f, kLeastEntry);
  };
  ParallelFor((Size() + kPart - 1) / kPart, threads, std::cref(scale_part));
  const Round round{shape, threads};
  for (int step = 0; step < steps; ++step) {
    round.Square(x, square);
    round.Polynomial(square, polynomial);
    round.Next(x, polynomial, y);
    std::swap(x, y);
  }
}

}  // namespace halflife
