// What the figures of a net's training show.
#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <functional>

#include "report/epoch_figure.h"
#include "report/figure_words.h"
#include "report/recorded.h"
#include "report/words.h"

namespace halflife {
namespace {

// A decay to be followed, its name and its colour.
struct Followed {
  const GridPoint* point;
  Said name;
  std::string colour;
};

// "best 0.1", "no decay", "0.5".
Said NameOf(const TuneResult& result, const GridPoint& point) {
  const std::string decay = DecayText(point.decay);
  if (&point == &BestPoint(result)) {
    const Said best = BestSaid(result);
    return {best.english + " " + decay, best.chinese + " " + decay};
  }
  if (point.decay == 0.0) return {"no decay", "不衰减"};
  return InEither(decay);
}

// The best, and what is shown beside it.
std::vector<Followed> FollowedOf(const TuneResult& result) {
  const GridPoint* best = &BestPoint(result);
  std::vector<Followed> followed = {{best, NameOf(result, *best), "tuned"}};
  if (const GridPoint* other = FollowedBesideTheBest(result)) {
    const bool is_baseline = other == BaselinePoint(result);
    followed.push_back({other, NameOf(result, *other), is_baseline ? "baseline" : "excess"});
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

// The largest decay above the best of which an epoch is known.
const GridPoint* TooLarge(const TuneResult& result) {
  for (auto point = result.grid.rbegin(); point != result.grid.rend(); ++point) {
    if (&*point == &BestPoint(result)) return nullptr;
    for (const TrainingCurve& curve : point->trained->curves) {
      if (!curve.epochs.empty()) return &*point;
    }
  }
  return nullptr;
}

void AddLosses(const Followed& one, const std::string& column, EpochPlot* plot) {
  plot->lines.push_back({{one.name.english + ", val.", one.name.chinese + "，验证"},
                         "series " + one.colour,
                         MeanCurve(*one.point->trained, Runs::kAll,
                                   [](const EpochRecord& epoch) { return epoch.validation_loss; }),
                         column + "_validation_loss"});
  plot->lines.push_back({{one.name.english + ", train", one.name.chinese + "，训练"},
                         "series " + one.colour + " second",
                         MeanCurve(*one.point->trained, Runs::kAll,
                                   [](const EpochRecord& epoch) { return epoch.train_loss; }),
                         column + "_training_loss"});
}

// The validation losses of the runs of decays that were set aside, but for those that are followed.
std::vector<std::vector<double>> LossesSetAside(const TuneResult& result,
                                                const std::vector<Followed>& followed) {
  std::vector<std::vector<double>> lines;
  for (const GridPoint& point : result.grid) {
    const bool is_followed = std::any_of(followed.begin(), followed.end(),
                                         [&](const Followed& one) { return one.point == &point; });
    if (point.trained->finished || is_followed) continue;
    for (const TrainingCurve& curve : point.trained->curves) {
      std::vector<double> losses;
      for (const EpochRecord& epoch : curve.epochs)
        losses.push_back(Recorded(epoch.validation_loss));
      lines.push_back(std::move(losses));
    }
  }
  return lines;
}

// The decays whose losses by epoch have names: the baseline, the best, and one that is too large.
std::vector<Followed> FollowedByEpoch(const TuneResult& result) {
  std::vector<Followed> followed;
  const GridPoint* best = &BestPoint(result);
  const GridPoint* baseline = BaselinePoint(result);
  if (baseline != nullptr && baseline != best)
    followed.push_back({baseline, NameOf(result, *baseline), "baseline"});
  followed.push_back({best, NameOf(result, *best), "tuned"});
  const GridPoint* large = TooLarge(result);
  if (large != nullptr && large != baseline)
    followed.push_back({large,
                        {"largest " + DecayText(large->decay), "最大 " + DecayText(large->decay)},
                        "excess"});
  return followed;
}

}  // namespace

bool HasLossesSetAside(const TuneResult& result) {
  return IsTrained(result) && !LossesSetAside(result, FollowedByEpoch(result)).empty();
}

const GridPoint* FollowedBesideTheBest(const TuneResult& result) {
  const GridPoint* best = &BestPoint(result);
  const GridPoint* other = BaselinePoint(result);
  if (other == best) {
    other = nullptr;
    for (const GridPoint& point : result.grid) {
      if (point.trained->finished && &point != best) other = &point;
    }
  }
  return other == nullptr || other->trained->curves.empty() ? nullptr : other;
}

Figure LearningFigure(const TuneResult& result) {
  EpochPlot plot{
      "learning", {"Loss by epoch", "各轮的损失"}, {"mean data loss", "平均数据损失"}, {}};
  for (const Followed& one : FollowedOf(result)) AddLosses(one, one.colour, &plot);
  return DrawEpochs(plot);
}

Figure EpochsFigure(const TuneResult& result) {
  EpochPlot plot{"epochs",
                 {"Loss by epoch", "各轮的损失"},
                 {"mean data loss, log scale", "平均数据损失（对数刻度）"},
                 {}};
  plot.log = true;
  const std::vector<Followed> followed = FollowedByEpoch(result);
  for (const Followed& one : followed)
    AddLosses(one,
              one.colour == "excess"  ? "largest"
              : one.colour == "tuned" ? "best"
                                      : "baseline",
              &plot);
  plot.faint = LossesSetAside(result, followed);
  return DrawEpochs(plot);
}

Figure NormsFigure(const TuneResult& result) {
  constexpr std::size_t kColours = 6;
  EpochPlot plot{"norms",
                 {"Norm of each layer's weights by epoch", "各轮中每层权重的范数"},
                 {"norm of weights", "权重的范数"},
                 {}};
  std::string dash;
  for (const Followed& one : FollowedOf(result)) {
    for (std::size_t layer = 0; layer < LayersOf(result); ++layer) {
      const Said name = one.point == &BestPoint(result) ? BestSaid(result) : one.name;
      plot.lines.push_back({{fmt::format("layer {}, {}", layer + 1, name.english),
                             fmt::format("第 {} 层，{}", layer + 1, name.chinese)},
                            fmt::format("series c{}{}", layer % kColours + 1, dash),
                            MeanCurve(*one.point->trained, Runs::kOfFirstSplit,
                                      [layer](const EpochRecord& epoch) {
                                        return layer < epoch.layer_norms.size()
                                                   ? epoch.layer_norms[layer]
                                                   : std::nan("");
                                      }),
                            ""});
    }
    dash = " second";
  }
  return DrawEpochs(plot);
}

Figure AngleFigure(const TuneResult& result) {
  EpochPlot plot{"angle",
                 {"Angle of a step by epoch", "各轮中一步的转角"},
                 {"degrees a step", "每步转过的度数"},
                 {}};
  for (const Followed& one : FollowedOf(result)) {
    plot.lines.push_back({one.name,
                          "series " + one.colour + (one.colour == "tuned" ? "" : " second"),
                          MeanCurve(*one.point->trained, Runs::kOfFirstSplit,
                                    [](const EpochRecord& epoch) { return epoch.update_angle; }),
                          ""});
  }
  return DrawEpochs(plot);
}

}  // namespace halflife
