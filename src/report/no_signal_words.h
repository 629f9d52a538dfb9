// What is said where the columns tell nothing about the target that the rows can show.
#pragma once

#include <string>

#include "halflife/language.h"
#include "halflife/tune.h"

namespace halflife {

// What was found: "These columns tell a linear model nothing about y that these 80 rows can show".
std::string NoSignalClause(const TuneResult& result, Language language = Language::kEnglish);

// The answer: what the columns were held against is the loss of the best constant.
std::string AnswerWithoutSignal(const TuneResult& result, Language language = Language::kEnglish);

// The tests behind it.
std::string EvidenceWithoutSignal(const TuneResult& result, Language language = Language::kEnglish);

}  // namespace halflife
