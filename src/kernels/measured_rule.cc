#include "kernels/measured_rule.h"

namespace halflife {

std::vector<TensorSlot> MeasuredRule::Slots(std::span<const std::int64_t> shape) const {
  std::vector<TensorSlot> slots;
  for (const std::string_view name : kernels_.slots)
    slots.push_back({name, ElementsOf(shape), kernels_.grain[slots.size()]});
  return slots;
}

MeasuredRun MeasuredRule::RunOf(const TensorJob& job, std::size_t begin, std::size_t count) const {
  MeasuredRun run;
  run.w = job.w + begin;
  if (job.center != nullptr) run.center = job.center + begin;
  for (std::size_t s = 0; s < kernels_.slots.size(); ++s) run.slots[s] = job.slots[s] + begin;
  run.count = count;
  return run;
}

void MeasuredRule::Measure(int /*pass*/, const TensorJob& job, const TensorPart& part,
                           double* totals) const {
  ForEachRun(part, [&](std::size_t begin, std::size_t count) {
    float g[kRun];
    TakeGradient(job, begin, count, g);
    MeasuredRun run = RunOf(job, begin, count);
    run.g = g;
    kernels_.measure(run, job.input, totals);
  });
}

void MeasuredRule::Step(const TensorJob& job, std::size_t begin, std::size_t count,
                        float* step) const {
  MeasuredRun run = RunOf(job, begin, count);
  // The step's own place serves: each element is read before it is written.
  if (kernels_.step_reads_gradient) {
    TakeGradient(job, begin, count, step);
    run.g = step;
  }
  kernels_.step(run, job.input, step);
}

}  // namespace halflife
