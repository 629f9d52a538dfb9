// Does decay help, and is there anything to find at all: the answer's numbers and its facts.
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>
#include <vector>

namespace halflife {

enum class VerdictLabel { kHelps, kNoDetectableEffect, kHurts, kNoSignal };
std::string_view Name(VerdictLabel label);  // "no detectable effect"

// Whether the columns tell anything about the target: the best decay against the best constant.
struct SignalTest {
  bool none = false;              // nothing that these rows can show
  double improvement = 0.0;       // null loss minus best loss, held out
  double ci95[2] = {0.0, 0.0};    // of the improvement
  std::optional<double> p_value;  // of the score test, where it was needed
};

// A fact about a tuning, beside its numbers, that its reader may want to know. Which of `decays`,
// `lrs`, `count`, `of`, `number` and `other` a kind uses stands beside it.
struct TuneFinding {
  enum class Kind {
    // Of the decays tried.
    kSeparable,       // without decay not every fold has a finite fit
    kZeroUnfit,       // the fit without decay did not reach its tolerance
    kUnfit,           // decays: left out, because a fit did not
    kLargestIsBest,   // of those tried
    kSmallestIsBest,  // of those tried, without 0
    kStopped,         // count: the seeds that the choice was made from; with `of`, of several
                      // splits, the runs a decay, of all of them
    kStoppedInside,   // no run had ended; count: the epoch compared at, of: all
    kStillFalling,    // the best's training loss, at its end
    kDiverged,        // decays, lrs: of the trials that did, in pairs
    kAlwaysAdapts,    // the rule was told to adapt at decay 0 too
    kNoPlane,         // the loss over two weights was asked for and could not be drawn
    kNoCurrent,       // decays: the one in use, which has no fit in every fold, or diverged
    kNoSize,          // number: a multiple of the net's widths that was asked for and has no fit
    // Of the comparison behind the verdict: decays are the best and the baseline.
    kFoldsCompared,       // decays: the best, the baseline; count: folds of all rounds, of: rounds
    kTestCompared,        // decays, lrs; count: test rows, of: seeds
    kValidationCompared,  // the same on the rows that chose
    kSplitsCompared,      // decays: the baseline, then what each split chose; count: test rows of
                          // all, of: splits
    kNothingCompared,
    kChosenOnCompared,     // there are no test rows: so it was on the rows compared
    kOneSeed,              // chance in training is not in the interval
    kBaselineIsBest,       // decays: compared are the best of the others and the baseline; with
                           // `of`, so many splits, which compared what each chose
    kBaselineIsAsGood,     // the same, but for chance in training
    kUnderfits,            // training and validation loss are both worse than at the baseline
    kUnderfitsFrom,        // the same of every decay tried from decays[0] on, beyond chance
    kNegligible,           // number: the gain, a share of the loss: within the band
    kFlat,                 // decays: from, to; between them the loss is within `number` of the
                           // best's, a share of it
    kSmallEffect,          // number: the change of the loss, a share of it
    kSmallEffectOnScores,  // the same, and other: the change of the accuracy
    kNotActive,            // decays: the best; number: its averaging time, count: a run's steps
    kStoppingWouldDo,      // decays: the baseline, the best; the baseline's validation loss was
                           // lowest, `number`, after `count` epochs of `of`, the best ends at
                           // `other`
    kStoppingDoes,         // decays: the baseline, which stood for epoch `count` of `of`
    kZeroWeights,          // decays: the best; count: its weights that are exactly 0, of: all
  };

  Kind kind = Kind::kSeparable;
  std::vector<double> decays = {};
  std::vector<double> lrs = {};
  std::int64_t count = 0;
  std::int64_t of = 0;
  double number = 0.0;
  double other = 0.0;

  bool operator==(const TuneFinding&) const = default;
};

// A gain in percent of the baseline's loss, with its 95 % interval.
struct Percent {
  double mean = 0.0;
  double ci95[2] = {0.0, 0.0};
};

// A difference of held-out losses, above 0 where something is gained, with its 95 % interval and
// the two-sided p value of no difference.
struct Gain {
  double improvement = 0.0;
  double ci95[2] = {0.0, 0.0};
  double p_value = 1.0;
  std::optional<Percent> percent;  // none where the other loss is 0
};

// What is gained at one decay rather than at the baseline.
struct DecayGain {
  double decay = 0.0;
  Gain gain;
};

// What tuning does to a score on the same held-out rows: a higher one is better.
struct ScoreChange {
  enum class Score { kR2, kAccuracy, kAuc };
  Score score = Score::kR2;
  double baseline = 0.0;
  double tuned = 0.0;
  double ci95[2] = {0.0, 0.0};  // of tuned less baseline
};
std::string_view Name(ScoreChange::Score score);  // "r2", "accuracy", "auc"

// How many of the choices.
struct ChoiceCount {
  int count = 0;
  int of = 0;
};

// Why tuning the decay is, or is not, better than none: the expected gain in loss on new rows, for
// a fit on as many rows as a fold trains on. Of tables the decay is chosen in every fold anew.
struct Verdict {
  VerdictLabel label = VerdictLabel::kNoDetectableEffect;
  SignalTest signal;
  double baseline = 0.0;            // the decay compared with: 0 where a fit without decay exists
  double compared = 0.0;            // the best decay, or where that is the baseline, the best of
                                    // the others: of one split of a net the one compared with it
  double improvement = 0.0;         // mean loss at the baseline minus that with tuning; NaN where
                                    // nothing was compared
  double ci95[2] = {0.0, 0.0};      // of the improvement
  double p_value = 1.0;             // two-sided
  double minimum_detectable = 0.0;  // the improvement found with 80 % power at the 5 % level; NaN
                                    // where every choice was the baseline
  std::optional<double> baseline_loss;        // held out
  std::optional<Percent> gain_percent;        // the improvement in percent of that
  std::optional<double> negligible_band;      // gains up to this size are practically nothing
  std::optional<double> chance_negligible;    // that the gain is
  std::optional<ChoiceCount> chose_baseline;  // choices of the baseline, of all that were made
  std::vector<ScoreChange> score_changes;
  std::optional<DecayGain> over_current;    // against the decay in use, where one was given
  std::vector<DecayGain> textbook;          // of 1e-2, 1e-3 and 1e-4, against the baseline; of
                                            // nets one run in each split
  std::optional<DecayGain> biases_decayed;  // at the best decay, of decaying the intercept too, or
                                            // a net's biases and norms
  std::vector<TuneFinding> findings;
};

}  // namespace halflife
