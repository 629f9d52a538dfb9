// What a step looks at before anything moves: sizes, memory, the norm, and what would not stay
// finite.

#include <algorithm>
#include <cmath>

#include "base/error.h"
#include "base/text.h"
#include "kernels/sums.h"
#include "optim/optimizer_impl.h"

namespace halflife {
namespace {

// No gradient up to this size makes sound weights or state infinite: its square times 2^40 steps is
// far below the largest float. Larger ones are tried.
constexpr double kSurelyFine = 0x1p40;

float LargestSize(const float* g, std::size_t count) {
  float most = 0;
  for (std::size_t i = 0; i < count; ++i) most = std::max(most, std::fabs(g[i]));
  return most;
}

}  // namespace

void Optimizer::Impl::TakeGradients(std::span<const std::span<const float>> gradients,
                                    StepReport* report) {
  if (gradients.size() != tensors.size())
    Fail(ErrorKind::kGradientCount, {gradients.size(), tensors.size()});
  for (std::size_t i = 0; i < tensors.size(); ++i) {
    if (gradients[i].empty()) continue;
    if (gradients[i].size() != tensors[i].count) {
      Fail(ErrorKind::kGradientSize, {parameters[i].name, gradients[i].size(), tensors[i].count});
    }
    memory_.CheckGradient(i, gradients[i]);
  }
  for (std::size_t i = 0; i < tensors.size(); ++i) {
    tensors[i].g = gradients[i].empty() ? nullptr : gradients[i].data();
    if (gradients[i].empty() && tensors[i].count > 0) ++report->missing;
  }
}

StepReport Optimizer::Impl::StepBlock(std::span<const float> block) {
  std::size_t total = 0;
  for (const TensorState& tensor : tensors) total += tensor.count;
  if (block.size() != total) Fail(ErrorKind::kGradientBlock, {block.size(), total});
  std::size_t at = 0;
  for (std::size_t i = 0; i < tensors.size(); ++i) {
    gradients_[i] = block.subspan(at, tensors[i].count);
    at += tensors[i].count;
  }
  return Step(gradients_);
}

std::size_t Optimizer::Impl::IndexOf(std::string_view name) const {
  const auto found =
      std::lower_bound(by_name_.begin(), by_name_.end(), name,
                       [&](std::size_t i, std::string_view n) { return parameters[i].name < n; });
  if (found != by_name_.end() && parameters[*found].name == name) return *found;
  std::vector<std::string> names;
  for (const Parameter& parameter : parameters) names.push_back(parameter.name);
  Fail(ErrorKind::kGradientUnknown, {name, Nearest(name, names)});
}

StepReport Optimizer::Impl::StepNamed(std::span<const NamedGradient> gradients) {
  std::fill(gradients_.begin(), gradients_.end(), std::span<const float>());
  std::fill(named_.begin(), named_.end(), 0);
  for (const NamedGradient& gradient : gradients) {
    const std::size_t i = IndexOf(gradient.name);
    if (named_[i] != 0) Fail(ErrorKind::kGradientTwice, {gradient.name});
    named_[i] = 1;
    gradients_[i] = gradient.values;
  }
  return Step(gradients_);
}

// By the policy, throws or skips the step because of that tensor's gradient.
void Optimizer::Impl::Refuse(std::size_t tensor, ErrorKind why, const std::string& size,
                             StepReport* report) {
  if (options.non_finite == NonFinite::kError) Fail(why, {step, parameters[tensor].name, size});
  report->skipped = true;
  ++skipped;
}

// One more read of the gradients: their norm, and whether all are finite. False: skip the step.
bool Optimizer::Impl::LookAtGradients(StepReport* report, double* scale) {
  if (options.clip_norm == 0 && options.non_finite == NonFinite::kPropagate) return true;
  ForEachPiece(work_, options.threads, [&](const Piece& piece) {
    for (std::size_t i = piece.begin; i < piece.end; ++i) {
      const Chunk& chunk = work_.chunks[i];
      const float* g = tensors[chunk.tensor].g;
      sums_[i] = g == nullptr ? 0 : SumOfSquares(g + chunk.begin, chunk.count);
    }
  });
  double sum = 0;
  for (std::size_t i = 0; i < sums_.size(); ++i) {
    sum += sums_[i];
    if (std::isfinite(sums_[i]) || options.non_finite == NonFinite::kPropagate) continue;
    Refuse(work_.chunks[i].tensor, ErrorKind::kGradientNotFinite, "", report);
    return false;
  }
  report->gradient_norm = std::sqrt(sum) * *scale;
  if (options.clip_norm > 0 && report->gradient_norm > options.clip_norm) {
    *scale *= options.clip_norm / report->gradient_norm;
  }
  return true;
}

// Whether finite gradients would still make weights or state infinite: where they are large, the
// step is done on copies first. Every rule and law is covered, and in training that goes well it is
// free.
bool Optimizer::Impl::Overflows(const StepContext& context, StepReport* report) {
  if (options.non_finite == NonFinite::kPropagate) return false;
  const auto large = [&](double sum) {
    const double most = std::sqrt(sum) * context.gradient_scale;
    return most > kSurelyFine && (context.clip_value == 0 || context.clip_value > kSurelyFine);
  };
  if (std::none_of(sums_.begin(), sums_.end(), large)) return false;
  std::vector<TensorState> next = tensors;
  CountStep(context.groups, next);
  StepContext trial = context;
  trial.tensors = next;
  const auto by_tensor = [&](std::size_t i) {
    return GroupOf(work_.chunks[i].tensor).rule->tensor != nullptr;
  };
  std::vector<char> spoilt(work_.chunks.size(), 0);
  ForEachPiece(work_, options.threads, [&](const Piece& piece) {
    for (std::size_t i = piece.begin; i < piece.end; ++i) {
      if (large(sums_[i]) && !by_tensor(i))
        spoilt[i] = WouldOverflow(trial, work_.chunks[i]) ? 1 : 0;
    }
  });
  // Of a tensor rule all chunks share one fate, which is told at the first large one.
  for (std::size_t i = 0, tried = tensors.size(); i < sums_.size(); ++i) {
    const std::uint32_t tensor = work_.chunks[i].tensor;
    if (!large(sums_[i]) || !by_tensor(i) || tensor == tried) continue;
    tried = tensor;
    spoilt[i] = tensor_steps_.WouldOverflow(trial, tensor) ? 1 : 0;
  }
  const auto first = std::find(spoilt.begin(), spoilt.end(), 1);
  if (first == spoilt.end()) return false;
  const std::size_t at = static_cast<std::size_t>(first - spoilt.begin());
  Chunk chunk = work_.chunks[at];
  if (by_tensor(at)) chunk = {chunk.tensor, 0, tensors[chunk.tensor].count};
  Refuse(chunk.tensor, ErrorKind::kGradientOverflows,
         Number(LargestSize(tensors[chunk.tensor].g + chunk.begin, chunk.count), 3), report);
  return true;
}

}  // namespace halflife
