// The arithmetic of sparse paths: by Gram matrix and by columns, close fits, columns that are not
// decayed.
#include "model/sparse_path.h"

#include <gtest/gtest.h>

#include <Eigen/Cholesky>
#include <numeric>

#include "model/free_columns.h"
#include "model/log_loss.h"
#include "model/model.h"
#include "model/working_set.h"
#include "support/least_norm.h"
#include "support/matrices.h"
#include "support/sparse_kinds.h"

namespace halflife {
namespace {

StandardizedGram SparseGramOf(const Matrix& rows, const Vector& target) {
  const auto n = static_cast<double>(rows.cols());
  return {rows * rows.transpose() / n, rows * target / n, target.squaredNorm() / n};
}

// Rows (p x n) and a centred target.
struct MadeRows {
  Matrix rows;
  Vector target;
};

MadeRows MakeRows(Eigen::Index p, Eigen::Index n, uint64_t seed) {
  MadeRows made{testing::StandardisedRows(testing::RandomMatrix(p, n, seed)), {}};
  made.target = made.rows.transpose() * testing::RandomMatrix(p, 1, seed + 1) +
                2.0 * testing::RandomMatrix(n, 1, seed + 2);
  made.target.array() -= made.target.mean();
  return made;
}

LeastSquares ByColumns(const MadeRows& made) {
  return {made.rows.transpose(), made.target, Vector::Ones(made.target.size())};
}

TEST(SparsePath, GramMatrixAndColumnsGiveTheSamePath) {
  const MadeRows made = MakeRows(20, 60, 1);
  SparsePath gram{LeastSquares(SparseGramOf(made.rows, made.target))};
  SparsePath columns{ByColumns(made)};
  for (double l1 = gram.LargestL1(); l1 > 1e-3; l1 *= 0.7) {
    ASSERT_TRUE(gram.MoveTo({l1, 0.1 * l1}));
    ASSERT_TRUE(columns.MoveTo({l1, 0.1 * l1}));
    // Each within a gap of 1e-12 of half the target's mean square; the least eigenvalue is above
    // .1, so weights are within the root of 2 * 1e-12 / .1 of the minimum's, in the target's unit.
    const double unit = std::sqrt(0.5 * made.target.squaredNorm() / 60.0);
    EXPECT_LE((gram.weights() - columns.weights()).lpNorm<Eigen::Infinity>(), 1e-5 * unit);
    EXPECT_NEAR(gram.SquaredError(), columns.SquaredError(), 1e-5 * unit * unit);
  }
}

// Products of no more than 3,000 columns are kept, unless more are asked for at once: long steps
// ask for all, and short ones forget them again.
TEST(SparsePath, MoreColumnsThanAreKeptEndAtTheMinimum) {
  const MadeRows made = MakeRows(3300, 15, 9);
  SparsePath path{ByColumns(made)};
  const double unit = 0.5 * made.target.squaredNorm() / 15.0;
  const double largest = path.LargestL1();
  for (const double share : {0.9, 0.3, 0.29, 0.1, 0.09, 0.02, 0.019}) {
    const ElasticNet penalty{share * largest, 0.05};
    ASSERT_TRUE(path.MoveTo(penalty));
    EXPECT_LE(path.Gap(penalty), 1e-12 * unit) << share;
  }
}

TEST(SparsePath, OneColumnIsTheSoftThreshold) {
  const MadeRows made = MakeRows(1, 50, 3);
  const double cross = made.rows.row(0).dot(made.target.transpose()) / 50.0;
  for (const double l1 : {0.0, 0.1, 0.5 * std::fabs(cross), 2.0 * std::fabs(cross)}) {
    SparsePath path{ByColumns(made)};
    ASSERT_TRUE(path.MoveTo({l1, 0.25}));
    EXPECT_NEAR(path.weights()(0), SoftThreshold(cross, l1) / 1.25, 1e-12 * std::fabs(cross));
  }
}

TEST(SparsePath, TheGapIsZeroOnlyAtTheMinimum) {
  const MadeRows made = MakeRows(5, 40, 4);
  SparsePath path{ByColumns(made)};
  const ElasticNet penalty{0.2, 0.05};
  EXPECT_GT(path.Gap(penalty), 0.01);  // at weights of 0
  ASSERT_TRUE(path.MoveTo(penalty));
  EXPECT_LE(path.Gap(penalty), 1e-12 * 0.5 * path.problem().target());
  EXPECT_GT(path.Gap({0.1, 0.05}), 1e-4);  // at another penalty it is no minimum
}

TEST(SparsePath, DuplicatesAndFlatDirectionsEnd) {
  MadeRows made = MakeRows(6, 30, 5);
  made.rows.row(3) = made.rows.row(0);
  made.rows.row(4) = -made.rows.row(1);
  made.rows.row(5) = (made.rows.row(0) + made.rows.row(1)) / 2.0;
  SparsePath path{LeastSquares(SparseGramOf(made.rows, made.target))};
  for (double l1 = path.LargestL1(); l1 > 1e-8; l1 *= 0.1) EXPECT_TRUE(path.MoveTo({l1, 0.0}));
}

TEST(LeastSquares, ThePlainFitIsThereWhereTheLeastEigenvalueIsBeyondDoubt) {
  constexpr int kSize = 12;
  const Matrix axes = testing::OrthogonalFactor(testing::RandomMatrix(kSize, kSize, 18));
  const Vector wanted = testing::RandomMatrix(kSize, 1, 19);
  for (const double share : {0.0, 0.9, 1.1, 2.0, 50.0, 1e3, 1e6, 1e8}) {  // of the trace's 1e-9
    Vector values = Vector::Constant(kSize, 1.0 / (kSize - 1));
    values(4) = 1e-9 * share / (1.0 - 1e-9 * share);
    const Matrix gram = axes * values.asDiagonal() * axes.transpose();
    const LeastSquares problem(StandardizedGram{gram, gram * wanted, 1.0});
    const std::optional<Vector> fit = problem.PlainFit(false);
    ASSERT_EQ(fit.has_value(), share > 1.0) << share;
    // Some kSize roundings of the products, over the least eigenvalue.
    if (fit) {
      EXPECT_LE((*fit - wanted).norm(), kSize * kEps / values(4) * wanted.norm()) << share;
    }
  }
}

TEST(LeastSquares, ThePlainFitOfFewRowsIsThatOfMinimumNorm) {
  constexpr int kRows = 30;
  Matrix columns = testing::RandomMatrix(kRows, 80, 20);
  Vector target = testing::RandomMatrix(kRows, 1, 21);
  columns.rowwise() -= columns.colwise().mean().eval();
  target.array() -= target.mean();
  const LeastSquares problem(columns, target, Vector::Ones(kRows));
  const std::optional<Vector> fit = problem.PlainFit(true);
  ASSERT_TRUE(fit.has_value());
  const Vector wanted = testing::LeastNorm(columns, target);
  EXPECT_LE((*fit - wanted).norm(), 1e-12 * wanted.norm());  // a condition of about 100
  EXPECT_FALSE(problem.PlainFit(false).has_value());
  columns.row(3) = columns.row(7);
  columns.rowwise() -= columns.colwise().mean().eval();
  EXPECT_FALSE(LeastSquares(columns, target, Vector::Ones(kRows)).PlainFit(true).has_value());
}

TEST(WorkingSet, DescendsToTheMinimumOfAQuadratic) {
  const Matrix root = testing::RandomMatrix(8, 8, 6);
  const Matrix gram = root * root.transpose() + Matrix::Identity(8, 8);
  const Vector linear = testing::RandomMatrix(8, 1, 7);
  WorkingSet set{{0, 1, 2, 3, 4, 5, 6, 7}, gram, Vector::Zero(8), linear};
  SupportFactor factor;
  ASSERT_TRUE(Descend({0.0, 0.5}, 1e-28, &set, &factor));
  const Vector solved = (gram + 0.5 * Matrix::Identity(8, 8)).ldlt().solve(linear);
  EXPECT_LE((set.weights - solved).norm(), 1e-12 * solved.norm());  // a condition of about 30
  EXPECT_LE((set.slope - (linear - gram * set.weights)).norm(), 1e-12 * linear.norm());
}

TEST(SupportFactor, FollowsASupportThatChangesByAFew) {
  const Matrix root = testing::RandomMatrix(30, 60, 12);
  const Matrix gram = root * root.transpose() / 60.0;
  const std::vector<Eigen::Index> names = [] {
    std::vector<Eigen::Index> all(30);
    std::iota(all.begin(), all.end(), Eigen::Index{100});
    return all;
  }();
  SupportFactor factor;
  for (const std::vector<Eigen::Index>& support :
       std::vector<std::vector<Eigen::Index>>{{0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11},
                                              {0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11},
                                              {0, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 20},
                                              {0, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 20},
                                              {0, 2, 3, 4, 5, 6, 21, 7, 8, 9, 10, 11, 20},
                                              {0, 1, 3, 4, 5, 6, 7, 8, 9, 10, 11, 20, 21},
                                              {25, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 20},
                                              {0, 29}}) {
    const Vector right = testing::RandomMatrix(static_cast<Eigen::Index>(support.size()), 1, 13);
    Matrix wanted = gram(support, support);
    wanted.diagonal().array() += 0.1;
    const Vector solved = factor.Solve(gram, names, support, 0.1, right);
    // Condition about 40, times some ten roundings.
    EXPECT_LE((wanted * solved - right).norm(), 1e-12 * right.norm());
  }
  EXPECT_EQ(factor.Solve(-gram, names, {0, 1}, 0.2, Vector::Ones(2)).size(), 0);
}

TEST(SupportFactor, ReadsNoProductOfColumnsThatStay) {
  const Matrix root = testing::RandomMatrix(12, 40, 14);
  const Matrix gram = root * root.transpose() / 40.0;
  std::vector<Eigen::Index> names(12);
  std::iota(names.begin(), names.end(), Eigen::Index{0});
  SupportFactor factor;
  factor.Solve(gram, names, {0, 1, 2, 3, 4, 5, 6, 7, 8, 9}, 0.1, Vector::Ones(10));
  Matrix spoilt = gram;
  spoilt.topLeftCorner(10, 10).setConstant(NAN);
  const std::vector<Eigen::Index> support = {0, 1, 2, 3, 4, 5, 6, 7, 8, 11};
  const Vector right = testing::RandomMatrix(10, 1, 15);
  Matrix wanted = gram(support, support);
  wanted.diagonal().array() += 0.1;
  const Vector solved = factor.Solve(spoilt, names, support, 0.1, right);
  EXPECT_LE((wanted * solved - right).norm(), 1e-12 * right.norm());
}

// By conjugate gradients, which large factors alone are worth: those are not right to the last
// digit.
TEST(SupportFactor, ALargeOneServesAtAnotherShift) {
  constexpr int kSize = 440;
  const Matrix root = testing::RandomMatrix(kSize, 600, 16);
  const Matrix gram = root * root.transpose() / 600.0;
  std::vector<Eigen::Index> names(kSize);
  std::iota(names.begin(), names.end(), Eigen::Index{0});
  SupportFactor factor;
  double shift = 1.0;
  bool inexact = false;
  for (Eigen::Index size = 410; size <= kSize; size += 5) {
    std::vector<Eigen::Index> support(names.begin() + 2, names.begin() + size);
    if (size % 2 == 0) support.front() = 0;  // 2 leaves, and comes again
    const Vector right = testing::RandomMatrix(size - 2, 1, 17);
    Matrix wanted = gram(support, support);
    wanted.diagonal().array() += shift;
    const Vector exact = wanted.ldlt().solve(right);
    const Vector off = factor.Solve(gram, names, support, shift, right) - exact;
    EXPECT_LE(off.dot(wanted * off), 2e-10 * exact.dot(right));
    inexact = inexact || off.norm() > 1e-10 * exact.norm();
    shift *= 0.9;
  }
  EXPECT_TRUE(inexact);
  EXPECT_EQ(factor.Solve(gram, names, names, shift, Vector::Zero(kSize)), Vector::Zero(kSize));
}

TEST(FreeColumns, LeaveTheRidgeOfTheOthersAsTheNormalEquationsHaveIt) {
  const MadeRows made = MakeRows(6, 50, 8);
  const double decay = 0.3;
  std::vector<bool> undecayed(6, false);
  undecayed[1] = undecayed[4] = true;
  Matrix normal = made.rows * made.rows.transpose() / 50.0;
  for (int j = 0; j < 6; ++j) normal(j, j) += undecayed[static_cast<std::size_t>(j)] ? 0.0 : decay;
  const Vector wanted = normal.ldlt().solve(made.rows * made.target / 50.0);
  FreeColumns by_gram(undecayed, {0, 1, 2, 3, 4, 5});
  const auto reduced =
      by_gram.Reduce(SparseGramOf(made.rows, made.target), [](const Spectrum&) { return true; });
  ASSERT_TRUE(reduced.has_value());
  const Matrix held = reduced->features + decay * Matrix::Identity(4, 4);
  EXPECT_LE((by_gram.Whole(held.ldlt().solve(reduced->cross)) - wanted).norm(), 1e-12);
  FreeColumns by_rows(undecayed, {0, 1, 2, 3, 4, 5});
  Matrix rows = made.rows;
  Vector target = made.target;
  by_rows.Reduce(&rows, &target);
  const Matrix again = rows * rows.transpose() / 50.0 + decay * Matrix::Identity(4, 4);
  EXPECT_LE((by_rows.Whole(again.ldlt().solve(rows * target / 50.0)) - wanted).norm(), 1e-12);
  EXPECT_EQ(by_rows.rank(), 2);
  EXPECT_NEAR(reduced->target, target.squaredNorm() / 50.0, 1e-12 * reduced->target);
}

TEST(FreeColumns, LeaveNothingOfAColumnThatTheyExplain) {
  MadeRows made = MakeRows(3, 50, 8);
  made.rows.row(2) = -3.0 * made.rows.row(0) + made.rows.row(1);
  FreeColumns by_gram({true, true, false}, {0, 1, 2});
  const auto reduced =
      by_gram.Reduce(SparseGramOf(made.rows, made.target), [](const Spectrum&) { return true; });
  ASSERT_TRUE(reduced.has_value());
  EXPECT_EQ(reduced->features(0, 0), 0.0);
  EXPECT_EQ(reduced->cross(0), 0.0);
  FreeColumns by_rows({true, true, false}, {0, 1, 2});
  Matrix rows = made.rows;
  Vector target = made.target;
  by_rows.Reduce(&rows, &target);
  EXPECT_EQ(rows.norm(), 0.0);
}

TEST(SparseLinear, ACloseFitKeepsTheDigitsOfItsLosses) {
  std::vector<double> x;
  std::vector<double> y;
  Random random(9);
  for (int i = 0; i < 90; ++i) {
    x.push_back(random.Normal());
    y.push_back(2.0 * x.back());
  }
  DataOptions options;
  options.rounds = 1;
  options.target = "y";
  options.folds = 3;
  const Dataset data = PrepareDataset(
      testing::MakeTable({testing::Numbers("x", x), testing::Numbers("y", y)}), options);
  const double decay = 1e-7;
  const ModelContext context{&data, 1, {}, {}, 1.0};
  const std::vector<DecayScores> scores =
      MakeSparseLinear(context)->ScoreFolds(std::vector<double>{decay});
  ASSERT_EQ(scores[0].folds.size(), 3U);
  for (int f = 0; f < 3; ++f) {
    // The weight of the standardised column falls short by the decay: each error is decay * z.
    const Standardizer learnt =
        LearnStandardizer(data.design, data.folds[0].Training(f), data.weights);
    const Matrix held = Standardize(data.design, learnt, data.folds[0].Held(f));
    const double loss = 0.5 * decay * decay * held.squaredNorm() / static_cast<double>(held.cols());
    // Errors of 1e-7 of numbers of size 1 keep 9 digits of 16.
    EXPECT_NEAR(scores[0].folds[static_cast<std::size_t>(f)].validation_loss, loss, 1e-6 * loss);
    EXPECT_NEAR(scores[0].folds[static_cast<std::size_t>(f)].train_loss, 0.5 * decay * decay,
                1e-6 * 0.5 * decay * decay);
  }
}

TEST(LogLoss, TheGapIsTheDivergenceFromThePredictions) {
  Matrix logits(2, 1);
  logits << 0.4, -1.3;
  const Vector shares = Vector::Constant(2, 0.5);
  const LogLoss state = LossAt(logits, {1, 0}, shares);
  const double share = 0.7;
  double wanted = 0.0;
  for (int i = 0; i < 2; ++i) {
    const double p = 1.0 / (1.0 + std::exp(-logits(i, 0)));
    const double own = i == 0 ? p : 1.0 - p;
    const double mixed = (1.0 - share) + share * own;
    wanted += 0.5 * (mixed * std::log(mixed / own) +
                     (1.0 - mixed) * std::log((1.0 - mixed) / (1.0 - own)));
  }
  EXPECT_NEAR(LossGap(state.errors, {1, 0}, shares, share), wanted, 1e-15);
  EXPECT_EQ(LossGap(state.errors, {1, 0}, shares, 1.0), 0.0);
}

}  // namespace
}  // namespace halflife
