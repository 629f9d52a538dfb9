// Which classes are taken for which.
#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <numeric>

#include "report/figure_words.h"
#include "report/figures.h"
#include "report/frame.h"
#include "report/labels.h"
#include "report/plain_text.h"
#include "report/short_labels.h"

namespace halflife {
namespace {

using Counts = std::vector<std::vector<std::size_t>>;

constexpr double kSmallFont = 11.0;  // of the style sheet's text.small
constexpr double kRoomy = 50.0;      // a cell of this side has counts in the usual size
constexpr std::size_t kMostClasses = 20;
constexpr int kShades = 10;  // of the style sheet: s0 to s9

const Counts& CountsOf(const TuneResult& result) { return result.diagnostics.classes->confusion; }

std::string NameOf(const TuneResult& result, std::size_t index) {
  return index < result.data.classes.size() ? result.data.classes[index]
                                            : fmt::format("{}", index + 1);
}

// Where the cells of so many classes lie.
struct Grid {
  Layout layout;
  double side = 0.0;  // of a cell
  std::vector<std::size_t> classes;
  bool by_number = false;  // columns are headed by the rows' numbers
};

std::size_t LargestCount(const Counts& counts) {
  std::size_t most = 0;
  for (const auto& row : counts) {
    for (const std::size_t count : row) most = std::max(most, count);
  }
  return most;
}

// How many classes fit: a cell has room for the largest count.
std::size_t ClassesThatFit(const Counts& counts, double room) {
  const double need =
      std::max(18.0, 4.0 + TextWidth(std::to_string(LargestCount(counts)), kSmallFont));
  const auto fit = static_cast<std::size_t>(std::max(2.0, std::floor(room / need)));
  return std::min({counts.size(), fit, kMostClasses});
}

// Those with the most errors, their own and others' taken for them, in the order of the classes.
std::vector<std::size_t> MostConfused(const Counts& counts, std::size_t wanted) {
  std::vector<double> errors(counts.size(), 0.0);
  for (std::size_t i = 0; i < counts.size(); ++i) {
    for (std::size_t j = 0; j < counts[i].size() && j < counts.size(); ++j) {
      if (i == j) continue;
      errors[i] += static_cast<double>(counts[i][j]);
      errors[j] += static_cast<double>(counts[i][j]);
    }
  }
  std::vector<std::size_t> order(counts.size());
  std::iota(order.begin(), order.end(), std::size_t{0});
  std::stable_sort(order.begin(), order.end(),
                   [&](std::size_t a, std::size_t b) { return errors[a] > errors[b]; });
  order.resize(std::min(wanted, order.size()));
  std::sort(order.begin(), order.end());
  return order;
}

std::vector<std::string> ShownNames(const TuneResult& result, const Grid& grid, int columns) {
  std::vector<std::string> names;
  for (const std::size_t index : grid.classes) names.push_back(NameOf(result, index));
  return ShortLabels(names, columns);
}

double WidestName(const TuneResult& result, const Grid& grid) {
  double widest = 0.0;
  for (const std::size_t index : grid.classes) {
    const std::string name = CleanText(NameOf(result, index));
    widest = std::max(widest, TextWidth(name, grid.layout.font));
  }
  return widest;
}

Grid GridOf(const TuneResult& result, bool narrow) {
  const Counts& counts = CountsOf(result);
  Grid grid{narrow ? NarrowLayout(0, 2) : WideLayout(0, 2), 0.0, {}};
  Layout& layout = grid.layout;
  layout.left = narrow ? 112.0 : 190.0;
  const double room = (narrow ? 356.0 : 640.0) - layout.left;
  grid.classes = MostConfused(counts, ClassesThatFit(counts, room));
  const auto shown = static_cast<double>(grid.classes.size());
  grid.side = std::min(room / shown, std::clamp(WidestName(result, grid) + 12.0, 56.0, 110.0));
  layout.left = std::max(layout.left, 0.5 * (layout.width - grid.side * shown));
  layout.right = layout.left + grid.side * shown;
  layout.bottom = layout.top + grid.side * shown;
  layout.height = layout.bottom + (grid.classes.size() < counts.size() ? 30.0 : 10.0);
  grid.by_number = WidestName(result, grid) > grid.side - 4.0;
  return grid;
}

// Rows are the true classes, whose names stand left; a number before a name heads its column.
void DrawNames(const TuneResult& result, const Grid& grid, Svg* svg) {
  const Layout& layout = grid.layout;
  const double number = grid.by_number ? 24.0 : 0.0;
  const int columns = static_cast<int>((layout.left - 10.0 - number) / TextWidth("x", layout.font));
  const std::vector<std::string> names = ShownNames(result, grid, columns);
  for (std::size_t i = 0; i < names.size(); ++i) {
    const double middle = grid.side * (static_cast<double>(i) + 0.5);
    const Point left{layout.left - 6.0 - number, layout.top + middle + 0.35 * layout.font};
    svg->Text(left, names[i], {.css_class = "label", .anchor = "end"});
    const Point above{layout.left + middle, layout.top - 7.0};
    if (!grid.by_number) {
      svg->Text(above, names[i], {.css_class = "label", .anchor = "middle"});
      continue;
    }
    const std::string text = std::to_string(i + 1);
    svg->Text({layout.left - 6.0, left.y}, text, {.css_class = "number", .anchor = "end"});
    svg->Text(above, text, {.css_class = "number", .anchor = "middle"});
  }
}

// Shaded by the share of the true class.
void DrawRow(const Counts& counts, const Grid& grid, std::size_t row, Svg* svg) {
  const std::vector<std::size_t>& of_class = counts[grid.classes[row]];
  double total = 0.0;
  for (const std::size_t count : of_class) total += static_cast<double>(count);
  for (std::size_t column = 0; column < grid.classes.size(); ++column) {
    const std::size_t j = grid.classes[column];
    const std::size_t count = j < of_class.size() ? of_class[j] : 0;
    const double share = total > 0.0 ? static_cast<double>(count) / total : 0.0;
    const int shade = std::min(kShades - 1, static_cast<int>(std::ceil(share * (kShades - 1))));
    const Point low{grid.layout.left + grid.side * static_cast<double>(column),
                    grid.layout.top + grid.side * static_cast<double>(row)};
    svg->Rectangle({low.x + 0.5, low.y + 0.5}, {low.x + grid.side - 0.5, low.y + grid.side - 0.5},
                   fmt::format("cell s{}{}", shade, row == column ? " right" : ""));
    const double font = grid.side < kRoomy ? kSmallFont : grid.layout.font;
    svg->Text({low.x + 0.5 * grid.side, low.y + 0.5 * grid.side + 0.35 * font},
              std::to_string(count),
              {.css_class = fmt::format("count{}{}", grid.side < kRoomy ? " small" : "",
                                        count == 0 ? " none" : ""),
               .anchor = "middle"});
  }
}

std::string Draw(const TuneResult& result, bool narrow) {
  const Counts& counts = CountsOf(result);
  const Grid grid = GridOf(result, narrow);
  const Layout& layout = grid.layout;
  const FigureWords words = ConfusionWords(result);
  Svg svg(HeadOf("confusion", words.title, words.caption, layout));
  svg.Text({layout.left - 6.0, layout.top - 7.0}, Said{"true class", "真实类别"},
           {.css_class = "name", .anchor = "end"});
  svg.Text({layout.left, RowAt(layout, 0)}, Said{"predicted class", "预测类别"},
           {.css_class = "name"});
  DrawNames(result, grid, &svg);
  for (std::size_t row = 0; row < grid.classes.size(); ++row) DrawRow(counts, grid, row, &svg);
  if (grid.classes.size() < counts.size()) {
    const Said note = InBoth([&](Language language) {
      return Say(language, "{} of {} classes, those with the most errors",
                 "{1} 个类别中错得最多的 {0} 个", grid.classes.size(), counts.size());
    });
    svg.Text({0.0, layout.bottom + 21.0}, note, {.css_class = "name"});
  }
  return svg.Finish();
}

}  // namespace

bool HasConfusion(const TuneResult& result) {
  return result.diagnostics.classes && CountsOf(result).size() >= 2;
}

std::size_t ClassesShown(const TuneResult& result) { return GridOf(result, false).classes.size(); }

Figure ConfusionFigure(const TuneResult& result) {
  const Counts& counts = CountsOf(result);
  Readout readout;
  readout.table.columns = {"true_class", "predicted_class", "rows"};
  for (std::size_t i = 0; i < counts.size(); ++i) {
    for (std::size_t j = 0; j < counts[i].size(); ++j)
      readout.table.rows.push_back(
          {NameOf(result, i), NameOf(result, j), static_cast<double>(counts[i][j])});
  }
  return {Draw(result, false), Draw(result, true), ReadoutJson(readout)};
}

}  // namespace halflife
