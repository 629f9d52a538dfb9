// The steps of tensors whose rules need sums over the whole tensor: in phases, each over the parts
// of many tensors side by side. Everything a step needs is allocated beforehand.
#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

#include "base/float_block.h"
#include "optim/work.h"

namespace halflife {

class TensorSteps {
 public:
  // Tensors in their order, each with its rule; then, once, the plan.
  void Add(std::uint32_t index, const TensorState& tensor, const TensorRule& rule);
  void MakePlan();

  bool empty() const { return entries_.empty(); }
  std::size_t elements() const { return elements_; }

  // Steps all of them that have a gradient. Sums are added up part by part, so that the bits are
  // the same for any number of threads.
  void Run(const StepContext& context, int threads);

  // Whether that would make weights or state of tensor `index` infinite, or NaNs, that are finite
  // now. Changes nothing; takes memory for copies.
  bool WouldOverflow(const StepContext& context, std::uint32_t index) const;

 private:
  // One tensor: its parts, and the floats it works in.
  struct Entry {
    std::uint32_t index = 0;
    const TensorRule* rule = nullptr;
    std::size_t first = 0, parts = 0;
    std::size_t elements = 0;
    std::size_t scratch = 0;  // where they begin
    double totals[kMaxTotals] = {};
  };
  struct PartSums {
    double of[kMaxTotals];
  };
  // Tensors that go through the phases together: as many as share the scratch.
  struct Wave {
    std::size_t begin = 0, end = 0;  // entries
    std::vector<Piece> pieces;       // of parts
    std::size_t elements = 0;
    int measures = 0;
    bool joins = false;
  };

  static TensorJob JobOf(const StepContext& context, const Entry& entry, float* scratch);
  void RunWhole(const StepContext& context, Entry* entry, float* scratch) const;
  void RunWave(const StepContext& context, const Wave& wave, int threads);
  void Join(const StepContext& context, const Wave& wave, int pass, int threads);
  void ShrinkAllRows(const StepContext& context, const Wave& wave, int threads) const;
  bool Runs(const StepContext& context, const Entry& entry) const {
    return context.tensors[entry.index].g != nullptr;
  }
  // Tensors of one part go through all phases at once.
  static bool IsWhole(const Entry& entry) { return entry.parts == 1; }

  std::vector<Entry> entries_;
  std::vector<TensorPart> parts_;
  std::vector<std::size_t> entry_of_;  // of each part
  std::vector<PartSums> sums_;         // of each part
  std::vector<Wave> waves_;
  FloatBlock scratch_;
  std::size_t elements_ = 0;
};

}  // namespace halflife
