// The last layer of a net: its losses and their derivatives.
#include <cmath>

#include "halflife/custom/simd_targets.h"
#include "kernels/net/layers.h"
#undef HWY_TARGET_INCLUDE
#define HWY_TARGET_INCLUDE "kernels/net/loss.cc"
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

HWY_INLINE V Load(const float* from) { return hn::Load(D(), from); }

void FinishOutputs(const OutputPanel& panel) {
  for (std::size_t u = 0; u < panel.units; ++u) {
    const V bias = hn::Set(D(), panel.bias[u]);
    for (std::size_t at = u * kPanel; at < (u + 1) * kPanel; at += kLanes)
      hn::Store(hn::Add(Load(panel.values + at), bias), D(), panel.values + at);
  }
}

// A row is a lane. maximum: of its logits. sum: of exp(logit - maximum), or NaN where a logit is
// not finite.
void SoftmaxSums(const OutputPanel& panel, float* maximum, float* sum) {
  for (std::size_t column = 0; column < kPanel; column += kLanes) {
    const float* z = panel.values + column;
    V most = Load(z);
    for (std::size_t u = 1; u < panel.units; ++u) most = hn::Max(most, Load(z + u * kPanel));
    V total = hn::Zero(D());
    V zero = hn::Zero(D());
    for (std::size_t u = 0; u < panel.units; ++u) {
      const V logit = Load(z + u * kPanel);
      total = hn::Add(total, hn::Exp(D(), hn::Sub(logit, most)));
      zero = hn::MulAdd(logit, hn::Zero(D()), zero);
    }
    hn::Store(most, D(), maximum + column);
    hn::Store(hn::Add(total, zero), D(), sum + column);
  }
}

void SoftmaxDerivatives(const OutputPanel& panel, float scale, float* bias_gradient) {
  alignas(64) float maximum[kPanel];
  alignas(64) float factor[kPanel];
  SoftmaxSums(panel, maximum, factor);
  for (std::size_t r = 0; r < kPanel; ++r) factor[r] = r < panel.rows ? scale / factor[r] : 0;
  for (std::size_t u = 0; u < panel.units; ++u) {
    for (std::size_t column = 0; column < kPanel; column += kLanes) {
      float* at = panel.values + u * kPanel + column;
      const V share = hn::Exp(D(), hn::Sub(Load(at), Load(maximum + column)));
      hn::Store(hn::Mul(share, Load(factor + column)), D(), at);
    }
  }
  for (std::size_t r = 0; r < panel.rows; ++r)
    panel.values[static_cast<std::size_t>(panel.classes[r]) * kPanel + r] -= scale;
  for (std::size_t u = 0; u < panel.units; ++u) {
    V sum = hn::Zero(D());
    for (std::size_t at = u * kPanel; at < (u + 1) * kPanel; at += kLanes)
      sum = hn::Add(sum, Load(panel.values + at));
    bias_gradient[u] += hn::GetLane(hn::SumOfLanes(D(), sum));
  }
}

}  // namespace halflife::HWY_NAMESPACE
HWY_AFTER_NAMESPACE();

#if HWY_ONCE
namespace halflife {
HWY_EXPORT(FinishOutputs);
HWY_EXPORT(SoftmaxSums);
HWY_EXPORT(SoftmaxDerivatives);

void FinishOutputs(const OutputPanel& panel) { HWY_DYNAMIC_DISPATCH(FinishOutputs)(panel); }

void PanelLosses(const OutputPanel& panel, double* losses) {
  if (panel.classes == nullptr) {
    for (std::size_t r = 0; r < panel.rows; ++r) {
      const double error = static_cast<double>(panel.numbers[r]) - panel.values[r];
      losses[r] = error * error / 2;
    }
    return;
  }
  alignas(64) float maximum[kPanel];
  alignas(64) float sum[kPanel];
  HWY_DYNAMIC_DISPATCH(SoftmaxSums)(panel, maximum, sum);
  for (std::size_t r = 0; r < panel.rows; ++r) {
    const float own = panel.values[static_cast<std::size_t>(panel.classes[r]) * kPanel + r];
    losses[r] = std::log(static_cast<double>(sum[r])) + (static_cast<double>(maximum[r]) - own);
  }
}

void LossDerivatives(const OutputPanel& panel, float scale, float* bias_gradient) {
  if (panel.classes != nullptr) {
    HWY_DYNAMIC_DISPATCH(SoftmaxDerivatives)(panel, scale, bias_gradient);
    return;
  }
  float sum = 0;
  for (std::size_t r = 0; r < kPanel; ++r) {
    panel.values[r] = r < panel.rows ? (panel.values[r] - panel.numbers[r]) * scale : 0;
    sum += panel.values[r];
  }
  bias_gradient[0] += sum;
}

}  // namespace halflife
#endif
