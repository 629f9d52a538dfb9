// What there is to say of a table's penalty: L1 and the elastic net, columns that are not decayed,
// and the weights that end at exactly 0.
#pragma once

#include <string>
#include <vector>

#include "halflife/language.h"
#include "halflife/tune.h"

namespace halflife {

// Whether the penalty makes weights exactly 0.
bool IsSparse(const TuneResult& result);

// "l2", "l1" or "elastic-net".
std::string PenaltyName(const TuneResult& result);

// "decay/2 * ||w||^2", "decay * ||w||_1", "decay * (0.5 ||w||_1 + 0.25 ||w||^2)".
std::string PenaltyFormula(const TuneResult& result);

// Of columns that are not decayed: " The weights of age, sex are not decayed."; else "".
std::string NoDecaySentence(const TuneResult& result, Language language = Language::kEnglish);

// How many weights are exactly 0 at the best decay: " 37 of the 64 weights are exactly 0 there.";
// "" where the penalty makes none.
std::string SelectionSentence(const TuneResult& result, Language language = Language::kEnglish);

// "L1 penalty" and the like for the headline; "" for L2.
std::string PenaltyTitle(const TuneResult& result, Language language = Language::kEnglish);

// What is tuned, as it is asked for: "a weight decay", "an L1 penalty", "an elastic net".
std::string PenaltyWithArticle(const TuneResult& result, Language language = Language::kEnglish);

// scikit-learn's estimator at the best decay, and its name alone. Columns that are not decayed have
// no counterpart there.
std::string ScikitLearnText(const TuneResult& result);

// The penalty in PyTorch's and Keras's units.
std::string TorchPenaltyText(const TuneResult& result, Language language = Language::kEnglish);
std::string KerasRegulariser(const TuneResult& result);

}  // namespace halflife
