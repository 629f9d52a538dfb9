// What holds of every path with an L2 penalty, whatever the table: orders and units do not matter,
// and losses and norms move together.
#include <fmt/format.h>
#include <gtest/gtest.h>

#include <algorithm>

#include "model/model.h"
#include "support/unfriendly.h"

namespace halflife {
namespace {

using testing::Unfriendly;
using testing::UnfriendlyParts;

constexpr Unfriendly kPathKinds[] = {
    {.rows = 60},
    {.rows = 90, .missing = true, .weighted = true, .text = true},
    {.rows = 120, .repeats = true, .twins = true, .far = true},
    {.rows = 60, .numbers = 80, .weighted = true},
    {.rows = 400, .numbers = 12, .missing = true, .text = true, .folds = 5},
    {.rows = 100, .text = true, .ordered = true, .folds = 3},
};

std::unique_ptr<Model> MakeOf(const Dataset& data) {
  const ModelContext context{&data, 2, {}, {}};
  return data.target.task == Task::kRegression ? MakeLinear(context) : MakeLogistic(context);
}

class Paths : public ::testing::TestWithParam<std::tuple<int, int>> {
 protected:
  UnfriendlyParts Parts() const {
    Unfriendly kind = kPathKinds[std::get<0>(GetParam())];
    kind.classes = std::get<1>(GetParam());
    return testing::MakeUnfriendlyParts(kind, 17);
  }
};

void Reorder(const std::vector<uint32_t>& order, UnfriendlyParts* parts) {
  const auto pick = [&](auto* values) {
    auto picked = *values;
    for (std::size_t i = 0; i < picked.size(); ++i) picked[i] = (*values)[order[i]];
    *values = std::move(picked);
  };
  for (Column& column : parts->columns) {
    if (column.codes.empty()) {
      pick(&column.numbers);
    } else {
      pick(&column.codes);
    }
  }
  if (parts->target.classes.empty()) {
    parts->target.numbers = Vector(parts->target.numbers(order));
  } else {
    pick(&parts->target.classes);
  }
  pick(&parts->folds.of_row);
  parts->weights = Vector(parts->weights(order));
}

// A fit of classes ends with a step that moves no logit by more than 1e-7, and the error left is of
// the order of its square; sums of a few hundred numbers are right to 1e-13 of their size, and a
// small curvature divides that by the decay.
constexpr double kSameLosses = 1e-9;

void ExpectSameLosses(const UnfriendlyParts& one, const UnfriendlyParts& other) {
  const std::vector<double> decays = {1e-3, 0.03, 1.0};
  const Dataset a = testing::DatasetOf(one);
  const Dataset b = testing::DatasetOf(other);
  const std::vector<DecayScores> of_one = MakeOf(a)->ScoreFolds(decays);
  const std::vector<DecayScores> of_other = MakeOf(b)->ScoreFolds(decays);
  for (std::size_t d = 0; d < decays.size(); ++d) {
    ASSERT_EQ(of_one[d].folds.size(), static_cast<std::size_t>(one.folds.count));
    ASSERT_EQ(of_other[d].folds.size(), of_one[d].folds.size());
    for (std::size_t f = 0; f < of_one[d].folds.size(); ++f) {
      const FoldScore& left = of_one[d].folds[f];
      const FoldScore& right = of_other[d].folds[f];
      EXPECT_NEAR(left.train_loss / right.train_loss, 1.0, kSameLosses) << decays[d];
      EXPECT_NEAR(left.validation_loss / right.validation_loss, 1.0, kSameLosses) << decays[d];
    }
  }
}

TEST_P(Paths, TheOrderOfRowsDoesNotMatter) {
  UnfriendlyParts shuffled = Parts();
  Reorder(Random(3).Permutation(static_cast<uint32_t>(shuffled.weights.size())), &shuffled);
  ExpectSameLosses(Parts(), shuffled);
}

TEST_P(Paths, TheOrderOfColumnsDoesNotMatter) {
  UnfriendlyParts turned = Parts();
  std::reverse(turned.columns.begin(), turned.columns.end());
  ExpectSameLosses(Parts(), turned);
}

TEST_P(Paths, TheUnitOfAColumnDoesNotMatter) {
  UnfriendlyParts other = Parts();
  for (double& value : other.columns[0].numbers) value = 1e4 * value;
  for (double& value : other.columns[1].numbers) value = value / 7.0 - 30.0;
  ExpectSameLosses(Parts(), other);
}

// With L the data loss of the fit w at a decay, each of two fits is the better one at its own
// decay: a/2 (|w|^2 - |v|^2) <= L(v) - L(w) <= b/2 (|w|^2 - |v|^2) for decays a < b. So losses rise
// and norms fall along the path, and neither can jump.
TEST_P(Paths, LossesRiseAsNormsFall) {
  const Dataset data = testing::DatasetOf(Parts());
  std::vector<double> decays;
  for (double decay = 1e-3; decay < 10.0; decay *= 1.02) decays.push_back(decay);
  const auto model = MakeOf(data);
  model->ScoreFolds(decays);
  const std::vector<Fit> fits = model->FitAll(decays);
  for (std::size_t d = 1; d < decays.size(); ++d) {
    const double rise = fits[d].loss - fits[d - 1].loss;
    const double fall = 0.5 * (fits[d - 1].weights.squaredNorm() - fits[d].weights.squaredNorm());
    // The bounds are 2 % apart. A loss and a decayed norm are right to 1e-12 of the loss at 0.
    const double rounding = 1e-11 * std::max(1.0, fits.back().loss);
    EXPECT_GE(rise, decays[d - 1] * fall - rounding) << decays[d];
    EXPECT_LE(rise, decays[d] * fall + rounding) << decays[d];
    EXPECT_GE(fall, -rounding);
  }
}

INSTANTIATE_TEST_SUITE_P(Kinds, Paths,
                         ::testing::Combine(::testing::Range(0, 6), ::testing::Values(0, 2, 3)),
                         [](const auto& info) {
                           return fmt::format("{}_{}", std::get<0>(info.param),
                                              std::get<1>(info.param));
                         });

}  // namespace
}  // namespace halflife
