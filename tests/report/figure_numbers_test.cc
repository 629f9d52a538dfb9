// Every figure is read back from its drawing: the scales are those that its ticks tell, and what is
// drawn on them are the numbers of result.json.
#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <nlohmann/json.hpp>

#include "halflife/report.h"
#include "report/all_figures.h"
#include "report/axis.h"
#include "report/sample_result.h"
#include "report/svg_reader.h"
#include "report/words.h"

namespace halflife {
namespace {

using Json = nlohmann::ordered_json;

// Coordinates have two decimals; the rest is for rounding in double.
constexpr double kHalfHundredth = 0.005 + 1e-9;

double NumberOrNan(const Json& value) { return value.is_number() ? value.get<double>() : NAN; }

std::vector<double> Numbers(const Json& list) {
  std::vector<double> numbers;
  for (const Json& value : list) numbers.push_back(NumberOrNan(value));
  return numbers;
}

// A net chooses among other means than the lowest; a regression is compared with a decay in use.
TuneResult NetChosenElsewhere() {
  TuneResult result = NetSample();
  result.best = 0;
  return result;
}

TuneResult SparseSample() {
  TuneResult result = RegressionSample();
  result.l1_ratio = 1.0;
  for (GridPoint& point : result.grid) {
    point.nonzero = static_cast<std::size_t>(*point.effective_dof);
    point.effective_dof.reset();
    point.loo.reset();
  }
  return result;
}

std::vector<TuneResult> Samples() {
  return {RegressionSample(),   ClassificationSample(), NetSample(),
          NetChosenElsewhere(), SparseSample(),         FlatSample({0.0, 0.1, 1.0}, 0.5)};
}

// A drawing of a figure, with the numbers that it is to show.
struct Case {
  std::string name;
  SvgDrawing drawing;
  Json json;
  Json readout;
  const TuneResult* result;
};

std::vector<Case> CasesOf(const TuneResult& result, const std::string& name) {
  std::vector<Case> cases;
  const Json json = Json::parse(ResultJson(result));
  for (const NamedFigure& figure : FiguresOf(result)) {
    if (!name.empty() && figure.name != name) continue;
    const Json readout = Json::parse(figure.figure.readout);
    cases.push_back(
        {figure.name + " wide", SvgDrawing(figure.figure.wide), json, readout, &result});
    cases.push_back(
        {figure.name + " narrow", SvgDrawing(figure.figure.narrow), json, readout, &result});
  }
  return cases;
}

// Calls `check` for both drawings of the figure in every sample that has it.
template <class Check>
void ForEvery(const std::string& name, const Check& check) {
  int drawings = 0;
  for (const TuneResult& result : Samples()) {
    for (const Case& one : CasesOf(result, name)) {
      SCOPED_TRACE(one.name);
      check(one);
      ++drawings;
    }
  }
  EXPECT_GE(drawings, 2) << name;
}

// Far values are drawn just outside.
double PlaceOf(const ReadScale& scale, double value) {
  const double least = scale.places[0] - 9.0 * (scale.places[1] - scale.places[0]);
  const double most = scale.places[0] + 10.0 * (scale.places[1] - scale.places[0]);
  if (scale.log && !(value > 0.0)) return scale.zero.value_or(least);
  return std::clamp(scale.Place(value), std::min(least, most), std::max(least, most));
}

void ExpectPoint(const ReadScales& scales, const ReadPoint& place, double x, double y) {
  EXPECT_NEAR(place.x, PlaceOf(scales.x, x), kHalfHundredth) << "x of " << x << ", " << y;
  EXPECT_NEAR(place.y, PlaceOf(scales.y, y), kHalfHundredth) << "y of " << x << ", " << y;
}

struct Values {
  std::vector<double> x;
  std::vector<double> y;
};

// Those that a line can go through.
Values Shown(const std::vector<double>& x, const std::vector<double>& y, bool log = false) {
  Values values;
  for (std::size_t i = 0; i < std::min(x.size(), y.size()); ++i) {
    if (!IsDrawable(x[i]) || !IsDrawable(y[i]) || (log && !(y[i] > 0.0))) continue;
    values.x.push_back(x[i]);
    values.y.push_back(y[i]);
  }
  return values;
}

void ExpectPlaces(const ReadScales& scales, const std::vector<ReadPoint>& places,
                  const Values& values) {
  ASSERT_EQ(places.size(), values.x.size());
  for (std::size_t i = 0; i < places.size(); ++i)
    ExpectPoint(scales, places[i], values.x[i], values.y[i]);
}

void ExpectDots(const Case& one, const std::string& css_class, const Values& values) {
  std::vector<ReadPoint> places;
  for (const SvgElement& dot : one.drawing.All("circle", css_class))
    places.push_back(PlacesOf(dot).front());
  ExpectPlaces(one.drawing.scales()[0], places, values);
}

void ExpectLine(const Case& one, const std::string& css_class, const Values& values) {
  const std::vector<SvgElement> lines = one.drawing.All("polyline", css_class);
  if (values.x.size() < 2) {
    EXPECT_TRUE(lines.empty());
    return;
  }
  ASSERT_EQ(lines.size(), 1U) << css_class;
  ExpectPlaces(one.drawing.scales()[0], PlacesOf(lines[0]), values);
}

// Error bars of estimates with an error.
void ExpectBars(const Case& one, const std::string& css_class, const std::vector<double>& x,
                const std::vector<double>& mean, const std::vector<double>& error) {
  const std::vector<SvgElement> bars = one.drawing.All("line", css_class);
  const ReadScales& scales = one.drawing.scales()[0];
  std::size_t bar = 0;
  for (std::size_t i = 0; i < x.size(); ++i) {
    if (!IsDrawable(mean[i]) || !IsDrawable(error[i]) || !(error[i] > 0.0)) continue;
    ASSERT_LT(bar, bars.size());
    const std::vector<ReadPoint> ends = PlacesOf(bars[bar++]);
    ExpectPoint(scales, ends[0], x[i], mean[i] - error[i]);
    ExpectPoint(scales, ends[1], x[i], mean[i] + error[i]);
  }
  EXPECT_EQ(bar, bars.size());
}

struct GridColumns {
  std::vector<double> decay;
  std::vector<double> mean;
  std::vector<double> error;
};

// Of a net without decays of which no run ended.
GridColumns ColumnsOf(const Json& json, const char* part) {
  GridColumns columns;
  for (const Json& point : json["grid"]) {
    if (point.contains("trained") && point["trained"]["seeds"] == 0) continue;
    columns.decay.push_back(point["decay"]);
    columns.mean.push_back(NumberOrNan(point[part]["loss"]));
    columns.error.push_back(NumberOrNan(point[part]["se"]));
  }
  return columns;
}

Values Positive(const std::vector<double>& decays, const std::vector<double>& values) {
  Values all = Shown(decays, values);
  if (!all.x.empty() && all.x.front() == 0.0) {
    all.x.erase(all.x.begin());
    all.y.erase(all.y.begin());
  }
  return all;
}

TEST(FigureNumbers, TicksTellTheScalesThatTheNumbersLieOn) {
  for (const TuneResult& result : Samples()) {
    for (const Case& one : CasesOf(result, "")) {
      SCOPED_TRACE(one.name);
      const auto& elements = one.drawing.elements();
      int ticks = 0;
      for (std::size_t i = 1; i < elements.size(); ++i) {
        const SvgElement& text = elements[i];
        const SvgElement& line = elements[i - 1];
        if (text.tag != "text" || text.css_class() != "number" || line.tag != "line") continue;
        const bool vertical = line.Number("x1") == line.Number("x2");
        const ReadScales& scales = one.drawing.scales()[static_cast<std::size_t>(text.scales)];
        const ReadScale& scale = vertical ? scales.x : scales.y;
        const double value = LabelValue(text.text) * scale.unit;
        // Labels of ticks that are no round numbers have three digits.
        const double exact = PlaceOf(scale, value);
        const double rounding =
            scale.log && value > 0.0 ? std::fabs(PlaceOf(scale, value * 1.005) - exact) : 0.0;
        const double place = vertical ? line.Number("x1") : line.Number("y1");
        EXPECT_NEAR(place, exact, 0.0051 + (LabelValue(text.text) == 1.0 ? 0.0 : rounding))
            << text.text;
        ++ticks;
      }
      if (!one.drawing.scales().empty()) {
        EXPECT_GE(ticks, 4);
      }
    }
  }
}

TEST(FigureNumbers, OfLossesAreThoseOfTheGrid) {
  ForEvery("loss", [](const Case& one) {
    for (const auto& [part, name] :
         {std::pair{"validation", "validation"}, {"train", "training"}}) {
      const GridColumns columns = ColumnsOf(one.json, part);
      const Values shown = Positive(columns.decay, columns.mean);
      ExpectLine(one, std::string("curve ") + name, shown);
      ExpectBars(one, std::string("bar ") + name, columns.decay, columns.mean, columns.error);
      Values dots = shown;
      if (columns.decay.front() == 0.0) {
        dots.x.push_back(0.0);
        dots.y.push_back(columns.mean.front());
      }
      ExpectDots(one, std::string("dot ") + name, dots);
    }
    Values loo;
    for (const Json& point : one.json["grid"]) {
      if (!point["loo"].is_number() || point["decay"] == 0.0) continue;
      loo.x.push_back(point["decay"]);
      loo.y.push_back(point["loo"]);
    }
    ExpectLine(one, "curve loo", loo);
    const Json& best = one.json["grid"][one.json["best"]["index"].get<std::size_t>()];
    const auto marks = one.drawing.All("polygon", "best-mark");
    ASSERT_EQ(marks.size(), 1U);
    const std::vector<ReadPoint> corners = PlacesOf(marks[0]);
    ExpectPoint(one.drawing.scales()[0], {corners[1].x, corners[0].y}, best["decay"],
                best["validation"]["loss"]);
  });
}

TEST(FigureNumbers, OfMarksAreTheDecaysThatTheyName) {
  ForEvery("loss", [](const Case& one) {
    const ReadScale& x = one.drawing.scales()[0].x;
    const auto expect = [&](const std::string& css_class, double decay) {
      const auto lines = one.drawing.All("line", "choice " + css_class);
      ASSERT_EQ(lines.size(), 1U) << css_class;
      EXPECT_NEAR(PlacesOf(lines[0])[0].x, PlaceOf(x, decay), kHalfHundredth);
      for (const SvgElement& text : one.drawing.All("text", "label " + css_class))
        EXPECT_NE(text.text.find(DecayText(decay)), std::string::npos) << text.text;
    };
    expect("best", one.json["best"]["decay"]);
    if (one.result->one_se != one.result->best) expect("one-se", one.json["one_se"]["decay"]);
    if (one.result->verdict.over_current)
      expect("current", one.json["verdict"]["over_current"]["decay"]);
  });
}

TEST(FigureNumbers, OfARangeThatIsAboutAsGoodAreItsEnds) {
  const TuneResult result = RegressionSample();
  for (const Case& one : CasesOf(result, "loss")) {
    const auto bands = one.drawing.All("rect", "flat");
    ASSERT_EQ(bands.size(), 1U);
    const ReadScale& x = one.drawing.scales()[0].x;
    EXPECT_NEAR(bands[0].Number("x"), x.Place(0.1), kHalfHundredth);
    EXPECT_NEAR(bands[0].Number("x") + bands[0].Number("width"), x.Place(0.4), 2 * kHalfHundredth);
    const double level = PlacesOf(one.drawing.All("line", "curve baseline thin").back())[0].y;
    EXPECT_NEAR(level, one.drawing.scales()[0].y.Place(one.json["grid"][0]["validation"]["loss"]),
                kHalfHundredth);
  }
}

TEST(FigureNumbers, OfANetMarkWhatDidNotEndAndWhatIsLowest) {
  const TuneResult result = NetChosenElsewhere();
  for (const Case& one : CasesOf(result, "loss")) {
    Values aside;
    for (const Json& point : one.json["grid"]) {
      if (point["trained"]["finished"]) continue;
      aside.x.push_back(point["decay"]);
      aside.y.push_back(point["validation"]["loss"]);
    }
    ASSERT_EQ(aside.x.size(), 3U);
    ExpectDots(one, "dot aside", aside);
    const auto lowest = one.drawing.All("line", "choice lowest");
    ASSERT_EQ(lowest.size(), 1U);
    EXPECT_NEAR(PlacesOf(lowest[0])[0].x, one.drawing.scales()[0].x.Place(0.1), kHalfHundredth);
  }
  const TuneResult chosen = NetSample();
  for (const Case& one : CasesOf(chosen, "loss"))
    EXPECT_TRUE(one.drawing.All("line", "choice lowest").empty());
}

TEST(FigureNumbers, OfPathsAreTheWeightsAndTheSizeOfTheFit) {
  ForEvery("paths", [](const Case& one) {
    std::vector<double> decays;
    for (const Json& point : one.json["grid"]) decays.push_back(point["decay"]);
    const Json& paths = one.json["paths"];
    for (std::size_t i = 0; i < paths.size(); ++i) {
      const std::string css_class =
          "series c" + std::to_string(i % 6 + 1) + (i < 6 ? "" : " second");
      const auto lines = one.drawing.All("polyline", css_class);
      ASSERT_EQ(lines.size(), 1U);
      std::vector<ReadPoint> places = PlacesOf(lines[0]);
      places.erase(places.begin());  // the way to the plot's edge
      ExpectPlaces(one.drawing.scales()[0], places, Shown(decays, Numbers(paths[i]["weights"])));
    }
    // A tick and its text; the size is that of the decay at the tick, in three digits.
    const auto& elements = one.drawing.elements();
    for (std::size_t i = 1; i < elements.size(); ++i) {
      if (elements[i].css_class() != "number size") continue;
      const double place = elements[i - 1].Number("x1");
      double size = NAN;
      for (const Json& point : one.json["grid"]) {
        const char* key = one.result->l1_ratio > 0.0 ? "nonzero" : "effective_dof";
        if (std::fabs(PlaceOf(one.drawing.scales()[0].x, point["decay"]) - place) < 0.0051)
          size = NumberOrNan(point[key]);
      }
      EXPECT_NEAR(LabelValue(elements[i].text), size, 0.051 * size);
    }
  });
}

std::vector<double> MeanOfCurves(const Json& curves, const char* key) {
  std::vector<double> mean;
  for (std::size_t epoch = 0;; ++epoch) {
    double sum = 0.0;
    int count = 0;
    for (const Json& curve : curves) {
      if (epoch >= curve[key].size()) continue;
      sum += NumberOrNan(curve[key][epoch]);
      ++count;
    }
    if (count == 0) return mean;
    mean.push_back(sum / count);
  }
}

std::vector<double> EpochsOf(std::size_t count) {
  std::vector<double> epochs;
  for (std::size_t i = 1; i <= count; ++i) epochs.push_back(static_cast<double>(i));
  return epochs;
}

void ExpectLosses(const Case& one, const Json& point, const std::string& colour, bool log) {
  for (const auto& [key, dash] : {std::pair{"validation_loss", ""}, {"train_loss", " second"}}) {
    const std::vector<double> mean = MeanOfCurves(point["trained"]["curves"], key);
    ExpectLine(one, "series " + colour + dash, Shown(EpochsOf(mean.size()), mean, log));
  }
}

TEST(FigureNumbers, OfEpochsAreMeansOfTheRuns) {
  ForEvery("epochs", [](const Case& one) {
    const Json& grid = one.json["grid"];
    const auto best = one.json["best"]["index"].get<std::size_t>();
    ExpectLosses(one, grid[best], "tuned", true);
    if (best != 0) ExpectLosses(one, grid[0], "baseline", true);
    ExpectLosses(one, grid[grid.size() - 1], "excess", true);
    std::vector<Values> aside;
    for (const Json& point : grid) {
      if (point["trained"]["finished"] || &point == &grid[grid.size() - 1]) continue;
      for (const Json& curve : point["trained"]["curves"]) {
        const std::vector<double> losses = Numbers(curve["validation_loss"]);
        aside.push_back(Shown(EpochsOf(losses.size()), losses, true));
      }
    }
    const auto faint = one.drawing.All("polyline", "series faint");
    ASSERT_EQ(faint.size(), aside.size());
    for (std::size_t i = 0; i < faint.size(); ++i)
      ExpectPlaces(one.drawing.scales()[0], PlacesOf(faint[i]), aside[i]);
  });
  ForEvery("learning", [](const Case& one) {
    if (one.result->best == 0) return;  // then another decay is followed
    ExpectLosses(one, one.json["grid"][one.json["best"]["index"].get<std::size_t>()], "tuned",
                 false);
    ExpectLosses(one, one.json["grid"][0], "baseline", false);
  });
}

TEST(FigureNumbers, OfNormsAndAnglesAreMeansOfTheFirstSplit) {
  ForEvery("angle", [](const Case& one) {
    const Json& best = one.json["grid"][one.json["best"]["index"].get<std::size_t>()];
    const std::vector<double> mean = MeanOfCurves(best["trained"]["curves"], "update_angle");
    ExpectLine(one, "series tuned", Shown(EpochsOf(mean.size()), mean));
  });
  ForEvery("norms", [](const Case& one) {
    const Json& best = one.json["grid"][one.json["best"]["index"].get<std::size_t>()];
    for (std::size_t layer = 0; layer < 2; ++layer) {
      std::vector<double> mean;
      for (std::size_t epoch = 0; epoch < 20; ++epoch) {
        double sum = 0.0;
        for (const Json& curve : best["trained"]["curves"])
          sum += curve["layer_norms"][epoch][layer].get<double>();
        mean.push_back(sum / 2);
      }
      ExpectLine(one, "series c" + std::to_string(layer + 1), Shown(EpochsOf(20), mean));
    }
  });
}

TEST(FigureNumbers, OfErrorPartsAreTheirsAndTheirSum) {
  ForEvery("parts", [](const Case& one) {
    const Json& parts = one.json["diagnostics"]["error_parts"];
    const GridColumns grid = ColumnsOf(one.json, "validation");
    const std::vector<double> bias = Numbers(parts["bias"]);
    const std::vector<double> variance = Numbers(parts["variance"]);
    const std::vector<double> noise(grid.decay.size(), parts["noise"].get<double>());
    std::vector<double> sum;
    for (std::size_t i = 0; i < noise.size(); ++i) sum.push_back(noise[i] + bias[i] + variance[i]);
    std::vector<double> measured = grid.mean;
    for (std::size_t i = 0; i < noise.size(); ++i) {
      if (one.json["grid"][1]["loo"].is_number()) measured[i] = one.json["grid"][i]["loo"];
    }
    const std::pair<const char*, const std::vector<double>*> lines[] = {
        {"noise", &noise},
        {"bias", &bias},
        {"variance", &variance},
        {"sum", &sum},
        {"validation dotted", &measured}};
    for (const auto& [name, values] : lines) {
      ExpectLine(one, std::string("curve ") + name, Positive(grid.decay, *values));
      ExpectDots(one, std::string("dot ") + name, {{0.0}, {values->front()}});
    }
  });
}

// The corners of a histogram's outline.
Values OutlineOf(const Json& histogram, double floor) {
  const std::vector<double> counts = Numbers(histogram["counts"]);
  const double low = histogram["low"];
  const double high = histogram["high"];
  Values values{{low}, {floor}};
  for (std::size_t bin = 0; bin < counts.size(); ++bin) {
    for (const std::size_t edge : {bin, bin + 1}) {
      values.x.push_back(low + (high - low) * static_cast<double>(edge) /
                                   static_cast<double>(counts.size()));
      values.y.push_back(counts[bin] == 0.0 ? floor : counts[bin]);
    }
  }
  values.x.push_back(high);
  values.y.push_back(floor);
  return values;
}

void ExpectOutline(const Case& one, const std::string& css_class, const Json& histogram) {
  const auto outlines = one.drawing.All("polygon", "steps " + css_class);
  ASSERT_EQ(outlines.size(), 1U);
  const ReadScales& scales = one.drawing.scales()[0];
  ExpectPlaces(scales, PlacesOf(outlines[0]), OutlineOf(histogram, scales.y.values[0]));
}

TEST(FigureNumbers, OfHistogramsAreTheirCounts) {
  ForEvery("weights", [](const Case& one) {
    const Json& weights = one.json["diagnostics"]["weights"];
    if (one.result->best != 0 || one.result->verdict.baseline != one.result->grid[0].decay)
      ExpectOutline(one, "baseline", weights["baseline"]);
    ExpectOutline(one, "tuned", weights["best"]);
  });
  ForEvery("residuals", [](const Case& one) {
    ExpectOutline(one, "validation", one.json["diagnostics"]["held_out_numbers"]["residuals"]);
  });
}

// The loss of a plane between the points of its grid.
double LossAt(const Json& plane, double first, double second) {
  const auto side = plane["side"].get<std::size_t>();
  const auto step = [&](double weight, std::size_t k) {
    const double low = plane["low"][k];
    const double high = plane["high"][k];
    return (weight - low) / (high - low) * static_cast<double>(side - 1);
  };
  const double x = step(first, 0);
  const double y = step(second, 1);
  const auto i = std::min(side - 2, static_cast<std::size_t>(std::max(0.0, x)));
  const auto j = std::min(side - 2, static_cast<std::size_t>(std::max(0.0, y)));
  const double along = x - static_cast<double>(i);
  const double up = y - static_cast<double>(j);
  const auto loss = [&](std::size_t a, std::size_t b) {
    return plane["loss"][b * side + a].get<double>();
  };
  return (1 - up) * ((1 - along) * loss(i, j) + along * loss(i + 1, j)) +
         up * ((1 - along) * loss(i, j + 1) + along * loss(i + 1, j + 1));
}

void ExpectContours(const Case& one, const Json& plane, int panel) {
  std::vector<double> levels;
  for (const Json& row : one.readout["table"]["rows"]) {
    if (row[0] == "contour") levels.push_back(row[4]);
  }
  EXPECT_EQ(levels.size(), 9U);
  const ReadScales& scales = one.drawing.scales()[static_cast<std::size_t>(panel)];
  std::vector<int> found(levels.size(), 0);
  for (const SvgElement& line : one.drawing.All("polyline", "level", panel)) {
    std::vector<double> losses;
    for (const ReadPoint& at : PlacesOf(line))
      losses.push_back(LossAt(plane, scales.x.Value(at.x), scales.y.Value(at.y)));
    const double mean = losses[losses.size() / 2];
    const auto nearest = std::min_element(levels.begin(), levels.end(), [&](double a, double b) {
      return std::fabs(a - mean) < std::fabs(b - mean);
    });
    ++found[static_cast<std::size_t>(nearest - levels.begin())];
    // Half a hundredth along the steepest slope: a few thousandths of the range.
    const double range = levels.back() - levels.front();
    for (const double loss : losses) EXPECT_NEAR(loss, *nearest, 2e-4 * range);
  }
  for (const int lines : found) EXPECT_GE(lines, 1);
  // The line of equal loss that the penalty touches where it holds the weights.
  const Json& at = plane[panel == 0 ? "at_l2" : "at_l1"]["weights"];
  const double held = LossAt(plane, at[0], at[1]);
  const auto lines = one.drawing.All("polyline", "level held", panel);
  EXPECT_GE(lines.size(), 1U);
  for (const SvgElement& line : lines) {
    for (const ReadPoint& place : PlacesOf(line)) {
      const double loss = LossAt(plane, scales.x.Value(place.x), scales.y.Value(place.y));
      EXPECT_NEAR(loss, held, 2e-4 * (levels.back() - levels.front()));
    }
  }
}

void ExpectPanel(const Case& one, const Json& plane, const std::string& penalty, int panel) {
  const ReadScales& scales = one.drawing.scales()[static_cast<std::size_t>(panel)];
  const double across =
      (scales.x.places[1] - scales.x.places[0]) / (scales.x.values[1] - scales.x.values[0]);
  const double up =
      (scales.y.places[0] - scales.y.places[1]) / (scales.y.values[1] - scales.y.values[0]);
  EXPECT_NEAR(across, up, 1e-9 * up);  // one scale: the circle is one
  Values path;
  for (const Json& point : plane[penalty]) {
    path.x.push_back(point["weights"][0]);
    path.y.push_back(point["weights"][1]);
  }
  const auto lines = one.drawing.All("polyline", "curve shrink-path", panel);
  ASSERT_EQ(lines.size(), 1U);
  ExpectPlaces(scales, PlacesOf(lines[0]), path);
  const auto minimum = one.drawing.All("circle", "dot minimum", panel);
  ASSERT_EQ(minimum.size(), 1U);
  ExpectPoint(scales, PlacesOf(minimum[0])[0], path.x[0], path.y[0]);
  const Json& at = plane["at_" + penalty]["weights"];
  const auto chosen = one.drawing.All("circle", "dot chosen", panel);
  ASSERT_EQ(chosen.size(), 1U);
  ExpectPoint(scales, PlacesOf(chosen[0])[0], at[0], at[1]);
  if (penalty == "l2") {
    const auto ball = one.drawing.All("circle", "held-ball", panel);
    ASSERT_EQ(ball.size(), 1U);
    ExpectPoint(scales, PlacesOf(ball[0])[0], 0.0, 0.0);
    EXPECT_NEAR(ball[0].Number("r"), across * std::hypot(at[0].get<double>(), at[1].get<double>()),
                kHalfHundredth);
  } else {
    const double radius = std::fabs(at[0].get<double>()) + std::fabs(at[1].get<double>());
    const auto ball = one.drawing.All("polygon", "held-ball", panel);
    ASSERT_EQ(ball.size(), 1U);
    ExpectPlaces(scales, PlacesOf(ball[0]),
                 {{radius, 0.0, -radius, 0.0}, {0.0, radius, 0.0, -radius}});
  }
}

TEST(FigureNumbers, OfThePlaneAreItsLossesAndPaths) {
  ForEvery("plane", [](const Case& one) {
    const Json& plane = one.json["diagnostics"]["plane"];
    ASSERT_EQ(one.drawing.scales().size(), 2U);
    for (int panel = 0; panel < 2; ++panel) {
      ExpectPanel(one, plane, panel == 0 ? "l2" : "l1", panel);
      ExpectContours(one, plane, panel);
    }
  });
}

TEST(FigureNumbers, OfShrinkageAreSharesOfEigenvalues) {
  ForEvery("shrinkage", [](const Case& one) {
    const Json& curvature = one.json["diagnostics"]["curvature"];
    const auto expect = [&](const std::string& css_class, double decay) {
      Values values;
      for (std::size_t i = 0; i < curvature["values"].size(); ++i) {
        const double value = curvature["values"][i];
        values.x.push_back(curvature["index"][i].get<double>() + 1.0);
        values.y.push_back(value / (value + decay));
      }
      ExpectLine(one, "curve " + css_class, values);
      ExpectDots(one, "dot " + css_class, values);
    };
    expect("tuned", one.json["best"]["decay"]);
    if (one.result->one_se != one.result->best) expect("tuned light", one.json["one_se"]["decay"]);
  });
}

TEST(FigureNumbers, OfPredictionsAreThePairs) {
  ForEvery("predictions", [](const Case& one) {
    const Json& numbers = one.json["diagnostics"]["held_out_numbers"];
    ExpectDots(one, "dot held", Shown(Numbers(numbers["predicted"]), Numbers(numbers["truth"])));
  });
}

TEST(FigureNumbers, OfReliabilityAreTheBinsWithAreasByRows) {
  ForEvery("reliability", [](const Case& one) {
    Values values;
    std::vector<double> rows;
    for (const Json& bin : one.json["diagnostics"]["held_out_classes"]["reliability"]) {
      values.x.push_back(bin["predicted"]);
      values.y.push_back(bin["observed"]);
      rows.push_back(bin["rows"]);
    }
    ExpectDots(one, "dot bin", values);
    const auto dots = one.drawing.All("circle", "dot bin");
    const double most = *std::max_element(rows.begin(), rows.end());
    for (std::size_t i = 0; i < rows.size(); ++i)
      EXPECT_NEAR(dots[i].Number("r"), 13.0 * std::sqrt(rows[i] / most), kHalfHundredth);
  });
}

TEST(FigureNumbers, OfConfusionAreTheCounts) {
  ForEvery("confusion", [](const Case& one) {
    const Json& confusion = one.json["diagnostics"]["held_out_classes"]["confusion"];
    std::vector<std::string> cells;
    for (const SvgElement& element : one.drawing.elements()) {
      if (element.tag == "text" && element.css_class().starts_with("count"))
        cells.push_back(element.text);
    }
    std::vector<std::string> counts;
    for (const Json& row : confusion) {
      for (const Json& count : row["predicted"]) counts.push_back(count.dump());
    }
    EXPECT_EQ(cells, counts);
  });
}

TEST(FigureNumbers, OfManyClassesAreThoseThatAreConfusedMost) {
  TuneResult result = ClassificationSample();
  auto& confusion = result.diagnostics.classes->confusion;
  confusion.assign(40, std::vector<std::size_t>(40, 0));
  for (std::size_t i = 0; i < 40; ++i) confusion[i][i] = 99;
  confusion[7][33] = 55;
  EXPECT_EQ(ClassesShown(result), 20U);
  const Figure figure = ConfusionFigure(result);
  for (const std::string& svg : {figure.wide, figure.narrow})
    EXPECT_NE(svg.find(">55<"), std::string::npos);
  EXPECT_NE(figure.wide.find("20 of 40 classes, those with the most errors"), std::string::npos);
  EXPECT_EQ(Json::parse(figure.readout)["table"]["rows"].size(), 1600U);
}

TEST(FigureNumbers, OfRocAreTheRates) {
  ForEvery("roc", [](const Case& one) {
    const Json& classes = one.json["diagnostics"]["held_out_classes"];
    ExpectLine(one, "curve validation",
               Shown(Numbers(classes["false_positive"]), Numbers(classes["true_positive"])));
  });
}

void ExpectSeries(const Case& one, const Json& points, const char* x_key, const char* key,
                  const std::string& css_class) {
  std::vector<double> x;
  std::vector<double> mean;
  std::vector<double> error;
  for (const Json& point : points) {
    x.push_back(point[x_key]);
    mean.push_back(NumberOrNan(point[key]["loss"]));
    error.push_back(NumberOrNan(point[key]["se"]));
  }
  ExpectLine(one, "curve " + css_class, Shown(x, mean));
  ExpectDots(one, "dot " + css_class, Shown(x, mean));
  ExpectBars(one, "bar " + css_class, x, mean, error);
}

TEST(FigureNumbers, OfLearningCurvesAndSizesAreTheEstimates) {
  ForEvery("rows-trained", [](const Case& one) {
    const Json& points = one.json["diagnostics"]["learning_curve"];
    if (one.result->best != 0 || one.result->verdict.baseline != one.result->grid[0].decay)
      ExpectSeries(one, points, "rows", "baseline", "baseline");
    ExpectSeries(one, points, "rows", "best", "tuned");
  });
  ForEvery("sizes", [](const Case& one) {
    ExpectSeries(one, one.json["diagnostics"]["sizes"], "parameters", "gain", "tuned");
    EXPECT_GE(one.drawing.All("line", "grid zero").size(), 1U);
  });
}

TEST(FigureNumbers, OfTheTablesAreInFull) {
  for (const TuneResult& result : Samples()) {
    for (const NamedFigure& figure : FiguresOf(result)) {
      SCOPED_TRACE(figure.name);
      const Json table = Json::parse(figure.figure.readout)["table"];
      EXPECT_FALSE(table["rows"].empty());
      for (const Json& row : table["rows"]) EXPECT_EQ(row.size(), table["columns"].size());
    }
    const Json loss = Json::parse(LossFigure(result).readout)["table"];
    for (std::size_t i = 0; i < result.grid.size(); ++i) {
      EXPECT_EQ(loss["rows"][i][0].get<double>(), result.grid[i].decay);
      EXPECT_EQ(loss["rows"][i][1].get<double>(), result.grid[i].validation.mean);
    }
  }
}

}  // namespace
}  // namespace halflife
