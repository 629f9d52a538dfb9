#include "model/streamed_passes.h"

#include <algorithm>
#include <utility>

#include "model/gram_memory.h"
#include "model/held_errors.h"
#include "model/ridge_criteria.h"

namespace halflife {
namespace {

constexpr std::size_t kMostPassStrips = 16;
constexpr std::size_t kPassWindow = 2048;  // rows standardised at a time

std::vector<RowSums> NoSums(const Folds& folds, Eigen::Index features) {
  return std::vector<RowSums>(static_cast<std::size_t>(folds.count) + 1, NoRows(features));
}

// Calls window(rows of the block) for those that are wanted.
void ForWindows(const RowBlock& block, const std::function<bool(std::size_t row)>& wanted,
                const std::function<void(std::span<const uint32_t>)>& window) {
  std::vector<uint32_t> rows;
  for (std::size_t row = 0; row < block.design.row_count; ++row) {
    if (wanted(block.first + row)) rows.push_back(static_cast<uint32_t>(row));
  }
  for (std::size_t start = 0; start < rows.size(); start += kPassWindow)
    window(std::span(rows).subspan(start, std::min(kPassWindow, rows.size() - start)));
}

// Rows of a block as rows of the dataset.
std::vector<uint32_t> InDataset(const RowBlock& block, std::span<const uint32_t> rows) {
  std::vector<uint32_t> of_data(rows.begin(), rows.end());
  for (uint32_t& row : of_data) row += static_cast<uint32_t>(block.first);
  return of_data;
}

}  // namespace

double StreamedPasses::SumsBytes() const {
  const std::size_t parts = CountFolds(data_.folds) + data_.folds.size();
  return static_cast<double>(parts) * GramBytes(data_.design.size());
}

std::vector<FoldSums> StreamedPasses::SumUp(const std::function<bool()>& stop) const {
  constexpr double kMostBytes = 64e6;
  const auto strips = static_cast<std::size_t>(
      std::clamp(kMostBytes / SumsBytes(), 1.0, static_cast<double>(kMostPassStrips)));
  std::vector<std::vector<std::vector<RowSums>>> of_strip(strips);
  data_.stream->Read(strips, threads_, [&](std::size_t strip, const RowBlock& block) {
    if (stop()) return;
    if (of_strip[strip].empty()) {
      for (const Folds& folds : data_.folds)
        of_strip[strip].push_back(NoSums(folds, data_.design.size()));
    }
    const SummedRows of{block.design, centred_, data_.weights};
    const RowSpan rows{0, block.design.row_count, block.first};
    for (std::size_t repeat = 0; repeat < data_.folds.size(); ++repeat)
      AddToFolds(of, rows, data_.folds[repeat], &of_strip[strip][repeat]);
  });
  std::vector<FoldSums> sums;
  if (stop()) return sums;
  sums.reserve(data_.folds.size());
  for (std::size_t repeat = 0; repeat < data_.folds.size(); ++repeat) {
    const Folds& folds = data_.folds[repeat];
    std::vector<RowSums> parts = NoSums(folds, data_.design.size());
    for (const auto& strip : of_strip) {
      for (std::size_t f = 0; !strip.empty() && f < parts.size(); ++f)
        parts[f].Add(strip[repeat][f]);
    }
    AddWeights(data_.weights, folds, &parts);
    sums.emplace_back(std::move(parts), folds);
  }
  return sums;
}

bool StreamedPasses::AreFlat(const std::vector<FlatQuestion>& questions) const {
  if (questions.empty()) return true;
  std::vector<char> bent(kMostPassStrips, 0);
  data_.stream->Read(kMostPassStrips, threads_, [&](std::size_t strip, const RowBlock& block) {
    for (const FlatQuestion& question : questions) {
      const Folds& folds = data_.folds[question.repeat];
      ForWindows(
          block,
          [&](std::size_t row) {
            return question.fold < 0 || folds.Trains(folds.of_row[row], question.fold);
          },
          [&](std::span<const uint32_t> rows) {
            const Matrix values = Standardize(block.design, question.learnt, rows);
            if (!IsFlat(question.spectrum, values, static_cast<double>(rows.size())))
              bent[strip] = 1;
          });
    }
  });
  return std::count(bent.begin(), bent.end(), 1) == 0;
}

void StreamedPasses::Answer(std::vector<ErrorQuestion>* questions) const {
  if (questions->empty()) return;
  for (ErrorQuestion& each : *questions)
    each.errors.assign(static_cast<std::size_t>(each.weights.cols()), 0.0);
  std::vector<std::vector<ErrorQuestion>> of_strip(kMostPassStrips, *questions);
  data_.stream->Read(kMostPassStrips, threads_, [&](std::size_t strip, const RowBlock& block) {
    for (ErrorQuestion& each : of_strip[strip]) AddErrors(block, &each);
  });
  for (std::size_t i = 0; i < questions->size(); ++i) {
    for (const std::vector<ErrorQuestion>& strip : of_strip) {
      for (std::size_t d = 0; d < strip[i].errors.size(); ++d)
        (*questions)[i].errors[d] += strip[i].errors[d];
    }
  }
}

void StreamedPasses::AddErrors(const RowBlock& block, ErrorQuestion* question) const {
  const std::vector<int>& of_row = data_.folds[question->repeat].of_row;
  ForWindows(
      block, [&](std::size_t row) { return of_row[row] == question->fold; },
      [&](std::span<const uint32_t> rows) {
        const std::vector<uint32_t> of_data = InDataset(block, rows);
        AddSquaredErrors(block.design, rows, question->learnt, centred_(of_data),
                         data_.weights(of_data), question->weights, &question->errors);
      });
}

std::vector<std::optional<LeftOut>> StreamedPasses::LeftOutOfAll(
    const Ridge& full, const Standardizer& learnt, std::span<const double> decays) const {
  const std::optional<RowAxes> axes = AxesOf(full);
  if (!axes) return std::vector<std::optional<LeftOut>>(decays.size());
  const double weight = data_.weights.sum();
  std::vector<std::vector<LeftOutSums>> of_strip(kMostPassStrips);
  data_.stream->Read(kMostPassStrips, threads_, [&](std::size_t strip, const RowBlock& block) {
    ForWindows(
        block, [](std::size_t) { return true; },
        [&](std::span<const uint32_t> rows) {
          const std::vector<uint32_t> of_data = InDataset(block, rows);
          AxesRows read;
          read.share = data_.weights(of_data) / weight;
          const Vector roots = read.share.cwiseSqrt();
          read.target = centred_(of_data).cwiseProduct(roots);
          read.v = Matrix(roots.size(), axes->values.size());
          if (axes->values.size() > 0) {
            read.v =
                roots.asDiagonal() * StandardizeByRow(block.design, learnt, rows) * axes->outward;
          }
          of_strip[strip].push_back(SumLeftOut(read, *axes, decays));
        });
  });
  std::vector<LeftOutSums> parts;
  for (std::vector<LeftOutSums>& strip : of_strip)
    parts.insert(parts.end(), strip.begin(), strip.end());
  return LeftOutOf(parts, decays.size(), static_cast<std::size_t>(data_.weights.size()));
}

}  // namespace halflife
