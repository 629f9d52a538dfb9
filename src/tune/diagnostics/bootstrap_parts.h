// Variance along the decay of models that no formula tells it of, from fits to rows drawn anew.
#pragma once

#include <cstdint>
#include <optional>
#include <vector>

#include "halflife/diagnostics.h"
#include "tune/diagnostics/refit.h"

namespace halflife {

// How many sets of rows are drawn, and at how many decays each is fitted, at most.
inline constexpr int kBootstrapSamples = 16;
inline constexpr std::size_t kBootstrapDecays = 9;

// As many of `rows` rows as there are, drawn with replacement (Efron 1979, Annals of Statistics
// 7:1), ascending.
std::vector<uint32_t> BootstrapRows(std::uint64_t seed, int sample, std::size_t rows);

// Which of `count` places are fitted: the ends, `best` and others at even steps.
std::vector<std::size_t> BootstrapPlaces(std::size_t count, std::size_t best);

// Of rows that hang together in no way: each is predicted by the B fits that have not drawn it.
// With the loss l and the mean f of their outputs (of classes logits), the mean of l(f_b) is l(f)
// plus the mean spread around f, half the variance or the divergence of the probabilities (Heskes
// 1998, Neural Computation 10:1425); times B/(B - 1) that is the variance, what is left is bias and
// noise. The noise is apart where `noise_sd` is given or rows are repeated. A value a decay of
// `decays`, NaN where it is not fitted or a set of rows has no fit there; none where stopped or no
// decay has all.
std::optional<ErrorParts> PartsOfBootstrap(const RefitMaker& maker,
                                           const std::vector<double>& decays, std::size_t best,
                                           std::uint64_t seed, std::optional<double> noise_sd);

}  // namespace halflife
