#include "tables/own_fit.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <limits>

namespace halflife::testing {
namespace {

constexpr double kEpsilon = std::numeric_limits<double>::epsilon();

std::string NameOf(const std::string& column, ModelInput::Kind kind, const std::string& level) {
  return kind == ModelInput::Kind::kNumber
             ? column
             : column + (kind == ModelInput::Kind::kMissing ? "=missing" : "=" + level);
}

// The library learns in double from values less their median. With n rows below 1,000 no such value
// is above sqrt(n) sd of the others, and n roundings of it make 1,000^1.5 * 1e-16 = 4e-12 of a sd.
// Its mean is kept in the column's own unit, so rounded to its last place.
void CompareScaling(const OwnScaling::Of& own, const ModelInput& input, const std::string& name,
                    std::vector<std::string>* faults) {
  constexpr double kTolerance = 1e-10;
  const auto sd = static_cast<double>(own.sd);
  const double rounding = 2.0 * kEpsilon * static_cast<double>(std::fabs(own.mean));
  const auto mean_off = static_cast<double>(std::fabs(input.mean - own.mean));
  if (!(mean_off <= kTolerance * sd + rounding))
    faults->push_back(fmt::format("{}: its mean is off by {:.3g} of {:.3g}", name, mean_off, sd));
  if (!(std::fabs(input.scale / sd - 1.0) <= kTolerance))
    faults->push_back(fmt::format("{}: scale {} instead of {}", name, input.scale, sd));
}

// The logarithm of each class's probability.
std::vector<double> LogSharesOf(const OwnFit& fit, const Eigen::MatrixXd& outputs,
                                Eigen::Index row) {
  std::vector<double> logits(fit.names.size(), 0.0);
  const bool one = fit.intercept.size() == 1;
  for (Eigen::Index k = 0; k < fit.intercept.size(); ++k)
    logits[static_cast<std::size_t>(one ? 1 : k)] = outputs(row, k) + fit.intercept(k);
  const double most = *std::max_element(logits.begin(), logits.end());
  double sum = 0.0;
  for (const double logit : logits) sum += std::exp(logit - most);
  for (double& logit : logits) logit -= most + std::log(sum);
  return logits;
}

std::size_t ClassOf(const OwnFit& fit, const std::string& name) {
  return static_cast<std::size_t>(std::find(fit.names.begin(), fit.names.end(), name) -
                                  fit.names.begin());
}

// The slope of each row's loss in its outputs, times the row's weight over all weights.
Eigen::MatrixXd SlopesOf(const OwnProblem& problem, const OwnFit& fit,
                         const Eigen::MatrixXd& outputs, const std::vector<uint32_t>& rows) {
  Eigen::MatrixXd slopes(outputs.rows(), outputs.cols());
  double total = 0.0;
  for (Eigen::Index i = 0; i < outputs.rows(); ++i) {
    const uint32_t row = rows[static_cast<std::size_t>(i)];
    total += problem.weights[row];
    if (problem.task == Task::kRegression) {
      slopes(i, 0) = outputs(i, 0) - (problem.target[row] - fit.intercept(0));
    } else {
      const std::vector<double> shares = LogSharesOf(fit, outputs, i);
      const std::size_t is = ClassOf(fit, problem.classes[row]);
      for (Eigen::Index k = 0; k < outputs.cols(); ++k) {
        const auto of = static_cast<std::size_t>(outputs.cols() == 1 ? 1 : k);
        slopes(i, k) = std::exp(shares[of]) - (of == is ? 1.0 : 0.0);
      }
    }
    slopes.row(i) *= problem.weights[row];
  }
  return slopes / total;
}

}  // namespace

OwnFit TakeFit(const OwnProblem& problem, const OwnScaling& scaling, const FittedModel& model,
               std::vector<std::string>* faults) {
  OwnFit fit;
  const auto outputs = static_cast<Eigen::Index>(model.outputs());
  fit.weights.setZero(static_cast<Eigen::Index>(scaling.kept.size()), outputs);
  fit.intercept = Eigen::Map<const Eigen::VectorXd>(model.intercept.data(), outputs);
  fit.names = model.classes;
  std::size_t found = 0;
  for (std::size_t k = 0; k < scaling.kept.size(); ++k) {
    const OwnScaling::Of& own = scaling.kept[k];
    const OwnFeature& feature = problem.features[own.feature];
    const std::string name = NameOf(feature.column, feature.kind, feature.level);
    const auto input = std::find_if(
        model.inputs.begin(), model.inputs.end(),
        [&](const ModelInput& each) { return NameOf(each.column, each.kind, each.level) == name; });
    if (input == model.inputs.end()) {
      faults->push_back(name + " varies but is no input of the model");
      continue;
    }
    ++found;
    CompareScaling(own, *input, name, faults);
    for (Eigen::Index o = 0; o < outputs; ++o)
      fit.weights(static_cast<Eigen::Index>(k), o) =
          input->weights[static_cast<std::size_t>(o)] * static_cast<double>(own.sd) / input->scale;
  }
  if (found != model.inputs.size())
    faults->push_back(fmt::format("the model has {} inputs, of which {} are features that vary",
                                  model.inputs.size(), found));
  return fit;
}

OwnGradient GradientOf(const OwnProblem& problem, const OwnScaling& scaling, const OwnFit& fit,
                       const std::vector<uint32_t>& training, double decay) {
  const Eigen::MatrixXd rows = StandardisedRows(problem, scaling, training);
  const Eigen::MatrixXd slopes = SlopesOf(problem, fit, rows * fit.weights, training);
  const double scale =
      problem.task == Task::kRegression ? static_cast<double>(SpreadOf(problem, training).sd) : 1.0;
  OwnGradient gradient;
  const Eigen::MatrixXd slope = rows.transpose() * slopes + decay * fit.weights;
  const double last_places = 4.0 * kEpsilon * fit.weights.cwiseAbs().sum() *
                             std::sqrt(static_cast<double>(fit.weights.size()));
  gradient.weights = std::max(0.0, slope.norm() - last_places) / scale;
  const double last_place = 4.0 * kEpsilon * fit.intercept.norm();
  gradient.intercept = std::max(0.0, slopes.colwise().sum().norm() - last_place) / scale;
  return gradient;
}

double MeanLossOf(const OwnProblem& problem, const OwnScaling& scaling, const OwnFit& fit,
                  const std::vector<uint32_t>& rows) {
  const Eigen::MatrixXd outputs = StandardisedRows(problem, scaling, rows) * fit.weights;
  double loss = 0.0;
  double total = 0.0;
  for (Eigen::Index i = 0; i < outputs.rows(); ++i) {
    const uint32_t row = rows[static_cast<std::size_t>(i)];
    total += problem.weights[row];
    if (problem.task == Task::kRegression) {
      const double off = outputs(i, 0) - (problem.target[row] - fit.intercept(0));
      loss += problem.weights[row] * 0.5 * off * off;
    } else {
      const std::size_t is = ClassOf(fit, problem.classes[row]);
      loss -= problem.weights[row] * LogSharesOf(fit, outputs, i)[is];
    }
  }
  return loss / total;
}

}  // namespace halflife::testing
