#include "lab/overfit.h"

#include <algorithm>
#include <cmath>

#include "base/error.h"
#include "base/text.h"
#include "lab/choices.h"
#include "net/evaluate.h"

namespace halflife {
namespace {

constexpr std::size_t kValidationRows = 200;
// So wide that the net can learn waves much shorter than the range within some hundred epochs.
constexpr double kStretch = 10.0;

float InputOf(double x) { return static_cast<float>(kStretch * x); }

Samples Part(const std::vector<float>& inputs, const std::vector<float>& targets, std::size_t first,
             std::size_t count) {
  Samples samples;
  samples.inputs = std::span(inputs).subspan(first, count);
  samples.numbers = std::span(targets).subspan(first, count);
  samples.rows = count;
  samples.width = 1;
  return samples;
}

}  // namespace

DecayHistory DecayHistory::Parse(const std::string& text) {
  DecayHistory history;
  for (const std::string& part : Split(text, ',')) {
    const std::vector<std::string> pair = Split(part, ':');
    if (pair.size() != 2) Fail(ErrorKind::kHistoryForm, {part});
    const double epoch = NumberOf("decays", pair[0]);
    const double decay = NumberOf("decays", pair[1]);
    if (!(decay >= 0 && decay <= 1e6)) Fail(ErrorKind::kHistoryDecay, {part});
    const bool first = history.changes_.empty();
    if (epoch != std::floor(epoch) || epoch > 1e9 ||
        (first ? epoch != 0 : !(epoch > static_cast<double>(history.changes_.back().first)))) {
      Fail(ErrorKind::kHistoryEpochs, {part});
    }
    history.changes_.emplace_back(static_cast<std::size_t>(epoch), decay);
  }
  if (history.changes_.empty()) Fail(ErrorKind::kHistoryEmpty);
  return history;
}

double DecayHistory::At(std::size_t epoch) const {
  double decay = changes_.front().second;
  for (const auto& [from, value] : changes_) {
    if (from <= epoch) decay = value;
  }
  return decay;
}

std::size_t DecayHistory::NextChange(std::size_t epoch) const {
  for (const auto& change : changes_) {
    if (change.first > epoch) return change.first;
  }
  return SIZE_MAX;
}

OverfitLesson::Options OverfitLesson::OptionsOf(const Question& question) {
  Options options;
  options.seed = question.Seed();
  options.rows = question.Whole("rows", 8, 100, options.rows);
  options.noise = question.Real("noise", 0, 1, options.noise);
  options.hidden = question.Whole("hidden", 2, 128, options.hidden);
  options.lr = question.Real("lr", 1e-5, 1, options.lr);
  options.rule = question.Word("rule", options.rule);
  options.law = LawChoice(question, "law", options.law);
  return options;
}

OverfitLesson::OverfitLesson(const Options& options)
    : options_(options),
      training_(DrawWave(options.seed, 0, static_cast<std::size_t>(options.rows), options.noise)),
      validation_(DrawWaveValidation(options.seed, kValidationRows, options.noise)) {
  for (const WaveRows* rows : {&training_, &validation_}) {
    for (const double x : rows->x) inputs_.push_back(InputOf(x));
    for (const double y : rows->y) targets_.push_back(static_cast<float>(y));
  }
  NetData data;
  data.training = Part(inputs_, targets_, 0, training_.x.size());
  data.validation = Part(inputs_, targets_, training_.x.size(), validation_.x.size());
  NetOptions net;
  net.hidden = {options.hidden, options.hidden};
  net.activation = Activation::kTanh;
  TrainingOptions training;
  training.batch = options.rows;  // all rows a step: what moves is decay, not chance
  training.optimizer.rule = options.rule;
  training.optimizer.law = options.law;
  trainer_ = std::make_unique<NetTrainer>(data, net, training);
  run_ = &trainer_->net(*trainer_->Start({0.0, options.lr, options.seed}));
}

bool OverfitLesson::Follows(std::size_t epochs, const DecayHistory& history) const {
  if (decays_.size() > epochs) return false;
  for (std::size_t e = 0; e < decays_.size(); ++e) {
    if (history.At(e) != decays_[e]) return false;
  }
  return true;
}

void OverfitLesson::TrainTo(std::size_t epochs, const DecayHistory& history) {
  const TrainingRun* const runs[] = {run_};
  while (decays_.size() < epochs && !run_->diverged()) {
    const std::size_t done = decays_.size();
    const double decay = history.At(done);
    if (decay != run_->key().decay) run_->SetDecay(decay);
    const std::size_t until = std::min(epochs, history.NextChange(done));
    trainer_->TrainTo(static_cast<int>(until), runs, 1, {});
    decays_.resize(until, decay);
  }
}

std::vector<double> OverfitLesson::Predict(const std::vector<double>& x) const {
  std::vector<float> inputs(x.size());
  std::transform(x.begin(), x.end(), inputs.begin(), InputOf);
  Samples samples;
  samples.inputs = inputs;
  samples.rows = inputs.size();
  samples.width = 1;
  const std::vector<float> found = PredictNet(trainer_->layout(), run().weights(), samples);
  return {found.begin(), found.end()};
}

}  // namespace halflife
