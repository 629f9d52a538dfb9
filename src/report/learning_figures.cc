// What the figures of a net's training show.
#include <fmt/format.h>

#include <algorithm>
#include <functional>

#include "report/epoch_figure.h"
#include "report/recorded.h"
#include "report/words.h"

namespace halflife {
namespace {

// A decay to be followed, its name and its colour.
struct Followed {
  const GridPoint* point;
  std::string name;
  std::string colour;
};

// The best and the baseline; where they are one, the largest decay that was trained to its end too.
std::vector<Followed> FollowedOf(const TuneResult& result) {
  const GridPoint* best = &BestPoint(result);
  std::vector<Followed> followed = {{best, BestName(result) + " " + DecayText(best->decay), "c1"}};
  const GridPoint* other = BaselinePoint(result);
  if (other == best) {
    other = nullptr;
    for (const GridPoint& point : result.grid) {
      if (point.trained->finished && &point != best) other = &point;
    }
  }
  if (other != nullptr && !other->trained->curves.empty()) {
    followed.push_back({other, other->decay == 0.0 ? "no decay" : DecayText(other->decay), "c2"});
  }
  return followed;
}

// Of which runs a mean is taken: of losses all; of what is kept of the first split's alone, those.
enum class Runs { kAll, kOfFirstSplit };

// Mean over the runs that reached an epoch.
std::vector<double> MeanCurve(const TrainedPoint& point, Runs runs,
                              const std::function<double(const EpochRecord&)>& value) {
  std::vector<double> mean;
  for (std::size_t epoch = 0;; ++epoch) {
    double sum = 0.0;
    int count = 0;
    for (const TrainingCurve& curve : point.curves) {
      if (runs == Runs::kOfFirstSplit && curve.split > 0) continue;
      if (epoch >= curve.epochs.size()) continue;
      sum += Recorded(value(curve.epochs[epoch]));
      ++count;
    }
    if (count == 0) return mean;
    mean.push_back(sum / count);
  }
}

std::size_t LayersOf(const TuneResult& result) {
  for (const TrainingCurve& curve : BestPoint(result).trained->curves) {
    if (curve.split == 0 && !curve.epochs.empty()) return curve.epochs.front().layer_norms.size();
  }
  return 0;
}

}  // namespace

Figure LearningFigure(const TuneResult& result) {
  EpochPlot plot{"learning", "Loss by epoch", "mean data loss", {}};
  for (const Followed& one : FollowedOf(result)) {
    plot.lines.push_back({one.name + ", val.", "series " + one.colour,
                          MeanCurve(*one.point->trained, Runs::kAll, [](const EpochRecord& epoch) {
                            return epoch.validation_loss;
                          })});
    plot.lines.push_back({one.name + ", train", "series " + one.colour + " second",
                          MeanCurve(*one.point->trained, Runs::kAll,
                                    [](const EpochRecord& epoch) { return epoch.train_loss; })});
  }
  return DrawEpochs(plot);
}

Figure NormsFigure(const TuneResult& result) {
  constexpr std::size_t kColours = 6;
  EpochPlot plot{"norms", "Norm of each layer's weights by epoch", "norm of weights", {}};
  std::string dash;
  for (const Followed& one : FollowedOf(result)) {
    for (std::size_t layer = 0; layer < LayersOf(result); ++layer) {
      const std::string name = one.point == &BestPoint(result) ? BestName(result) : one.name;
      plot.lines.push_back(
          {fmt::format("layer {}, {}", layer + 1, name),
           fmt::format("series c{}{}", layer % kColours + 1, dash),
           MeanCurve(*one.point->trained, Runs::kOfFirstSplit,
                     [layer](const EpochRecord& epoch) { return epoch.layer_norms[layer]; })});
    }
    dash = " second";
  }
  return DrawEpochs(plot);
}

Figure AngleFigure(const TuneResult& result) {
  EpochPlot plot{"angle", "Angle of a step by epoch", "degrees a step", {}};
  for (const Followed& one : FollowedOf(result)) {
    plot.lines.push_back({one.name, "series " + one.colour + (one.colour == "c1" ? "" : " second"),
                          MeanCurve(*one.point->trained, Runs::kOfFirstSplit,
                                    [](const EpochRecord& epoch) { return epoch.update_angle; })});
  }
  return DrawEpochs(plot);
}

}  // namespace halflife
