// The value of --penalty: l2, l1, elastic-net, elastic-net:RATIO, and for nets group-lasso.
#pragma once

#include <string>

#include "halflife/decay.h"

namespace halflife {

struct PenaltyChoice {
  ProximalPenalty penalty = ProximalPenalty::kL2;
  double l1_ratio = 0.0;     // the L1 part's share: 0 of l2, 1 of l1
  bool ratio_given = false;  // by elastic-net:RATIO
};

// Throws Error (usage) for anything else.
PenaltyChoice ParsePenalty(const std::string& text);

// The same for a table: throws Error (usage) for group-lasso.
double TablePenaltyRatio(const std::string& text);

}  // namespace halflife
