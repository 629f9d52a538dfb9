#include "model/net_batch.h"

#include <algorithm>

namespace halflife {

NetBatch::NetBatch(std::size_t most, std::size_t width)
    : width_(width),
      row_panels_(Rounded(most) * Rounded(width)),
      unit_panels_(Rounded(most) * Rounded(width)) {}

// Unit panels of fewer rows lie closer together, so every batch has to be written as a whole.
void NetBatch::CopyRow(std::span<const float> row, std::size_t to) {
  float* at = unit_panels_.data() + to * kPanel;
  for (std::size_t unit = 0; unit < width_; unit += kPanel, at += Rounded(rows_) * kPanel) {
    const std::size_t count = std::min(kPanel, width_ - unit);
    std::copy_n(row.data() + unit, count, at);
    std::fill(at + count, at + kPanel, 0.0F);
  }
}

void NetBatch::Finish(std::size_t rows) {
  for (std::size_t r = rows; r < Rounded(rows); ++r) {
    float* at = unit_panels_.data() + r * kPanel;
    for (std::size_t unit = 0; unit < width_; unit += kPanel, at += Rounded(rows) * kPanel)
      std::fill(at, at + kPanel, 0.0F);
  }
  TransposePanels(unit_panels_.data(), width_, rows, row_panels_.data());
}

void NetBatch::Gather(const Samples& samples, std::span<const std::uint32_t> rows) {
  rows_ = rows.size();
  classes_.clear();
  numbers_.clear();
  for (std::size_t r = 0; r < rows.size(); ++r) {
    CopyRow(samples.row(rows[r]), r);
    if (samples.classes.empty()) {
      numbers_.push_back(samples.numbers[rows[r]]);
    } else {
      classes_.push_back(samples.classes[rows[r]]);
    }
  }
  Finish(rows.size());
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
