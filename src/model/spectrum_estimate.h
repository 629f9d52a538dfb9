// About the spectrum of rows whose features are too many to be decomposed.
#pragma once

#include "model/centred_rows.h"

namespace halflife {

// About the eigenvalues of A'A that are not 0: some of them, largest first, each standing for a
// number of them.
struct SpectrumEstimate {
  Vector values;
  Vector counts;
  double free = 0.0;  // the rank of the features that are not decayed

  // As many values as there are eigenvalues, to a whole number.
  Vector Spread() const;
  double EffectiveDof(double decay) const;
};

// How many quadratic forms are averaged, and the nodes of each.
struct SpectrumEffort {
  int probes = 8;
  int steps = 60;
};

// By Lanczos quadrature from random signs (Ubaru, Chen and Saad 2017, SIAM J. Matrix Anal. 38:1075)
// that are always the same; for the effective degrees of freedom this is Hutchinson's estimate of a
// trace, with a variance of at most 2 / probes times the degrees of freedom.
SpectrumEstimate EstimateSpectrum(const CentredRows& a, const SpectrumEffort& effort, int threads);

}  // namespace halflife
