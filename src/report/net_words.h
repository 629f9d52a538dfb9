// What the outputs say in words of nets that were trained by steps.
#pragma once

#include <string>
#include <vector>

#include "halflife/language.h"
#include "halflife/tune.h"
#include "report/words.h"

namespace halflife {

// "784-128-10, relu, layer norm, dropout 0.1"; "" for a net of one's own.
std::string NetText(const TuneResult& result, Language language = Language::kEnglish);

// "adamw, decoupled decay".
std::string OptimizerText(const TuneResult& result, Language language = Language::kEnglish);

// Of lr: "constant", "cosine, warm-up 0.1"; "" for a net of one's own.
std::string ScheduleText(const TuneResult& result, Language language = Language::kEnglish);

// "1077 rows to train on, 360 to choose by, 360 to judge by".
std::string SplitText(const TuneResult& result, Language language = Language::kEnglish);

// "59-64-10, relu; adamw, decoupled decay; lr 0.001, constant; 30 epochs of 9 steps, batches of 128
// rows; 3 seeds"; of several splits "1 seed a split".
std::string TrainingText(const TuneResult& result, Language language = Language::kEnglish);

// How fast a weight without gradient halves at the best decay, and its averaging time against the
// run's length.
std::string TimeScaleSentence(const TuneResult& result, Language language = Language::kEnglish);

// That a weight without gradient keeps its value where nothing decays.
std::string StaysText(Language language = Language::kEnglish);

// "2 weights; not 2 biases and 1 norm".
std::string DecayedText(const TuneResult& result, Language language = Language::kEnglish);

// How many epochs were trained, and what setting decays aside saved.
std::string SweepText(const TuneResult& result, Language language = Language::kEnglish);

// How a point's training ended, or "" where all of it was done: "set aside at epoch 7", "2 of 5
// runs", "diverged: the loss became NaN in epoch 3".
std::string EndText(const TuneResult& result, const TrainedPoint& point,
                    Language language = Language::kEnglish);

// The same in a word or two: "diverged".
std::string EndMark(const TuneResult& result, const TrainedPoint& point,
                    Language language = Language::kEnglish);

// The decays other than the baseline that were trained to their end in every run: "0.00139,
// 0.0373"; "" where there is none.
std::string OtherTrainedDecays(const TuneResult& result, Language language = Language::kEnglish);

// "; 6 of the 9 decays were set aside early", or stopped; "" where none was.
std::string SetAsideClause(const TuneResult& result, Language language = Language::kEnglish);

// Of a run that was ended early: " Only decays 0 and 1 were trained to their end, in 1 of 5
// splits."; else "".
std::string FewTrainedSentence(const TuneResult& result, Language language = Language::kEnglish);

// Whether the law is coupled: an L2 penalty, which every library has.
bool IsCoupled(const TuneResult& result);

// Whether every parameter was decayed.
bool AllDecayed(const TuneResult& result);

// The best decay as PyTorch and Keras take it; none where they have no such thing.
std::vector<Unit> TrainedUnits(const TuneResult& result, Language language = Language::kEnglish);

}  // namespace halflife
