// Code to paste that fits the same model at the best decay in other libraries.
#pragma once

#include <string>
#include <vector>

#include "halflife/tune.h"

namespace halflife {

struct Snippet {
  std::string library;
  std::string note;  // one sentence on what to watch
  std::string code;
};

// For scikit-learn, glmnet, PyTorch and Keras. X stands for the encoded features, y for the target.
std::vector<Snippet> Snippets(const TuneResult& result);

}  // namespace halflife
