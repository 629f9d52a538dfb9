#include "model/logistic_problem.h"

#include <algorithm>
#include <cmath>

#include "model/held_out.h"

namespace halflife {
namespace {

Spectrum DecomposeRows(const Matrix& rows) {
  if (rows.rows() == 0) return {Vector(), Matrix(0, 0), Matrix(0, 0)};
  if (rows.cols() > 2 * rows.rows()) {
    Matrix gram = Matrix::Zero(rows.rows(), rows.rows());
    AddOuterProduct(rows, &gram);
    std::optional<Spectrum> spectrum = SpectrumFromGram(gram / static_cast<double>(rows.cols()));
    if (spectrum && IsFlat(*spectrum, rows)) return *spectrum;
  }
  Matrix right;
  return SpectrumFromRows(rows, &right);
}

Matrix InAxes(const Matrix& basis, const Matrix& rows) {
  Matrix inputs(basis.cols() + 1, rows.cols());
  if (rows.cols() == 0) return inputs;  // it has no memory that a part could lie in
  if (basis.cols() > 0) inputs.topRows(basis.cols()).noalias() = basis.transpose() * rows;
  inputs.bottomRows(1).setOnes();
  return inputs;
}

// Sets `present`, `shares` and the classes and outputs of `training`, whose weights are there.
void NumberClasses(const Dataset& data, const std::vector<uint32_t>& rows,
                   LogisticProblem* problem) {
  const std::size_t count = data.target.class_names.size();
  SoftmaxRows& training = problem->training;
  training.classes = PickClasses(data.target.classes, rows);
  Vector weight = Vector::Zero(static_cast<Eigen::Index>(count));
  for (std::size_t i = 0; i < rows.size(); ++i)
    weight(training.classes[i]) += training.weights(static_cast<Eigen::Index>(i));
  problem->shares = ClassShares(weight, training.weights.mean());
  std::vector<int32_t> number(count, -1);
  for (std::size_t c = 0; c < count; ++c) {
    if (!(weight(static_cast<Eigen::Index>(c)) > 0.0)) continue;
    number[c] = static_cast<int32_t>(problem->present.size());
    problem->present.push_back(static_cast<int32_t>(c));
  }
  training.outputs = count == 2 ? 1 : static_cast<int>(problem->present.size());
  if (problem->present.size() == count) return;
  for (int32_t& each : training.classes) each = number[static_cast<std::size_t>(each)];
}

}  // namespace

LogisticProblem WithoutInputs(const Dataset& data, const std::vector<uint32_t>& training,
                              const std::vector<uint32_t>& held) {
  LogisticProblem problem;
  problem.training.weights = data.weights(training);
  NumberClasses(data, training, &problem);
  problem.held_classes = PickClasses(data.target.classes, held);
  problem.held_weights = data.weights(held);
  return problem;
}

LogisticProblem MakeLogisticProblem(const Dataset& data, const Standardizer& learnt,
                                    const std::vector<uint32_t>& training,
                                    const std::vector<uint32_t>& held) {
  LogisticProblem problem = WithoutInputs(data, training, held);
  if (problem.one_class()) return problem;
  const Matrix rows = Standardize(data.design, learnt, training);
  Spectrum spectrum = DecomposeRows(rows * RowScales(problem.training.weights).asDiagonal());
  problem.basis = std::move(spectrum.basis);
  problem.curvature = std::move(spectrum.values);
  problem.training.inputs = InAxes(problem.basis, rows);
  problem.held_inputs = InAxes(problem.basis, Standardize(data.design, learnt, held));
  return problem;
}

Matrix HeldLogits(const LogisticProblem& problem, const Matrix& parameters) {
  const auto rows = static_cast<Eigen::Index>(problem.held_classes.size());
  if (problem.one_class()) return LogitsOfShares(problem.shares).replicate(1, rows);
  Matrix logits = problem.coded_held ? problem.coded_held->Times(parameters)
                                     : Matrix(parameters.transpose() * problem.held_inputs);
  const auto present = static_cast<Eigen::Index>(problem.present.size());
  if (present == problem.shares.size()) return logits;
  // Log probabilities: those of the classes fitted share what the others leave.
  Matrix all = problem.shares.array().log().matrix().replicate(1, rows);
  const double left = std::log(problem.shares(problem.present).sum());
  for (Eigen::Index i = 0; i < rows; ++i) {
    const double largest = logits.col(i).maxCoeff();
    const double sum = largest + std::log((logits.col(i).array() - largest).exp().sum());
    for (Eigen::Index c = 0; c < present; ++c)
      all(problem.present[static_cast<std::size_t>(c)], i) = logits(c, i) - sum + left;
  }
  return all;
}

}  // namespace halflife
