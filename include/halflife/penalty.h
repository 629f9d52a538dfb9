// Penalties on weights: value, gradient and proximal map, in double. The same that the coupled law
// differentiates and the proximal law applies in the optimizer's own loops, for use outside of
// them.
#pragma once

#include <cstddef>
#include <span>

namespace halflife {

// Thread safety: a value; its const functions may be called from any number of threads, for
// different `g` and `w`.
struct Penalty {
  enum class Kind {
    kL2,          // strength / 2 ||w||^2
    kL1,          // strength ||w||_1
    kLp,          // strength / p sum |w|^p, p >= 1
    kElasticNet,  // strength (ratio ||w||_1 + (1 - ratio) / 2 ||w||^2)
    kGroupLasso,  // strength sqrt(row) sum ||w_row||, rows of `row` weights each
  };
  Kind kind = Kind::kL2;
  double strength = 0;
  double p = 2;         // kLp only
  double ratio = 0.5;   // kElasticNet only
  std::size_t row = 1;  // kGroupLasso only; divides the number of weights

  // Throws Error when a number is out of its range.
  void Validate() const;

  // These throw Error for numbers out of range, rows that do not divide the weights, and sizes that
  // differ.
  double Value(std::span<const double> w) const;

  // Adds the gradient to `g`, as long as `w`. Where |.| has a corner, the least subgradient: zero.
  void AddGradient(std::span<const double> w, std::span<double> g) const;

  // w <- argmin over x of ||x - w||^2 / 2 + step * Value(x), step >= 0.
  void ApplyProximalMap(double step, std::span<double> w) const;

 private:
  void CheckRows(std::size_t weights) const;
};

}  // namespace halflife
