// Findings in words: what a reader should know beside the numbers.
#pragma once

#include <string>
#include <vector>

#include "halflife/column_list.h"
#include "halflife/epoch_record.h"
#include "halflife/tune.h"

namespace halflife {

// What is to be known of the data and the decays tried, a sentence each.
std::vector<std::string> Notes(const TuneResult& result);

// What is to be known of the comparison behind the verdict.
std::vector<std::string> VerdictNotes(const TuneResult& result);

// What was odd about rows to predict for.
std::vector<std::string> Notes(const std::vector<InputFinding>& findings);

// "the loss became NaN in epoch 3".
std::string DivergenceText(const Divergence& divergence);

// Whether the finding is told by Notes rather than beside the columns.
bool IsOfRows(Finding::Kind kind);

}  // namespace halflife
