// Linear regression over rows that are not in memory: as model/linear from sums, added up in one
// pass over the rows of all folds of all rounds; a further pass answers what sums leave open.

#include <algorithm>
#include <cmath>
#include <functional>

#include "base/error.h"
#include "base/parallel.h"
#include "base/sums.h"
#include "model/fold_sums.h"
#include "model/held_errors.h"
#include "model/held_out.h"
#include "model/linear_fold.h"
#include "model/model.h"
#include "model/stopping.h"

namespace halflife {
namespace {

constexpr std::size_t kMostStreamStrips = 16;
constexpr std::size_t kStreamWindow = 2048;  // rows standardised at a time

// A fold of a round, and what its held-out rows are before any fit.
struct StreamedFold {
  std::size_t repeat = 0;
  int fold = 0;
  double weight = 0.0;    // of the rows held out
  double distance = 0.0;  // their squares from the mean trained on
  std::optional<LinearFold> kept;
};

// Squared errors that sums do not tell, of some weights, and what the rows say.
struct OpenErrors {
  std::size_t fold = 0;
  GramStandardizer learnt;
  std::vector<Eigen::Index> decays;
  Matrix weights;  // a column each
  std::vector<double> errors;
};

// Directions that sums say nothing varies along, over the rows that train a fold (-1: all).
struct FlatQuestion {
  std::size_t repeat = 0;
  int fold = -1;
  Standardizer learnt;
  Spectrum spectrum;
  double rows = 0.0;
};

class StreamedLinear : public Model {
 public:
  explicit StreamedLinear(const ModelContext& context)
      : context_(context), data_(*context.dataset), stopping_(context.stop) {
    mean_ = data_.target.numbers.dot(data_.weights) / data_.weights.sum();
    centred_ = data_.target.numbers.array() - mean_;
    for (std::size_t repeat = 0; repeat < data_.folds.size(); ++repeat) {
      for (int f = 0; f < data_.folds[repeat].count; ++f)
        folds_.push_back({.repeat = repeat, .fold = f});
    }
    Refuse();
    done_.assign(folds_.size(), 0);
    if (context_.count) context_.count(static_cast<int>(folds_.size()) + 1, 0);
  }

  Vector Curvature() override {
    Prepare();
    return full_ ? full_->Values() : Vector();
  }
  const Standardizer& standardizer() const override { return standardizer_; }
  std::vector<FoldScore> NullScores() const override {
    return ScoreConstants(data_, context_.threads);
  }

  std::vector<DecayScores> ScoreFolds(std::span<const double> decays) override {
    Prepare();
    std::vector<Vector> train(folds_.size());
    std::vector<std::vector<double>> errors(folds_.size());
    std::vector<std::vector<OpenErrors>> open(folds_.size());
    ParallelFor(full_ ? folds_.size() : 0, Threads(), [&](std::size_t at) {
      if (done_[at] == 0 && stopping_.Asked()) return;
      const LinearFold made = folds_[at].kept ? LinearFold() : Make(folds_[at]);
      const LinearFold& fold = folds_[at].kept ? *folds_[at].kept : made;
      train[at] = Score(at, fold, decays, &errors[at], &open[at]);
      if (done_[at] == 0 && context_.count) context_.count(0, 1);
      done_[at] = 1;
    });
    Settle(open, &errors);
    std::vector<DecayScores> scores(decays.size());
    for (const int at : DoneFolds()) {
      const auto fold = static_cast<std::size_t>(at);
      const std::vector<FoldScore> own =
          LinearScores(train[fold], errors[fold], folds_[fold].weight, folds_[fold].distance);
      for (std::size_t d = 0; d < decays.size(); ++d) scores[d].folds.push_back(own[d]);
    }
    return scores;
  }

  std::vector<int> DoneFolds() const override {
    std::vector<int> done;
    for (std::size_t f = 0; full_ && f < done_.size(); ++f) {
      if (done_[f] != 0) done.push_back(static_cast<int>(f));
    }
    return done;
  }

  std::vector<Fit> FitAll(std::span<const double> decays) override {
    return FitsOf(*full_, decays, mean_);
  }

 private:
  double GramBytes() const {
    const auto side = static_cast<double>(data_.design.size() + 2);
    return 8.0 * side * side;
  }
  // The sums of every round.
  double SumsBytes() const {
    double parts = 0.0;
    for (const Folds& folds : data_.folds) parts += folds.count + 1;
    return parts * GramBytes();
  }
  std::size_t Strips() const {
    constexpr double kMostBytes = 64e6;
    return static_cast<std::size_t>(
        std::clamp(kMostBytes / SumsBytes(), 1.0, static_cast<double>(kMostStreamStrips)));
  }
  int Threads() const {
    constexpr double kSpare = 64e6;
    const int threads = context_.threads > 0 ? context_.threads : AvailableThreads();
    const double most = (5.0 * GramBytes() + kSpare) / (3.0 * GramBytes());
    return std::clamp(static_cast<int>(most), 1, threads);
  }

  // The rows that train each fold of a round.
  static std::vector<std::size_t> TrainingRows(const Folds& folds) {
    std::vector<std::size_t> of_part(static_cast<std::size_t>(folds.count) + 1, 0);
    for (const int part : folds.of_row) ++of_part[static_cast<std::size_t>(part + 1)];
    std::vector<std::size_t> rows(static_cast<std::size_t>(folds.count), 0);
    for (int f = 0; f < folds.count; ++f) {
      for (int part = -1; part < folds.count; ++part) {
        if (folds.Trains(part, f))
          rows[static_cast<std::size_t>(f)] += of_part[static_cast<std::size_t>(part + 1)];
      }
    }
    return rows;
  }

  void Refuse() const {
    constexpr double kMostBytes = 8e9;
    const auto features = static_cast<std::size_t>(data_.design.size());
    for (const Folds& folds : data_.folds) {
      for (const std::size_t rows : TrainingRows(folds)) {
        if (rows <= features) Fail(ErrorKind::kStreamWide, {rows, features});
      }
    }
    const double bytes = 2.0 * SumsBytes() + 6.0 * GramBytes();
    if (bytes > kMostBytes) {
      Fail(ErrorKind::kLinearMemory, {folds_.size(), features, std::round(bytes / 1e9)});
    }
  }

  // All that is done once: sums, the fit of all rows, and every fold's ridge problem.
  void Prepare() {
    if (full_ || stopping_.Asked()) return;
    if (!SumUp()) return;
    constexpr double kMostKept = 48e6;
    const bool keeps = GramBytes() * static_cast<double>(folds_.size()) <= kMostKept;
    std::vector<FlatQuestion> flat(folds_.size() + 1);
    LinearFold all = OfSums(sums_.front().All());
    Ask(all, {.rows = static_cast<double>(data_.target.rows())}, &flat.back());
    std::vector<std::vector<std::size_t>> rows;
    for (const Folds& folds : data_.folds) rows.push_back(TrainingRows(folds));
    ParallelFor(folds_.size(), Threads(), [&](std::size_t at) {
      StreamedFold& own = folds_[at];
      LinearFold fold = Make(own);
      own.distance = DistanceOf(own, fold.learnt.target_mean);
      const std::size_t training = rows[own.repeat][static_cast<std::size_t>(own.fold)];
      Ask(fold, {own.repeat, own.fold, {}, {}, static_cast<double>(training)}, &flat[at]);
      if (keeps) own.kept = std::move(fold);
    });
    CheckFlat(flat);
    standardizer_ = std::move(all.learnt.features);
    full_ = std::move(all.ridge);
    if (context_.count) context_.count(0, 1);
  }

  // False where that was stopped.
  bool SumUp() {
    const std::size_t strips = Strips();
    const auto none = [&](const Folds& folds) {
      return std::vector<RowSums>(static_cast<std::size_t>(folds.count) + 1,
                                  NoRows(data_.design.size()));
    };
    std::vector<std::vector<std::vector<RowSums>>> of_strip(strips);
    data_.stream->Read(strips, context_.threads, [&](std::size_t strip, const RowBlock& block) {
      if (stopping_.Asked()) return;
      if (of_strip[strip].empty()) {
        for (const Folds& folds : data_.folds) of_strip[strip].push_back(none(folds));
      }
      const SummedRows of{block.design, centred_, data_.weights};
      const RowSpan rows{0, block.design.row_count, block.first};
      for (std::size_t repeat = 0; repeat < data_.folds.size(); ++repeat)
        AddToFolds(of, rows, data_.folds[repeat], &of_strip[strip][repeat]);
    });
    if (stopping_.Asked()) return false;
    sums_.reserve(data_.folds.size());
    for (std::size_t repeat = 0; repeat < data_.folds.size(); ++repeat) {
      const Folds& folds = data_.folds[repeat];
      std::vector<RowSums> parts = none(folds);
      for (const auto& strip : of_strip) {
        for (std::size_t f = 0; !strip.empty() && f < parts.size(); ++f)
          parts[f].Add(strip[repeat][f]);
      }
      AddWeights(data_.weights, folds, &parts);
      for (StreamedFold& own : folds_) {
        if (own.repeat == repeat) own.weight = parts[static_cast<std::size_t>(own.fold) + 1].weight;
      }
      sums_.emplace_back(std::move(parts), folds);
    }
    return true;
  }

  LinearFold OfSums(RowSums sums) const {
    std::optional<LinearFold> fold = LinearFoldOfSums(data_.design, std::move(sums));
    if (!fold) Fail(ErrorKind::kStreamDigits);
    return std::move(*fold);
  }
  LinearFold Make(const StreamedFold& own) const {
    return OfSums(sums_[own.repeat].Training(own.fold));
  }

  double DistanceOf(const StreamedFold& own, double mean) const {
    const std::vector<int>& of_row = data_.folds[own.repeat].of_row;
    CompensatedSum sum;
    for (std::size_t row = 0; row < of_row.size(); ++row) {
      if (of_row[row] != own.fold) continue;
      const auto at = static_cast<Eigen::Index>(row);
      sum.Add(data_.weights(at) * (centred_(at) - mean) * (centred_(at) - mean));
    }
    return sum.Total();
  }

  static void Ask(const LinearFold& fold, FlatQuestion question, FlatQuestion* asked) {
    question.learnt = fold.learnt.features;
    question.spectrum.flat = fold.ridge.spectrum.flat;
    if (question.spectrum.flat.cols() > 0) question.spectrum.values = fold.ridge.spectrum.values;
    *asked = std::move(question);
  }

  // Whether the rows say nothing along what sums take for flat.
  void CheckFlat(std::vector<FlatQuestion> questions) const {
    std::erase_if(questions, [](const FlatQuestion& of) { return of.spectrum.flat.cols() == 0; });
    if (questions.empty()) return;
    const std::size_t strips = kMostStreamStrips;
    std::vector<char> bent(strips, 0);
    data_.stream->Read(strips, context_.threads, [&](std::size_t strip, const RowBlock& block) {
      for (const FlatQuestion& question : questions) {
        ForWindows(
            question.repeat, block,
            [&](int part) {
              return question.fold < 0 || data_.folds[question.repeat].Trains(part, question.fold);
            },
            [&](std::span<const uint32_t> rows) {
              const Matrix values = Standardize(block.design, question.learnt, rows);
              if (!IsFlat(question.spectrum, values, std::min(question.rows, 4096.0)))
                bent[strip] = 1;
            });
      }
    });
    if (std::count(bent.begin(), bent.end(), 1) > 0) Fail(ErrorKind::kStreamDigits);
  }

  // Calls window(rows of the block) for those whose part, of a round, is wanted.
  void ForWindows(std::size_t repeat, const RowBlock& block, const std::function<bool(int)>& wanted,
                  const std::function<void(std::span<const uint32_t>)>& window) const {
    const std::vector<int>& of_row = data_.folds[repeat].of_row;
    std::vector<uint32_t> rows;
    for (std::size_t row = 0; row < block.design.row_count; ++row) {
      if (wanted(of_row[block.first + row])) rows.push_back(static_cast<uint32_t>(row));
    }
    for (std::size_t start = 0; start < rows.size(); start += kStreamWindow)
      window(std::span(rows).subspan(start, std::min(kStreamWindow, rows.size() - start)));
  }

  // The mean training losses of fold `at`, the errors that sums tell, and those they do not.
  Vector Score(std::size_t at, const LinearFold& fold, std::span<const double> decays,
               std::vector<double>* errors, std::vector<OpenErrors>* open) const {
    const StreamedFold& own = folds_[at];
    const Matrix axes = fold.ridge.Axes(decays);
    if (axes.rows() == 0) {  // no feature varies in the training rows: only the mean is left
      errors->assign(decays.size(), own.distance);
      return fold.ridge.TrainLosses(decays, axes);
    }
    const Matrix weights = fold.ridge.Weights(axes);
    ErrorsOfSums of =
        HeldErrorsOfSums(data_.design, fold.learnt, sums_[own.repeat].Held(own.fold), weights);
    *errors = std::move(of.errors);
    if (!of.close.empty()) {
      const Matrix close = weights(Eigen::all, of.close);
      open->push_back({at, fold.learnt, std::move(of.close), close, {}});
    }
    return fold.ridge.TrainLosses(decays, axes);
  }

  // Finds the errors that are open in one pass over the rows.
  void Settle(const std::vector<std::vector<OpenErrors>>& of_folds,
              std::vector<std::vector<double>>* errors) const {
    std::vector<OpenErrors> open;
    for (const std::vector<OpenErrors>& own : of_folds)
      open.insert(open.end(), own.begin(), own.end());
    if (open.empty()) return;
    for (OpenErrors& each : open) each.errors.assign(each.decays.size(), 0.0);
    std::vector<std::vector<OpenErrors>> of_strip(kMostStreamStrips, open);
    data_.stream->Read(kMostStreamStrips, context_.threads,
                       [&](std::size_t strip, const RowBlock& block) {
                         for (OpenErrors& each : of_strip[strip]) AddErrors(block, &each);
                       });
    for (std::size_t i = 0; i < open.size(); ++i) {
      for (std::size_t d = 0; d < open[i].decays.size(); ++d) {
        double sum = 0.0;
        for (const std::vector<OpenErrors>& strip : of_strip) sum += strip[i].errors[d];
        (*errors)[open[i].fold][static_cast<std::size_t>(open[i].decays[d])] = sum;
      }
    }
  }

  void AddErrors(const RowBlock& block, OpenErrors* open) const {
    const StreamedFold& own = folds_[open->fold];
    ForWindows(
        own.repeat, block, [&](int part) { return part == own.fold; },
        [&](std::span<const uint32_t> rows) {
          std::vector<uint32_t> of_data(rows.begin(), rows.end());
          for (uint32_t& row : of_data) row += static_cast<uint32_t>(block.first);
          AddSquaredErrors(block.design, rows, open->learnt, centred_(of_data),
                           data_.weights(of_data), open->weights, &open->errors);
        });
  }

  ModelContext context_;
  const Dataset& data_;
  Stopping stopping_;
  double mean_ = 0.0;                // of the target
  Vector centred_;                   // the target less its mean
  std::vector<StreamedFold> folds_;  // of all rounds
  std::vector<char> done_;
  std::vector<FoldSums> sums_;  // a round
  Standardizer standardizer_;
  std::optional<Ridge> full_;
};

}  // namespace

std::unique_ptr<Model> MakeStreamedLinear(const ModelContext& context) {
  return std::make_unique<StreamedLinear>(context);
}

}  // namespace halflife
