// What the report's figures are called and what their captions say, in both languages.
#pragma once

#include "halflife/tune.h"
#include "report/say.h"

namespace halflife {

// Puts a sentence after others; in English after a blank.
void AddSentence(const Said& sentence, Said* to);

// What the best decay is called: "best"; without a signal "lowest", of nets "chosen".
Said BestSaid(const TuneResult& result);
// "best 0.2".
Said BestWithDecay(const TuneResult& result);
// "the best decay"; without a signal "the decay of the lowest loss", of nets "the decay chosen".
Said BestDecaySaid(const TuneResult& result);
// `name` with the unit that is modelled, where that is not the column's own: "truth, ln(price)".
Said InTargetUnit(const TuneResult& result, const Said& name);
// "without decay", or "decay 1e-06".
Said BaselineSaid(const TuneResult& result);

// A title, and one or two sentences on what is drawn.
struct FigureWords {
  Said title;
  Said caption;
};

FigureWords LossWords(const TuneResult& result);
FigureWords PathWords(const TuneResult& result);
FigureWords EpochsWords(const TuneResult& result);
FigureWords NormsWords(const TuneResult& result);
FigureWords AngleWords(const TuneResult& result);
FigureWords ErrorPartsWords(const TuneResult& result);
FigureWords WeightsWords(const TuneResult& result);
FigureWords PlaneWords(const TuneResult& result);
FigureWords ShrinkageWords(const TuneResult& result);
FigureWords PredictionsWords(const TuneResult& result);
FigureWords ResidualsWords(const TuneResult& result);
FigureWords ReliabilityWords(const TuneResult& result);
FigureWords ConfusionWords(const TuneResult& result);
FigureWords RocWords(const TuneResult& result);
FigureWords LearningCurveWords(const TuneResult& result);
FigureWords SizesWords(const TuneResult& result);

}  // namespace halflife
