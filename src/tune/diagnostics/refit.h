// Fits to some of a dataset's rows that a sweep did not make, and what they predict.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "data/dataset.h"
#include "model/model.h"
#include "model/stopping.h"
#include "tune/tune_model.h"

namespace halflife {

struct Refit {
  Standardizer standardizer;
  // A decay; where nothing can be learnt the best constant; none where some class has no row.
  std::vector<std::optional<Fit>> fits;
};

// How fits are made: by `make` with `context`, whose dataset is that of all rows.
struct RefitMaker {
  ModelContext context;
  const ModelMaker& make;
  Stopping* stopping;  // asked before each fit

  // Fitted to `rows` alone, at each of `decays`.
  Refit On(const std::vector<uint32_t>& rows, const std::vector<double>& decays) const;

  // The same for so many fits side by side: each is one thread's work where they keep all busy.
  RefitMaker SideBySide(std::size_t fits) const;
};

// What a fit makes of `rows`: outputs x rows (numbers, or logits as a Model has them).
Matrix OutputsOf(const Design& design, const Standardizer& standardizer, const Fit& fit,
                 std::span<const uint32_t> rows);

// The mean data loss of these outputs on those rows, weighted.
double MeanLoss(const Dataset& dataset, const Matrix& outputs, const std::vector<uint32_t>& rows);

}  // namespace halflife
