#include "report/answer.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "base/text.h"
#include "halflife/report.h"
#include "report/gain_words.h"
#include "report/numbers.h"
#include "report/penalty_words.h"
#include "report/plain_text.h"
#include "report/scored.h"
#include "report/splits_words.h"
#include "report/words.h"

namespace halflife {
namespace {

bool Helps(const Verdict& verdict) { return verdict.label == VerdictLabel::kHelps; }

bool Hurts(const Verdict& verdict) { return verdict.label == VerdictLabel::kHurts; }

// "Accuracy goes from 96.7 % to 97.9 %."
std::string ScoreSentence(const TuneResult& result) {
  const std::optional<Scored> baseline = ScoredOfBaseline(result);
  std::string name = IsRegression(result) ? "R²" : "Accuracy";
  if (IsTrained(result) && result.training->best_test) name += " on the test rows";
  // Of several splits the best is what each chose; the choice over all may still be the baseline.
  const bool none = HasSplits(result) && BestIsBaseline(result) && baseline;
  const std::string after = ScoreText(result, none ? baseline->score : ScoredOfBest(result).score);
  const std::string majority = MajorityText(result);
  if (BestIsBaseline(result)) return fmt::format(" {} is {}{}.", name, after, majority);
  if (!baseline || !std::isfinite(baseline->score))
    return fmt::format(" At {} {} is {}{}.", DecayText(BestPoint(result).decay),
                       IsRegression(result) ? name : "a" + name.substr(1), after, majority);
  const std::string before = ScoreText(result, baseline->score);
  if (before == after) return fmt::format(" {} stays at {}{}.", name, after, majority);
  return fmt::format(" {} goes from {} to {}{}.", name, before, after, majority);
}

// The first column that tells nearly all of the target by itself, or "".
std::string LeakSentence(const TuneResult& result) {
  for (const ColumnSummary& column : result.data.column_list) {
    for (const Finding& finding : column.findings) {
      if (finding.kind != Finding::Kind::kLeak) continue;
      return fmt::format(
          " But {} tells nearly all of {} by itself: if it is only known afterwards, leave it out.",
          CleanText(column.name), CleanText(result.data.target));
    }
  }
  return "";
}

// What the test had to judge by: the rows, or folds, where these are not drawn or of few groups.
std::string JudgedByText(const TuneResult& result) {
  if (HasSplits(result)) return JudgedInSplitsText(result);
  if (IsTrained(result)) {
    const std::size_t rows = result.training->test_rows > 0 ? result.training->test_rows
                                                            : result.training->validation_rows;
    return fmt::format("these {} {} rows", rows, RowsScored(result));
  }
  const SignalTest& signal = result.verdict.signal;
  const bool too_few_groups =
      HasRole(result, ColumnSummary::Role::kGroup) && !signal.p_value && signal.improvement > 0.0;
  if (FoldsAreDrawn(result) && !too_few_groups)
    return fmt::format("these {} rows", result.data.rows);
  return fmt::format("these {} folds", result.folds);
}

// Whether a baseline that was not asked for is better than the decays that were.
bool BaselineIsBetter(const TuneResult& result) {
  return BaselinePoint(result) == nullptr && result.verdict.improvement < 0.0;
}

// Whether that baseline is what is held against the constant; a net's choice is.
bool BaselineIsTold(const TuneResult& result) {
  return !IsTrained(result) && BaselineIsBetter(result);
}

// What the columns were held against: the loss of the best constant.
std::string AnswerWithoutSignal(const TuneResult& result) {
  const SignalTest& signal = result.verdict.signal;
  double best = ScoredOfBest(result).loss;
  if (BaselineIsTold(result)) best += result.verdict.improvement;
  return fmt::format(
      "{}: the {} loss is {}{}, and {} {}{}. No weight decay is recommended.",
      NoSignalClause(result), RowsScored(result), IsTrained(result) ? "" : "at best ",
      LossText(result, best),
      IsRegression(result) ? "always predicting the mean gives"
                           : "always predicting the classes' shares gives",
      result.data.null_loss ? NullLossText(result) : LossText(result, best + signal.improvement),
      signal.improvement > 0.0
          ? fmt::format(", a difference that {}{} cannot tell from chance", JudgedByText(result),
                        IsTrained(result) && !HasSplits(result)
                            ? fmt::format(" and {}",
                                          Counted(static_cast<std::size_t>(result.seeds), "seed"))
                            : "")
          : "");
}

std::string AnswerWhenItHelps(const TuneResult& result) {
  const double best = ScoredOfBest(result).loss;
  const double share = GainShare(result);
  std::string text =
      fmt::format("Use a weight decay of {}: against {} it lowers the {} loss from {} to {}{}.",
                  DecayText(BestPoint(result).decay), BaselineText(result), RowsScored(result),
                  LossText(result, BaselineLoss(result)), LossText(result, best),
                  share > 0.0 && IsTrained(result) ? ", by " + PercentText(share) : "");
  if (!IsTrained(result)) {
    text +=
        fmt::format(" With the choice made anew in every fold, the gain is {}.", GainText(result));
    if (IsNegligible(result)) text += " That is real but practically nothing.";
    return text;
  }
  if (IsTiny(result)) text += " The gain is real but tiny; little is lost without it.";
  return text;
}

// The choice was the baseline, and yet another decay did better on the verdict's own rows.
std::string AnswerWhenItMightHelp(const TuneResult& result) {
  const double share = GainShare(result);
  std::string text = fmt::format(
      "{} was lowest on the validation rows; on the {} rows {} did better by {}{}.",
      result.verdict.baseline == 0.0 ? std::string("No decay")
                                     : "Decay " + DecayText(result.verdict.baseline),
      RowsScored(result), DecayText(result.verdict.compared), Show(result.verdict.improvement, 3),
      share > 0.0 ? ", " + PercentText(share) : "");
  return text + (IsTiny(result) ? " That is real but tiny: it hardly matters."
                                : " More --seeds tell which to trust.");
}

// Why the smallest decay stands in for none.
std::string SmallestComparedText(const TuneResult& result) {
  if (result.verdict.baseline == 0.0) return "";
  const std::vector<double>& unfit = result.unfit_decays;
  return fmt::format(" ({}; {} is the smallest compared.)",
                     std::find(unfit.begin(), unfit.end(), 0.0) != unfit.end()
                         ? "The fit without any decay did not reach its tolerance"
                         : "Without any decay not every fold has a finite fit",
                     DecayText(result.verdict.baseline));
}

std::string AnswerOfNetWhenUnclear(const TuneResult& result) {
  std::string text = fmt::format(
      "These rows and seeds cannot tell the best weight decay from {}: nothing here proves that it "
      "helps, or that it does not.{}",
      result.verdict.baseline == 0.0 ? "none" : "the smallest one", SmallestComparedText(result));
  if (BestIsBaseline(result)) {
    return text + fmt::format(
                      " On the validation rows no other value did better than {} by more than "
                      "chance in training.",
                      BaselineText(result));
  }
  return text + fmt::format(
                    " {} lowest validation loss was at {}, where the test loss is {} than at {} by "
                    "{}, which could be chance; more --seeds tell more.",
                    BaselinePoint(result) != nullptr ? "The" : "Of the decays asked for the",
                    DecayText(BestPoint(result).decay),
                    result.verdict.improvement < 0.0 ? "higher" : "lower", BaselineText(result),
                    Show(std::fabs(result.verdict.improvement), 3));
}

std::string AnswerWhenUnclear(const TuneResult& result) {
  if (IsTrained(result)) return AnswerOfNetWhenUnclear(result);
  if (NothingChosen(result)) {
    return UseOfBaselineText(result) + ": in every fold that was the choice." +
           SmallestComparedText(result);
  }
  constexpr double kSurely = 0.95;
  const bool negligible = result.verdict.chance_negligible.value_or(0.0) >= kSurely;
  std::string text = fmt::format(
      "{} With the choice made anew in every fold, the gain is {}.{}",
      negligible ? fmt::format("Weight decay hardly matters here: tuned or at {}, the loss is "
                               "practically the same.",
                               BaselineText(result))
                 : fmt::format("These folds cannot tell a tuned weight decay from {}: nothing here "
                               "proves that it helps, or that it does not.",
                               result.verdict.baseline == 0.0 ? "none" : "the smallest one"),
      GainText(result), SmallestComparedText(result));
  if (BestIsBaseline(result))
    return text + fmt::format(" The lowest validation loss was that of {}.", BaselineText(result));
  return text +
         fmt::format(" {} lowest validation loss was at {}.",
                     BaselinePoint(result) != nullptr ? "The" : "Of the decays asked for the",
                     DecayText(BestPoint(result).decay));
}

// What was not asked for may still help.
std::string AnswerWhenThoseAskedForHurt(const TuneResult& result) {
  return fmt::format(
      "Of the decays asked for no{} does as well as {}: {} raises the {} loss by {}. Others may "
      "help: without --decay they are tried.",
      BaselinePoint(result) != nullptr ? " other" : "ne", BaselineText(result),
      IsTrained(result) ? "the closest" : "the choice among them", RowsScored(result),
      Show(-result.verdict.improvement, 3));
}

std::string AnswerWhenItHurts(const TuneResult& result) {
  if (result.decays_given) return AnswerWhenThoseAskedForHurt(result);
  const std::string use = UseOfBaselineText(result);
  if (!IsTrained(result)) {
    return fmt::format("{}: with the choice made anew in every fold, the gain of decay is {}.{}",
                       use, GainText(result),
                       IsNegligible(result) ? " That is real but practically nothing." : "");
  }
  return fmt::format(
      "{}: every other value tried did worse; the closest raises the {} loss by {}.{}", use,
      RowsScored(result), Show(-result.verdict.improvement, 3),
      IsTiny(result) ? " That is real but tiny: it hardly matters." : "");
}

}  // namespace

std::string NoSignalClause(const TuneResult& result) {
  const std::string target = CleanText(result.data.target);
  const std::string judged_by = JudgedByText(result);
  if (IsTrained(result)) {
    return fmt::format("Trained as it was, this net tells nothing about {} that {} can show",
                       target, judged_by);
  }
  const std::string model = IsRegression(result) ? "a linear model" : "logistic regression";
  if (result.decays_given) {
    return fmt::format("At the decays asked for{}, {} tells nothing about {} that {} can show",
                       BaselineIsTold(result) ? " and without decay" : "", model, target,
                       judged_by);
  }
  return fmt::format("These columns tell {} nothing about {} that {} can show", model, target,
                     judged_by);
}

std::string NotRecommendedText(const TuneResult& result) {
  const std::optional<double> recommended = Recommended(result);
  if (!recommended || *recommended == BestPoint(result).decay) return "";
  const std::string baseline = DecayText(result.verdict.baseline);
  if (!IsTrained(result))
    return fmt::format("the best of those asked for; {} does better", baseline);
  if (HasSplits(result))
    return fmt::format("chosen by validation rows; what the splits chose did worse than {}",
                       baseline);
  return fmt::format("chosen by validation rows; on the {} rows {} does better", RowsScored(result),
                     baseline);
}

std::optional<double> Recommended(const TuneResult& result) {
  if (NoSignal(result) || !std::isfinite(result.verdict.improvement)) return std::nullopt;
  return Hurts(result.verdict) || BaselineIsBetter(result) ? result.verdict.baseline
                                                           : BestPoint(result).decay;
}

std::string AnswerText(const TuneResult& result) {
  if (NoSignal(result)) return AnswerWithoutSignal(result);
  if (!std::isfinite(result.verdict.improvement)) {
    if (!IsTrained(result)) {
      return fmt::format("Nothing was compared: {} is the only decay that was fitted.",
                         DecayText(BestPoint(result).decay)) +
             ScoreSentence(result) + SelectionSentence(result) + LeakSentence(result);
    }
    return "Nothing was compared: there are no two decays that were trained to their end. So far "
           "the lowest validation loss is at " +
           DecayText(BestPoint(result).decay) + ".";
  }
  std::string text;
  if (HasSplits(result)) {
    text = SplitsAnswer(result);
  } else if (Helps(result.verdict)) {
    text = BestIsBaseline(result) ? AnswerWhenItMightHelp(result) : AnswerWhenItHelps(result);
  } else {
    text = Hurts(result.verdict) ? AnswerWhenItHurts(result) : AnswerWhenUnclear(result);
  }
  return text + ScoreSentence(result) + SelectionSentence(result) + LeakSentence(result);
}

std::string Evidence(const TuneResult& result) {
  const Verdict& verdict = result.verdict;
  if (NoSignal(result)) {
    const SignalTest& signal = verdict.signal;
    return fmt::format(
        "no signal: improvement over {} {}, 95 % interval {} to {}{}",
        IsRegression(result) ? "the mean" : "the shares of the classes",
        Show(signal.improvement, 3), Show(signal.ci95[0], 3), Show(signal.ci95[1], 3),
        signal.p_value
            ? fmt::format("; score test over {}: {}, where 0.01 or less is a signal",
                          HasRole(result, ColumnSummary::Role::kGroup) ? "signs of the groups"
                                                                       : "orders of the target",
                          PValueText(*signal.p_value, 4))
            : "");
  }
  if (!std::isfinite(verdict.improvement)) return "none: nothing was compared";
  if (NothingChosen(result)) {
    return fmt::format("{}: the choice of every {} was {}", Name(verdict.label),
                       IsTrained(result) ? "split" : "fold",
                       verdict.baseline == 0.0 ? "no decay" : DecayText(verdict.baseline));
  }
  return fmt::format("{}: gain {}, 95 % interval {} to {}, {}", Name(verdict.label),
                     Show(verdict.improvement, 3), Show(verdict.ci95[0], 3),
                     Show(verdict.ci95[1], 3), PValueText(verdict.p_value));
}

std::string Sensitivity(const TuneResult& result) {
  if (NoSignal(result) || !std::isfinite(result.verdict.minimum_detectable)) return "";
  return fmt::format("A gain of {} or more would have been found with 80 % power at the 5 % level.",
                     Show(result.verdict.minimum_detectable, 3));
}

std::string PValueText(double p, int figures) {
  if (!std::isfinite(p)) return "p\u00A0unknown";
  if (p < 1e-4) return "p\u00A0<\u00A00.0001";
  const std::string digits = Number(p, figures);
  return digits == "1" && p < 1.0 ? "p\u00A0>\u00A00.99" : fmt::format("p\u00A0=\u00A0{}", digits);
}

}  // namespace halflife
