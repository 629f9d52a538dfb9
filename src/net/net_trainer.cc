#include "net/net_trainer.h"

#include <fmt/format.h>

#include <algorithm>
#include <atomic>
#include <map>

#include "base/check.h"
#include "base/error.h"
#include "base/parallel.h"
#include "base/random.h"
#include "net/pass.h"

namespace halflife {
namespace {

void CheckSamples(ErrorKind which, const Samples& samples, std::size_t width, std::size_t outputs) {
  const bool classes = outputs > 1;
  if (samples.width != width || samples.inputs.size() != samples.rows * width ||
      samples.classes.size() != (classes ? samples.rows : 0) ||
      samples.numbers.size() != (classes ? 0 : samples.rows)) {
    Fail(ErrorKind::kNetRowsMisfit,
         {samples.rows, samples.width, samples.classes.size(), samples.numbers.size(), width,
          outputs},
         Cause(which));
  }
  for (const std::int32_t c : samples.classes) {
    if (c < 0 || static_cast<std::size_t>(c) >= outputs)
      Fail(ErrorKind::kNetClassUnknown, {c, outputs}, Cause(which));
  }
}

// What the groups of one call share.
struct Call {
  const NetData* data;
  const NetLayout* layout;
  const TrainingOptions* training;
  int epochs;
  const EpochCallback* done;
  Gate gate;
  std::atomic<bool> stop = false;
};

// The runs of a group, with what they share: batches, masks and room for a pass.
class GroupTrainer {
 public:
  GroupTrainer(Call* call, std::vector<NetRun*> runs)
      : call_(*call),
        runs_(std::move(runs)),
        most_rows_(
            std::min(static_cast<std::size_t>(call_.training->batch), call_.data->training.rows)),
        batch_(most_rows_, call_.layout->inputs()),
        masks_(*call_.layout, most_rows_),
        pass_(*call_.layout, most_rows_),
        gradients_(call_.layout->size()) {}

  void Train() {
    Drop();
    while (!runs_.empty() && !call_.stop &&
           runs_.front()->curve().size() < static_cast<std::size_t>(call_.epochs)) {
      RunEpoch();
      Drop();
      EndEpoch();
      Drop();
    }
  }

 private:
  void Drop() {
    std::erase_if(runs_, [](const NetRun* run) { return run->ended(); });
  }

  void RunEpoch() {
    const std::size_t rows = call_.data->training.rows;
    const std::size_t epoch = runs_.front()->curve().size();
    const std::uint64_t seed = runs_.front()->key().seed;
    const std::vector<std::uint32_t> order =
        Random(seed, OrderStream(epoch)).Permutation(static_cast<std::uint32_t>(rows));
    const std::size_t batches = (rows + most_rows_ - 1) / most_rows_;
    const std::size_t stride = std::max<std::size_t>(batches / 32, 1);
    for (std::size_t i = 0; i < batches && !runs_.empty(); ++i) {
      const std::size_t first = i * most_rows_;
      batch_.Gather(call_.data->training,
                    std::span(order).subspan(first, std::min(most_rows_, rows - first)));
      masks_.Fill(seed, epoch * batches + i, batch_.rows());
      for (NetRun* run : runs_) {
        const double loss = pass_.Learn(run->trained(), batch_, masks_, gradients_.span());
        if (run->CountLoss(loss, batch_.rows())) run->Step(gradients_.span(), i % stride == 0);
      }
      Drop();
    }
  }

  void EndEpoch() {
    std::vector<std::span<const float>> weights;
    for (NetRun* run : runs_) weights.push_back(run->TakeAverage());
    const std::vector<Evaluation> found =
        EvaluateNets(*call_.layout, weights, call_.data->validation);
    for (std::size_t i = 0; i < runs_.size(); ++i) {
      runs_[i]->EndEpoch(found[i].loss, found[i].score, call_.data->loss_unit,
                         call_.training->patience);
      if (runs_[i]->diverged() || !*call_.done) continue;
      call_.gate.Pass([&] {
        if (!(*call_.done)(*runs_[i])) call_.stop = true;
      });
    }
  }

  Call& call_;
  std::vector<NetRun*> runs_;
  std::size_t most_rows_;
  NetBatch batch_;
  NetMasks masks_;
  NetPass pass_;
  FloatBlock gradients_;
};

// Runs of one seed and as many epochs, cut in groups of about four and of about one size, as many
// as keep all threads busy.
std::vector<std::vector<NetRun*>> MakeGroups(const std::vector<NetRun*>& runs, int threads) {
  constexpr std::size_t kAbout = 4;
  std::map<std::pair<std::uint64_t, std::size_t>, std::vector<NetRun*>> alike;
  for (NetRun* run : runs) alike[{run->key().seed, run->curve().size()}].push_back(run);
  const auto workers = static_cast<std::size_t>(threads > 0 ? threads : AvailableThreads());
  std::vector<std::vector<NetRun*>> groups;
  for (const auto& [key, members] : alike) {
    const std::size_t rounds = (members.size() + kAbout * workers - 1) / (kAbout * workers);
    std::size_t count = alike.size() >= workers ? (members.size() + kAbout - 1) / kAbout
                                                : std::min(rounds * workers, members.size());
    for (std::size_t i = 0, at = 0; i < count; ++i) {
      const std::size_t size = members.size() / count + (i < members.size() % count ? 1 : 0);
      groups.emplace_back(members.begin() + static_cast<std::ptrdiff_t>(at),
                          members.begin() + static_cast<std::ptrdiff_t>(at + size));
      at += size;
    }
  }
  return groups;
}

}  // namespace

NetTrainer::NetTrainer(const NetData& data, const NetOptions& net, const TrainingOptions& training)
    : data_(data), layout_(data.training.width, data.outputs, net), training_(training) {
  CheckOptions(training);
  CheckSamples(ErrorKind::kTrainingRows, data.training, data.training.width, data.outputs);
  CheckSamples(ErrorKind::kValidationRows, data.validation, data.training.width, data.outputs);
  if (data.test.rows > 0)
    CheckSamples(ErrorKind::kTestRows, data.test, data.training.width, data.outputs);
  if (data.training.rows == 0 || data.validation.rows == 0) Fail(ErrorKind::kNetRowsNone);
  if (data.training.rows > UINT32_MAX) Fail(ErrorKind::kNetRowsTooMany, {data.training.rows});
}

const NetRun& NetTrainer::net(const TrainingRun& run) const {
  HALFLIFE_CHECK(run.number() < runs_.size() && runs_[run.number()].get() == &run);
  return *runs_[run.number()];
}

NetRun& NetTrainer::net(const TrainingRun& run) {
  HALFLIFE_CHECK(run.number() < runs_.size() && runs_[run.number()].get() == &run);
  return *runs_[run.number()];
}

std::size_t NetTrainer::steps_per_epoch() const {
  const auto batch = static_cast<std::size_t>(training_.batch);
  return (data_.training.rows + batch - 1) / batch;
}

std::int64_t NetTrainer::steps() const {
  return static_cast<std::int64_t>(steps_per_epoch()) * training_.epochs;
}

const TrainingRun* NetTrainer::Start(const RunKey& key) {
  runs_.push_back(std::make_unique<NetRun>(runs_.size(), layout_, training_, steps(), key));
  return runs_.back().get();
}

void NetTrainer::TrainTo(int epochs, std::span<const TrainingRun* const> runs, int threads,
                         const EpochCallback& done) {
  Call call{&data_, &layout_, &training_, epochs, &done, {}, {}};
  std::vector<NetRun*> own;
  for (const TrainingRun* run : runs) own.push_back(&net(*run));
  const std::vector<std::vector<NetRun*>> groups = MakeGroups(own, threads);
  ParallelFor(groups.size(), threads, [&](std::size_t i) {
    if (!call.stop) GroupTrainer(&call, groups[i]).Train();
  });
}

RowLosses NetTrainer::Evaluate(const TrainingRun& run, const Samples& samples) const {
  const std::span<const float> weights = net(run).weights();
  Evaluation found = std::move(EvaluateNets(layout_, {&weights, 1}, samples).front());
  for (double& loss : found.losses) loss *= data_.loss_unit;
  return {std::move(found.losses), found.score, std::move(found.right)};
}

RowLosses NetTrainer::Validate(const TrainingRun& run) const {
  return Evaluate(run, data_.validation);
}

RowLosses NetTrainer::Test(const TrainingRun& run) const {
  if (data_.test.rows == 0) Fail(ErrorKind::kNetNoTestRows);
  return Evaluate(run, data_.test);
}

}  // namespace halflife
