#include "optim/tensor_steps.h"

#include <algorithm>
#include <cmath>
#include <functional>

#include "base/parallel.h"
#include "kernels/sums.h"

namespace halflife {
namespace {

constexpr std::size_t kSharedScratch = std::size_t{1} << 20;  // floats, or what one tensor needs
constexpr std::size_t kLine = 16;                             // floats
constexpr std::size_t kSerialElements = 32768;

// The law of a tensor at this step.
LawStep LawOf(const StepContext& context, const TensorState& tensor) {
  return tensor.decayed ? context.groups[tensor.group].law : LawStep{};
}

bool AllFinite(std::span<const float> values) {
  return std::isfinite(SumOfSquares(values.data(), values.size()));
}

}  // namespace

void TensorSteps::Add(std::uint32_t index, const TensorState& tensor, const TensorRule& rule) {
  if (tensor.count == 0) return;
  Entry entry;
  entry.index = index;
  entry.rule = &rule;
  entry.first = parts_.size();
  for (const TensorPart& part : rule.Parts(tensor.shape)) {
    parts_.push_back(part);
    entry_of_.push_back(entries_.size());
  }
  entry.parts = parts_.size() - entry.first;
  entry.elements = tensor.count;
  entry.scratch = (rule.Scratch(tensor.shape) + kLine - 1) / kLine * kLine;
  entries_.push_back(entry);
  elements_ += tensor.count;
}

void TensorSteps::MakePlan() {
  std::size_t most = 0, used = 0, in_piece = 0;
  for (std::size_t e = 0; e < entries_.size(); ++e) {
    Entry& entry = entries_[e];
    if (waves_.empty() || (used > 0 && used + entry.scratch > kSharedScratch)) {
      waves_.emplace_back().begin = e;
      used = 0;
    }
    Wave& wave = waves_.back();
    wave.end = e + 1;
    wave.elements += entry.elements;
    if (!IsWhole(entry)) wave.measures = std::max(wave.measures, entry.rule->measures());
    wave.joins = wave.joins || (entry.rule->joins() && !IsWhole(entry));
    const std::size_t floats = entry.scratch;
    entry.scratch = used;
    used += floats;
    most = std::max(most, used);
    for (std::size_t i = entry.first; i < entry.first + entry.parts; ++i) {
      if (wave.pieces.empty() || in_piece >= kPart) {
        wave.pieces.push_back({i, i});
        in_piece = 0;
      }
      wave.pieces.back().end = i + 1;
      in_piece += parts_[i].rows * parts_[i].count;
    }
  }
  sums_.resize(parts_.size());
  scratch_ = FloatBlock(most);
}

TensorJob TensorSteps::JobOf(const StepContext& context, const Entry& entry, float* scratch) {
  const TensorState& tensor = context.tensors[entry.index];
  const GroupStep& group = context.groups[tensor.group];
  const LawStep law = LawOf(context, tensor);
  const bool coupled = law.shape == LawShape::kCoupled;
  const bool inner = entry.rule->spec().inner_decay;
  TensorJob job;
  job.w = tensor.w;
  job.g = tensor.g;
  job.slots = tensor.slots.data();
  job.count = tensor.count;
  job.shape = tensor.shape;
  static_cast<RuleInput&>(job.input) = {group.options, tensor.scalars.data(), group.lr};
  if (coupled && inner) job.input.decay = law.coupled;
  job.input.decayed = tensor.decayed && group.decays;
  std::copy_n(entry.totals, kMaxTotals, job.input.totals);
  job.gradient_scale = context.gradient_scale;
  job.limit = context.clip_value > 0 ? context.clip_value : HUGE_VAL;
  job.couples = coupled && !inner;
  job.coupled = law.coupled;
  if (!coupled) job.law = law;
  // Nothing pulls: then c + (w - c) need not be w in floats, and need not be read.
  const bool pulls = coupled || law.shape != LawShape::kShrink || law.shrink != 0;
  if (pulls) job.center = tensor.center;
  job.scratch = scratch;
  return job;
}

// All phases of one tensor by itself.
void TensorSteps::RunWhole(const StepContext& context, Entry* entry, float* scratch) const {
  std::fill_n(entry->totals, kMaxTotals, 0.0);
  const std::span<const TensorPart> parts(parts_.data() + entry->first, entry->parts);
  for (int pass = 0; pass < entry->rule->measures(); ++pass) {
    const TensorJob job = JobOf(context, *entry, scratch);
    double totals[kMaxTotals] = {};
    for (const TensorPart& part : parts) {
      double of_part[kMaxTotals] = {};
      entry->rule->Measure(pass, job, part, of_part);
      for (std::size_t t = 0; t < kMaxTotals; ++t) totals[t] += of_part[t];
    }
    for (std::size_t t = 0; t < kMaxTotals; ++t) entry->totals[t] += totals[t];
    entry->rule->Join(pass, JobOf(context, *entry, scratch), 1);
  }
  const TensorJob job = JobOf(context, *entry, scratch);
  for (const TensorPart& part : parts) entry->rule->Step(job, part);
  const TensorState& tensor = context.tensors[entry->index];
  ShrinkRows(LawOf(context, tensor), tensor, 0, tensor.count);
}

void TensorSteps::Run(const StepContext& context, int threads) {
  for (const Wave& wave : waves_)
    RunWave(context, wave, wave.elements < kSerialElements ? 1 : threads);
}

void TensorSteps::RunWave(const StepContext& context, const Wave& wave, int threads) {
  const auto for_parts = [&](bool first, const auto& body) {
    const auto run_piece = [&](std::size_t p) {
      for (std::size_t i = wave.pieces[p].begin; i < wave.pieces[p].end; ++i) {
        Entry* entry = &entries_[entry_of_[i]];
        if (!Runs(context, *entry)) continue;
        float* scratch = scratch_.data() + entry->scratch;
        if (!IsWhole(*entry)) {
          body(*entry, JobOf(context, *entry, scratch), i);
        } else if (first) {
          RunWhole(context, entry, scratch);
        }
      }
    };
    ParallelFor(wave.pieces.size(), threads, std::cref(run_piece));
  };
  for (std::size_t e = wave.begin; e < wave.end; ++e)
    std::fill_n(entries_[e].totals, kMaxTotals, 0.0);
  for (int pass = 0; pass < std::max(wave.measures, 1); ++pass) {
    for_parts(pass == 0, [&](const Entry& entry, const TensorJob& job, std::size_t i) {
      std::fill_n(sums_[i].of, kMaxTotals, 0.0);
      if (pass < entry.rule->measures()) entry.rule->Measure(pass, job, parts_[i], sums_[i].of);
    });
    Join(context, wave, pass, threads);
  }
  if (wave.measures == 0) return;  // tensors of one part only
  for_parts(false, [&](const Entry& entry, const TensorJob& job, std::size_t i) {
    entry.rule->Step(job, parts_[i]);
  });
  ShrinkAllRows(context, wave, threads);
}

// Adds up what the parts measured, and lets the rules go on from there.
void TensorSteps::Join(const StepContext& context, const Wave& wave, int pass, int threads) {
  for (std::size_t e = wave.begin; e < wave.end; ++e) {
    Entry& entry = entries_[e];
    if (IsWhole(entry)) continue;
    for (std::size_t t = 0; t < kMaxTotals; ++t) {
      double total = 0;
      for (std::size_t i = entry.first; i < entry.first + entry.parts; ++i) total += sums_[i].of[t];
      entry.totals[t] += total;
    }
  }
  if (!wave.joins) return;
  // One tensor in parts uses all threads; several have one each.
  const std::size_t count = wave.end - wave.begin;
  const auto whole = std::count_if(entries_.begin() + static_cast<std::ptrdiff_t>(wave.begin),
                                   entries_.begin() + static_cast<std::ptrdiff_t>(wave.end),
                                   [](const Entry& entry) { return IsWhole(entry); });
  const bool alone = count - static_cast<std::size_t>(whole) == 1;
  const auto join = [&](std::size_t e) {
    const Entry& entry = entries_[wave.begin + e];
    if (IsWhole(entry) || !Runs(context, entry) || pass >= entry.rule->measures()) return;
    entry.rule->Join(pass, JobOf(context, entry, scratch_.data() + entry.scratch),
                     alone ? threads : 1);
  };
  ParallelFor(count, alone ? 1 : threads, std::cref(join));
}

// The group lasso: rows may lie in several parts.
void TensorSteps::ShrinkAllRows(const StepContext& context, const Wave& wave, int threads) const {
  for (std::size_t e = wave.begin; e < wave.end; ++e) {
    const TensorState& tensor = context.tensors[entries_[e].index];
    const LawStep law = LawOf(context, tensor);
    if (law.row_threshold == 0 || IsWhole(entries_[e]) || !Runs(context, entries_[e])) continue;
    const std::size_t most = std::max(kPart / tensor.row, std::size_t{1}) * tensor.row;
    const auto shrink = [&](std::size_t k) {
      ShrinkRows(law, tensor, k * most, std::min(most, tensor.count - k * most));
    };
    ParallelFor((tensor.count + most - 1) / most, threads, std::cref(shrink));
  }
}

bool TensorSteps::WouldOverflow(const StepContext& context, std::uint32_t index) const {
  const auto found = std::find_if(entries_.begin(), entries_.end(),
                                  [&](const Entry& entry) { return entry.index == index; });
  Entry entry = *found;
  entry.index = 0;
  TensorState state = context.tensors[index];
  std::vector<std::vector<float>> arrays;
  const auto copy = [&](const float* from, std::size_t count) {
    arrays.emplace_back(from, from + count);
    return arrays.back().data();
  };
  state.w = copy(state.w, state.count);
  for (std::size_t s = 0; const TensorSlot& slot : entry.rule->Slots(state.shape)) {
    state.slots[s] = copy(state.slots[s], slot.size);
    ++s;
  }
  if (!std::all_of(arrays.begin(), arrays.end(), AllFinite)) return false;
  StepContext trial = context;
  trial.tensors = {&state, 1};
  const FloatBlock scratch(entry.rule->Scratch(state.shape));
  RunWhole(trial, &entry, scratch.data());
  return !std::all_of(arrays.begin(), arrays.end(), AllFinite);
}

}  // namespace halflife
