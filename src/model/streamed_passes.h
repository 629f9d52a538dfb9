// What linear regression asks of rows that are not in memory: one pass over them a question.
#pragma once

#include <functional>
#include <optional>
#include <span>
#include <vector>

#include "data/dataset.h"
#include "model/fold_sums.h"
#include "model/ridge.h"

namespace halflife {

// Directions that sums say nothing varies along, over the rows that train a fold (-1: all).
struct FlatQuestion {
  std::size_t repeat = 0;
  int fold = -1;
  Standardizer learnt;
  Spectrum spectrum;
};

// Squared errors of some weights (a column each) on the rows that a fold of a round holds out.
struct ErrorQuestion {
  std::size_t repeat = 0;
  int fold = 0;
  GramStandardizer learnt;
  Matrix weights;
  std::vector<double> errors;  // the answer
};

class StreamedPasses {
 public:
  // `centred` is the target less its mean; all must outlive it.
  StreamedPasses(const Dataset& data, const Vector& centred, int threads)
      : data_(data), centred_(centred), threads_(threads) {}

  // Bytes that the sums of every fold of every round take.
  double SumsBytes() const;
  // These sums, a round each; empty where `stop` says so.
  std::vector<FoldSums> SumUp(const std::function<bool()>& stop) const;

  // Whether the rows say nothing along all that is asked.
  bool AreFlat(const std::vector<FlatQuestion>& questions) const;
  void Answer(std::vector<ErrorQuestion>* questions) const;

  // See LeaveOneOut, of `full`, made from the sums of all rows.
  std::vector<std::optional<LeftOut>> LeftOutOfAll(const Ridge& full, const Standardizer& learnt,
                                                   std::span<const double> decays) const;

 private:
  void AddErrors(const RowBlock& block, ErrorQuestion* question) const;

  const Dataset& data_;
  const Vector& centred_;
  int threads_;
};

}  // namespace halflife
