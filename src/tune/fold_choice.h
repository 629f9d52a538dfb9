// Which decay each fold would choose by the rows that train it, without a further fit.
#pragma once

#include <cstddef>
#include <vector>

#include "tune/sweep.h"

namespace halflife {

// What is lost by choosing has to be part of what tuning gains: so the decay is chosen in every
// outer fold f anew, and judged by rows that had no part in it. The choice is the lowest estimate
// of the loss on new rows from the training rows of f alone,
//     T_f(decay) + mean over all folds g of (L_g(decay) - T_g(decay)),
// T the loss on training rows, L on those held out: the fit's own training loss and the optimism of
// training losses at that decay (Efron 1986, JASA 81:461), which hardly depends on any one fold. It
// follows the choice by leave-one-out inside of each fold (docs/verdict.md), and costs no fit. Not
// so the sum of the other folds' L_g: these were trained on the rows of f, and their sum leans to
// what f speaks against. Returns for each fold of the sweep an index into its trials; of equal
// estimates the largest decay.
std::vector<std::size_t> ChooseInFolds(const Sweep& sweep);

}  // namespace halflife
