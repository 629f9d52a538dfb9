// Log loss problems of designs that are read by their codes.

#include <algorithm>

#include "model/krylov.h"
#include "model/logistic_problem.h"
#include "model/newton.h"

namespace halflife {
namespace {

// Whether some level lacks a class that other rows have: the smaller that class's logit there, the
// smaller the loss, without end (quasi-complete separation: Albert and Anderson 1984).
bool SomeLevelLacksAClass(const Design& design, const std::vector<uint32_t>& rows,
                          const LogisticProblem& problem) {
  const std::vector<uint32_t> table_rows = design.InTable(rows);
  const std::size_t classes = problem.classes.present.size();
  for (const DesignColumn& of : design.columns) {
    if (!of.is_text()) continue;
    const std::size_t levels = of.column->levels.size() + 1;
    std::vector<char> seen(levels * classes, 0);
    for (std::size_t i = 0; i < table_rows.size(); ++i) {
      const int32_t level = of.column->codes[table_rows[i]] + 1;  // 0: missing
      seen[static_cast<std::size_t>(level) * classes +
           static_cast<std::size_t>(problem.training.classes[i])] = 1;
    }
    for (std::size_t level = 0; level < levels; ++level) {
      const auto first = seen.begin() + static_cast<std::ptrdiff_t>(level * classes);
      const auto count = std::count(first, first + static_cast<std::ptrdiff_t>(classes), 1);
      if (count > 0 && count < static_cast<std::ptrdiff_t>(classes)) return true;
    }
  }
  return false;
}

// Whether the features that no penalty holds have no finite fit alone: then no decay gives one.
bool FreeFeaturesSeparate(const LogisticProblem& problem) {
  const CodedRows& coded = *problem.coded_training;
  if (coded.undecayed().empty()) return false;
  SoftmaxRows rows = problem.training;
  const CentredRows a(coded, rows.weights / rows.total(), coded.undecayed());
  rows.products = nullptr;
  rows.inputs = Matrix::Ones(a.free_rank() + 1, coded.size());
  rows.inputs.topRows(a.free_rank()) =
      a.explained().transpose() * a.roots().cwiseInverse().asDiagonal();
  return HasNoFiniteFit(rows);
}

}  // namespace

LogisticProblem MakeCodedProblem(const Dataset& data, const Standardizer& learnt,
                                 const std::vector<uint32_t>& training,
                                 const std::vector<uint32_t>& held) {
  LogisticProblem problem = WithoutInputs(data, training, held);
  if (problem.classes.one()) return problem;
  const bool explains = ExplainsFree(data);
  problem.coded_training = std::make_shared<CodedRows>(
      data.design, learnt, training, explains ? data.undecayed : std::vector<bool>());
  problem.coded_held = std::make_shared<CodedRows>(data.design, learnt, held);
  problem.training.products = problem.coded_training.get();
  problem.separable = SomeLevelLacksAClass(data.design, training, problem);
  problem.free_separable = FreeFeaturesSeparate(problem);
  return problem;
}

Matrix FeatureWeights(const LogisticProblem& problem, const Matrix& parameters) {
  const auto weights = parameters.topRows(parameters.rows() - 1);
  return problem.coded_training ? Matrix(weights) : Matrix(problem.basis * weights);
}

void RemoveUnseen(const LogisticProblem& problem, double decay, Matrix* parameters) {
  // The gradient, of norm 1e-12 or so, has moved weights along such directions by up to that
  // divided by the decay.
  constexpr double kNearZero = 1e-4;
  if (!problem.coded_training || decay > kNearZero) return;
  const CodedRows& rows = *problem.coded_training;
  // Without decay none is held, and the fit is that of the least norm.
  const auto free = decay > 0.0 ? rows.undecayed() : std::span<const Eigen::Index>();
  const CentredRows a(rows, problem.training.weights / problem.training.total(), free);
  for (Eigen::Index output = 0; output < parameters->cols(); ++output) {
    auto weights = parameters->col(output).head(rows.features());
    const double zero = 0.0;
    const Vector logits = rows.Times(weights).row(0).transpose().cwiseProduct(a.roots());
    const RidgeSolutions seen = SolveByKrylov(a, a.Times(weights), std::span(&zero, 1));
    if (seen.solved.front() == 0) continue;
    weights = seen.weights.col(0);
    a.FitFree(logits, weights);
  }
}

}  // namespace halflife
