// One fold of linear regression with an elastic-net penalty: the problem of its training rows and
// its path, and the rows that check it.
#pragma once

#include <functional>
#include <optional>
#include <vector>

#include "model/fold_rows.h"
#include "model/free_columns.h"
#include "model/model.h"
#include "model/ridge.h"
#include "model/sparse_path.h"

namespace halflife {

class SparseFold {
 public:
  // From sums over the training and held-out rows (null: none). None where these lack the digits.
  static std::optional<SparseFold> FromSums(FoldRows rows, double ratio, RowSums training,
                                            const RowSums* held);
  static SparseFold FromRows(FoldRows rows, double ratio);

  // What the fits at `decays`, descending, are: weights of all features kept, standardised (kept x
  // decays), and whether each was reached. `next` is called before each with its place and ends the
  // walk by false.
  struct Walk {
    Matrix weights;
    Vector squared_error;  // mean over the training rows
    std::vector<bool> reached;
    std::vector<double> effective_dof;  // without held-out rows only
    bool whole = true;
  };
  Walk WalkDown(const std::vector<double>& decays, const std::function<bool()>& next);

  // One a decay of `walk`; there are held-out rows.
  std::vector<FoldScore> Score(const Walk& walk) const;

  // What the training rows have taught.
  const Standardizer& standardizer() const { return learnt_.features; }

  // Without an L1 part: the eigenvalues of the products of the decayed columns.
  const Vector& Curvature() const { return values_; }

  // The least decay at which every weight that is decayed is 0.
  double LargestDecay() const { return ratio_ > 0.0 ? path_.LargestL1() / ratio_ : 0.0; }

 private:
  SparseFold(FoldRows rows, double ratio, GramStandardizer learnt);
  bool MoveTo(double decay);
  bool MoveToZero();
  Vector RidgeWeights() const;
  double EffectiveDof();
  std::vector<double> HeldErrors(const Matrix& weights) const;
  void RedoInRows(const std::vector<Eigen::Index>& which, Walk* walk) const;

  FoldRows rows_;
  double ratio_;
  GramStandardizer learnt_;
  FreeColumns free_;
  SparsePath path_;             // where ratio_ > 0
  std::optional<Ridge> ridge_;  // where it is 0
  Vector values_;               // of its eigenvalues, on all rows
  std::optional<RowSums> held_sums_;
  double train_target_ = 0.0;  // mean square over the training rows
  double held_weight_ = 0.0;
  double held_distance_ = 0.0;  // sum of squares of the held-out target, less the training mean
  double decay_ = 0.0;          // moved to
  Vector reduced_;              // weights of the decayed features there
  double squared_error_ = 0.0;  // mean over the training rows
};

}  // namespace halflife
