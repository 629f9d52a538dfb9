// What is known of a training run at the end of each of its epochs, and of rows held out from it.
#pragma once

#include <limits>
#include <vector>

namespace halflife {

// Sampled batches are 32 to 63 of an epoch's, evenly spread; all of them where there are fewer than
// 64, and in a net of one's own.
struct EpochRecord {
  double train_loss = 0.0;  // mean data loss over the epoch's batches, without the penalty
  double penalty = 0.0;     // decay/2 * squared norm of the decayed weights, at the epoch's end
  double validation_loss = 0.0;
  double validation_score = 0.0;    // R2 or accuracy
  double gradient_norm = 0.0;       // mean over sampled batches, before clipping
  double update_angle = 0.0;        // degrees between the decayed weights before and after a step,
                                    // mean over sampled batches; 0 where nothing decays
  std::vector<double> layer_norms;  // of each layer's weights
};

// Data losses of held-out rows, without a penalty.
struct RowLosses {
  std::vector<double> losses;  // a value a row, the same rows in every run
  double score = std::numeric_limits<double>::quiet_NaN();  // accuracy or R2, where there is one
  // Of classes: 1 of a row that is told right, else 0; may be empty.
  std::vector<double> right = {};
};

// Why a run ended before its time: a number of the epoch was not finite.
struct Divergence {
  enum class What { kLoss, kValidationLoss, kWeight };
  What what = What::kLoss;
  bool is_nan = true;  // else infinite; of weights: either
  int epoch = 0;       // counted from 1

  bool operator==(const Divergence&) const = default;
};

}  // namespace halflife
