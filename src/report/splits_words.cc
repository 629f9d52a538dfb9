#include "report/splits_words.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "base/text.h"
#include "report/gain_words.h"
#include "report/numbers.h"
#include "report/scored.h"
#include "report/words.h"

namespace halflife {
namespace {

// ", by 12 %" of the loss, where it has a meaning.
std::string ByShare(const TuneResult& result) {
  const double share = std::fabs(GainShare(result));
  return share > 0.0 ? ", by " + PercentText(share) : "";
}

// How often the splits chose no decay, where some did and some did not.
std::string MixedSentence(const TuneResult& result) {
  const ChoiceCount chosen = result.verdict.chose_baseline.value_or(ChoiceCount());
  if (chosen.count == 0 || chosen.count == chosen.of) return "";
  return fmt::format(" {} of the {} splits chose no decay, which gains nothing there.",
                     chosen.count, chosen.of);
}

// The test losses, from the baseline's to that of what was chosen.
std::string LossesText(const TuneResult& result) {
  return fmt::format("from {} to {}", LossText(result, BaselineLoss(result)),
                     LossText(result, result.training->best_test->loss.mean));
}

std::string WhenItHelps(const TuneResult& result) {
  if (BestIsBaseline(result)) {
    return fmt::format(
        "Over all splits nothing did better on the validation rows than {} by more than chance; "
        "yet what the splits chose by themselves lowered the test loss {}{}. More --rounds tell "
        "which to trust.",
        BaselineText(result), LossesText(result), ByShare(result));
  }
  return fmt::format(
             "Use a weight decay of {}: a decay chosen so, in each of {} on rows of its own, "
             "lowers the test loss against {} {}{}.",
             DecayText(BestPoint(result).decay), SplitsText(result), BaselineText(result),
             LossesText(result), ByShare(result)) +
         (IsTiny(result) ? " The gain is real but tiny; little is lost without it." : "");
}

std::string WhenItHurts(const TuneResult& result) {
  const std::string losses = LossesText(result);
  if (result.decays_given) {
    return fmt::format(
        "Of the decays asked for, those that the splits chose did worse than {}: they raise the "
        "test loss {}. Others may help: without --decay they are tried.",
        BaselineText(result), losses);
  }
  return fmt::format("{}: what the splits chose did worse, and raises the test loss {}{}.{}",
                     UseOfBaselineText(result), losses, ByShare(result),
                     IsTiny(result) ? " That is real but tiny: it hardly matters." : "");
}

std::string WhenNothingWasChosen(const TuneResult& result) {
  std::string none = fmt::format(
      "In each of {} the choice was {}: on its validation rows nothing did better by more than "
      "chance in training, so that there was no gain to measure.",
      SplitsText(result), BaselineText(result));
  if (BestIsBaseline(result)) return none;
  return none + fmt::format(" Over all of them together {} did better by more than chance.",
                            DecayText(BestPoint(result).decay));
}

std::string WhenUnclear(const TuneResult& result) {
  const std::string text = fmt::format(
      "These rows and splits cannot tell the best weight decay from {}: nothing here proves that "
      "it helps, or that it does not.",
      result.verdict.baseline == 0.0 ? "none" : "the smallest one");
  const double gain = result.verdict.improvement;
  const std::string chosen = fmt::format(
      "what the splits chose by themselves had a test loss {} than {}'s by {}, which could be "
      "chance; more --rounds tell more.",
      gain < 0.0 ? "higher" : "lower", BaselineText(result), Number(std::fabs(gain), 3));
  if (BestIsBaseline(result)) {
    return text + fmt::format(
                      " Over all of them no other value did better on the validation rows than {} "
                      "by more than chance in training, and {}",
                      BaselineText(result), chosen);
  }
  return text + fmt::format(" Over all of them the lowest validation loss was at {}; {}",
                            DecayText(BestPoint(result).decay), chosen);
}

}  // namespace

bool HasSplits(const TuneResult& result) {
  return result.training && result.training->rounds > 1 && result.training->best_test;
}

bool RanInSplits(const TuneResult& result) {
  return result.training && result.training->rounds_planned > 1;
}

std::string SplitsText(const TuneResult& result) {
  const TrainingSummary& training = *result.training;
  const auto rounds = static_cast<std::size_t>(training.rounds);
  if (training.rounds == training.rounds_planned) return Counted(rounds, "split");
  return fmt::format("{} of {} splits", training.rounds, training.rounds_planned);
}

std::string RowsOfSplitsText(const TuneResult& result) {
  const TrainingSummary& training = *result.training;
  std::size_t judgements = 0;
  for (const SplitRecord& split : training.splits) judgements += split.test_rows;
  const std::size_t rows = training.rows_judged;
  std::string judged = fmt::format("{} rows judged", rows);
  if (rows > 0 && rows == result.data.rows && judgements % rows == 0) {
    const std::size_t times = judgements / rows;
    judged = "every row judged " + (times == 1 ? "once" : fmt::format("{} times", times));
  }
  std::string text = fmt::format(
      "{} rows in {}{}; in each {}{} to train on, {} to choose by", result.data.rows,
      SplitsText(result), HasSplits(result) ? ", " + judged : "",
      training.splits_differ ? "about " : "", training.training_rows, training.validation_rows);
  return HasSplits(result) ? text + fmt::format(", {} to judge by", training.test_rows) : text;
}

std::string JudgedInSplitsText(const TuneResult& result) {
  const std::size_t rows = result.training->rows_judged;
  return fmt::format("{} {} rows{} in {}", rows == result.data.rows ? "these" : "the", rows,
                     rows == result.data.rows ? "" : " judged", SplitsText(result));
}

bool NothingChosen(const TuneResult& result) {
  if (!IsTrained(result)) {
    const std::optional<ChoiceCount>& chosen = result.verdict.chose_baseline;
    return chosen && chosen->count == chosen->of;
  }
  const std::vector<SplitRecord>& splits = result.training->splits;
  return HasSplits(result) &&
         std::all_of(splits.begin(), splits.end(), [&](const SplitRecord& split) {
           return split.chosen == result.verdict.baseline;
         });
}

std::string SplitsAnswer(const TuneResult& result) {
  if (NothingChosen(result)) return WhenNothingWasChosen(result);
  std::string text;
  if (result.verdict.label == VerdictLabel::kHelps) {
    text = WhenItHelps(result);
  } else if (result.verdict.label == VerdictLabel::kHurts) {
    text = WhenItHurts(result);
  } else {
    text = WhenUnclear(result);
  }
  return text + MixedSentence(result);
}

std::string SplitsHeading(const TuneResult& result) {
  if (result.verdict.label == VerdictLabel::kHelps) {
    return BestIsBaseline(result)
               ? fmt::format("Decay {} was chosen over all splits, though tuning gained in each",
                             DecayText(result.verdict.baseline))
               : "Weight decay helps: use " + DecayText(BestPoint(result).decay);
  }
  if (result.verdict.label == VerdictLabel::kHurts)
    return result.decays_given ? "The weight decays asked for hurt here"
                               : "Tuning the weight decay hurts here";
  return "Weight decay has no detectable effect here";
}

std::string KeptText(const TuneResult& result) {
  if (!result.training || result.training->kept.rows == 0) return "";
  const KeptNet& kept = result.training->kept;
  const std::string epochs = Counted(static_cast<std::size_t>(kept.epochs), "epoch");
  if (!kept.all_rows) {
    return fmt::format("the first run of that decay, trained on {} rows{} for {}", kept.rows,
                       result.training->rounds_planned > 1 ? " of the first split" : "", epochs);
  }
  const std::size_t others = result.data.rows - kept.rows;
  return fmt::format(
      "trained on all {} rows{} for {}{}", kept.rows,
      others > 0 ? fmt::format(" but the {} test rows", others) : "", epochs,
      result.training->early_stopping ? ", the mean of those that its runs kept" : "");
}

}  // namespace halflife
