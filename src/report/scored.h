// What is told of the best decay and of the baseline: their losses and scores on the rows of the
// verdict, and how much of the loss the gain is.
#pragma once

#include <optional>
#include <string>

#include "halflife/language.h"
#include "halflife/tune.h"

namespace halflife {

struct Scored {
  double loss = 0.0;
  double score = 0.0;
};

// On the test rows where there are such, else on the validation rows.
Scored ScoredOfBest(const TuneResult& result);
// None where the baseline was not asked for.
std::optional<Scored> ScoredOfBaseline(const TuneResult& result);

// Which those are: "test" or "validation".
std::string RowsScored(const TuneResult& result, Language language = Language::kEnglish);

bool BestIsBaseline(const TuneResult& result);

// Whether a baseline that was not asked for is better than the decays that were.
bool BaselineIsBetter(const TuneResult& result);

// What the improvement was measured from.
double BaselineLoss(const TuneResult& result);

// The improvement as a share of the baseline's loss; 0 where that has no meaning.
double GainShare(const TuneResult& result);

// Of nets, too little to matter: below a hundredth of the baseline's loss, or, where that is nearly
// 0, below a millionth of a constant's. Of tables see IsNegligible.
bool IsTiny(const TuneResult& result);

}  // namespace halflife
