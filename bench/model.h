// What the optimizer's benchmarks share: models of memory, checks, pieces of work and how a ratio
// is printed.
#pragma once

#include <fmt/format.h>

#include <algorithm>
#include <cstdlib>
#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "base/parallel.h"
#include "halflife/optimizer.h"
#include "paired.h"

namespace halflife::bench {

constexpr int kRounds = 11;

struct FreeFloats {
  void operator()(float* at) const { std::free(at); }
};
using Floats = std::unique_ptr<float, FreeFloats>;

// In ordinary pages, all competitors alike: in huge ones the streams' places in DRAM decide.
inline Floats Filled(std::size_t count, float value) {
  Floats floats(
      static_cast<float*>(std::aligned_alloc(64, (count * sizeof(float) + 63) / 64 * 64)));
  std::fill_n(floats.get(), count, value);
  return floats;
}

// Tensors of the given sizes in one block of memory, with gradients.
struct Model {
  explicit Model(std::vector<std::size_t> given) : sizes(std::move(given)) {
    for (const std::size_t size : sizes) total += size;
    w = Filled(total, 0.5F);
    g = Filled(total, 0.01F);
    std::size_t at = 0;
    for (std::size_t i = 0; i < sizes.size(); ++i) {
      parameters.push_back({"w" + std::to_string(i),
                            {static_cast<std::int64_t>(sizes[i])},
                            ParameterKind::kWeight,
                            {w.get() + at, sizes[i]}});
      gradients.push_back({g.get() + at, sizes[i]});
      at += sizes[i];
    }
  }
  std::vector<std::size_t> sizes;
  std::size_t total = 0;
  Floats w, g;
  std::vector<Parameter> parameters;
  std::vector<std::span<const float>> gradients;
};

inline void Check(bool holds, const std::string& what) {
  if (holds) return;
  fmt::print(stderr, "wrong result before timing: {}\n", what);
  std::exit(1);
}

// Runs `move(begin, count)` over the total in pieces, as the engine cuts its work.
inline void InPieces(std::size_t total, int threads,
                     const std::function<void(std::size_t, std::size_t)>& move) {
  constexpr std::size_t kPiece = 16384;
  const std::size_t pieces = (total + kPiece - 1) / kPiece;
  ParallelFor(pieces, threads,
              [&](std::size_t i) { move(i * kPiece, std::min(kPiece, total - i * kPiece)); });
}

inline void PrintRatio(const std::string& name, const Rounds& rounds, std::size_t engine,
                       std::size_t limit, double elements) {
  const std::vector<double> ratios = Ratios(rounds.seconds[limit], rounds.seconds[engine]);
  fmt::print("{:<44} {:8.3f} ns/element; limit {:8.3f}; limit / engine {:.3f} +- {:.3f}\n", name,
             Median(rounds.seconds[engine]) / elements * 1e9,
             Median(rounds.seconds[limit]) / elements * 1e9, Median(ratios), Spread(ratios));
}

// LAMB, LARS, Adafactor against loops that move the least bytes, Muon against its products.
void TensorRules();
void MuonAgainstItsProducts();

}  // namespace halflife::bench
