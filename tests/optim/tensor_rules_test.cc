// Rules of whole tensors, cut in parts: the same bits however many threads there are, what the
// references say for every shape, and no memory taken in a step.
#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <functional>

#include "kernels/product.h"
#include "kernels/rule.h"
#include "reference/reference_rules.h"
#include "support/training.h"

namespace halflife {
namespace {

using testing::Tensors;
using Shape = std::vector<std::int64_t>;

const char* const kTensorRules[] = {"lamb", "lars", "adafactor", "muon"};

// Goes back to the product that was linked.
struct ProductGuard {
  explicit ProductGuard(ProductFunction product) { SetProduct(product); }
  ~ProductGuard() { SetProduct(nullptr); }
};

void Train(Tensors* tensors, OptimizerOptions options, int steps) {
  Optimizer optimizer(tensors->Parameters(), std::move(options));
  for (int step = 0; step < steps; ++step) {
    testing::StepWith(&optimizer,
                      testing::RandomGradients(*tensors, 3, static_cast<std::uint64_t>(step)));
  }
}

void ExpectSameBitsForThreads(const Tensors& start, OptimizerOptions options) {
  std::vector<Tensors> runs;
  for (const int threads : {1, 2, 3}) {
    options.threads = threads;
    runs.push_back(start);
    Train(&runs.back(), options, 3);
    EXPECT_TRUE(testing::SameBits(runs.back().values, runs[0].values)) << threads;
  }
}

TEST(TensorRules, GiveTheSameBitsOfOneTensorForAnyNumberOfThreads) {
  for (const char* rule : kTensorRules) {
    for (const DecayLaw law : {DecayLaw::kCoupled, DecayLaw::kCautious, DecayLaw::kProximal}) {
      if (!testing::Allowed(FindRule(rule), law)) continue;
      SCOPED_TRACE(rule);
      Tensors start;
      start.Add("w", {411, 530}, 1);  // several parts of every rule, and several blocks of Muon's
      OptimizerOptions options = testing::OptionsFor(rule, law, 0.01);
      if (law == DecayLaw::kProximal) options.penalty = ProximalPenalty::kGroupLasso;
      options.clip_norm = 3;
      ExpectSameBitsForThreads(start, options);
    }
  }
}

TEST(TensorRules, GiveTheSameBitsOfManyTensorsWithMixedRules) {
  Tensors start;
  start.Add("adamw.w", {300, 131}, 1);
  int seed = 2;
  for (const char* rule : kTensorRules) {
    for (const Shape& shape : {Shape{260, 300}, Shape{7, 5}, Shape{33, 9, 3, 3}, Shape{1, 40000}})
      start.Add(rule + std::string(".") + std::to_string(seed), shape,
                static_cast<std::uint64_t>(seed)),
          ++seed;
  }
  OptimizerOptions options;
  options.rule = "adamw";
  options.clip_value = 1.5;
  for (const char* rule : kTensorRules) {
    Group group;
    group.name = rule;
    group.patterns = {rule + std::string(".*")};
    group.rule = rule;
    options.groups.push_back(group);
  }
  Group rest;
  rest.name = "rest";
  rest.patterns = {"adamw.*"};
  options.groups.push_back(rest);
  ExpectSameBitsForThreads(start, options);
}

// Three steps of the rule with its defaults; `change` is done to the gradients of each. The
// reference gets them clipped, and with the coupled decay.
void ExpectLikeTheReference(const char* rule, const Shape& shape, OptimizerOptions options,
                            const std::function<void(std::vector<float>*)>& change) {
  SCOPED_TRACE(rule + std::to_string(shape[0]) + "x" + std::to_string(shape[1]));
  Tensors tensors;
  tensors.Add("w", shape, 4);
  std::vector<Parameter> parameters = tensors.Parameters();
  const bool centered = options.center == DecayCenter::kGiven;
  if (centered) parameters[0].center.assign(tensors.values[0].size(), 0.3F);
  options.lr = 0.01;
  ReferenceOptions all;
  for (const OptionSpec& option : FindRule(rule).options)
    all[std::string(option.name)] = option.init;
  const auto reference = MakeReference(rule, all, shape);
  Vec w(tensors.values[0].begin(), tensors.values[0].end());
  double largest = 0;
  Optimizer optimizer(parameters, options);
  for (int t = 1; t <= 3; ++t) {
    auto g = testing::RandomGradients(tensors, 3, static_cast<std::uint64_t>(t));
    change(&g[0]);
    Vec taken(g[0].begin(), g[0].end());
    for (std::size_t i = 0; i < w.size(); ++i) {
      if (options.clip_value > 0)
        taken[i] = std::clamp(taken[i], -options.clip_value, options.clip_value);
      if (options.law == DecayLaw::kCoupled)
        taken[i] += *options.decay * (w[i] - (centered ? static_cast<double>(0.3F) : 0.0));
    }
    const Vec step = reference->Step(t, 0.01, w, taken);
    for (std::size_t i = 0; i < w.size(); ++i) {
      w[i] -= step[i];
      largest = std::max({largest, std::abs(w[i]), std::abs(step[i])});
    }
    testing::StepWith(&optimizer, g);
  }
  // Three steps of at most 36 roundings each, as in reference_test.cc.
  for (std::size_t i = 0; i < w.size(); ++i)
    ASSERT_NEAR(tensors.values[0][i], w[i], 3 * 36 * 0x1p-24 * largest) << i;
}

// All shapes that are cut in another way: whole matrices, bands of rows, strips of columns, both.
const Shape kShapes[] = {{1, 1},     {1, 5000}, {5000, 1},  {20000, 3}, {3, 20000},
                         {70, 2100}, {300, 70}, {64, 2048}, {131, 2048}};

TEST(TensorRules, MatchTheReferencesForEveryShape) {
  for (const char* rule : {"lamb", "lars", "adafactor"}) {
    for (const Shape& shape : kShapes)
      ExpectLikeTheReference(rule, shape, testing::OptionsFor(rule, DecayLaw::kNone, 0),
                             [](std::vector<float>* /*g*/) {});
  }
}

TEST(TensorRules, AdafactorClipsAndCouplesForEveryShape) {
  for (const Shape& shape : kShapes) {
    const auto same = [](std::vector<float>* /*g*/) {};
    OptimizerOptions options = testing::OptionsFor("adafactor", DecayLaw::kNone, 0);
    options.clip_value = 0.5;
    ExpectLikeTheReference("adafactor", shape, options, same);
    options = testing::OptionsFor("adafactor", DecayLaw::kCoupled, 0.7);
    ExpectLikeTheReference("adafactor", shape, options, same);
    options.center = DecayCenter::kGiven;
    ExpectLikeTheReference("adafactor", shape, options, same);
  }
}

// The gradients of some columns, or of all, are below eps1, which bounds what they are divided by.
TEST(TensorRules, AdafactorDividesByNoLessThanEps1) {
  for (const Shape& shape : kShapes) {
    const auto columns = static_cast<std::size_t>(shape[1]);
    ExpectLikeTheReference("adafactor", shape, testing::OptionsFor("adafactor", DecayLaw::kNone, 0),
                           [&](std::vector<float>* g) {
                             for (std::size_t i = 0; i < g->size(); ++i)
                               if (columns < 4 || i % columns % 7 == 3) (*g)[i] *= 0x1p-40F;
                           });
  }
}

// Gradients that come scaled: the reference sees what is left of them.
TEST(TensorRules, AdafactorScalesItsGradients) {
  for (const Shape& shape : kShapes) {
    OptimizerOptions options = testing::OptionsFor("adafactor", DecayLaw::kNone, 0);
    options.gradient_scale = 0.25;
    Tensors scaled, plain;
    scaled.Add("w", shape, 4);
    plain.Add("w", shape, 4);
    Optimizer by_scale(scaled.Parameters(), options);
    options.gradient_scale = 1;
    Optimizer by_itself(plain.Parameters(), options);
    for (std::uint64_t t = 0; t < 3; ++t) {
      auto g = testing::RandomGradients(plain, 3, t);
      testing::StepWith(&by_itself, g);
      for (float& x : g[0]) x *= 4;
      testing::StepWith(&by_scale, g);
    }
    EXPECT_TRUE(testing::SameBits(scaled.values, plain.values)) << shape[0] << "x" << shape[1];
  }
}

// A batch of matrices, as of a convolution: where all of them are alike, each moves as it would by
// itself, since the norms over all are then those of one.
TEST(TensorRules, AdafactorFactorsEveryMatrixOfABatch) {
  for (const auto& [rows, columns] : {std::pair{3, 3}, {1, 7}, {80, 65}, {130, 3000}}) {
    Tensors one, batch;
    one.Add("w", {rows, columns}, 4);
    batch.Add("w", {3, 2, rows, columns}, 4);
    const std::size_t size = one.values[0].size();
    auto repeat = [&](const std::vector<float>& from) {
      std::vector<float> to;
      for (int k = 0; k < 6; ++k) to.insert(to.end(), from.begin(), from.end());
      return to;
    };
    batch.values[0] = repeat(one.values[0]);
    const OptimizerOptions options = testing::OptionsFor("adafactor", DecayLaw::kNone, 0);
    Optimizer of_one(one.Parameters(), options), of_batch(batch.Parameters(), options);
    for (std::uint64_t step = 0; step < 3; ++step) {
      const auto g = testing::RandomGradients(one, 3, step);
      testing::StepWith(&of_one, g);
      testing::StepWith(&of_batch, {repeat(g[0])});
    }
    // The norms' sums are rounded elsewhere: a last digit of a step of at most .02 each.
    for (std::size_t i = 0; i < batch.values[0].size(); ++i)
      ASSERT_NEAR(batch.values[0][i], one.values[0][i % size], 3 * 0x1p-23 * 4) << i;
  }
}

// LAMB, LARS and Adafactor always, Muon by our own product.
TEST(TensorRules, GiveTheSameBitsOnEverySimdTarget) {
  const ProductGuard guard(&MultiplyByOwn);
  for (const char* rule : kTensorRules) {
    std::vector<Tensors> runs;
    for (const std::string_view target : KernelTargets()) {
      SetKernelTarget(target);
      runs.emplace_back();
      for (const Shape& shape :
           {Shape{70, 2100}, Shape{19, 3}, Shape{1, 37}, Shape{270, 300}, Shape{257}}) {
        if (shape.size() > 1 || rule != std::string("muon"))
          runs.back().Add("w" + std::to_string(runs.back().values.size()), shape, 8);
      }
      OptimizerOptions options = testing::OptionsFor(rule, DecayLaw::kDecoupled, 0.1);
      Train(&runs.back(), options, 3);
      options.clip_value = 2;
      Train(&runs.back(), options, 3);
      EXPECT_TRUE(testing::SameBits(runs.back().values, runs[0].values)) << rule << target;
    }
    SetKernelTarget("");
  }
}

// By which no other element of a vector moves otherwise, on any SIMD target.
TEST(TensorRules, AdafactorKeepsANanToItsElement) {
  for (const std::string_view target : KernelTargets()) {
    SetKernelTarget(target);
    Tensors tensors;
    tensors.Add("v", {256}, 8);
    Optimizer optimizer(tensors.Parameters(), testing::OptionsFor("adafactor", DecayLaw::kNone, 0));
    std::vector<std::vector<float>> g = {std::vector<float>(256, 0.01F)};
    g[0][3] = 0;
    g[0][35] = NAN;
    testing::StepWith(&optimizer, g);
    for (std::size_t i = 0; i < 256; ++i)
      EXPECT_EQ(std::isnan(tensors.values[0][i]), i == 35) << target << " " << i;
  }
  SetKernelTarget("");
}

TEST(Muon, MovesAlikeByTheBlasAndByOurOwnProduct) {
  ASSERT_NE(LinkedProduct(), nullptr);  // halflife::halflife brings it
  for (const Shape& shape : {Shape{300, 40}, Shape{40, 300}, Shape{300, 270}, Shape{1, 50},
                             Shape{50, 1}, Shape{20, 3, 3, 3}}) {
    Tensors by_blas, by_own;
    by_blas.Add("w", shape, 5);
    by_own.Add("w", shape, 5);
    OptimizerOptions options = testing::OptionsFor("muon", DecayLaw::kNone, 0);
    options.lr = 0.01;
    Train(&by_blas, options, 2);
    {
      const ProductGuard guard(&MultiplyByOwn);
      Train(&by_own, options, 2);
    }
    // Two steps of entries of at most 1.2 lr sqrt(A / B) each; sums of up to 300 products five
    // times over, in another order, and a slope of 3.4 a round: 2^-24 * 300 * 3.4^5 is the worst.
    const double scale = std::sqrt(std::max(1.0, double(shape[0]) / double(shape[1])));
    for (std::size_t i = 0; i < by_own.values[0].size(); ++i)
      ASSERT_NEAR(by_blas.values[0][i], by_own.values[0][i], 0x1p-24 * 300 * 455 * 0.024 * scale);
  }
}

// Written out: c = a b for all ways in which a and b may lie.
TEST(Product, OfOursAndOfTheBlasIsTheSumOfProducts) {
  constexpr std::size_t kRows = 37, kColumns = 70, kDepth = 203;
  std::vector<float> a(kRows * kDepth), b(kDepth * kColumns);
  Random random(1);
  for (float& x : a) x = static_cast<float>(random.Normal());
  for (float& x : b) x = static_cast<float>(random.Normal());
  for (const ProductFunction multiply : {&MultiplyByOwn, LinkedProduct()}) {
    for (const bool a_by_rows : {true, false}) {
      for (const bool b_by_rows : {true, false}) {
        std::vector<float> c(kRows * (kColumns + 5), -7.0F);
        MatrixProduct product{kRows,
                              kColumns,
                              kDepth,
                              a.data(),
                              a_by_rows ? kDepth : 1,
                              a_by_rows ? 1 : kRows,
                              b.data(),
                              b_by_rows ? kColumns : 1,
                              b_by_rows ? 1 : kDepth,
                              c.data(),
                              kColumns + 5};
        multiply(product);
        for (std::size_t i = 0; i < kRows; ++i) {
          for (std::size_t j = 0; j < kColumns + 5; ++j) {
            double sum = j < kColumns ? 0 : -7;
            for (std::size_t k = 0; j < kColumns && k < kDepth; ++k)
              sum += double{a[i * product.a_row + k * product.a_depth]} *
                     b[k * product.b_depth + j * product.b_column];
            // 203 products of about 1, each and each sum of at most 60 rounded.
            ASSERT_NEAR(c[i * (kColumns + 5) + j], sum, 203 * 60 * 0x1p-24);
          }
        }
      }
    }
  }
}

}  // namespace
}  // namespace halflife
