// A net that is trained on a few noisy points of the lesson's curve, with a decay that may change
// on the way.
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "lab/question.h"
#include "lab/wave.h"
#include "net/net_run.h"
#include "net/net_trainer.h"

namespace halflife {

// From which epoch, counted from 0, which decay holds; ascending, the first from 0.
class DecayHistory {
 public:
  // "0:0,300:0.01". Throws Error (usage) for anything else.
  static DecayHistory Parse(const std::string& text);

  double At(std::size_t epoch) const;
  // The first epoch after `epoch` whose decay is another; SIZE_MAX if there is none.
  std::size_t NextChange(std::size_t epoch) const;
  const std::vector<std::pair<std::size_t, double>>& changes() const { return changes_; }

 private:
  std::vector<std::pair<std::size_t, double>> changes_;
};

class OverfitLesson {
 public:
  struct Options {
    std::uint32_t seed = 1;
    int rows = 20;
    double noise = 0.4;
    int hidden = 48;  // units of each of the two hidden layers
    double lr = 0.01;
    std::string rule = "adamw";
    DecayLaw law = DecayLaw::kDecoupled;

    bool operator==(const Options&) const = default;
  };
  static Options OptionsOf(const Question& question);

  explicit OverfitLesson(const Options& options);

  // Trains until `epochs` epochs are done, or it diverges. The epochs so far were of this history:
  // see Follows.
  void TrainTo(std::size_t epochs, const DecayHistory& history);
  // Whether what is trained so far is the way to `epochs` epochs of that history.
  bool Follows(std::size_t epochs, const DecayHistory& history) const;

  const Options& options() const { return options_; }
  const WaveRows& training() const { return training_; }
  const NetRun& run() const { return *run_; }
  const NetTrainer& trainer() const { return *trainer_; }
  // What the net gives at those x.
  std::vector<double> Predict(const std::vector<double>& x) const;

 private:
  Options options_;
  WaveRows training_, validation_;
  std::vector<float> inputs_, targets_;
  std::unique_ptr<NetTrainer> trainer_;
  NetRun* run_ = nullptr;       // the trainer's
  std::vector<double> decays_;  // one an epoch that was trained
};

}  // namespace halflife
