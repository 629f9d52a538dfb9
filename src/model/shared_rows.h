// The rows of a dataset in one scale that all folds share, and what a fold's own standardised
// weights are there: what is learnt from a fold's training rows is a linear map.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "data/dataset.h"
#include "linalg/linalg.h"
#include "model/standardizer.h"

namespace halflife {

// Rows are standardised by means and scales of all rows; beside the features that vary there stand
// the indicators of missing cells, and a last column of ones.
class SharedRows {
 public:
  // `scale` is learnt on all rows; `order` are they, in the order in which they are kept.
  SharedRows(const Dataset& data, const Standardizer& scale, std::vector<uint32_t> order,
             int threads = 1);

  Eigen::Index size() const { return static_cast<Eigen::Index>(features_.size()) + 1; }
  const Dataset& data() const { return data_; }
  const Standardizer& scale() const { return scale_; }
  // The column of a feature of the design; -1 where it has none.
  int ColumnOf(int feature) const { return column_of_[static_cast<std::size_t>(feature)]; }

  // The same rows in the order in which they are kept.
  std::vector<uint32_t> InOrder(const std::vector<uint32_t>& rows) const;

  // size() x rows: as they are kept, where they stand there one after another, else put into
  // `buffer`, which must stay.
  Eigen::Map<const Matrix> Read(std::span<const uint32_t> rows, Matrix* buffer) const;

 private:
  bool AreKeptTogether(std::span<const uint32_t> rows) const;
  Matrix ReadFromTable(std::span<const uint32_t> rows) const;

  const Dataset& data_;
  const Standardizer& scale_;
  std::vector<int> features_;
  std::vector<int> column_of_;
  std::vector<uint32_t> order_;
  std::vector<uint32_t> place_;  // of each row in the order
  Matrix kept_;  // size() x all rows in their order, where that is not too much memory; else empty
};

// Parameters of a fold are (kept + 1) x outputs, those of its standardised features and last the
// intercepts; in the shared scale they are size() x outputs. With T the map from the first to the
// second, gradients go back by T', curvatures by T' S T.
class FoldScale {
 public:
  FoldScale(const SharedRows& rows, const Standardizer& fold);

  Eigen::Index size() const { return static_cast<Eigen::Index>(terms_.size()) + 1; }
  Matrix Spread(const Matrix& parameters) const;
  Matrix Gather(const Eigen::Ref<const Matrix>& gradient) const;
  // Whether every row has the same logits by parameters of the fold as by what Restrict makes them
  // from.
  bool PredictsAs(const FoldScale& of_all) const;
  // The parameters that predict as those of all rows (as the fold of all rows has them), but for
  // what missing cells are filled with.
  Matrix Restrict(const Matrix& of_all) const;
  // Of one pair of outputs.
  Matrix GatherCurvature(const Eigen::Ref<const Matrix>& curvature) const;

 private:
  // A fold's feature: factor * its column + indicator_factor * the indicator's + offset.
  struct Term {
    Eigen::Index column;
    double factor;
    Eigen::Index indicator;  // -1: none
    double indicator_factor;
    double offset;
  };

  Eigen::Index shared_size_;
  std::vector<Term> terms_;
};

}  // namespace halflife
