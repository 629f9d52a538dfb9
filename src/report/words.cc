#include "report/words.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "base/text.h"
#include "report/net_words.h"
#include "report/numbers.h"
#include "report/penalty_words.h"
#include "report/plain_text.h"

namespace halflife {

std::string Convention(const TuneResult& result) {
  if (IsTrained(result)) {
    return "total loss = mean data loss + decay/2 * ||w||^2, so the gradient gains decay * w; a "
           "decoupled law shrinks w by lr * decay a step instead. Data loss: half the squared "
           "error, "
           "or log loss in nats. Inputs are standardised. This is PyTorch's weight_decay for a "
           "mean "
           "loss.";
  }
  const std::string penalty = PenaltyFormula(result);
  return fmt::format(
      "total loss = mean data loss + {}{}. Data loss: half the squared error, or log loss in nats. "
      "Features are standardised; the intercept is not decayed.{}{}",
      penalty, IsSparse(result) ? "" : ", so the gradient gains decay * w", NoDecaySentence(result),
      IsSparse(result) ? "" : " This is PyTorch's weight_decay for a mean loss.");
}

bool IsRegression(const TuneResult& result) { return result.data.task != Task::kClassification; }

bool IsTrained(const TuneResult& result) { return result.training.has_value(); }

bool DofIsEstimated(const TuneResult& result) {
  return std::any_of(result.grid.begin(), result.grid.end(),
                     [](const GridPoint& point) { return point.effective_dof_estimated; });
}

std::string FamilyName(const TuneResult& result) {
  if (IsTrained(result)) return "mlp";
  if (IsRegression(result)) return "linear";
  return result.data.classes.size() > 2 ? "softmax" : "logistic";
}

std::string ScoreName(const TuneResult& result) { return IsRegression(result) ? "R2" : "accuracy"; }

std::string LossName(const TuneResult& result) {
  if (!IsRegression(result)) return "log loss in nats";
  const std::string target = CleanText(result.data.target);
  return "half the squared error of " + (result.data.log_target ? "ln(" + target + ")" : target);
}

std::string DecayText(double decay) { return Number(decay, 6); }

const GridPoint& BestPoint(const TuneResult& result) {
  return result.grid.at(static_cast<std::size_t>(result.best));
}

const GridPoint& OneSePoint(const TuneResult& result) {
  return result.grid.at(static_cast<std::size_t>(result.one_se));
}

const GridPoint* BaselinePoint(const TuneResult& result) {
  for (const GridPoint& point : result.grid) {
    if (point.decay == result.verdict.baseline) return &point;
  }
  return nullptr;
}

bool NoSignal(const TuneResult& result) { return result.verdict.signal.none; }

bool HasRole(const TuneResult& result, ColumnSummary::Role role) {
  return std::any_of(result.data.column_list.begin(), result.data.column_list.end(),
                     [role](const ColumnSummary& column) { return column.role == role; });
}

std::string BestName(const TuneResult& result) {
  if (!NoSignal(result)) return "best";
  return IsTrained(result) ? "chosen" : "lowest";
}

bool FoldsAreDrawn(const TuneResult& result) {
  using Role = ColumnSummary::Role;
  return !IsTrained(result) && !HasRole(result, Role::kFold) && !HasRole(result, Role::kTime);
}

std::string ScoreText(const TuneResult& result, double score) {
  if (IsRegression(result)) return BelowOne(score, 1.0, 3);
  return BelowOne(score, 100.0, 1) + "\u00A0%";
}

std::string MajorityText(const TuneResult& result) {
  if (!result.data.null_accuracy) return "";
  return fmt::format(" (always the largest class: {})",
                     ScoreText(result, *result.data.null_accuracy));
}

std::string OtherScores(const TuneResult& result) {
  if (NoSignal(result)) return "";  // of a model that is no better than a constant
  const GridPoint& best = BestPoint(result);
  std::vector<std::string> parts;
  const auto add = [&](const char* name, const std::optional<double>& value) {
    if (value) parts.push_back(fmt::format("{} {}", name, BelowOne(*value, 1.0, 3)));
  };
  add("balanced accuracy", best.balanced_accuracy);
  add("AUC", best.auc);
  add("average precision", best.average_precision);
  if (parts.empty()) return "";
  std::string text = Join(parts, ", ");
  if (result.data.classes.size() == 2)
    text += fmt::format("; AUC and precision are of {}", CleanText(result.data.classes.back()));
  return text;
}

std::string InterruptedSentence(const TuneResult& result) {
  return IsTrained(result) ? "Interrupted: the figures are of the epochs that were trained by then."
                           : "Interrupted: the figures are of the folds that were fitted by then.";
}

std::string OneSeSentence(const TuneResult& result) {
  if (result.one_se == result.best)
    return "No larger decay tried is within one standard error of the best.";
  const GridPoint& one_se = OneSePoint(result);
  return fmt::format(
      "Up to {} the mean validation loss stays within one standard error of the best (the one-SE "
      "choice): {} weights, for a loss of {} instead of {}.",
      DecayText(one_se.decay), IsSparse(result) ? "fewer or smaller" : "smaller",
      LossText(result, one_se.validation.mean),
      LossText(result, BestPoint(result).validation.mean));
}

std::string FoldsText(const TuneResult& result) {
  std::string text = Counted(static_cast<std::size_t>(result.folds), "fold");
  for (const ColumnSummary& column : result.data.column_list) {
    const std::string name = CutTo(column.name, 30);
    if (column.role == ColumnSummary::Role::kFold) text += ", named by " + name;
    if (column.role == ColumnSummary::Role::kGroup)
      text += fmt::format(", rows of one {} together", name);
    if (column.role == ColumnSummary::Role::kTime)
      text += fmt::format(" in the order of {}, each after those it learns from", name);
    if (column.role == ColumnSummary::Role::kWeight) text += ", rows weighted by " + name;
  }
  return text;
}

std::string HalfLifeSentence(const TuneResult& result) {
  if (IsTrained(result)) return TimeScaleSentence(result);
  const GridPoint& best = BestPoint(result);
  if (best.half_life_epochs) {
    return fmt::format("At the best decay a weight that gets no gradient halves every {} epochs.",
                       Number(*best.half_life_epochs, 3));
  }
  constexpr double kRate = 0.01;
  const double decay = best.decay;
  if (decay > 0.0 && IsSparse(result)) {
    return "L1 draws a weight towards 0 with the same force however small it is, until it is "
           "exactly 0: there is no half-life.";
  }
  if (!(decay > 0.0)) return "Without decay a weight that gets no gradient stays as it is.";
  if (kRate * decay >= 1.0) {
    return fmt::format(
        "This fit is solved to the end, not trained by steps. Trained with SGD, a decay of {} "
        "needs "
        "a learning rate below {}: from there on a step shrinks a weight past 0.",
        DecayText(decay), Number(1.0 / decay, 3));
  }
  return fmt::format(
      "This fit is solved to the end, not trained by steps. Trained with SGD on {}, at a learning "
      "rate of {}, a weight that gets no gradient would halve every {} steps.",
      IsRegression(result) ? "half the squared error" : "log loss", DecayText(kRate),
      ShortestNumber(RoundSignificant(-std::log(2.0) / std::log1p(-kRate * decay), 3)));
}

std::vector<Unit> EquivalentUnits(const TuneResult& result) {
  if (IsTrained(result)) return TrainedUnits(result);
  const Equivalents& units = result.equivalents;
  const bool every = result.no_decay.empty();  // whether all weights are decayed
  std::vector<Unit> list;
  if (every) list.push_back({"scikit-learn", ScikitLearnText(result)});
  list.push_back(
      {"glmnet", fmt::format("alpha={}, lambda={}{}", Number(units.glmnet_alpha, 6),
                             Number(units.glmnet_lambda, 6),
                             every ? "" : ", penalty.factor 0 for the columns not decayed")});
  list.push_back({"PyTorch", TorchPenaltyText(result)});
  if (every) {
    const std::string regulariser = KerasRegulariser(result);
    list.push_back(
        {"Keras",
         fmt::format("{} with {}", IsSparse(result) ? regulariser : "l" + regulariser.substr(1),
                     IsRegression(result) ? "MeanSquaredError" : "cross-entropy")});
  }
  return list;
}

}  // namespace halflife
