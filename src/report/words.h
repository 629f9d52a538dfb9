// What the outputs say in words: each fact is worded here once, for the terminal, the page and the
// JSON.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "halflife/language.h"
#include "halflife/tune.h"

namespace halflife {

// What a decay means: the convention of every number that halflife prints.
std::string Convention(const TuneResult& result, Language language = Language::kEnglish);

bool IsRegression(const TuneResult& result);

// Whether the result is of a net, trained by steps.
bool IsTrained(const TuneResult& result);
// Whether degrees of freedom are estimates.
bool DofIsEstimated(const TuneResult& result);

// "linear", "logistic", "softmax" or "mlp".
std::string FamilyName(const TuneResult& result, Language language = Language::kEnglish);

// "R2" or "accuracy"; the key of the same in JSON is in lower case.
std::string ScoreName(const TuneResult& result, Language language = Language::kEnglish);

// What one unit of loss is: "half the squared error of ln(price)", "log loss in nats".
std::string LossName(const TuneResult& result, Language language = Language::kEnglish);

// A decay as people read it.
std::string DecayText(double decay);

const GridPoint& BestPoint(const TuneResult& result);
const GridPoint& OneSePoint(const TuneResult& result);

// The grid's point at the verdict's baseline; null if it was not asked for.
const GridPoint* BaselinePoint(const TuneResult& result);

// Whether the columns tell nothing about the target that the rows can show.
bool NoSignal(const TuneResult& result);

// Whether some column of the table has this role.
bool HasRole(const TuneResult& result, ColumnSummary::Role role);

// What the best decay is called: "best"; without a signal "lowest", of nets "chosen".
std::string BestName(const TuneResult& result, Language language = Language::kEnglish);

// Whether another seed would draw other folds.
bool FoldsAreDrawn(const TuneResult& result);

// A share of rows, or R2, with as many digits as tell it from 1.
std::string ScoreText(const TuneResult& result, double score);

// Of classes, what the accuracy is worth: " (always the largest class: 62.7 %)"; else "".
std::string MajorityText(const TuneResult& result, Language language = Language::kEnglish);

// Of classes, the other scores at the best decay: "balanced accuracy 0.91, AUC 0.97, ..."; else "".
std::string OtherScores(const TuneResult& result, Language language = Language::kEnglish);

// That the run was ended early, and what the figures are of.
std::string InterruptedSentence(const TuneResult& result, Language language = Language::kEnglish);

// The largest decay within a standard error of the best, and what it is good for.
std::string OneSeSentence(const TuneResult& result, Language language = Language::kEnglish);

// Who is held out when: "10 folds", "10 folds, rows of one patient together", "10 folds in the
// order of date".
std::string FoldsText(const TuneResult& result, Language language = Language::kEnglish);

// How fast a weight without gradient halves at the best decay.
std::string HalfLifeSentence(const TuneResult& result, Language language = Language::kEnglish);

// The best decay in the units of other libraries.
struct Unit {
  std::string library;     // "scikit-learn"
  std::string expression;  // "Ridge(alpha=586)"
};
std::vector<Unit> EquivalentUnits(const TuneResult& result, Language language = Language::kEnglish);

}  // namespace halflife
