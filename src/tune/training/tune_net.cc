// From rows to a tuned net: split, sweep, judge, and keep the best; and the same for nets of other
// sizes.
#include "halflife/tune_net.h"

#include <algorithm>
#include <cmath>
#include <iterator>

#include "base/error.h"
#include "base/stopwatch.h"
#include "net/rows.h"
#include "tune/training/net_tuner.h"

namespace halflife {
namespace {

// The tuning with nets of other sizes, one after another, and progress over all of them.
class SizesTuner {
 public:
  SizesTuner(const RowSplits& splits, std::string path, const NetTuneOptions& options)
      : splits_(splits), path_(std::move(path)), options_(options) {
    if (!options.sizes.empty() && options.net.hidden.empty())
      FailOption("sizes", ErrorKind::kSizesOfNone);
    for (const double size : options.sizes) {
      for (const int units : options.net.hidden) {
        if (!(size > 0.0) || !(size * units <= kMostUnits))
          FailOption("sizes", ErrorKind::kSizes, {size, kMostUnits});
      }
    }
  }

  NetTuneOutcome Tune() {
    NetTuneOutcome outcome = NetTuner(splits_, path_, WithProgress(options_)).Tune();
    if (options_.sizes.empty() || outcome.result.interrupted) return outcome;
    Stopwatch watch;
    std::vector<SizePoint>& points = outcome.result.diagnostics.sizes;
    for (const double size : options_.sizes) {
      AddPoint(size, &points, &outcome.result.findings);
      outcome.result.interrupted = options_.stop && options_.stop();
      if (outcome.result.interrupted) break;
    }
    std::sort(points.begin(), points.end(),
              [](const SizePoint& a, const SizePoint& b) { return a.parameters < b.parameters; });
    if (points.size() < 2) points.clear();
    outcome.result.timing.diagnostics += watch.Lap();
    return outcome;
  }

 private:
  NetTuneOptions WithProgress(NetTuneOptions options) {
    if (!options_.progress) return options;
    options.progress = [this](const TrainingProgress& now) {
      told_ = now;
      told_.epochs_done += before_.epochs_done;
      told_.epochs_planned =
          before_.epochs_done + now.epochs_planned * (1 + std::ssize(options_.sizes) - tuned_);
      options_.progress(told_);
    };
    return options;
  }

  // Nothing is told of a size that is there already or was stopped.
  void AddPoint(double size, std::vector<SizePoint>* points, std::vector<TuneFinding>* findings) {
    ++tuned_;
    before_ = told_;
    NetTuneOptions options = WithProgress(options_);
    options.textbook = false;
    options.current_decay.reset();
    for (int& units : options.net.hidden)
      units = std::max(1, static_cast<int>(std::lround(size * units)));
    const auto known = [&](const SizePoint& point) { return point.hidden == options.net.hidden; };
    if (std::any_of(points->begin(), points->end(), known)) return;
    try {
      const std::optional<SizePoint> point = NetTuner(splits_, path_, options).Judge();
      if (point) points->push_back(*point);
    } catch (const Error&) {  // the rows and the options were good for the first size
      findings->push_back({.kind = TuneFinding::Kind::kNoSize, .number = size});
    }
  }

  const RowSplits& splits_;
  std::string path_;
  const NetTuneOptions& options_;
  std::int64_t tuned_ = 0;  // sizes beside the first
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
