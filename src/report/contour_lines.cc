#include "report/contour_lines.h"

#include <array>
#include <unordered_map>

#include "report/axis.h"

namespace halflife {
namespace {

// An edge of the grid that a line crosses, and the edges that it goes on to in the two cells beside
// it.
struct Crossing {
  Point at;
  std::array<std::size_t, 2> next{};
  int count = 0;
  bool passed = false;
};

class Marching {
 public:
  Marching(std::span<const double> values, std::size_t side, double level)
      : values_(values), side_(side), level_(level) {
    for (std::size_t j = 0; j + 1 < side; ++j) {
      for (std::size_t i = 0; i + 1 < side; ++i) MarchThrough(i, j);
    }
  }

  // Lines that end at the grid's edge first, then those that close.
  std::vector<std::vector<Point>> Lines() {
    std::vector<std::vector<Point>> lines;
    for (const bool closed : {false, true}) {
      for (const std::size_t edge : order_) {
        Crossing& start = crossings_[edge];
        if (start.passed || (!closed && start.count != 1)) continue;
        lines.push_back(LineFrom(edge));
        if (closed && lines.back().size() > 2) lines.back().push_back(start.at);
      }
    }
    return lines;
  }

 private:
  double Value(std::size_t i, std::size_t j) const { return values_[j * side_ + i]; }
  bool Above(std::size_t i, std::size_t j) const { return Value(i, j) >= level_; }

  // The edge from (i, j) to its right or upper neighbour.
  std::size_t EdgeRight(std::size_t i, std::size_t j) const { return 2 * (j * side_ + i); }
  std::size_t EdgeUp(std::size_t i, std::size_t j) const { return 2 * (j * side_ + i) + 1; }

  Point CrossingOf(std::size_t edge) const {
    const std::size_t i = edge / 2 % side_;
    const std::size_t j = edge / 2 / side_;
    const bool up = edge % 2 == 1;
    const double from = Value(i, j);
    const double to = up ? Value(i, j + 1) : Value(i + 1, j);
    const double share = to == from ? 0.5 : (level_ - from) / (to - from);
    const Point at{static_cast<double>(i), static_cast<double>(j)};
    return up ? Point{at.x, at.y + share} : Point{at.x + share, at.y};
  }

  Crossing& At(std::size_t edge) {
    const auto [found, is_new] = crossings_.try_emplace(edge);
    if (is_new) {
      found->second.at = CrossingOf(edge);
      order_.push_back(edge);
    }
    return found->second;
  }

  void Join(std::size_t a, std::size_t b) {
    for (const auto& [one, other] : {std::pair{a, b}, std::pair{b, a}}) {
      Crossing& crossing = At(one);
      if (crossing.count < 2) crossing.next[static_cast<std::size_t>(crossing.count++)] = other;
    }
  }

  // Around the cell from its lower left corner: the edges whose ends lie on both sides. Of four, a
  // saddle, those around the corners that differ from the middle are joined.
  void MarchThrough(std::size_t i, std::size_t j) {
    const double corners[] = {Value(i, j), Value(i + 1, j), Value(i + 1, j + 1), Value(i, j + 1)};
    for (const double corner : corners) {
      if (!IsDrawable(corner)) return;
    }
    const bool above[] = {Above(i, j), Above(i + 1, j), Above(i + 1, j + 1), Above(i, j + 1)};
    const std::size_t edges[] = {EdgeRight(i, j), EdgeUp(i + 1, j), EdgeRight(i, j + 1),
                                 EdgeUp(i, j)};
    std::array<std::size_t, 4> crossed{};
    std::size_t count = 0;
    for (std::size_t k = 0; k < 4; ++k) {
      if (above[k] != above[(k + 1) % 4]) crossed[count++] = edges[k];
    }
    if (count == 2) Join(crossed[0], crossed[1]);
    if (count != 4) return;
    const double middle =
        0.25 * corners[0] + 0.25 * corners[1] + 0.25 * corners[2] + 0.25 * corners[3];
    const bool with_first = (middle >= level_) == above[0];
    Join(crossed[0], crossed[with_first ? 1 : 3]);
    Join(crossed[2], crossed[with_first ? 3 : 1]);
  }

  std::vector<Point> LineFrom(std::size_t edge) {
    std::vector<Point> line;
    for (bool on = true; on;) {
      Crossing& crossing = crossings_[edge];
      crossing.passed = true;
      line.push_back(crossing.at);
      on = false;
      for (int k = 0; k < crossing.count && !on; ++k) {
        const std::size_t next = crossing.next[static_cast<std::size_t>(k)];
        if (crossings_[next].passed) continue;
        edge = next;
        on = true;
      }
    }
    return line;
  }

  std::span<const double> values_;
  std::size_t side_;
  double level_;
  std::unordered_map<std::size_t, Crossing> crossings_;
  std::vector<std::size_t> order_;  // of discovery: the same on every machine
};

}  // namespace

std::vector<std::vector<Point>> ContourLines(std::span<const double> values, std::size_t side,
                                             double level) {
  if (side < 2 || values.size() < side * side) return {};
  return Marching(values, side, level).Lines();
}

}  // namespace halflife
