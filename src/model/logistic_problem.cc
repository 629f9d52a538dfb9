#include "model/logistic_problem.h"

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

}  // namespace

LogisticProblem WithoutInputs(const Dataset& data, const std::vector<uint32_t>& training,
                              const std::vector<uint32_t>& held) {
  LogisticProblem problem;
  problem.classes = FindPresent(data, training);
  problem.training.classes = problem.classes.of_row;
  problem.training.outputs = problem.classes.outputs;
  problem.training.weights = data.weights(training);
  problem.held_classes = PickClasses(data.target.classes, held);
  problem.held_weights = data.weights(held);
  return problem;
}

LogisticProblem MakeLogisticProblem(const Dataset& data, const Standardizer& learnt,
                                    const std::vector<uint32_t>& training,
                                    const std::vector<uint32_t>& held) {
  LogisticProblem problem = WithoutInputs(data, training, held);
  if (problem.classes.one()) return problem;
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
  if (problem.classes.one()) return problem.classes.Complete(Matrix(0, rows));
  return problem.classes.Complete(problem.coded_held
                                      ? problem.coded_held->Times(parameters)
                                      : Matrix(parameters.transpose() * problem.held_inputs));
}

}  // namespace halflife
