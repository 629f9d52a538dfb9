// Trainings whose printed code is checked: as facts, as the report has them.
#pragma once

#include <string>
#include <vector>

#include "halflife/tune.h"

namespace halflife::testing {

struct SnippetCase {
  std::string name;
  TrainingSummary training;
};

std::vector<SnippetCase> SnippetCases();

// The parameters that all of them train: their values at the start, and the gradient of a step
// (from 1). The same numbers as in make_torch_snippets.py.
std::vector<std::vector<float>> StartValues();
float SnippetGradient(std::size_t tensor, std::size_t i, int step);

// `values` as Parameters.
std::vector<Parameter> SnippetParameters(std::vector<std::vector<float>>* values);

inline constexpr int kSnippetSteps = 20;

}  // namespace halflife::testing
