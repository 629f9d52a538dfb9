// Vertical lines with names above the plot, placed so that no name covers another or a line.
#include <algorithm>
#include <cmath>

#include "report/frame.h"
#include "report/labels.h"

namespace halflife {
namespace {

constexpr double kBeside = 4.0;  // between a line and its name

// A name's place: its row counted from the plot up, and the side of its line that it is on.
struct Placed {
  double start = 0.0;
  double end = 0.0;
  int row = 0;
  bool ends_here = false;  // at the line, which is right of it
};

double Overlap(const Placed& a, const Placed& b) {
  return std::max(0.0, std::min(a.end, b.end) - std::max(a.start, b.start) + 6.0);
}

// How much `placed`, at the line x, and `other` at its own are in each other's way.
double InTheWay(const Placed& placed, double x, const Placed& other, double other_x) {
  double cost = placed.row == other.row ? Overlap(placed, other) : 0.0;
  const auto crosses = [](const Placed& name, double line) {
    return line > name.start - 2.0 && line < name.end + 2.0;
  };
  if (other.row >= placed.row && crosses(placed, other_x)) cost += 20.0;
  if (placed.row >= other.row && crosses(other, x)) cost += 20.0;
  return 1000.0 * cost;
}

// Where a mark's name may stand, the best first.
std::vector<Placed> Candidates(const Mark& mark, std::size_t index, int rows,
                               const Layout& layout) {
  const double width = TextWidth(mark.text, layout.font);
  const double right = std::max(layout.left, layout.right - width);
  std::vector<Placed> candidates;
  for (int row = 0; row < rows; ++row) {
    const double left_start = mark.x - kBeside - width;
    const double right_start = mark.x + kBeside;
    const Placed on_left{left_start, mark.x - kBeside, row, true};
    const Placed on_right{right_start, right_start + width, row, false};
    const double moved = std::clamp(mark.x - 0.5 * width, layout.left, right);
    const Placed over{moved, moved + width, row, false};
    const bool fits_left = left_start >= layout.left;
    const bool fits_right = right_start + width <= layout.right;
    if (index % 2 == 0 && fits_left) candidates.push_back(on_left);
    if (fits_right) candidates.push_back(on_right);
    if (index % 2 == 1 && fits_left) candidates.push_back(on_left);
    if (!fits_left && !fits_right) candidates.push_back(over);
  }
  return candidates;
}

// The choice of least cost: names out of each other's way, then near the plot.
class Placing {
 public:
  Placing(const std::vector<Mark>& marks, int rows, const Layout& layout) : marks_(marks) {
    for (std::size_t i = 0; i < marks.size(); ++i)
      candidates_.push_back(Candidates(marks[i], i, rows, layout));
    Try(0.0);
  }

  const std::vector<Placed>& best() const { return best_; }

 private:
  void Try(double cost) {
    if (cost >= least_) return;
    const std::size_t i = chosen_.size();
    if (i == marks_.size()) {
      least_ = cost;
      best_ = chosen_;
      return;
    }
    for (std::size_t k = 0; k < candidates_[i].size(); ++k) {
      const Placed& placed = candidates_[i][k];
      double more = 10.0 * placed.row + static_cast<double>(k);
      for (std::size_t j = 0; j < i; ++j)
        more += InTheWay(placed, marks_[i].x, chosen_[j], marks_[j].x);
      chosen_.push_back(placed);
      Try(cost + more);
      chosen_.pop_back();
    }
  }

  const std::vector<Mark>& marks_;
  std::vector<std::vector<Placed>> candidates_;
  std::vector<Placed> chosen_;
  std::vector<Placed> best_;
  double least_ = 1e300;
};

}  // namespace

void DrawMarks(const std::vector<Mark>& marks, int rows, const Layout& layout, Svg* svg) {
  const Placing placing(marks, rows, layout);
  for (std::size_t i = 0; i < marks.size(); ++i) {
    const Placed& placed = placing.best()[i];
    const double y = layout.top - 8.0 - placed.row * (layout.font + 4.0);
    svg->Line({marks[i].x, y - 0.6 * layout.font}, {marks[i].x, layout.bottom},
              "choice " + marks[i].css_class);
    // Beside the line where there is room: the estimate of the width must not open a gap.
    svg->Text(
        {placed.ends_here ? placed.end : placed.start, y}, marks[i].text,
        {.css_class = "label " + marks[i].css_class, .anchor = placed.ends_here ? "end" : "start"});
  }
}

}  // namespace halflife
