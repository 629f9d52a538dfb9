// Columns whose weights no penalty holds (--no-decay), taken out of a least squares problem: what
// is left is a problem in the other columns alone, each less what the free ones explain of it
// (Frisch and Waugh 1933, Econometrica 1:387).
#pragma once

#include <functional>
#include <optional>
#include <vector>

#include "model/gram.h"

namespace halflife {

class FreeColumns {
 public:
  // `undecayed` says of each feature of the design whether it is free; `kept` are those that vary.
  FreeColumns(const std::vector<bool>& undecayed, const std::vector<int>& kept);

  bool none() const { return free_.empty(); }
  const std::vector<Eigen::Index>& free() const { return free_; }  // indices into `kept`
  const std::vector<Eigen::Index>& held() const { return held_; }  // the others
  Eigen::Index rank() const { return rank_; }                      // of the free columns

  // The standardizer of the free columns alone, of that of all kept ones.
  Standardizer OfFree(Standardizer learnt) const;

  // The problem in the held columns, of all kept ones (lower triangle); whole. None where a Gram
  // matrix cannot tell whether free columns depend on each other; `is_flat` is asked whether the
  // rows say nothing along the directions that it takes for flat (see IsFlat).
  std::optional<StandardizedGram> Reduce(StandardizedGram gram,
                                         const std::function<bool(const Spectrum&)>& is_flat);

  // The same from rows (kept x n, scaled so that plain means are weighted ones): `rows` becomes
  // held x n.
  void Reduce(Matrix* rows, Vector* target);

  // The weights of all kept columns from those of the held ones of the problem last reduced: the
  // free ones are the least squares fit to what the held ones leave, of minimum norm.
  Vector Whole(const Vector& weights) const;

 private:
  std::vector<Eigen::Index> free_;
  std::vector<Eigen::Index> held_;
  Eigen::Index rank_ = 0;
  Vector alone_;    // the free weights where the held ones are 0
  Matrix explain_;  // free x held: what a unit of a held weight takes from them
};

}  // namespace halflife
