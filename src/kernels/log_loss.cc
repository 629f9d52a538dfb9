#include "kernels/log_loss.h"

#include "halflife/custom/simd_targets.h"
#undef HWY_TARGET_INCLUDE
#define HWY_TARGET_INCLUDE "kernels/log_loss.cc"
#include "hwy/foreach_target.h"
// clang-format off
#include "hwy/highway.h"
#include "hwy/contrib/math/math-inl.h"
// clang-format on

HWY_BEFORE_NAMESPACE();
namespace halflife::HWY_NAMESPACE {
namespace hn = hwy::HWY_NAMESPACE;

using Doubles = hn::CappedTag<double, kLogLossPad>;
using DoubleV = hn::Vec<Doubles>;
constexpr std::size_t kDoubleLanes = hn::MaxLanes(Doubles());
constexpr Doubles kDoubles;

// exp does not go further; 1 / (1 + exp(700)) is 1e-304.
constexpr double kFurthest = 700.0;

// Of two classes: by how much the logit is in favour of the row's own.
HWY_INLINE DoubleV Favour(const double* logit, bool second) {
  const DoubleV t = hn::LoadU(kDoubles, logit);
  const DoubleV bounded =
      hn::Min(hn::Max(t, hn::Set(kDoubles, -kFurthest)), hn::Set(kDoubles, kFurthest));
  return second ? bounded : hn::Neg(bounded);
}

void TwoClassErrors(const LogitRow& row, double weight) {
  const bool second = row.own == 1;
  const DoubleV one = hn::Set(kDoubles, 1.0);
  const DoubleV scale = hn::Set(kDoubles, second ? -weight : weight);
  for (std::size_t fit = 0; fit < row.fits; fit += kDoubleLanes) {
    double* const at = row.values + fit;
    const DoubleV odds = hn::Exp(kDoubles, Favour(at, second));
    hn::StoreU(hn::Div(scale, hn::Add(one, odds)), kDoubles, at);
  }
}

// log(1 + exp(-t)) is log(1 + exp(-|t|)), and -t more where t is below 0.
void TwoClassLosses(const LogitRow& row, double weight, double* losses) {
  const bool second = row.own == 1;
  const DoubleV scale = hn::Set(kDoubles, weight);
  for (std::size_t fit = 0; fit < row.fits; fit += kDoubleLanes) {
    const DoubleV logit = hn::LoadU(kDoubles, row.values + fit);
    const DoubleV t = second ? logit : hn::Neg(logit);
    const DoubleV far = hn::Min(hn::Abs(t), hn::Set(kDoubles, kFurthest));
    const DoubleV rest = hn::Log1p(kDoubles, hn::Exp(kDoubles, hn::Neg(far)));
    const DoubleV loss = hn::Add(hn::Max(hn::Neg(t), hn::Zero(kDoubles)), rest);
    hn::StoreU(hn::Add(hn::LoadU(kDoubles, losses + fit), hn::Mul(scale, loss)), kDoubles,
               losses + fit);
  }
}

// exp(logit - largest logit) in place of the logits; largest, and the sum of the other classes'
// shares than the row's own.
HWY_INLINE void Shares(const LogitRow& row, std::size_t fit, DoubleV* largest, DoubleV* others) {
  DoubleV most = hn::LoadU(kDoubles, row.values + fit);
  for (std::size_t c = 1; c < row.outputs; ++c)
    most = hn::Max(most, hn::LoadU(kDoubles, row.values + c * row.fits + fit));
  DoubleV sum = hn::Zero(kDoubles);
  for (std::size_t c = 0; c < row.outputs; ++c) {
    double* const at = row.values + c * row.fits + fit;
    const DoubleV share = hn::Exp(kDoubles, hn::Sub(hn::LoadU(kDoubles, at), most));
    hn::StoreU(share, kDoubles, at);
    if (c != row.own) sum = hn::Add(sum, share);
  }
  *largest = most;
  *others = sum;
}

void ManyClassErrors(const LogitRow& row, double weight) {
  const DoubleV scale = hn::Set(kDoubles, weight);
  for (std::size_t fit = 0; fit < row.fits; fit += kDoubleLanes) {
    DoubleV largest;
    DoubleV others;
    Shares(row, fit, &largest, &others);
    double* const own = row.values + row.own * row.fits + fit;
    const DoubleV factor = hn::Div(scale, hn::Add(hn::LoadU(kDoubles, own), others));
    for (std::size_t c = 0; c < row.outputs; ++c) {
      double* const at = row.values + c * row.fits + fit;
      hn::StoreU(hn::Mul(hn::LoadU(kDoubles, at), factor), kDoubles, at);
    }
    hn::StoreU(hn::Neg(hn::Mul(others, factor)), kDoubles, own);
  }
}

// Where the own class leads, log(1 + others) keeps the digits of a loss near 0.
void ManyClassLosses(const LogitRow& row, double weight, double* losses) {
  const DoubleV scale = hn::Set(kDoubles, weight);
  for (std::size_t fit = 0; fit < row.fits; fit += kDoubleLanes) {
    const double* const own = row.values + row.own * row.fits + fit;
    const DoubleV own_logit = hn::LoadU(kDoubles, own);
    DoubleV largest;
    DoubleV others;
    Shares(row, fit, &largest, &others);
    const DoubleV leads = hn::Log1p(kDoubles, others);
    const DoubleV trails = hn::Add(hn::Log(kDoubles, hn::Add(hn::LoadU(kDoubles, own), others)),
                                   hn::Sub(largest, own_logit));
    const DoubleV loss = hn::IfThenElse(hn::Eq(largest, own_logit), leads, trails);
    hn::StoreU(hn::Add(hn::LoadU(kDoubles, losses + fit), hn::Mul(scale, loss)), kDoubles,
               losses + fit);
  }
}

}  // namespace halflife::HWY_NAMESPACE
HWY_AFTER_NAMESPACE();

#if HWY_ONCE
namespace halflife {
HWY_EXPORT(TwoClassErrors);
HWY_EXPORT(TwoClassLosses);
HWY_EXPORT(ManyClassErrors);
HWY_EXPORT(ManyClassLosses);

void LogErrors(const LogitRow& row, double weight) {
  if (row.outputs == 1) return HWY_DYNAMIC_DISPATCH(TwoClassErrors)(row, weight);
  HWY_DYNAMIC_DISPATCH(ManyClassErrors)(row, weight);
}

void AddLogLosses(const LogitRow& row, double weight, double* losses) {
  if (row.outputs == 1) return HWY_DYNAMIC_DISPATCH(TwoClassLosses)(row, weight, losses);
  HWY_DYNAMIC_DISPATCH(ManyClassLosses)(row, weight, losses);
}

}  // namespace halflife
#endif
