// Injection of a failure below everything that reports.
#pragma once

#include <memory>
#include <span>
#include <utility>
#include <vector>

#include "model/model.h"

namespace halflife::testing {

// A real model, whose fit at one decay is made to fail.
class FailingAt : public Model {
 public:
  FailingAt(std::unique_ptr<Model> model, double decay) : model_(std::move(model)), decay_(decay) {}

  Vector Curvature() override { return model_->Curvature(); }
  const Standardizer& standardizer() const override { return model_->standardizer(); }
  std::vector<Fit> FitAll(std::span<const double> decays) override {
    return model_->FitAll(decays);
  }
  std::vector<int> DoneFolds() const override { return model_->DoneFolds(); }
  std::vector<FoldScore> NullScores() const override { return model_->NullScores(); }
  std::vector<DecayScores> ScoreFolds(std::span<const double> decays) override {
    std::vector<DecayScores> scores = model_->ScoreFolds(decays);
    for (std::size_t d = 0; d < decays.size(); ++d) {
      if (decays[d] == decay_) scores[d] = {FitStatus::kFailed, {}};
    }
    return scores;
  }

 private:
  std::unique_ptr<Model> model_;
  double decay_;
};

}  // namespace halflife::testing
