// The rules of whole tensors: LAMB, LARS and Adafactor against loops that move the least bytes
// their norms allow, Muon against the products of the BLAS alone.
#include <fmt/format.h>

#include <cmath>

#include "base/random.h"
#include "kernels/product.h"
#include "model.h"
#include "moving.h"

extern "C" {
int sgemm_(const char*, const char*, const int*, const int*, const int*, const float*, const float*,
           const int*, const float*, const int*, const float*, float*, const int*);
int ssyrk_(const char*, const char*, const int*, const int*, const float*, const float*, const int*,
           const float*, float*, const int*);
void openblas_set_num_threads(int) __attribute__((weak));
}

namespace halflife::bench {
namespace {

constexpr std::size_t kSide = 2048;
constexpr std::size_t kTotal = kSide * kSide;
constexpr int kThreads = 2;

volatile float read_sum;

struct TensorRule {
  std::string name;
  double lr;
  double expected;  // of every weight after the first step from w = 0.5, g = 0.01
};

// All elements are alike, so norms cancel: LAMB's step is lr w, LARS's lr trust w, Adafactor's
// lr RMS(w).
const TensorRule kRules[] = {{"lamb", 1e-3, 0.5 - 1e-3 * 0.5},
                             {"lars", 1e-1, 0.5 - 1e-1 * 1e-3 * 0.5},
                             {"adafactor", 1e-2, 0.5 - 1e-2 * 0.5}};

Model OneMatrix() {
  Model model({kTotal});
  model.parameters[0].shape = {kSide, kSide};
  return model;
}

OptimizerOptions TensorOptions(const TensorRule& rule) {
  OptimizerOptions options;
  options.rule = rule.name;
  options.lr = rule.lr;
  if (rule.name != "adafactor") options.decay = 1e-4;  // without decay there is no ratio
  options.threads = kThreads;
  return options;
}

// The least that the rule moves, on arrays of its own.
void MoveLeast(const std::string& rule, float* w, const float* g, float* m, float* v) {
  const auto sweep = [](const std::function<void(std::size_t, std::size_t)>& move) {
    InPieces(kTotal, kThreads, move);
  };
  if (rule == "lamb") {
    sweep([&](std::size_t i, std::size_t n) {
      read_sum = MoveMoments(w + i, g + i, m + i, v + i, n);
    });
    sweep([&](std::size_t i, std::size_t n) { MoveByMoments(w + i, m + i, v + i, n); });
  } else if (rule == "lars") {
    sweep([&](std::size_t i, std::size_t n) { read_sum = ReadTwo(w + i, g + i, n); });
    sweep([&](std::size_t i, std::size_t n) { MoveMomentum(w + i, g + i, m + i, n); });
  } else {
    sweep([&](std::size_t i, std::size_t n) { read_sum = ReadTwo(w + i, g + i, n); });
    sweep([&](std::size_t i, std::size_t n) { read_sum = ReadOne(g + i, n); });
    sweep([&](std::size_t i, std::size_t n) { MoveOne(w + i, g + i, n); });
  }
}

void AgainstLeastBytes(const TensorRule& rule) {
  Model model = OneMatrix();
  Optimizer optimizer(model.parameters, TensorOptions(rule));
  optimizer.Step(model.gradients);
  // A float near 0.5 is rounded by 3e-8; the smallest step is 5e-5.
  for (std::size_t i = 0; i < kTotal; i += kTotal / 7 + 1)
    Check(std::abs(model.w.get()[i] - rule.expected) < 2e-7, rule.name);
  const Floats w = Filled(kTotal, 0), m = Filled(kTotal, 0), v = Filled(kTotal, 0);
  const Rounds rounds = TimeInTurns(
      {{"engine", [&] { optimizer.Step(model.gradients); }},
       {"bytes", [&] { MoveLeast(rule.name, w.get(), model.g.get(), m.get(), v.get()); }}},
      2 * kRounds + 1, 10);
  PrintRatio(fmt::format("{} 2048x2048, {} threads", rule.name, kThreads), rounds, 0, 1, kTotal);
}

// The products of five rounds: X X^T, its square, and their polynomial times X.
void Products(bool symmetric, const float* a, const float* b, float* c) {
  const int n = kSide;
  const float one = 1, zero = 0;
  if (openblas_set_num_threads != nullptr) openblas_set_num_threads(kThreads);
  for (int k = 0; k < 15; ++k) {
    if (symmetric && k % 3 < 2) {
      ssyrk_("L", "N", &n, &n, &one, a, &n, &zero, c, &n);
    } else {
      sgemm_("N", k % 3 == 0 ? "T" : "N", &n, &n, &n, &one, a, &n, b, &n, &zero, c, &n);
    }
  }
}

}  // namespace

void TensorRules() {
  for (const TensorRule& rule : kRules) AgainstLeastBytes(rule);
}

void MuonAgainstItsProducts() {
  Model model = OneMatrix();
  Random random(1);
  for (std::size_t i = 0; i < kTotal; ++i) model.g.get()[i] = static_cast<float>(random.Normal());
  OptimizerOptions options;
  options.rule = "muon";
  options.threads = kThreads;
  Optimizer optimizer(model.parameters, options);
  // The same step by our own product; both sum 2048 terms in floats, in other orders.
  Model other = OneMatrix();
  std::copy_n(model.g.get(), kTotal, other.g.get());
  SetProduct(&MultiplyByOwn);
  Optimizer(other.parameters, options).Step(other.gradients);
  SetProduct(nullptr);
  optimizer.Step(model.gradients);
  for (std::size_t i = 0; i < kTotal; i += 997)
    Check(std::abs(model.w.get()[i] - other.w.get()[i]) < 1e-6, "muon");  // a step is about 2e-5
  const Floats a = Filled(kTotal, 0), c = Filled(kTotal, 0);
  std::copy_n(model.g.get(), kTotal, a.get());
  const Rounds rounds =
      TimeInTurns({{"engine", [&] { optimizer.Step(model.gradients); }},
                   {"sgemm", [&] { Products(false, a.get(), model.g.get(), c.get()); }},
                   {"ssyrk", [&] { Products(true, a.get(), model.g.get(), c.get()); }}},
                  5, 1);
  const auto print = [&](const char* by, std::size_t peer) {
    const std::vector<double> ratios = Ratios(rounds.seconds[0], rounds.seconds[peer]);
    fmt::print(
        "muon 2048x2048, {} threads: {:.3f} s; its products by {} {:.3f} s; engine / products "
        "{:.3f} +- {:.3f}\n",
        kThreads, Median(rounds.seconds[0]), by, Median(rounds.seconds[peer]), Median(ratios),
        Spread(ratios));
  };
  print("sgemm", 1);
  print("ssyrk and sgemm", 2);
}

}  // namespace halflife::bench
