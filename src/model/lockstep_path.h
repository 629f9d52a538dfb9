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
  // What is asked of the folds of one round: those of `decays` that SolveAll reached. `stop` is
  // asked between folds.
  struct Asked {
    std::size_t repeat = 0;
    std::span<const double> decays;
    const std::function<bool()>& stop;
  };
  // Gives the kept fits their effective degrees of freedom and, where that is cheap beside them,
  // their approximate leave-one-out loss.
  void SolveFolds(const Asked& asked, const FoldDone& done);

  // The same of pairs of folds, numbered as PairsOf has them.
  using PairDone =
      std::function<void(std::size_t pair, std::size_t decay, std::optional<PairLosses> losses)>;
  void SolvePairs(const Asked& asked, const PairDone& done);

  // The same of the approximate leave-one-out losses of each fold's training rows.
  using LeftOutDone = std::function<void(int fold, std::size_t decay, std::optional<double> loss)>;
  void LeaveOneOutOfFolds(const Asked& asked, const LeftOutDone& done);

 private:
  static constexpr std::size_t kManyParameters = 150;  // whose curvature serves several fits
  static constexpr std::size_t kManyRows = 50000;      // whose passes keep all threads busy

  // What a fold, a pair of folds, or all rows, has learnt from the rows it trains on.
  struct Part {
    std::vector<uint32_t> rows;
    std::vector<char> trains;  // whether the rows of fold -1, 0, 1, ... are among them
    double weight = 0.0;
    std::optional<FoldScale> scale;    // none: its sums lack digits, or a class has no row
    std::optional<Spectrum> spectrum;  // values and flat; none where sums leave them open

    Matrix Trained(const std::vector<Matrix>& of_folds) const;
  };
  // Where a fit begins, and the curvature there.
  struct Beginning {
    Matrix parameters;
    LockstepCurvature curvature;
    bool solved = false;
  };
  // A part as it is solved: which it is of its round, and on how many threads.
  struct PartAt {
    std::size_t index;
    const Part& part;
    int threads;
  };
  struct Block;
  // Solved fits of a part, and their places in the decays asked for; those not solved among them.
  using PartSolved = std::function<void(const PartAt& at, const std::vector<LockstepFit>& fits,
                                        const std::vector<std::size_t>& index)>;

  std::size_t Parameters() const {
    return static_cast<std::size_t>(data_.design.size() + 1) * static_cast<std::size_t>(outputs_);
  }
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
  const FoldSums& SumsOf(std::size_t repeat, std::optional<FoldSums>* others) const;
  void LearnPart(RowSums sums, Part* part) const;
  std::vector<Part> LearnFolds(std::size_t repeat) const;
  std::vector<Part> LearnPairs(std::size_t repeat) const;
  LockstepEnd End() const;
  void FillSlopes(const Folds& folds, const std::vector<Part>& parts, Block* block);
  void FactorCurvatures(const std::vector<Part>& parts, bool shared, std::size_t d,
                        std::vector<Matrix>* sums, Block* block);
  void AddCriteria(const LockstepCurvature& curvature, double decay, Fit* fit) const;
  std::optional<double> LeaveOneOut(const Part& part, const LockstepCurvature& curvature,
                                    const Matrix& own) const;
  // Null where there is none of the part's size.
  const LockstepCurvature* CurvatureOf(const Block& block, std::size_t decay,
                                       const PartAt& at) const;
  void SolveParts(const Asked& asked, const std::vector<Part>& parts, const PartSolved& done);
  void SolvePart(const PartAt& at, const Block& block, const PartSolved& done) const;
  LockstepFits Spread(const PartAt& at, const std::vector<LockstepFit>& fits) const;
  bool HasNoFit(const PartAt& at, const LockstepFit& fit) const;
  void ScoreFold(const Folds& folds, const PartAt& at, const std::vector<LockstepFit>& fits,
                 const std::vector<std::size_t>& index, const FoldDone& done) const;

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
