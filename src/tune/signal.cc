#include "tune/signal.h"

#include <algorithm>
#include <cmath>
#include <optional>
#include <vector>

#include "base/parallel.h"
#include "base/random.h"
#include "data/row_set.h"
#include "model/coded_rows.h"
#include "tune/pooled_scores.h"
#include "tune/statistics.h"

namespace halflife {
namespace {

constexpr uint64_t kSignalStream = 3;  // of the seed's streams, the one of the draws below
constexpr double kSurely = 0.01;

// Targets less their weighted mean; of classes a row each, 1 for the rows of the class, less its
// share. outputs x rows.
Matrix Deviations(const Dataset& dataset) {
  const Target& target = dataset.target;
  const Vector& weights = dataset.weights;
  Matrix values;
  if (target.task == Task::kRegression) {
    values = target.numbers.transpose();
  } else {
    values = Matrix::Zero(static_cast<Eigen::Index>(target.class_names.size()), weights.size());
    for (Eigen::Index row = 0; row < weights.size(); ++row)
      values(target.classes[static_cast<std::size_t>(row)], row) = 1.0;
  }
  const Vector means = values * weights / weights.sum();
  return values.colwise() - means;
}

// The targets as they could have come.
struct Draw {
  std::vector<uint32_t> order;  // a row: whose target it has; empty: its own
  std::vector<double> factor;   // a group: what its deviations are multiplied by; empty: 1

  double FactorOf(const std::vector<int32_t>& groups, std::size_t row) const {
    return factor.empty() ? 1.0 : factor[static_cast<std::size_t>(groups[row])];
  }
};

// Deviations from a mean that a group with share h of the weights took part in are too small, their
// variance by 1 - h; drawn ones, whose mean is not taken away again, get it back.
std::vector<double> SizesOfGroups(const Dataset& dataset) {
  std::vector<double> weight(1 + static_cast<std::size_t>(*std::max_element(dataset.groups.begin(),
                                                                            dataset.groups.end())));
  for (std::size_t row = 0; row < dataset.groups.size(); ++row)
    weight[static_cast<std::size_t>(dataset.groups[row])] +=
        dataset.weights(static_cast<Eigen::Index>(row));
  const double total = dataset.weights.sum();
  std::vector<double> sizes(weight.size());
  std::transform(weight.begin(), weight.end(), sizes.begin(),
                 [&](double own) { return std::sqrt(total / (total - own)); });
  return sizes;
}

Draw DrawAnew(const SignalQuestion& question, const std::vector<double>& sizes,
              std::size_t number) {
  Random random(question.seed, (uint64_t{number} << 8) | kSignalStream);
  if (question.exchangeable == Exchangeable::kRows)
    return {random.Permutation(static_cast<uint32_t>(question.dataset->target.rows())), {}};
  Draw draw{{}, sizes};
  for (double& factor : draw.factor) factor = random.Uniform() < 0.5 ? -factor : factor;
  return draw;
}

// Squared norms of sum over rows of weight x features x deviation of the target, for several draws,
// rows taken chunk by chunk. Weights stay with the features, whose weighted means are 0, so that
// the deviations' mean, which differs by draw, adds nothing.
class Scorer {
 public:
  explicit Scorer(const SignalQuestion& question)
      : question_(question), values_(Deviations(*question.dataset)) {
    const Design& design = question.dataset->design;
    if (question.dataset->stream || !StaysCoded(design)) return;
    coded_.emplace(design, *question.standardizer, RowsInOrder(design.row_count));
  }

  std::vector<double> Score(const std::vector<Draw>& draws) const {
    const Matrix sums = question_.dataset->stream ? SumOfFile(draws)
                        : coded_                  ? SumOfCodes(draws)
                                                  : SumOfRows(draws);
    const Eigen::Index outputs = values_.rows();
    std::vector<double> scores;
    for (std::size_t b = 0; b < draws.size(); ++b)
      scores.push_back(
          sums.middleCols(static_cast<Eigen::Index>(b) * outputs, outputs).squaredNorm());
    return scores;
  }

  // Numbers that one draw adds up.
  double Sums() const {
    return static_cast<double>(values_.rows()) *
           static_cast<double>(question_.standardizer->kept.size());
  }
  // Multiplications that one draw takes.
  double Work() const {
    const std::size_t of_row =
        coded_ ? question_.dataset->design.columns.size() : question_.standardizer->kept.size();
    return static_cast<double>(values_.size()) * static_cast<double>(of_row);
  }

 private:
  static constexpr std::size_t kChunk = 2048;

  Matrix NoSums(const std::vector<Draw>& draws) const {
    return Matrix::Zero(static_cast<Eigen::Index>(question_.standardizer->kept.size()),
                        values_.rows() * static_cast<Eigen::Index>(draws.size()));
  }

  Matrix SumOfRows(const std::vector<Draw>& draws) const {
    const auto rows = static_cast<std::size_t>(values_.cols());
    Matrix sums = NoSums(draws);
    for (std::size_t start = 0; start < rows; start += kChunk)
      AddChunk({0, question_.dataset->design}, start, std::min(start + kChunk, rows), draws, &sums);
    return sums;
  }

  Matrix SumOfCodes(const std::vector<Draw>& draws) const {
    const auto rows = static_cast<std::size_t>(values_.cols());
    CodedRows::Slots slots =
        coded_->NoSums(values_.rows() * static_cast<Eigen::Index>(draws.size()));
    for (std::size_t start = 0; start < rows; start += kChunk) {
      const std::vector<uint32_t> chunk = RowsInOrder(std::min(kChunk, rows - start), start);
      Matrix ordered = DrawnValues(draws, chunk);
      ordered.array().rowwise() *= question_.dataset->weights(chunk).transpose().array();
      coded_->Add(static_cast<Eigen::Index>(start), ordered, &slots);
    }
    return coded_->Gather(slots).topRows(
        static_cast<Eigen::Index>(question_.standardizer->kept.size()));
  }

  Matrix SumOfFile(const std::vector<Draw>& draws) const {
    constexpr std::size_t kStrips = 16;
    std::vector<Matrix> of_strip(kStrips, NoSums(draws));
    question_.dataset->stream->Read(
        kStrips, question_.threads, [&](std::size_t strip, const RowBlock& block) {
          const std::size_t rows = block.design.row_count;
          for (std::size_t start = 0; start < rows; start += kChunk)
            AddChunk(block, start, std::min(start + kChunk, rows), draws, &of_strip[strip]);
        });
    for (std::size_t strip = 1; strip < kStrips; ++strip) of_strip[0] += of_strip[strip];
    return of_strip[0];
  }

  // Adds rows [begin, end) of the block.
  void AddChunk(const RowBlock& block, std::size_t begin, std::size_t end,
                const std::vector<Draw>& draws, Matrix* sums) const {
    std::vector<uint32_t> chunk = RowsInOrder(end - begin, begin);
    Matrix values = Standardize(block.design, *question_.standardizer, chunk);
    for (uint32_t& row : chunk) row += static_cast<uint32_t>(block.first);
    values.array().rowwise() *= question_.dataset->weights(chunk).transpose().array();
    sums->noalias() += values * DrawnValues(draws, chunk).transpose();
  }

  // What each draw deals the rows: its outputs below those of the draw before it.
  Matrix DrawnValues(const std::vector<Draw>& draws, const std::vector<uint32_t>& rows) const {
    const Eigen::Index outputs = values_.rows();
    Matrix drawn(outputs * static_cast<Eigen::Index>(draws.size()),
                 static_cast<Eigen::Index>(rows.size()));
    for (std::size_t b = 0; b < draws.size(); ++b) {
      const std::vector<uint32_t>& order = draws[b].order;
      for (std::size_t i = 0; i < rows.size(); ++i) {
        drawn.block(static_cast<Eigen::Index>(b) * outputs, static_cast<Eigen::Index>(i), outputs,
                    1) =
            draws[b].FactorOf(question_.dataset->groups, rows[i]) *
            values_.col(static_cast<Eigen::Index>(order.empty() ? rows[i] : order[rows[i]]));
      }
    }
    return drawn;
  }

  const SignalQuestion& question_;
  Matrix values_;
  std::optional<CodedRows> coded_;  // none where chunks of rows are laid out
};

// Of G groups there are 2^(G - 1) different draws: of fewer than 8 none is rarer than kSurely.
bool CanBeDrawnAnew(const SignalQuestion& question) {
  constexpr int32_t kFewestGroups = 8;
  if (question.exchangeable != Exchangeable::kGroups)
    return question.exchangeable == Exchangeable::kRows;
  const std::vector<int32_t>& groups = question.dataset->groups;
  return 1 + *std::max_element(groups.begin(), groups.end()) >= kFewestGroups;
}

bool HasLeak(const Dataset& dataset) {
  const auto leaks = [](const ColumnSummary& column) {
    return std::any_of(column.findings.begin(), column.findings.end(),
                       [](const Finding& finding) { return finding.kind == Finding::Kind::kLeak; });
  };
  return std::any_of(dataset.column_list.begin(), dataset.column_list.end(), leaks);
}

}  // namespace

double ScorePValue(const SignalQuestion& question) {
  constexpr int kAsLarge = 10;
  constexpr double kMostWork = 2e10;
  const Scorer scorer(question);
  constexpr double kMostSums = 4e6;    // of a batch: 32 MB
  constexpr double kMostOrders = 2e7;  // places of rows: 80 MB
  // Draws scored by one product, or by one pass over a file: then their orders are what counts.
  const double batch = question.dataset->stream
                           ? kMostOrders / static_cast<double>(question.dataset->target.rows())
                           : kMostSums / scorer.Sums();
  const auto batch_size = static_cast<std::size_t>(std::clamp(batch, 1.0, 16.0));
  const double found = scorer.Score({Draw()}).front();
  const std::vector<double> sizes = question.exchangeable == Exchangeable::kGroups
                                        ? SizesOfGroups(*question.dataset)
                                        : std::vector<double>();
  const auto most = static_cast<std::size_t>(std::clamp(kMostWork / scorer.Work(), 99.0, 999.0));
  const std::size_t together =
      batch_size *
      static_cast<std::size_t>(question.dataset->stream ? 1 : std::max(1, question.threads));
  int as_large = 0;
  for (std::size_t drawn = 0; drawn < most;) {
    const std::size_t now = std::min(together, most - drawn);
    std::vector<std::vector<double>> scores((now + batch_size - 1) / batch_size);
    // A file is read by all threads for one batch; rows in memory by each for its own.
    const int side_by_side = question.dataset->stream ? 1 : question.threads;
    ParallelFor(scores.size(), side_by_side, [&](std::size_t at) {
      const std::size_t first = drawn + at * batch_size;
      std::vector<Draw> draws;
      for (std::size_t i = first; i < std::min(first + batch_size, drawn + now); ++i)
        draws.push_back(DrawAnew(question, sizes, i));
      scores[at] = scorer.Score(draws);
    });
    for (const std::vector<double>& of_batch : scores) {
      for (const double score : of_batch) {
        ++drawn;
        // Equal scores in another order of sums: the rounding of a sum of squares.
        if (score >= found * (1.0 - 1e-12)) ++as_large;
        if (as_large == kAsLarge) return as_large / static_cast<double>(drawn);
      }
    }
  }
  return (as_large + 1.0) / (static_cast<double>(most) + 1.0);
}

SignalTest TestSignal(const SignalQuestion& question) {
  const PairedTest test = CorrectedPairedTest(
      Differences(HeldOutLosses(question.null_scores), HeldOutLosses(question.best_scores)),
      question.dependence);
  SignalTest signal;
  signal.improvement = test.mean;
  signal.ci95[0] = test.low;
  signal.ci95[1] = test.high;
  signal.none = !(test.low > 0.0);
  if (HasLeak(*question.dataset)) {
    signal.none = false;
  } else if (signal.none && test.mean > 0.0 && CanBeDrawnAnew(question)) {
    signal.p_value = ScorePValue(question);
    signal.none = *signal.p_value > kSurely;
  }
  return signal;
}

}  // namespace halflife
