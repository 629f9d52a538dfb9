#include "tune/diagnostics/loss_plane.h"

#include <algorithm>
#include <cmath>
#include <numeric>

#include "base/error.h"
#include "base/parallel.h"
#include "data/row_set.h"
#include "model/softmax.h"
#include "tune/diagnostics/refit.h"

namespace halflife {
namespace {

constexpr std::size_t kMostRows = 2000;
constexpr std::size_t kSide = 61;
constexpr int kPathPoints = 40;
constexpr double kMostDecay = 1e3;  // of the largest curvature

// The features `kept` of some rows, standardised: a row each.
Matrix ValuesOf(const Dataset& dataset, Standardizer standardizer, std::vector<int> kept,
                std::span<const uint32_t> rows) {
  standardizer.kept = std::move(kept);
  return Standardize(dataset.design, standardizer, rows);
}

double Correlation(const Matrix& values, const Vector& weights) {
  const double total = weights.sum();
  const Vector means = values * weights / total;
  const Matrix centred = values.colwise() - means;
  const Matrix covariance = centred * weights.asDiagonal() * centred.transpose();
  return covariance(0, 1) / std::sqrt(covariance(0, 0) * covariance(1, 1));
}

// All rows, or kMostRows of them spread over all.
std::vector<uint32_t> RowsOfPlane(std::size_t rows) {
  const std::size_t kept = std::min(rows, kMostRows);
  std::vector<uint32_t> chosen(kept);
  for (std::size_t i = 0; i < kept; ++i) chosen[i] = static_cast<uint32_t>(i * rows / kept);
  return chosen;
}

// Two columns of numbers in memory and the target: what the models are fitted to.
struct PlaneData {
  Dataset dataset;
  Matrix values;  // 2 x rows
};

// To mean 0 and standard deviation 1 over these rows, which may be a sample.
void Rescale(const Vector& weights, Matrix* values) {
  const Vector mean = *values * weights / weights.sum();
  values->colwise() -= mean;
  const Vector variance = values->cwiseAbs2() * weights / weights.sum();
  for (Eigen::Index k = 0; k < 2; ++k) {
    if (variance(k) > 0.0) values->row(k) /= std::sqrt(variance(k));
  }
}

PlaneData MakePlaneData(const Dataset& dataset, const Standardizer& standardizer,
                        const std::pair<int, int>& pair) {
  const std::vector<uint32_t> rows = RowsOfPlane(dataset.target.rows());
  std::vector<int> kept = {pair.first, pair.second};
  const bool swapped = kept[0] > kept[1];
  if (swapped) std::swap(kept[0], kept[1]);  // the standardizer's are ascending
  PlaneData data{RowsOf(dataset, rows), ValuesOf(dataset, standardizer, kept, rows)};
  if (swapped) data.values.row(0).swap(data.values.row(1));
  Rescale(data.dataset.weights, &data.values);
  auto table = std::make_shared<Table>();
  table->rows = rows.size();
  for (Eigen::Index k = 0; k < 2; ++k) {
    Column column{.name = k == 0 ? "first" : "second"};
    const Vector cells = data.values.row(k).transpose();
    column.numbers.assign(cells.begin(), cells.end());
    table->columns.push_back(std::move(column));
  }
  Design design;
  for (Eigen::Index k = 0; k < 2; ++k) {
    const Column& column = table->columns[static_cast<std::size_t>(k)];
    design.features.push_back({.kind = Feature::Kind::kNumber, .column = column.name});
    design.columns.push_back({.column = &column, .first = k, .count = 1});
  }
  design.origin = {0.0, 0.0};
  design.indicator = {-1, -1};
  design.helper = {false, false};
  design.row_count = rows.size();
  design.owned = std::move(table);
  data.dataset.design = std::move(design);
  data.dataset.undecayed.clear();
  return data;
}

// The mean data loss at some weights of the standardised columns, the intercept being the best.
class LossAt {
 public:
  explicit LossAt(const PlaneData& data)
      : values_(data.values), target_(data.dataset.target), weights_(data.dataset.weights) {
    weights_ /= weights_.sum();
  }

  double operator()(double first, double second) const {
    const Vector outputs = (first * values_.row(0) + second * values_.row(1)).transpose();
    return target_.task == Task::kRegression ? OfNumbers(outputs) : OfClasses(outputs);
  }

 private:
  double OfNumbers(const Vector& outputs) const {
    const Vector off = target_.numbers - outputs;
    const double mean = off.dot(weights_);
    return 0.5 * (off.array() - mean).square().matrix().dot(weights_);
  }

  // The intercept by Newton's steps, no longer than 2, on a convex function of it.
  double OfClasses(const Vector& outputs) const {
    double intercept = -outputs.dot(weights_);
    for (int step = 0; step < 100; ++step) {
      double slope = 0.0;
      double curvature = 1e-12;
      for (Eigen::Index i = 0; i < outputs.size(); ++i) {
        const double p = 1.0 / (1.0 + std::exp(-outputs(i) - intercept));
        slope += weights_(i) * (p - Class(i));
        curvature += weights_(i) * p * (1.0 - p);
      }
      const double move = std::clamp(-slope / curvature, -2.0, 2.0);
      intercept += move;
      if (std::fabs(move) < 1e-9) break;
    }
    const Matrix logits = (outputs.array() + intercept).matrix().transpose();
    return LossOfLogits(logits, target_.classes, weights_);
  }

  double Class(Eigen::Index row) const {
    return static_cast<double>(target_.classes[static_cast<std::size_t>(row)]);
  }

  Matrix values_;
  Target target_;
  Vector weights_;  // shares
};

// Solutions of the two columns under one penalty.
class PlanePath {
 public:
  PlanePath(const ModelContext& context, const PlaneData& data, double l1_ratio)
      : context_{&data.dataset, context.threads, {}, {}, l1_ratio} {
    const bool numbers = data.dataset.target.task == Task::kRegression;
    if (l1_ratio > 0.0) {
      model_ = numbers ? MakeSparseLinear(context_) : MakeSparseLogistic(context_);
    } else {
      model_ = numbers ? MakeLinear(context_) : MakeLogistic(context_);
    }
  }

  Model& model() { return *model_; }

  // In units of the values, which the model standardises again; none where one has no fit.
  std::optional<PlanePoint> At(double decay) {
    const std::vector<double> decays = {decay};
    if (model_->ScoreFolds(decays).front().status != FitStatus::kFitted) return std::nullopt;
    const Fit fit = model_->FitAll(decays).front();
    const Standardizer& standardizer = model_->standardizer();
    PlanePoint point{.decay = decay};
    for (std::size_t k = 0; k < standardizer.kept.size(); ++k) {
      const auto feature = static_cast<Eigen::Index>(standardizer.kept[k]);
      point.weights[feature] =
          fit.weights(static_cast<Eigen::Index>(k), 0) / standardizer.scale(feature);
    }
    return point;
  }

  // Without decay where that has a fit, then from `least` to `largest`.
  std::vector<PlanePoint> Walk(double least, double largest) {
    std::vector<PlanePoint> points;
    if (const auto point = At(0.0)) points.push_back(*point);
    for (int i = 0; i <= kPathPoints; ++i) {
      const double share = static_cast<double>(i) / kPathPoints;
      if (const auto point = At(least * std::pow(largest / least, share))) points.push_back(*point);
    }
    return points;
  }

 private:
  ModelContext context_;
  std::unique_ptr<Model> model_;
};

// Where a penalty has the loss `wanted`, by bisection up to `largest`: the loss grows with decay.
std::optional<PlanePoint> AtLoss(const LossAt& loss, double wanted, double largest,
                                 PlanePath* path) {
  double low = 0.0;
  double high = largest;
  for (int step = 0; step < 50; ++step) {
    const double middle = 0.5 * (low + high);
    const std::optional<PlanePoint> point = path->At(middle);
    if (!point) return std::nullopt;
    (loss(point->weights[0], point->weights[1]) < wanted ? low : high) = middle;
  }
  return path->At(0.5 * (low + high));
}

// A square that shows the minimum, the whole circle around 0 through the L2 penalty's point, and
// the diamond through the L1 penalty's.
void SetWindow(LossPlane* plane) {
  constexpr double kRoom = 0.08;  // of its side, beyond these
  const auto& ball = plane->at_l2.weights;
  const auto& diamond = plane->at_l1.weights;
  const double radius =
      std::max(std::hypot(ball[0], ball[1]), std::fabs(diamond[0]) + std::fabs(diamond[1]));
  const double(&minimum)[2] = plane->l2.front().weights;
  double side = 0.0;
  for (int k = 0; k < 2; ++k) {
    plane->low[k] = std::min(-radius, minimum[k]);
    plane->high[k] = std::max(radius, minimum[k]);
    side = std::max(side, plane->high[k] - plane->low[k]);
  }
  if (!(side > 0.0)) side = 1.0;
  side *= 1.0 + 2.0 * kRoom;
  for (int k = 0; k < 2; ++k) {
    const double middle = 0.5 * (plane->low[k] + plane->high[k]);
    plane->low[k] = middle - 0.5 * side;
    plane->high[k] = middle + 0.5 * side;
  }
}

void FillLoss(const LossAt& loss, int threads, LossPlane* plane) {
  plane->side = kSide;
  plane->loss.resize(kSide * kSide);
  const auto at = [&](int k, std::size_t i) {
    const double share = static_cast<double>(i) / static_cast<double>(kSide - 1);
    return plane->low[k] + share * (plane->high[k] - plane->low[k]);
  };
  ParallelFor(kSide, threads, [&](std::size_t j) {
    for (std::size_t i = 0; i < kSide; ++i) plane->loss[j * kSide + i] = loss(at(0, i), at(1, j));
  });
}

int FeatureCalled(const Design& design, const std::string& name) {
  for (std::size_t f = 0; f < design.features.size(); ++f) {
    if (!design.helper[f] && design.features[f].name() == name) return static_cast<int>(f);
  }
  FailOption("plane", ErrorKind::kPlaneUnknown, {name});
}

}  // namespace

std::pair<int, int> NamedPlane(const Design& design, const std::vector<std::string>& names) {
  return {FeatureCalled(design, names[0]), FeatureCalled(design, names[1])};
}

std::optional<std::pair<int, int>> ChoosePlane(const Dataset& dataset,
                                               const Standardizer& standardizer, const Fit& best,
                                               const std::vector<std::string>& names) {
  if (!names.empty()) return NamedPlane(dataset.design, names);
  if (dataset.stream || best.weights.cols() != 1) return std::nullopt;
  constexpr std::size_t kLooked = 12;
  std::vector<std::size_t> order;
  for (std::size_t k = 0; k < standardizer.kept.size(); ++k) {
    const auto feature = static_cast<std::size_t>(standardizer.kept[k]);
    if (feature >= dataset.undecayed.size() || !dataset.undecayed[feature]) order.push_back(k);
  }
  std::stable_sort(order.begin(), order.end(), [&](std::size_t a, std::size_t b) {
    return std::fabs(best.weights(static_cast<Eigen::Index>(a), 0)) >
           std::fabs(best.weights(static_cast<Eigen::Index>(b), 0));
  });
  const std::vector<uint32_t> rows = RowsInOrder(dataset.target.rows());
  for (std::size_t i = 1; i < std::min(order.size(), kLooked); ++i) {
    std::vector<int> kept = {standardizer.kept[order[0]], standardizer.kept[order[i]]};
    const std::pair<int, int> pair(kept[0], kept[1]);
    std::sort(kept.begin(), kept.end());
    const double r = Correlation(ValuesOf(dataset, standardizer, kept, rows), dataset.weights);
    if (std::fabs(r) < 0.99) return pair;
  }
  return std::nullopt;
}

std::optional<LossPlane> PlaneOf(const ModelContext& context, const Standardizer& standardizer,
                                 const std::pair<int, int>& pair, double decay) {
  const PlaneData data = MakePlaneData(*context.dataset, standardizer, pair);
  if (!(data.values.rowwise().maxCoeff().array() > data.values.rowwise().minCoeff().array()).all())
    return std::nullopt;
  LossPlane plane{.rows = data.dataset.target.rows()};
  const std::vector<Feature>& features = context.dataset->design.features;
  plane.names[0] = features[static_cast<std::size_t>(pair.first)].name();
  plane.names[1] = features[static_cast<std::size_t>(pair.second)].name();
  PlanePath ridge(context, data, 0.0);
  PlanePath lasso(context, data, 1.0);
  const Vector curvature = ridge.model().Curvature();
  if (curvature.size() == 0) return std::nullopt;
  plane.l2 = ridge.Walk(1e-4 * curvature(0), kMostDecay * curvature(0));
  const double largest = lasso.model().ZeroFrom()->largest;
  if (!(largest > 0.0)) return std::nullopt;
  plane.l1 = lasso.Walk(1e-3 * largest, largest);
  if (plane.l2.empty() || plane.l1.empty()) return std::nullopt;
  const LossAt loss(data);
  const auto same_loss = [&](const std::optional<PlanePoint>& tuned, double most, PlanePath* path) {
    return tuned ? AtLoss(loss, loss(tuned->weights[0], tuned->weights[1]), most, path)
                 : std::nullopt;
  };
  const bool sparse = context.l1_ratio > 0.0;
  const std::optional<PlanePoint> tuned =
      sparse ? lasso.At(decay * context.l1_ratio) : ridge.At(decay);
  const std::optional<PlanePoint> other = sparse
                                              ? same_loss(tuned, kMostDecay * curvature(0), &ridge)
                                              : same_loss(tuned, largest, &lasso);
  if (!tuned || !other) return std::nullopt;
  plane.at_l2 = sparse ? *other : *tuned;
  plane.at_l1 = sparse ? *tuned : *other;
  SetWindow(&plane);
  FillLoss(loss, context.threads, &plane);
  return plane;
}

}  // namespace halflife
