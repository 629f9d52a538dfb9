// From rows to a tuned net, and how nets of other sizes do on the same splits.
#include "halflife/tune_net.h"

#include <algorithm>
#include <iterator>

#include "base/error.h"
#include "base/stopwatch.h"
#include "net/rows.h"
#include "tune/training/beside.h"
#include "tune/training/net_tuner.h"

namespace halflife {
namespace {

// The tuning with nets of other sizes, one after another, and progress over all of them.
class SizesTuner {
 public:
  SizesTuner(const RowSplits& splits, std::string path, const NetTuneOptions& options)
      : splits_(splits), path_(std::move(path)), options_(options) {
    for (const double size : options.sizes) {
      const std::vector<int> hidden = ScaledNet(options.net, size).hidden;
      const bool known = hidden == options.net.hidden ||
                         std::any_of(others_.begin(), others_.end(), [&](const OtherSize& other) {
                           return other.hidden == hidden;
                         });
      if (!known) others_.push_back({size, hidden});
    }
  }

  NetTuneOutcome Tune() {
    NetTuneOutcome outcome =
        NetTuner(splits_, path_, WithProgress(options_), AddGainsBeside).Tune();
    std::vector<SizePoint>& points = outcome.result.diagnostics.sizes;
    if (points.empty()) return outcome;  // interrupted, or nothing to compare
    Stopwatch watch;
    for (const OtherSize& other : others_) {
      AddPoint(other, &outcome.result);
      if (outcome.result.interrupted) break;
    }
    std::sort(points.begin(), points.end(),
              [](const SizePoint& a, const SizePoint& b) { return a.parameters < b.parameters; });
    if (points.size() < 2) points.clear();
    outcome.result.timing.fit += watch.Lap();
    return outcome;
  }

 private:
  struct OtherSize {
    double size = 1.0;
    std::vector<int> hidden;
  };

  NetTuneOptions WithProgress(NetTuneOptions options) {
    if (!options_.progress) return options;
    options.progress = [this](const TrainingProgress& now) {
      told_ = now;
      told_.epochs_done += before_.epochs_done;
      told_.epochs_planned =
          before_.epochs_done + now.epochs_planned * (1 + std::ssize(others_) - tuned_);
      options_.progress(told_);
    };
    return options;
  }

  void AddPoint(const OtherSize& other, TuneResult* result) {
    ++tuned_;
    before_ = told_;
    NetTuneOptions options = WithProgress(options_);
    options.textbook = false;
    options.current_decay.reset();
    options.sizes.clear();
    options.net.hidden = other.hidden;
    try {
      const std::optional<SizePoint> point = NetTuner(splits_, path_, options).Judge();
      if (point) result->diagnostics.sizes.push_back(*point);
      result->interrupted = !point && options_.stop && options_.stop();
    } catch (const Error& error) {
      const ErrorKind kind = error.kind();
      if (kind == ErrorKind::kStoppedBeforeEpoch) {
        result->interrupted = true;
        return;
      }
      if (kind != ErrorKind::kAllDiverged && kind != ErrorKind::kAllDivergedBy &&
          kind != ErrorKind::kRunLossNotFinite)
        throw;
      result->findings.push_back({.kind = TuneFinding::Kind::kNoSize, .number = other.size});
    }
  }

  const RowSplits& splits_;
  std::string path_;
  const NetTuneOptions& options_;
  std::vector<OtherSize> others_;  // than the net's own
  std::int64_t tuned_ = 0;         // of these
  TrainingProgress told_;
  TrainingProgress before_;
};

}  // namespace

NetTuneOutcome TuneNet(const Table& table, const Table* test, const NetTuneOptions& options) {
  const RowSplits splits(table, test, options.data, options.rounds);
  return SizesTuner(splits, table.source, options).Tune();
}

NetTuneOutcome TuneNet(ArrayData data, std::optional<ArrayData> test,
                       const NetTuneOptions& options) {
  const std::string path = data.inputs.source;
  const RowSplits splits(std::move(data), std::move(test), options.data, options.rounds);
  return SizesTuner(splits, path, options).Tune();
}

}  // namespace halflife
