// What the outputs say of nets whose rows were split several times: what each split's own choice
// gained, and the net that is kept.
#pragma once

#include <string>

#include "halflife/language.h"
#include "halflife/tune.h"

namespace halflife {

// Whether the verdict is from several splits.
bool HasSplits(const TuneResult& result);

// Whether the rows were split several times, whatever came of it.
bool RanInSplits(const TuneResult& result);

// "5 splits", "3 of 5 splits" where it was stopped.
std::string SplitsText(const TuneResult& result, Language language = Language::kEnglish);

// "digit: 1797 rows in 5 splits, ...": who does what, and how often a row is judged.
std::string RowsOfSplitsText(const TuneResult& result, Language language = Language::kEnglish);

// "these 1797 rows in 5 splits".
std::string JudgedInSplitsText(const TuneResult& result, Language language = Language::kEnglish);

// The answer to whether decay helps, but for the scores; the improvement is known.
std::string SplitsAnswer(const TuneResult& result, Language language = Language::kEnglish);

// Its heading.
std::string SplitsHeading(const TuneResult& result, Language language = Language::kEnglish);

// Whether every choice, of a split or of a table's fold, was the baseline, so that nothing could be
// gained.
bool NothingChosen(const TuneResult& result);

// The net in the model file: "trained on all 1797 rows for 30 epochs"; "" for a net of one's own.
std::string KeptText(const TuneResult& result, Language language = Language::kEnglish);

}  // namespace halflife
