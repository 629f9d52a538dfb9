#include "kernels/net/layers.h"

#include "halflife/custom/simd_targets.h"
#undef HWY_TARGET_INCLUDE
#define HWY_TARGET_INCLUDE "kernels/net/layers.cc"
#include "hwy/foreach_target.h"
// clang-format off
#include "hwy/highway.h"
#include "hwy/contrib/math/math-inl.h"
// clang-format on

HWY_BEFORE_NAMESPACE();
namespace halflife::HWY_NAMESPACE {
namespace hn = hwy::HWY_NAMESPACE;

using D = hn::CappedTag<float, 16>;
using V = hn::Vec<D>;
constexpr std::size_t kLanes = hn::MaxLanes(D());

HWY_INLINE V Set(double x) { return hn::Set(D(), static_cast<float>(x)); }
HWY_INLINE V Load(const float* from) { return hn::Load(D(), from); }
HWY_INLINE void Store(V v, float* to) { hn::Store(v, D(), to); }

// Highway's functions give numbers for NaN; here NaN stays.
HWY_INLINE V KeepNaN(V x, V y) { return hn::IfThenElse(hn::Eq(x, x), y, x); }

// An activation: f(z), and its slope where the way back needs it kept.
struct Relu {
  static constexpr bool kKeepsSlope = false;
  HWY_INLINE V operator()(V z, V* /*slope*/) const {
    return hn::IfThenElse(hn::Lt(z, hn::Zero(D())), hn::Zero(D()), z);
  }
};

struct Tanh {
  static constexpr bool kKeepsSlope = true;
  HWY_INLINE V operator()(V z, V* slope) const {
    const V y = KeepNaN(z, hn::Tanh(D(), z));
    *slope = hn::NegMulAdd(y, y, Set(1));
    return y;
  }
};

// z Phi(z), slope Phi(z) + z phi(z). Phi by Abramowitz and Stegun's 7.1.26, with an error below
// 1e-7: 1 - Phi(x) = exp(-x^2 / 2) / 2 (a1 t + ... + a5 t^5), t = 1 / (1 + p x / sqrt 2), x >= 0.
struct Gelu {
  static constexpr bool kKeepsSlope = true;
  HWY_INLINE V operator()(V z, V* slope) const {
    const V x = hn::Abs(z);
    const V t = hn::Div(Set(1), hn::MulAdd(x, Set(0.3275911 * 0.70710678118654752), Set(1)));
    V tail = hn::MulAdd(t, Set(1.061405429), Set(-1.453152027));
    tail = hn::MulAdd(t, tail, Set(1.421413741));
    tail = hn::MulAdd(t, tail, Set(-0.284496736));
    tail = hn::MulAdd(t, tail, Set(0.254829592));
    const V bell = hn::Exp(D(), hn::Mul(hn::Mul(x, x), Set(-0.5)));
    tail = hn::Mul(hn::Mul(hn::Mul(tail, t), bell), Set(0.5));
    const V phi = hn::IfThenElse(hn::Lt(z, hn::Zero(D())), tail, hn::Sub(Set(1), tail));
    const V density = hn::Mul(bell, Set(0.39894228040143268));
    *slope = KeepNaN(z, hn::MulAdd(z, density, phi));
    return hn::Mul(z, phi);
  }
};

// Activation and dropout of one vector at `at` of the panel.
template <class F>
HWY_INLINE void Activate(const LayerPanel& panel, std::size_t at, V z) {
  V slope = hn::Zero(D());
  V y = F()(z, &slope);
  if (panel.mask != nullptr) {
    const V mask = Load(panel.mask + at);
    y = hn::Mul(y, mask);
    slope = hn::Mul(slope, mask);
  }
  Store(y, panel.values + at);
  if (F::kKeepsSlope && panel.slope != nullptr) Store(slope, panel.slope + at);
}

template <class F>
HWY_INLINE void ForwardPlain(const LayerPanel& panel) {
  for (std::size_t u = 0; u < panel.units; ++u) {
    const V bias = hn::Set(D(), panel.bias[u]);
    for (std::size_t at = u * kPanel; at < (u + 1) * kPanel; at += kLanes)
      Activate<F>(panel, at, hn::Add(Load(panel.values + at), bias));
  }
}

constexpr double kEps = 1e-5;  // as PyTorch

// Means and variances run down the columns: a row of the batch is a lane.
template <class F>
HWY_INLINE void ForwardNormed(const LayerPanel& panel) {
  const V share = Set(1.0 / static_cast<double>(panel.units));
  for (std::size_t column = 0; column < kPanel; column += kLanes) {
    float* values = panel.values + column;
    V mean = hn::Zero(D());
    for (std::size_t u = 0; u < panel.units; ++u) {
      const V z = hn::Add(Load(values + u * kPanel), hn::Set(D(), panel.bias[u]));
      Store(z, values + u * kPanel);
      mean = hn::Add(mean, z);
    }
    mean = hn::Mul(mean, share);
    V variance = hn::Zero(D());
    for (std::size_t u = 0; u < panel.units; ++u) {
      const V from = hn::Sub(Load(values + u * kPanel), mean);
      variance = hn::MulAdd(from, from, variance);
    }
    const V inverse = hn::Div(Set(1), hn::Sqrt(hn::MulAdd(variance, share, Set(kEps))));
    if (panel.inverse_sd != nullptr) Store(inverse, panel.inverse_sd + column);
    for (std::size_t u = 0; u < panel.units; ++u) {
      const std::size_t at = u * kPanel + column;
      const V normed = hn::Mul(hn::Sub(Load(panel.values + at), mean), inverse);
      if (panel.normed != nullptr) Store(normed, panel.normed + at);
      const V gain = hn::Set(D(), panel.gain[u]);
      Activate<F>(panel, at, hn::MulAdd(normed, gain, hn::Set(D(), panel.shift[u])));
    }
  }
}

template <class F>
HWY_INLINE void ForwardWith(const LayerPanel& panel) {
  if (panel.gain == nullptr) {
    ForwardPlain<F>(panel);
  } else {
    ForwardNormed<F>(panel);
  }
}

void ForwardPanel(const LayerPanel& panel) {
  switch (panel.activation) {
    case Activation::kRelu:
      return ForwardWith<Relu>(panel);
    case Activation::kGelu:
      return ForwardWith<Gelu>(panel);
    case Activation::kTanh:
      return ForwardWith<Tanh>(panel);
  }
}

// d loss / d activation's argument.
HWY_INLINE V Through(const LayerPanel& panel, const float* delta, std::size_t at) {
  const V d = Load(delta + at);
  if (panel.activation != Activation::kRelu) return hn::Mul(d, Load(panel.slope + at));
  const auto open = hn::Gt(Load(panel.values + at), hn::Zero(D()));
  return hn::IfThenElseZero(open, hn::Mul(d, hn::Set(D(), panel.mask_scale)));
}

HWY_INLINE float Sum(V v) { return hn::GetLane(hn::SumOfLanes(D(), v)); }

HWY_INLINE void BackwardPlain(const LayerPanel& panel, const LayerGradients& to) {
  for (std::size_t u = 0; u < panel.units; ++u) {
    V sum = hn::Zero(D());
    for (std::size_t at = u * kPanel; at < (u + 1) * kPanel; at += kLanes) {
      const V d = Through(panel, to.delta, at);
      Store(d, to.delta + at);
      sum = hn::Add(sum, d);
    }
    to.bias[u] += Sum(sum);
  }
}

// With n = normed, e = d loss / d n = gain d: d loss / d z = (e - mean e - n mean(e n)) / sd, the
// means over the units of a row.
HWY_INLINE void BackwardNormed(const LayerPanel& panel, const LayerGradients& to) {
  alignas(64) float means[2 * kPanel] = {};
  for (std::size_t u = 0; u < panel.units; ++u) {
    const V gain = hn::Set(D(), panel.gain[u]);
    V shift_sum = hn::Zero(D());
    V gain_sum = hn::Zero(D());
    for (std::size_t column = 0; column < kPanel; column += kLanes) {
      const std::size_t at = u * kPanel + column;
      const V d = Through(panel, to.delta, at);
      const V normed = Load(panel.normed + at);
      shift_sum = hn::Add(shift_sum, d);
      gain_sum = hn::MulAdd(d, normed, gain_sum);
      const V e = hn::Mul(d, gain);
      Store(e, to.delta + at);
      Store(hn::Add(Load(means + column), e), means + column);
      Store(hn::MulAdd(e, normed, Load(means + kPanel + column)), means + kPanel + column);
    }
    to.shift[u] += Sum(shift_sum);
    to.gain[u] += Sum(gain_sum);
  }
  const V share = Set(1.0 / static_cast<double>(panel.units));
  for (std::size_t i = 0; i < 2 * kPanel; i += kLanes)
    Store(hn::Mul(Load(means + i), share), means + i);
  for (std::size_t u = 0; u < panel.units; ++u) {
    V sum = hn::Zero(D());
    for (std::size_t column = 0; column < kPanel; column += kLanes) {
      const std::size_t at = u * kPanel + column;
      V d = hn::Sub(Load(to.delta + at), Load(means + column));
      d = hn::NegMulAdd(Load(panel.normed + at), Load(means + kPanel + column), d);
      d = hn::Mul(d, Load(panel.inverse_sd + column));
      Store(d, to.delta + at);
      sum = hn::Add(sum, d);
    }
    to.bias[u] += Sum(sum);
  }
}

void BackwardPanel(const LayerPanel& panel, const LayerGradients& gradients) {
  if (panel.gain == nullptr) {
    BackwardPlain(panel, gradients);
  } else {
    BackwardNormed(panel, gradients);
  }
}

}  // namespace halflife::HWY_NAMESPACE
HWY_AFTER_NAMESPACE();

#if HWY_ONCE
namespace halflife {
HWY_EXPORT(ForwardPanel);
HWY_EXPORT(BackwardPanel);

void ForwardPanel(const LayerPanel& panel) { HWY_DYNAMIC_DISPATCH(ForwardPanel)(panel); }

void BackwardPanel(const LayerPanel& panel, const LayerGradients& gradients) {
  HWY_DYNAMIC_DISPATCH(BackwardPanel)(panel, gradients);
}

}  // namespace halflife
#endif
