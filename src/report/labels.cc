#include "report/labels.h"

#include <algorithm>
#include <numeric>

#include "report/plain_text.h"

namespace halflife {
namespace {

// Positions that had to become one, and how many.
struct Block {
  double mean = 0.0;
  double count = 1.0;
};

// The non-decreasing sequence nearest to `values`: pool adjacent violators (Ayer et al., 1955).
std::vector<double> Isotonic(const std::vector<double>& values) {
  std::vector<Block> blocks;
  for (const double value : values) {
    blocks.push_back({value, 1.0});
    while (blocks.size() > 1 && blocks[blocks.size() - 2].mean > blocks.back().mean) {
      const Block last = blocks.back();
      blocks.pop_back();
      Block& block = blocks.back();
      block.mean = (block.mean * block.count + last.mean * last.count) / (block.count + last.count);
      block.count += last.count;
    }
  }
  std::vector<double> result;
  for (const Block& block : blocks) {
    result.insert(result.end(), static_cast<std::size_t>(block.count), block.mean);
  }
  return result;
}

}  // namespace

double TextWidth(std::string_view text, double font_size) {
  return 0.61 * font_size * DisplayWidth(text);
}

std::vector<double> SpreadLabels(const std::vector<double>& wanted, double gap, double low,
                                 double high) {
  const std::size_t count = wanted.size();
  if (count == 0) return {};
  if (count > 1) gap = std::min(gap, (high - low) / static_cast<double>(count - 1));
  std::vector<std::size_t> order(count);
  std::iota(order.begin(), order.end(), std::size_t{0});
  std::stable_sort(order.begin(), order.end(),
                   [&](std::size_t a, std::size_t b) { return wanted[a] < wanted[b]; });
  // With a gap taken off for each label before it, "at least a gap apart" is "not decreasing".
  std::vector<double> shifted;
  for (std::size_t i = 0; i < count; ++i) {
    shifted.push_back(wanted[order[i]] - gap * static_cast<double>(i));
  }
  shifted = Isotonic(shifted);
  const double most = std::max(low, high - gap * static_cast<double>(count - 1));
  std::vector<double> placed(count);
  for (std::size_t i = 0; i < count; ++i) {
    placed[order[i]] = std::clamp(shifted[i], low, most) + gap * static_cast<double>(i);
  }
  return placed;
}

}  // namespace halflife
