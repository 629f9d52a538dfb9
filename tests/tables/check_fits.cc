// Every fit of a table, against the formulas of own_fit.h: on all rows, and on each fold's training
// rows by themselves, whose losses must then be the fold's scores.
#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <functional>
#include <memory>
#include <numeric>

#include "data/dataset.h"
#include "model/fitted.h"
#include "model/model.h"
#include "tables/check_table.h"
#include "tables/own_fit.h"

namespace halflife::testing {
namespace {

constexpr double kGradient = 1e-8;  // of the data's scale, as the project promises

using Rows = std::vector<uint32_t>;
using ScoreOf = std::function<const FoldScore*(double decay)>;  // null where there is none

std::unique_ptr<Model> MakeModel(const Dataset& dataset) {
  const ModelContext context{.dataset = &dataset, .threads = 1, .count = {}, .stop = {}};
  return dataset.target.task == Task::kRegression ? MakeLinear(context) : MakeLogistic(context);
}

// `rows` of `dataset` as if they were all. A linear model fits them beside the folds of its first
// round, so it gets two; a logistic one needs none.
Dataset OnlyRows(const Dataset& dataset, const Rows& rows) {
  Dataset only;
  only.design = dataset.design.WithRows(rows);
  only.target = dataset.target;
  only.target.classes.clear();
  const auto count = static_cast<Eigen::Index>(rows.size());
  only.weights.resize(count);
  if (dataset.target.task == Task::kRegression) only.target.numbers.resize(count);
  if (dataset.target.task == Task::kRegression)
    only.folds.push_back({.count = 2, .of_row = {}, .names = {"1", "2"}});
  for (Eigen::Index i = 0; i < count; ++i) {
    const uint32_t row = rows[static_cast<std::size_t>(i)];
    only.weights(i) = dataset.weights(row);
    if (dataset.target.task == Task::kRegression) {
      only.target.numbers(i) = dataset.target.numbers(row);
      only.folds.front().of_row.push_back(static_cast<int>(i % 2));
    } else {
      only.target.classes.push_back(dataset.target.classes[row]);
    }
  }
  return only;
}

class FitChecker {
 public:
  FitChecker(const MadeTable& made, TableReport* report)
      : problem_(Understand(made)), report_(report) {}

  std::size_t rows() const { return problem_.rows(); }

  // The fits of `only` (the rows `training`) at `decays`, one a decay; `held` scores them.
  void CheckFits(const Dataset& only, const Rows& training, const std::vector<double>& decays,
                 const std::string& where, const Rows& held, const ScoreOf& score) {
    const OwnScaling scaling = LearnOwnScaling(problem_, training);
    const std::unique_ptr<Model> model = MakeModel(only);
    const std::vector<DecayScores> scores = model->ScoreFolds(decays);
    std::vector<double> fitted;
    for (std::size_t d = 0; d < decays.size(); ++d) {
      if (scores[d].status == FitStatus::kFitted) {
        fitted.push_back(decays[d]);
      } else {
        Stand(where, decays[d]);
        Fault("has no fit by itself");
      }
    }
    const std::vector<Fit> fits = model->FitAll(fitted);
    for (std::size_t d = 0; d < fitted.size(); ++d) {
      Stand(where, fitted[d]);
      const OwnFit own =
          CheckOne(scaling, MakeFittedModel(only, model->standardizer(), fits[d], fitted[d]),
                   training, fitted[d]);
      const FoldScore* told = score(fitted[d]);
      if (told == nullptr) continue;
      CheckLoss("training", MeanLossOf(problem_, scaling, own, training), told->train_loss,
                training);
      CheckLoss("held-out", MeanLossOf(problem_, scaling, own, held), told->validation_loss,
                training);
    }
  }

  OwnFit CheckOne(const OwnScaling& scaling, const FittedModel& fitted, const Rows& training,
                  double decay) {
    std::vector<std::string> faults;
    const OwnFit own = TakeFit(problem_, scaling, fitted, &faults);
    for (const std::string& fault : faults) Fault(fault);
    const OwnGradient gradient = GradientOf(problem_, scaling, own, training, decay);
    ++report_->fits;
    const double worst = std::max(gradient.weights, gradient.intercept);
    report_->worst_gradient = std::max(report_->worst_gradient, worst);
    if (!(worst <= kGradient))
      Fault(fmt::format("gradient {:.2g} in the weights, {:.2g} in the intercepts",
                        gradient.weights, gradient.intercept));
    return own;
  }

  void Stand(const std::string& where, double decay) {
    where_ = fmt::format("{}, decay {}", where, decay);
  }

 private:
  // At most a few lines a table: one cause shows at many decays.
  void Fault(const std::string& what) {
    constexpr std::size_t kMost = 8;
    if (report_->faults.size() < kMost) report_->faults.push_back(where_ + ": " + what);
  }

  // Two ways to one fit (sums or rows, another starting point) agree in every output to about 1e-7
  // of the data's scale s: Newton's last step, or the root of what rounding leaves of a square. A
  // loss then differs by its slope times 1e-7: at most sqrt(2 loss) * s for a square, and 1 for log
  // loss.
  void CheckLoss(const char* which, double own, double told, const Rows& training) {
    const bool regression = problem_.task == Task::kRegression;
    const double scale = regression ? static_cast<double>(SpreadOf(problem_, training).sd) : 1.0;
    const double slope = regression ? std::sqrt(2.0 * own) * scale + 1e-7 * scale * scale : 1.0;
    if (!(std::fabs(own - told) <= 1e-6 * slope))
      Fault(fmt::format("the {} loss is {}, but the fit's is {}", which, told, own));
  }

  OwnProblem problem_;
  TableReport* report_;
  std::string where_;
};

}  // namespace

void CheckEveryFit(const MadeTable& made, const Table& table, const TuneOutcome& outcome,
                   TableReport* report) {
  FitChecker checker(made, report);
  const Dataset dataset = PrepareDataset(table, made.options);
  report->unfit += outcome.result.unfit_decays.size();
  if (dataset.target.rows() != checker.rows()) {
    report->faults.push_back("other rows are used than those with a target and a weight");
    return;
  }
  std::vector<double> decays;
  for (const GridPoint& point : outcome.result.grid) decays.push_back(point.decay);
  Rows all(checker.rows());
  std::iota(all.begin(), all.end(), 0U);
  checker.Stand("the model kept", outcome.model.decay);
  checker.CheckOne(LearnOwnScaling(Understand(made), all), outcome.model, all, outcome.model.decay);
  checker.CheckFits(dataset, all, decays, "all rows", {}, [](double) { return nullptr; });
  const std::vector<DecayScores> scores = MakeModel(dataset)->ScoreFolds(decays);
  std::size_t done = 0;
  for (const Folds& folds : dataset.folds) {
    for (int f = 0; f < folds.count; ++f, ++done) {
      const Rows training = folds.Training(f);
      const auto score = [&](double decay) -> const FoldScore* {
        const auto at = std::find(decays.begin(), decays.end(), decay) - decays.begin();
        const DecayScores& scored = scores[static_cast<std::size_t>(at)];
        return scored.folds.empty() ? nullptr : &scored.folds[done];
      };
      checker.CheckFits(OnlyRows(dataset, training), training, decays, fmt::format("fold {}", done),
                        folds.Held(f), score);
    }
  }
}

}  // namespace halflife::testing
