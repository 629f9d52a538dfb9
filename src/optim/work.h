// The work of a step: all tensors cut in chunks, chunks gathered in pieces of about equal size, and
// how one chunk is run. Where chunks are cut never changes a result of an elementwise rule.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include "halflife/custom/job.h"
#include "kernels/rule.h"
#include "kernels/tensor_rule.h"

namespace halflife {

// What the loops need of one parameter.
struct TensorState {
  float* w = nullptr;
  const float* g = nullptr;       // of this step; null: missing
  const float* center = nullptr;  // null: zero, or not decayed
  std::array<float*, kMaxSlots> slots{};
  std::array<double, 1 + kMaxScalars> scalars{};
  std::size_t count = 0;
  std::size_t row = 1;  // elements of a row, for the group lasso
  std::uint32_t group = 0;
  bool decayed = false;
  std::span<const std::int64_t> shape;
};

// What the loops need of one group at this step.
struct GroupStep {
  const Rule* rule = nullptr;
  std::size_t variant = 0;
  const double* options = nullptr;
  double lr = 0;
  LawStep law;          // of its decayed tensors
  bool decays = false;  // whether its decay is above 0, whatever the schedule makes of it now
};

struct StepContext {
  std::span<const TensorState> tensors;
  std::span<const GroupStep> groups;
  double gradient_scale = 1;
  double clip_value = 0;       // 0: none
  bool decay_missing = false;  // decay tensors without a gradient
};

// A run of elements of one tensor.
struct Chunk {
  std::uint32_t tensor;
  std::size_t begin;
  std::size_t count;
};

// Chunks [begin, end) of the list, run one after the other.
struct Piece {
  std::size_t begin;
  std::size_t end;
};

struct WorkList {
  std::vector<Chunk> chunks;
  std::vector<Piece> pieces;
  std::size_t elements = 0;
};

// `unit[i]`: tensor i may be cut only at multiples of this.
WorkList CutWork(std::span<const TensorState> tensors, std::span<const std::size_t> units);

// Updates the elements of one chunk; those of tensor rules only where they have no gradient.
void RunChunk(const StepContext& context, const Chunk& chunk);

// The group lasso: the rows of [begin, begin + count) as wholes, after the step.
void ShrinkRows(const LawStep& law, const TensorState& tensor, std::size_t begin,
                std::size_t count);

// Whether RunChunk would make weights or state infinite, or NaNs, that are finite now. Changes
// nothing; takes memory for copies. For tensor rules see optim/tensor_steps.h.
bool WouldOverflow(const StepContext& context, const Chunk& chunk);

// The same as RunChunk for one chunk after the other.
void RunPiece(const StepContext& context, std::span<const Chunk> chunks);

// Runs body on every piece: serially when there is little to do, else in one parallel region.
template <class Body>
void ForEachPiece(const WorkList& work, int threads, const Body& body);

}  // namespace halflife

#include "base/parallel.h"

template <class Body>
void halflife::ForEachPiece(const WorkList& work, int threads, const Body& body) {
  constexpr std::size_t kSerialBelow = 32768;
  if (work.elements < kSerialBelow || threads == 1) {
    for (const Piece& piece : work.pieces) body(piece);
    return;
  }
  ParallelFor(work.pieces.size(), threads, [&](std::size_t i) { body(work.pieces[i]); });
}
