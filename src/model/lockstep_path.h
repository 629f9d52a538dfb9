// The path of decays of a classifier by fits in lockstep: all rows first, then every fold from
// there. What does not come out in a few passes is left to the solver that goes on until it does.
#pragma once

#include <functional>
#include <map>
#include <optional>
#include <vector>

#include "model/fold_sums.h"
#include "model/lockstep.h"
#include "model/model.h"

namespace halflife {

class LockstepPath {
 public:
  // Whether rows are many enough, and parameters few enough, for curvatures to be kept and shared.
  static bool Suits(const Dataset& data, int outputs);

  LockstepPath(const Dataset& data, int outputs, int threads);

  // False where sums do not have the digits for all rows: then nothing else may be asked.
  bool usable() const { return rows_.has_value(); }
  const Standardizer& standardizer() const { return standardizer_; }
  // Eigenvalues of the standardised rows' X'X/n that are not 0, largest first.
  const Vector& spectrum() const { return all_.spectrum->values; }

  // Fits of all rows at those of `decays` where one was reached; they are kept.
  void SolveAll(std::vector<double> decays);
  // The kept fit; null where there is none.
  const Fit* At(double decay) const;

  // Whether no fit of all rows without decay exists: then none of fewer rows does.
  bool separable() const { return separable_; }

  // Told the score of a fold at one of the decays asked for, by any thread; none where the fold has
  // no finite fit.
  using FoldDone = std::function<void(int fold, std::size_t decay, std::optional<FoldScore> score)>;
  // The folds of one round, at those of `decays` that SolveAll reached; gives the kept fits their
  // effective degrees of freedom. `stop` is asked between folds.
  void SolveFolds(std::size_t repeat, std::span<const double> decays,
                  const std::function<bool()>& stop, const FoldDone& done);

 private:
  // What a fold, or all rows, has learnt from the rows it trains on.
  struct Part {
    std::vector<uint32_t> rows;
    std::vector<uint32_t> held;
    double weight = 0.0;
    std::optional<FoldScale> scale;    // none: its sums lack digits, or a class has no row
    std::optional<Spectrum> spectrum;  // values and flat; none where sums leave them open
  };
  // Where a fit begins, and the curvature there.
  struct Beginning {
    Matrix parameters;
    LockstepCurvature curvature;
    bool solved = false;
  };
  struct FoldAt {
    const Folds& folds;
    int fold;
    const Part& part;
    int threads;
  };
  struct FoldsAt {
    const Folds& folds;
    const std::vector<Part>& parts;
  };
  struct Block;

  std::optional<GramStandardizer> Learn(RowSums sums, Part* part) const;
  LockstepRows Over(std::span<const uint32_t> rows, int threads) const {
    return {*rows_, rows, data_.weights, threads};
  }
  Matrix Start() const;
  std::vector<std::optional<Beginning>> Walk(const LockstepRows& over, const LockstepEnd& end,
                                             std::span<const double> decays) const;
  bool Separates(const LockstepRows& over, const LockstepFit& fit) const;
  void SolveRefreshed(const LockstepRows& over, const LockstepEnd& end,
                      std::vector<LockstepFit>* fits) const;
  std::vector<Part> LearnFolds(const Folds& folds, const FoldSums& sums) const;
  LockstepEnd End() const;
  void FillCurvatures(const FoldsAt& at, Block* block);
  // Null where there is none of the fold's size.
  const LockstepCurvature* CurvatureOf(const Block& block, std::size_t decay,
                                       const FoldAt& at) const;
  void SolveFold(const FoldAt& at, const Block& block, const FoldDone& done) const;

  const Dataset& data_;
  int outputs_;
  int threads_;
  Vector no_target_;
  FoldSums sums_;  // of the first round
  Standardizer standardizer_;
  std::optional<SharedRows> rows_;
  Part all_;
  double furthest_ = 0.0;
  bool separable_ = false;
  std::map<double, Matrix> parameters_;  // of all rows
  std::map<double, Fit> fits_;
};

}  // namespace halflife
