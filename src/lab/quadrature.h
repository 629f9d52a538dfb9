// Integrals over -1 <= x <= 1 as weighted sums.
#pragma once

#include <vector>

namespace halflife {

// Gauss and Legendre's rule of 48 nodes: exact to rounding for polynomials up to degree 95.
struct Quadrature {
  std::vector<double> nodes;    // ascending
  std::vector<double> weights;  // positive; their sum is 2
};
const Quadrature& GaussLegendre();

}  // namespace halflife
