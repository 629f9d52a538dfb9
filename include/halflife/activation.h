// What follows the sums of a hidden layer.
#pragma once

namespace halflife {

enum class Activation {
  kRelu,  // max(0, z)
  kGelu,  // z Phi(z), Phi the normal distribution function (arXiv:1606.08415), not its tanh form
  kTanh,
};

}  // namespace halflife
