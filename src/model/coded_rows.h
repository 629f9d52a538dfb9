// The standardised features of some rows as a linear map, read where they stand in the table: a
// text column of thousands of levels is a code a row, and never a block of 0s and 1s.
#pragma once

#include <array>
#include <cstdint>
#include <span>
#include <vector>

#include "data/design.h"
#include "model/input_products.h"
#include "model/standardizer.h"

namespace halflife {

// Whether a design is fitted through CodedRows: it has more than a thousand features, of which a
// row sets few. Then a pass over all rows costs less than a column of a Gram matrix.
bool StaysCoded(const Design& design);

// Inputs are the kept features, standardised, and 1. The design must outlive it.
class CodedRows : public InputProducts {
 public:
  // `undecayed` says of each feature of the design whether no penalty holds it; empty: of none.
  CodedRows(const Design& design, const Standardizer& learnt, std::span<const uint32_t> rows,
            const std::vector<bool>& undecayed = {});

  Eigen::Index size() const { return static_cast<Eigen::Index>(table_rows_.size()); }
  Eigen::Index features() const { return static_cast<Eigen::Index>(kept_.size()); }
  Eigen::Index inputs() const override { return features() + 1; }
  // Places of those that no penalty holds among the kept ones.
  std::span<const Eigen::Index> undecayed() const override { return undecayed_; }

  Matrix Times(const Matrix& parameters) const override;
  Matrix Against(const Matrix& values) const override;
  std::unique_ptr<InputPreconditioner> Precondition(const Matrix& curvature, double decay,
                                                    bool closely) const override;

  // The same for rows [begin, begin + count), or for values of rows from `begin` on. Slots are what
  // a cell looks up or adds to: of text one a code, of a number its slope and what a missing cell
  // has. All are m x slots.
  struct Slots {
    Matrix values;
    Vector constant;  // m: what every row adds, or the sum over all rows
  };
  Slots Spread(const Matrix& parameters) const;
  Matrix Times(const Slots& slots, Eigen::Index begin, Eigen::Index count) const;
  Slots NoSums(Eigen::Index outputs) const;
  void Add(Eigen::Index begin, const Matrix& values, Slots* sums) const;
  Matrix Gather(const Slots& sums) const;

  // Takes away from `parameters` (inputs x m, or features x m) what moves no row's product because
  // a text column's levels add up to 1: a decayed optimum has no such part.
  void RemoveFlat(Eigen::Ref<Matrix> parameters) const;
  // In how many directions the features that are decayed can move a row's product, unless columns
  // depend on each other.
  Eigen::Index decayed_directions() const;

  // Sums over rows of curvature (n) times the square of each input.
  Vector SquaredSums(const Eigen::Ref<const Vector>& curvature) const;

 private:
  friend class CategorySchur;

  // A kept feature: where it is found among the slots, and how it is standardised.
  struct Kept {
    Eigen::Index column;
    Eigen::Index slot;
    double mean;
    double scale;
    bool is_number;
    bool decayed;
  };
  struct ColumnOfSlots {
    const DesignColumn* of;
    Eigen::Index first;  // slot
    double origin = 0.0;
    double mean = 0.0;
    double fill = 0.0;
    double scale = 1.0;  // of a number
    Eigen::Index laid_out = -1;
  };
  // Some rows of a column of numbers, less their mean; 0 where missing.
  struct NumberBlock {
    static constexpr Eigen::Index kMostRows = 512;
    Eigen::Index count = 0;
    std::array<double, kMostRows> values;
    std::vector<Eigen::Index> missing;

    const double* data = nullptr;  // values, or where they are laid out

    auto Values() const { return Eigen::Map<const Vector>(data, count); }
  };
  // The features [first, end) of a text column among the kept ones, and their scales, of norm 1.
  struct Flat {
    Eigen::Index first;
    Vector direction;
  };

  void AddColumn(const Design& design, const Standardizer& learnt, const DesignColumn& of,
                 const std::vector<bool>& undecayed);
  void AddLevels(const ColumnOfSlots& column, const Slots& slots, Eigen::Index begin,
                 Matrix* products) const;
  void AddNumbers(const ColumnOfSlots& column, const Slots& slots, Eigen::Index begin,
                  Matrix* products) const;
  void SumLevels(const ColumnOfSlots& column, Eigen::Index begin, const Matrix& values,
                 Slots* sums) const;
  void SumNumbers(const ColumnOfSlots& column, Eigen::Index begin, const Matrix& values,
                  Slots* sums) const;
  void LayOut();
  // Up to kMostRows rows from `begin` on.
  void Read(const ColumnOfSlots& column, Eigen::Index begin, Eigen::Index count,
            NumberBlock* block) const;

  std::vector<uint32_t> table_rows_;
  std::vector<ColumnOfSlots> columns_;
  std::vector<Kept> kept_;
  std::vector<Eigen::Index> undecayed_;
  std::vector<Flat> flat_;
  Matrix laid_out_;  // rows x columns of numbers without missing cells, less their means
  Eigen::Index slots_ = 0;
};

}  // namespace halflife
