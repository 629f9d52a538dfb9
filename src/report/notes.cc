#include "report/notes.h"

#include <fmt/format.h>

#include <cmath>

#include "base/text.h"
#include "halflife/report.h"
#include "report/words.h"

namespace halflife {
namespace {

using Kind = TuneFinding::Kind;

std::string CountedSeeds(std::int64_t count) {
  return Counted(static_cast<std::size_t>(count), "seed");
}

std::string UnfitText(const TuneFinding& finding) {
  std::vector<std::string> names;
  for (const double decay : finding.decays) names.push_back(ShortestNumber(decay));
  return fmt::format("left out, because a fit did not reach its tolerance: {} {}",
                     names.size() == 1 ? "decay" : "decays", Join(names, ", "));
}

std::string DivergedText(const TuneFinding& finding) {
  std::vector<std::string> names;
  for (std::size_t i = 0; i < finding.decays.size(); ++i) {
    names.push_back(fmt::format("{} (lr {})", ShortestNumber(finding.decays[i]),
                                ShortestNumber(finding.lrs[i])));
  }
  return "diverged, and not chosen from: decay " + Join(names, ", ");
}

std::string RowsComparedText(const TuneFinding& finding, const char* rows) {
  const std::string lrs =
      finding.lrs[0] == finding.lrs[1]
          ? ""
          : fmt::format(", each at its own best learning rate ({} and {})",
                        ShortestNumber(finding.lrs[0]), ShortestNumber(finding.lrs[1]));
  return fmt::format("compared: decay {} with decay {}{}, on the same {} and {}, in pairs",
                     ShortestNumber(finding.decays[0]), ShortestNumber(finding.decays[1]), lrs,
                     Counted(static_cast<std::size_t>(finding.count), rows),
                     CountedSeeds(finding.of));
}

std::string FoldsComparedText(const TuneFinding& finding) {
  return fmt::format(
      "compared: with decay {}, in each of {}{}, the decay that it chooses anew from the rows that "
      "train it. The interval allows for rows that folds share (Nadeau and Bengio) and for skewed "
      "gains (Hall)",
      ShortestNumber(finding.decays[1]), Counted(static_cast<std::size_t>(finding.count), "fold"),
      finding.of > 1 ? fmt::format(" of {} rounds", finding.of) : "");
}

// In each of several splits what it chose was compared.
std::string SplitsComparedText(const TuneFinding& finding) {
  std::vector<std::string> chosen;
  for (std::size_t i = 1; i < finding.decays.size(); ++i)
    chosen.push_back(ShortestNumber(finding.decays[i]));
  return fmt::format(
      "compared: with decay {}, in each of {} splits on its own test rows, the decay that it chose "
      "on its validation rows ({}); {} in all, in pairs",
      ShortestNumber(finding.decays[0]), finding.of, Join(chosen, ", "),
      Counted(static_cast<std::size_t>(finding.count), "test row"));
}

std::string BaselineText(const TuneFinding& finding, bool trained) {
  const char* found = "no other decay did better than";
  if (trained) found = "on the validation rows no other decay did better than";
  if (finding.kind == Kind::kBaselineIsAsGood) {
    found = "on the validation rows no other decay did better by more than chance in training than";
  }
  if (finding.of > 0)
    return fmt::format("over all splits {} {}", found, ShortestNumber(finding.decays[1]));
  if (!trained)
    return fmt::format("over all folds {} {}", found, ShortestNumber(finding.decays[1]));
  return fmt::format("{} {}; compared is the best of the others, {}", found,
                     ShortestNumber(finding.decays[1]), ShortestNumber(finding.decays[0]));
}

std::string NotActiveText(const TuneFinding& finding) {
  return fmt::format(
      "decay {} is not active yet: its averaging time, 1/(lr*decay), is {:.0f} steps, and a run "
      "has {}",
      ShortestNumber(finding.decays[0]), RoundSignificant(finding.number, 3), finding.count);
}

std::string OfDecaysTried(const TuneFinding& finding) {
  switch (finding.kind) {
    case Kind::kSeparable:
      return "separable: without decay not every fold has a finite fit";
    case Kind::kZeroUnfit:
      return "the fit without decay did not reach its tolerance; the smallest decay stands in for "
             "it";
    case Kind::kUnfit:
      return UnfitText(finding);
    case Kind::kLargestIsBest:
      return "the best decay is the largest tried; a larger one may do better";
    case Kind::kSmallestIsBest:
      return "the best decay is the smallest tried; a smaller one may do better";
    case Kind::kStopped:
      return "stopped early: chosen from what was trained to its end " +
             (finding.of > 0 ? fmt::format("in {} of {} runs", finding.count, finding.of)
                             : "with " + CountedSeeds(finding.count));
    case Kind::kStoppedInside:
      return fmt::format(
          "stopped early: no run has ended, so the choice is by the losses after epoch {} of {}",
          finding.count, finding.of);
    case Kind::kStillFalling:
      return "the training loss of the best decay was still falling at the end: more --epochs or "
             "a larger --lr may change the answer";
    case Kind::kDiverged:
      return DivergedText(finding);
    case Kind::kAlwaysAdapts:
      return "always_adapt is on, so that decay 0 is trained as the other decays are; --option "
             "always_adapt=0 turns it off";
    default:
      return "";
  }
}

std::string OfComparison(const TuneFinding& finding, bool trained) {
  switch (finding.kind) {
    case Kind::kFoldsCompared:
      return FoldsComparedText(finding);
    case Kind::kTestCompared:
      return RowsComparedText(finding, "test row");
    case Kind::kValidationCompared:
      return RowsComparedText(finding, "validation row");
    case Kind::kSplitsCompared:
      return SplitsComparedText(finding);
    case Kind::kNothingCompared:
      return "nothing was compared: there are no two decays that were trained to their end";
    case Kind::kChosenOnCompared:
      return "there are no test rows: the decay was chosen on the rows compared, so the "
             "improvement is optimistic";
    case Kind::kOneSeed:
      return "one seed: chance in training is not in the interval; use --seeds 3 to have it there";
    case Kind::kBaselineIsBest:
    case Kind::kBaselineIsAsGood:
      return BaselineText(finding, trained);
    case Kind::kUnderfits:
      return "it underfits: training and validation loss are both worse than at the baseline";
    case Kind::kUnderfitsFrom:
      return fmt::format(
          "underfits from decay {} on: training and validation loss are both worse than at the "
          "baseline, beyond chance",
          ShortestNumber(finding.decays[0]));
    case Kind::kNegligible:
      return fmt::format("negligible: an effect of {} % of the loss is practically nothing",
                         Number(100.0 * finding.number, 2));
    case Kind::kFlat:
      return fmt::format("flat: from {} to {} the validation loss is within {} % of the lowest",
                         ShortestNumber(finding.decays[0]), ShortestNumber(finding.decays[1]),
                         Number(100.0 * finding.number, 2));
    case Kind::kSmallEffect:
      return fmt::format("it hardly matters: decay changes the loss by {} %",
                         Number(100.0 * finding.number, 2));
    case Kind::kSmallEffectOnScores:
      return fmt::format(
          "it hardly matters: decay changes the loss by {} % and {} points of accuracy",
          Number(100.0 * finding.number, 2), Number(100.0 * finding.other, 2));
    case Kind::kNotActive:
      return NotActiveText(finding);
    case Kind::kZeroWeights:
      return fmt::format(
          "selection: at decay {}, fitted on all rows, {} of {} weights {} exactly 0",
          ShortestNumber(finding.decays[0]), finding.count, finding.of,
          finding.count == 1 ? "is" : "are");
    default:
      return "";
  }
}

std::string OfRows(const Finding& finding) {
  const auto left_out = [&](const char* why) {
    return fmt::format("{} of {:.0f} rows {} left out: {}", finding.count, finding.number,
                       finding.count == 1 ? "was" : "were", why);
  };
  switch (finding.kind) {
    case Finding::Kind::kRowsWithoutTarget:
      return left_out("their target is missing");
    case Finding::Kind::kRowsWithoutWeight:
      return left_out("their weight is 0");
    case Finding::Kind::kRowsWithMissing:
      return left_out("a cell is missing there");
    case Finding::Kind::kNumbersAsClasses:
      return fmt::format(
          "{} holds {} distinct values, taken as classes; --task regression takes them as numbers",
          Quoted(finding.text), finding.count);
    default:
      return "";
  }
}

std::string OfInputs(const InputFinding& finding) {
  std::vector<std::string> columns;
  for (const std::string& column : finding.columns) columns.push_back(Quoted(column));
  switch (finding.kind) {
    case InputFinding::Kind::kMissingCells:
      return fmt::format("column {}: {}; the training mean stands in", columns.front(),
                         Counted(finding.count, "missing cell"));
    case InputFinding::Kind::kMissingLevels:
      return fmt::format("column {}: {}; taken as none of the known levels", columns.front(),
                         Counted(finding.count, "missing cell"));
    case InputFinding::Kind::kUnknownLevels:
      return fmt::format("column {}: {} such as {}, taken as none of the known ones",
                         columns.front(), Counted(finding.count, "unknown level"),
                         Quoted(finding.level));
    case InputFinding::Kind::kUnusedColumns:
      return fmt::format("{} not used by the model: {}{}", Counted(finding.count, "column"),
                         Join(columns, ", "), finding.count > columns.size() ? ", ..." : "");
  }
  return "";
}

}  // namespace

bool IsOfRows(Finding::Kind kind) {
  return kind == Finding::Kind::kRowsWithoutTarget || kind == Finding::Kind::kRowsWithoutWeight ||
         kind == Finding::Kind::kRowsWithMissing || kind == Finding::Kind::kNumbersAsClasses;
}

std::vector<std::string> Notes(const TuneResult& result) {
  std::vector<std::string> notes;
  for (const Finding& finding : result.data.findings) {
    if (IsOfRows(finding.kind)) notes.push_back(OfRows(finding));
  }
  for (const TuneFinding& finding : result.findings) notes.push_back(OfDecaysTried(finding));
  return notes;
}

std::vector<std::string> VerdictNotes(const TuneResult& result) {
  std::vector<std::string> notes;
  for (const TuneFinding& finding : result.verdict.findings)
    notes.push_back(OfComparison(finding, IsTrained(result)));
  return notes;
}

std::vector<std::string> Notes(const std::vector<InputFinding>& findings) {
  std::vector<std::string> notes;
  notes.reserve(findings.size());
  for (const InputFinding& finding : findings) notes.push_back(OfInputs(finding));
  return notes;
}

std::string DivergenceText(const Divergence& divergence) {
  if (divergence.what == Divergence::What::kWeight)
    return fmt::format("a weight became NaN or infinite in epoch {}", divergence.epoch);
  return fmt::format(
      "{} became {} in epoch {}",
      divergence.what == Divergence::What::kLoss ? "the loss" : "the validation loss",
      divergence.is_nan ? "NaN" : "infinite", divergence.epoch);
}

}  // namespace halflife
