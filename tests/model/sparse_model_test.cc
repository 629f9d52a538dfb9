// L1 and elastic-net fits of whole tables: the conditions of a minimum at every point of a path,
// and what must not change the answer.
#include <fmt/format.h>
#include <gtest/gtest.h>

#include "model/model.h"
#include "support/sparse_kinds.h"
#include "support/unfriendly.h"

namespace halflife {
namespace {

using testing::kSparseKinds;
using testing::SparseKind;

std::unique_ptr<Model> MakeSparse(const Dataset& data, double ratio, int threads = 1) {
  const ModelContext context{&data, threads, {}, {}, ratio};
  return data.target.task == Task::kRegression ? MakeSparseLinear(context)
                                               : MakeSparseLogistic(context);
}

std::vector<double> PathFrom(double largest, int count, double least) {
  std::vector<double> decays;
  for (int i = 0; i < count; ++i)
    decays.push_back(largest * std::pow(least, 1.0 - static_cast<double>(i) / (count - 1)));
  return decays;
}

struct SparseCase {
  SparseKind kind;
  int classes;  // 0: regression
  double ratio;
};

class SparseModel : public ::testing::TestWithParam<SparseCase> {};

// The mean loss without weights.
double UnitOf(const Dataset& data) {
  if (data.target.task == Task::kClassification) return 1.0;
  const Vector shares = data.weights / data.weights.sum();
  const double mean = shares.dot(data.target.numbers);
  return 0.5 * shares.dot((data.target.numbers.array() - mean).square().matrix());
}

TEST_P(SparseModel, MeetsTheConditionsOfAMinimumAlongThePath) {
  const auto& [kind, classes, ratio] = GetParam();
  const Dataset data =
      PrepareDataset(testing::SparseTable(kind, classes, 7), testing::SparseOptions(kind, classes));
  const std::unique_ptr<Model> model = MakeSparse(data, ratio);
  const double largest = ratio > 0.0 ? model->ZeroFrom()->largest : 10.0;
  const std::vector<double> decays = PathFrom(largest, 12, 1e-3);
  const std::vector<DecayScores> scores = model->ScoreFolds(decays);
  const std::vector<Fit> fits = model->FitAll(decays);
  for (std::size_t d = 0; d < decays.size(); ++d) {
    EXPECT_EQ(scores[d].status, FitStatus::kFitted);
    EXPECT_EQ(scores[d].folds.size(), 3U);
    // A gap of G lets a weight move by at most what lowers the objective by G: a slope's miss v has
    // v^2 / (2 (1 + l2)) <= G. G is 1e-12 of the unit, for classes 1e-10.
    const double gap = (classes > 0 ? 1e-10 : 1e-12) * UnitOf(data);
    const double most = std::sqrt(2.0 * (1.0 + decays[d]) * gap);
    EXPECT_LE(testing::MissedConditions(data, model->standardizer(), fits[d], decays[d], ratio),
              most)
        << "decay " << decays[d];
  }
}

TEST_P(SparseModel, AllDecayedWeightsAreExactlyZeroFromTheLargestOn) {
  const auto& [kind, classes, ratio] = GetParam();
  if (ratio == 0.0) return;
  const Dataset data =
      PrepareDataset(testing::SparseTable(kind, classes, 8), testing::SparseOptions(kind, classes));
  const std::unique_ptr<Model> model = MakeSparse(data, ratio);
  const double largest = model->ZeroFrom()->largest;
  // Just above and just below: rounding of the slopes is far less than 1e-9 of them.
  const std::vector<double> decays = {largest * (1.0 - 1e-6), largest * (1.0 + 1e-9)};
  model->ScoreFolds(decays);
  const std::vector<Fit> fits = model->FitAll(decays);
  const auto in_use = [&](const Fit& fit) {
    int count = 0;
    for (Eigen::Index j = 0; j < fit.weights.rows(); ++j) {
      const auto feature =
          static_cast<std::size_t>(model->standardizer().kept[static_cast<std::size_t>(j)]);
      if (data.undecayed.empty() || !data.undecayed[feature])
        count += static_cast<int>((fit.weights.row(j).array() != 0.0).count());
    }
    return count;
  };
  EXPECT_GT(in_use(fits[0]), 0);
  EXPECT_EQ(in_use(fits[1]), 0);
}

TEST_P(SparseModel, ThreadsDoNotChangeAByte) {
  const auto& [kind, classes, ratio] = GetParam();
  const Dataset data =
      PrepareDataset(testing::SparseTable(kind, classes, 9), testing::SparseOptions(kind, classes));
  const std::vector<double> decays = {0.0, 0.003, 0.02, 0.1};
  const std::vector<DecayScores> one = MakeSparse(data, ratio, 1)->ScoreFolds(decays);
  const std::vector<DecayScores> two = MakeSparse(data, ratio, 2)->ScoreFolds(decays);
  for (std::size_t d = 0; d < decays.size(); ++d) {
    ASSERT_EQ(one[d].folds.size(), two[d].folds.size());
    for (std::size_t f = 0; f < one[d].folds.size(); ++f) {
      EXPECT_EQ(one[d].folds[f].validation_loss, two[d].folds[f].validation_loss);
      EXPECT_EQ(one[d].folds[f].train_loss, two[d].folds[f].train_loss);
    }
  }
}

TEST_P(SparseModel, LossesGoOnWithoutAJumpAndRiseWithTheDecay) {
  const auto& [kind, classes, ratio] = GetParam();
  const Dataset data = PrepareDataset(testing::SparseTable(kind, classes, 10),
                                      testing::SparseOptions(kind, classes));
  const std::unique_ptr<Model> model = MakeSparse(data, ratio);
  const double decay = ratio > 0.0 ? 0.2 * model->ZeroFrom()->largest : 0.2;
  const std::vector<double> decays = {decay, decay * 1.0001, decay * 1.0002};
  const std::vector<DecayScores> scores = model->ScoreFolds(decays);
  for (std::size_t f = 0; f < scores[0].folds.size(); ++f) {
    const double before = scores[0].folds[f].train_loss;
    const double after = scores[2].folds[f].train_loss;
    // Training loss rises with decay; by what a penalty of at most the loss at 0 can, 2e-4 of it.
    EXPECT_GE(after, before - 1e-9 * UnitOf(data));
    EXPECT_LE(after, before + 1e-3 * UnitOf(data));
  }
}

std::vector<SparseCase> SparseCases() {
  std::vector<SparseCase> cases;
  for (const SparseKind& kind : kSparseKinds) {
    for (const int classes : {0, 2, 3}) {
      for (const double ratio : {1.0, 0.3}) cases.push_back({kind, classes, ratio});
      if (kind.undecayed) cases.push_back({kind, classes, 0.0});
    }
  }
  return cases;
}

INSTANTIATE_TEST_SUITE_P(Kinds, SparseModel, ::testing::ValuesIn(SparseCases()),
                         [](const auto& info) {
                           std::string name =
                               fmt::format("{}_{}_{}", info.param.kind.name, info.param.classes,
                                           static_cast<int>(10 * info.param.ratio));
                           std::replace(name.begin(), name.end(), ' ', '_');
                           return name;
                         });

// Weights of columns that are not decayed and tell the classes apart would grow without end.
TEST(SparseModel, AreNoneWhereWhatIsNotDecayedSeparates) {
  for (const int classes : {2, 3}) {
    for (const double ratio : {0.0, 0.5, 1.0}) {
      testing::UnfriendlyParts parts =
          testing::MakeUnfriendlyParts({.rows = 90, .classes = classes, .folds = 3}, 21);
      std::vector<double> told;
      for (const int32_t each : parts.target.classes) told.push_back(each == 1 ? 1.0 : 0.0);
      parts.columns.push_back(testing::Numbers("told", told));
      Dataset data = testing::DatasetOf(std::move(parts));
      data.undecayed.assign(static_cast<std::size_t>(data.design.size()), false);
      data.undecayed.back() = true;
      for (const DecayScores& scores : MakeSparse(data, ratio)->ScoreFolds(std::vector{0.01, 0.1}))
        EXPECT_EQ(scores.status, FitStatus::kFailed) << classes << " " << ratio;
    }
  }
}

// The same rows and columns in another order, one column in another unit.
Table Shuffled(const Table& table, uint64_t seed) {
  Table shuffled = table;
  const auto order = Random(seed).Permutation(static_cast<uint32_t>(table.rows));
  for (std::size_t c = 0; c < table.columns.size(); ++c) {
    for (std::size_t i = 0; i < table.rows; ++i)
      shuffled.columns[c].numbers[i] = table.columns[c].numbers[order[i]];
  }
  for (double& value : shuffled.columns[1].numbers) value *= 1024.0;
  std::reverse(shuffled.columns.begin(), shuffled.columns.begin() + 5);
  return shuffled;
}

TEST(SparseModelInvariance, OrdersAndUnitsDoNotChangeTheLosses) {
  for (const int classes : {0, 2, 3}) {
    for (const bool wide : {false, true}) {
      const SparseKind& kind = kSparseKinds[wide ? 2 : 0];
      Table table = testing::SparseTable(kind, classes, 11);
      std::vector<double> folds;
      for (std::size_t i = 0; i < table.rows; ++i) folds.push_back(static_cast<double>(i % 3));
      table.columns.push_back(testing::Numbers("fold", folds));
      DataOptions options = testing::SparseOptions(kind, classes);
      options.folds = 0;
      options.fold_column = "fold";
      const Dataset a = PrepareDataset(table, options);
      const Dataset b = PrepareDataset(Shuffled(table, 5), options);
      const std::vector<double> decays = {0.01, 0.05, 0.2};
      const std::vector<DecayScores> one = MakeSparse(a, 0.8)->ScoreFolds(decays);
      const std::vector<DecayScores> two = MakeSparse(b, 0.8)->ScoreFolds(decays);
      for (std::size_t d = 0; d < decays.size(); ++d) {
        for (std::size_t f = 0; f < 3; ++f) {
          // Fits within a gap of 1e-12 (classes 1e-10) of the loss at 0 differ by at most twice the
          // root of that, 2e-6 (2e-5), in what they predict.
          const double loss = one[d].folds[f].validation_loss;
          EXPECT_NEAR(two[d].folds[f].validation_loss, loss, (classes > 0 ? 1e-4 : 1e-5) * loss);
        }
      }
    }
  }
}

}  // namespace
}  // namespace halflife
