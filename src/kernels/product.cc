#include "kernels/product.h"

#include <algorithm>
#include <atomic>
#include <climits>

#include "kernels/net/panels.h"

namespace halflife {
namespace {

constexpr std::size_t kDepth = 192;  // done at once, so that a panel stays in the first-level cache

// `depth` rows of b from k on, columns [j, j + columns), as a panel; zeros fill it.
void Pack(const MatrixProduct& product, std::size_t k, std::size_t depth, std::size_t j,
          std::size_t columns, float* panel) {
  const float* b = product.b + k * product.b_depth + j * product.b_column;
  for (std::size_t i = 0; i < depth; ++i) {
    float* to = panel + i * kPanel;
    for (std::size_t c = 0; c < columns; ++c) to[c] = b[i * product.b_depth + c * product.b_column];
    std::fill(to + columns, to + kPanel, 0.0F);
  }
}

std::atomic<ProductFunction>& Chosen() {
  static std::atomic<ProductFunction> chosen = nullptr;
  return chosen;
}

}  // namespace

void MultiplyByOwn(const MatrixProduct& product) {
  alignas(64) float panel[kDepth * kPanel];
  ProductJob job;
  job.rows = product.rows;
  job.a_row = product.a_row;
  job.a_depth = product.a_depth;
  job.b = panel;
  job.c_row = product.c_row;
  job.fused = false;
  for (std::size_t j = 0; j < product.columns; j += kPanel) {
    job.columns = std::min(kPanel, product.columns - j);
    job.c = product.c + j;
    for (std::size_t k = 0; k < product.depth; k += kDepth) {
      job.depth = std::min(kDepth, product.depth - k);
      job.a = product.a + k * product.a_depth;
      job.adds = k > 0;
      Pack(product, k, job.depth, j, job.columns, panel);
      MultiplyPanel(job);
    }
  }
}

void Multiply(const MatrixProduct& product) {
  ProductFunction by = Chosen().load(std::memory_order_relaxed);
  if (by == nullptr) by = LinkedProduct();
  const std::size_t most = std::max({product.a_row, product.a_depth, product.b_depth,
                                     product.b_column, product.c_row, product.depth});
  if (by == nullptr || most > INT_MAX) by = &MultiplyByOwn;  // a BLAS counts in int
  by(product);
}

void SetProduct(ProductFunction product) { Chosen() = product; }

}  // namespace halflife
