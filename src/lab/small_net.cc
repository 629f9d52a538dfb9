#include "lab/small_net.h"

#include <cmath>
#include <memory>

#include "lab/quadrature.h"
#include "net/net_trainer.h"

namespace halflife {
namespace {

constexpr int kSmallNetUnits = 24;
constexpr int kSmallNetEpochs = 600;
constexpr double kSmallNetLr = 0.03;

struct MeanAndScale {
  double mean = 0.0;
  double scale = 0.0;
};

MeanAndScale MeanAndScaleOf(const std::vector<double>& x) {
  MeanAndScale of;
  for (const double value : x) of.mean += value / static_cast<double>(x.size());
  for (const double value : x)
    of.scale += (value - of.mean) * (value - of.mean) / static_cast<double>(x.size());
  of.scale = std::sqrt(of.scale);
  return of;
}

TrainingOptions SmallNetTraining(std::size_t rows) {
  TrainingOptions training;
  training.epochs = kSmallNetEpochs;
  training.batch = static_cast<int>(rows);
  training.optimizer.rule = "adamw";
  training.optimizer.law = DecayLaw::kDecoupled;
  training.lr_shape = ScheduleShape::kCosine;
  return training;
}

std::vector<double> TensorOf(const NetRun& run, std::size_t tensor) {
  const std::span<const float> values = run.layout().Of(tensor, run.weights());
  return {values.begin(), values.end()};
}

SmallNet SmallNetOf(const NetRun& run, const MeanAndScale& unit) {
  const NetLayer& first = run.layout().layers().front();
  const NetLayer& last = run.layout().layers().back();
  SmallNet net;
  net.mean = unit.mean;
  net.scale = unit.scale;
  net.in = TensorOf(run, first.weight);
  net.bias = TensorOf(run, first.bias);
  net.out = TensorOf(run, last.weight);
  net.shift = TensorOf(run, last.bias).front();
  return net;
}

}  // namespace

double SmallNet::At(double x) const {
  const double z = (x - mean) / scale;
  double sum = shift;
  for (std::size_t j = 0; j < in.size(); ++j) sum += out[j] * std::tanh(in[j] * z + bias[j]);
  return sum;
}

std::vector<double> SmallNet::At(std::span<const double> x) const {
  std::vector<double> y;
  y.reserve(x.size());
  for (const double at : x) y.push_back(At(at));
  return y;
}

std::vector<double> SmallNet::Weights() const {
  std::vector<double> weights = in;
  weights.insert(weights.end(), out.begin(), out.end());
  return weights;
}

double SmallNet::SquaredNorm() const {
  double sum = 0.0;
  for (const double weight : Weights()) sum += weight * weight;
  return sum;
}

// With t = tanh: t'' = -2 t (1 - t^2).
double SmallNet::Roughness() const {
  constexpr int kPieces = 4;
  const Quadrature& rule = GaussLegendre();
  double sum = 0.0;
  for (int piece = 0; piece < kPieces; ++piece) {
    for (std::size_t i = 0; i < rule.nodes.size(); ++i) {
      const double x = (2.0 * piece + 1.0 + rule.nodes[i]) / kPieces - 1.0;
      double bend = 0.0;
      for (std::size_t j = 0; j < in.size(); ++j) {
        const double slope = in[j] / scale;
        const double t = std::tanh(slope * (x - mean) + bias[j]);
        bend -= 2.0 * out[j] * slope * slope * t * (1.0 - t * t);
      }
      sum += rule.weights[i] / kPieces * bend * bend;
    }
  }
  return sum;
}

std::vector<SmallNet> TrainSmallNets(const WaveRows& points, std::uint32_t seed,
                                     std::span<const double> decays) {
  const MeanAndScale unit = MeanAndScaleOf(points.x);
  std::vector<float> x;
  for (const double at : points.x) x.push_back(static_cast<float>((at - unit.mean) / unit.scale));
  const std::vector<float> y(points.y.begin(), points.y.end());
  NetData data;
  data.training = {.inputs = x, .rows = x.size(), .width = 1, .classes = {}, .numbers = y};
  // The trainer asks for rows to validate with after each epoch; one row costs least.
  data.validation = {
      .inputs = {x.data(), 1}, .rows = 1, .width = 1, .classes = {}, .numbers = {y.data(), 1}};
  NetOptions net;
  net.hidden = {kSmallNetUnits};
  net.activation = Activation::kTanh;
  NetTrainer trainer(data, net, SmallNetTraining(x.size()));
  std::vector<const TrainingRun*> runs;
  for (const double decay : decays) {
    runs.push_back(trainer.Start({decay, kSmallNetLr, seed}));
  }
  trainer.TrainTo(kSmallNetEpochs, runs, 1, {});
  std::vector<SmallNet> nets;
  nets.reserve(runs.size());
  for (const TrainingRun* run : runs) nets.push_back(SmallNetOf(trainer.net(*run), unit));
  return nets;
}

}  // namespace halflife
