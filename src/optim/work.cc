#include "optim/work.h"

#include <algorithm>
#include <cmath>

#include "kernels/sums.h"

namespace halflife {
namespace {

constexpr std::size_t kChunk = 16384;  // elements; a chunk's arrays fit the second-level cache
constexpr std::size_t kBlock = 2048;   // elements that go through a buffer at once

// Runs blocks whose gradients are made in a buffer by fill(begin, count, buffer).
template <class Fill>
void RunBuffered(const ElementwiseRule& rule, std::size_t variant, const ElementwiseJob& whole,
                 const Chunk& chunk, const Fill& fill) {
  float buffer[kBlock];
  for (std::size_t i = chunk.begin; i < chunk.begin + chunk.count; i += kBlock) {
    ElementwiseJob job = whole;
    job.count = std::min(kBlock, chunk.begin + chunk.count - i);
    job.offset = 0;
    job.w = whole.w + i;
    job.g = buffer;
    if (whole.center != nullptr) job.center = whole.center + i;
    std::array<float*, kMaxSlots> slots{};
    for (std::size_t s = 0; s < kMaxSlots; ++s) {
      if (whole.slots[s] != nullptr) slots[s] = whole.slots[s] + i;
    }
    job.slots = slots.data();
    fill(i, job.count, buffer);
    RunElementwise(rule, variant, job);
  }
}

// Asks for the memory of a small chunk before its turn: the processor's own prefetching follows
// arrays, but cannot know where the next small tensor lies.
void Prefetch(const StepContext& context, const Chunk& chunk) {
  constexpr std::size_t kSmall = 1024;  // elements
  constexpr std::size_t kLine = 16;     // floats
  if (chunk.count > kSmall) return;
  const TensorState& tensor = context.tensors[chunk.tensor];
  if (tensor.g == nullptr) return;
  for (std::size_t i = chunk.begin; i < chunk.begin + chunk.count; i += kLine) {
    __builtin_prefetch(tensor.w + i, 1);
    __builtin_prefetch(tensor.g + i);
    for (const float* slot : tensor.slots) {
      if (slot != nullptr) __builtin_prefetch(slot + i, 1);
    }
  }
}

// Copies of the arrays of one chunk.
struct ChunkCopy {
  ChunkCopy(const Rule& rule, std::size_t variant, const TensorState& tensor, const Chunk& chunk)
      : state(tensor) {
    const auto copy = [&](const float* from, std::size_t count) {
      arrays.emplace_back(from, from + count);
      return arrays.back().data();
    };
    state.w = copy(tensor.w + chunk.begin, chunk.count);
    state.g = tensor.g + chunk.begin;
    if (tensor.center != nullptr) state.center = tensor.center + chunk.begin;
    state.count = chunk.count;
    for (std::size_t s = 0; s < rule.elementwise->variants[variant].slots.size(); ++s)
      state.slots[s] = copy(tensor.slots[s] + chunk.begin, chunk.count);
  }
  bool Finite() const {
    return std::all_of(arrays.begin(), arrays.end(), [](const std::vector<float>& array) {
      return std::isfinite(SumOfSquares(array.data(), array.size()));
    });
  }

  TensorState state;
  std::vector<std::vector<float>> arrays;
};

}  // namespace

void ShrinkRows(const LawStep& law, const TensorState& tensor, std::size_t begin,
                std::size_t count) {
  if (law.row_threshold == 0) return;
  const double threshold = law.row_threshold * std::sqrt(static_cast<double>(tensor.row));
  for (std::size_t i = begin; i < begin + count; i += tensor.row) {
    float* w = tensor.w + i;
    const float* c = tensor.center == nullptr ? nullptr : tensor.center + i;
    const double norm = std::sqrt(SumOfSquaredDistances(w, c, tensor.row));
    ShrinkRow(w, c, tensor.row, norm > threshold ? 1 - threshold / norm : 0);
  }
}

bool WouldOverflow(const StepContext& context, const Chunk& chunk) {
  const TensorState& tensor = context.tensors[chunk.tensor];
  if (tensor.g == nullptr) return false;
  const GroupStep& group = context.groups[tensor.group];
  ChunkCopy copy(*group.rule, group.variant, tensor, chunk);
  if (!copy.Finite()) return false;
  StepContext trial = context;
  trial.tensors = {&copy.state, 1};
  RunChunk(trial, {0, 0, chunk.count});
  return !copy.Finite();
}

void RunPiece(const StepContext& context, std::span<const Chunk> chunks) {
  for (std::size_t i = 0; i < chunks.size(); ++i) {
    if (i + 1 < chunks.size()) Prefetch(context, chunks[i + 1]);
    RunChunk(context, chunks[i]);
  }
}

WorkList CutWork(std::span<const TensorState> tensors, std::span<const std::size_t> units) {
  WorkList work;
  std::size_t in_piece = 0;
  std::size_t first = 0;
  for (std::uint32_t t = 0; t < tensors.size(); ++t) {
    const std::size_t count = tensors[t].count;
    const std::size_t most = std::max(kChunk / units[t], std::size_t{1}) * units[t];
    for (std::size_t begin = 0; begin < count; begin += most) {
      work.chunks.push_back({t, begin, std::min(most, count - begin)});
      in_piece += work.chunks.back().count;
      if (in_piece < kChunk) continue;
      work.pieces.push_back({first, work.chunks.size()});
      first = work.chunks.size();
      in_piece = 0;
    }
    work.elements += count;
  }
  if (first < work.chunks.size()) work.pieces.push_back({first, work.chunks.size()});
  return work;
}

void RunChunk(const StepContext& context, const Chunk& chunk) {
  const TensorState& tensor = context.tensors[chunk.tensor];
  const GroupStep& group = context.groups[tensor.group];
  const bool missing = tensor.g == nullptr;
  if (missing && !(context.decay_missing && tensor.decayed)) return;
  if (!missing && group.rule->tensor != nullptr) return;
  const LawStep law = tensor.decayed ? group.law : LawStep{};
  ElementwiseJob job;
  job.w = tensor.w;
  job.g = tensor.g;
  job.center = tensor.center;
  job.slots = tensor.slots.data();
  job.offset = chunk.begin;
  job.count = chunk.count;
  job.gradient_scale = context.gradient_scale;
  job.input = {group.options, tensor.scalars.data(), group.lr};
  job.law = law;
  if (missing) {
    RunBuffered(DisplacementRule(), 0, job, chunk,
                [](std::size_t, std::size_t count, float* g) { std::fill_n(g, count, 0.0F); });
  } else if (context.clip_value > 0) {
    job.gradient_scale = 1;
    RunBuffered(*group.rule->elementwise, group.variant, job, chunk,
                [&](std::size_t begin, std::size_t count, float* g) {
                  ScaleAndClip(tensor.g + begin, g, count, context.gradient_scale,
                               context.clip_value);
                });
  } else {
    RunElementwise(*group.rule->elementwise, group.variant, job);
  }
  ShrinkRows(law, tensor, chunk.begin, chunk.count);
}

}  // namespace halflife
