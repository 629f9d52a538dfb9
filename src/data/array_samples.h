// Rows of arrays made ready for training in mini-batches: their target, their scaling, and floats.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include "data/samples.h"
#include "data/target.h"
#include "halflife/arrays.h"
#include "halflife/data_options.h"

namespace halflife {

// Reads `targets` (n or n x 1, finite) by the rules of ReadTarget, and by two more: whole numbers
// of an integer type that fill 0 .. K-1 or 1 .. K, with K at most 1000 and at least 10 rows each on
// average, are classes too; and more than two classes are whole numbers, none negative. Text is
// classes. Whole numbers beyond 2^53 are classes called by their digits, or Error. Throws Error as
// ReadTarget does, too.
Target ReadArrayTarget(const Array& targets, Task task, bool log_target);

// Whether the cells share one mean and scale: bytes, or three dimensions and more.
bool SharesUnit(const Array& inputs);

// Learns from `rows` (at least one) of `inputs` alone, and there from the cells that are not NaN.
// Columns that do not vary there are left out.
// Throws Error if nothing varies, or numbers are out of a range that can be computed with.
ArrayScaling LearnScaling(const Array& inputs, std::span<const std::uint32_t> rows);

// Samples that own their numbers.
struct ArraySamples {
  std::vector<float> inputs;  // rows x width, row-major, scaled
  std::size_t rows = 0;
  std::size_t width = 0;
  std::vector<std::int32_t> classes;  // one of the two is empty
  std::vector<float> numbers;         // the target's numbers as they are

  Samples view() const { return {inputs, rows, width, classes, numbers}; }
};

// The `rows` of `inputs` scaled, in that order: rows x kept, row-major; missing cells (NaN) as the
// mean, which is 0. Throws Error if `inputs` is text or has another width than the scaling, or the
// result more than 10^9 cells.
std::vector<float> ScaleRows(const Array& inputs, const ArrayScaling& scaling,
                             std::span<const std::uint32_t> rows);

// Appends the classes or numbers of `rows` to those of `samples`. Throws Error for numbers that no
// float holds.
void AddTargets(const Target& target, std::span<const std::uint32_t> rows, ArraySamples* samples);

// The rows of `inputs` scaled, with their targets. Throws Error as the two above do.
ArraySamples MakeSamples(const Array& inputs, const Target& target, const ArrayScaling& scaling,
                         std::span<const std::uint32_t> rows);

}  // namespace halflife
