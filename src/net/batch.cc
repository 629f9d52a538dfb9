#include "net/batch.h"

#include <algorithm>

namespace halflife {

NetBatch::NetBatch(std::size_t most, std::size_t width)
    : width_(width),
      row_panels_(Rounded(most) * Rounded(width)),
      unit_panels_(Rounded(most) * Rounded(width)) {}

// Panel by panel for a few rows at a time: their lines of a panel lie together, and the panels,
// powers of two apart, would throw each other out of the cache.
void NetBatch::CopyInputs(const Samples& samples, std::span<const std::uint32_t> rows) {
  constexpr std::size_t kTogether = 16;
  for (std::size_t r = 0; r < Rounded(rows_); r += kTogether) {
    for (std::size_t unit = 0; unit < width_; unit += kPanel) {
      float* at = unit_panels_.data() + (unit * Rounded(rows_) / kPanel + r) * kPanel;
      const std::size_t count = std::min(kPanel, width_ - unit);
      for (std::size_t i = r; i < r + kTogether; ++i, at += kPanel) {
        const std::size_t taken = i < rows_ ? count : 0;
        if (taken > 0) std::copy_n(samples.row(rows[i]).data() + unit, taken, at);
        std::fill(at + taken, at + kPanel, 0.0F);
      }
    }
  }
  TransposePanels(unit_panels_.data(), width_, rows_, row_panels_.data());
}

void NetBatch::Gather(const Samples& samples, std::span<const std::uint32_t> rows) {
  rows_ = rows.size();
  classes_.clear();
  numbers_.clear();
  for (std::size_t r = 0; r < rows.size(); ++r) {
    if (samples.classes.empty()) {
      numbers_.push_back(samples.numbers[rows[r]]);
    } else {
      classes_.push_back(samples.classes[rows[r]]);
    }
  }
  CopyInputs(samples, rows);
}

void NetBatch::Take(const Samples& samples, std::size_t begin, std::size_t end) {
  std::vector<std::uint32_t> rows(end - begin);
  for (std::size_t i = 0; i < rows.size(); ++i) rows[i] = static_cast<std::uint32_t>(begin + i);
  Gather(samples, rows);
}

OutputPanel NetBatch::Targets(std::size_t panel) const {
  OutputPanel output;
  const std::size_t first = panel * kPanel;
  output.rows = std::min(kPanel, rows_ - first);
  if (classes_.empty()) {
    output.numbers = numbers_.data() + first;
  } else {
    output.classes = classes_.data() + first;
  }
  return output;
}

}  // namespace halflife
