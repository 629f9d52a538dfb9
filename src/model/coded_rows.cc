#include "model/coded_rows.h"

#include <algorithm>
#include <cmath>

namespace halflife {
namespace {

constexpr Eigen::Index kRowsTogether = 4096;

}  // namespace

bool StaysCoded(const Design& design) {
  constexpr Eigen::Index kFewFeatures = 1000;  // whose decomposition takes a fraction of a second
  constexpr Eigen::Index kShare = 20;
  Eigen::Index set = 0;
  for (const DesignColumn& column : design.columns) set += column.is_text() ? 1 : column.count;
  return design.size() > kFewFeatures && set * kShare <= design.size();
}

CodedRows::CodedRows(const Design& design, const Standardizer& learnt,
                     std::span<const uint32_t> rows, const std::vector<bool>& undecayed)
    : table_rows_(design.InTable(rows)) {
  for (const DesignColumn& of : design.columns) AddColumn(design, learnt, of, undecayed);
  LayOut();
}

// Slots of text: the missing cells' one, then one a level, as codes count from kMissing = -1.
void CodedRows::AddColumn(const Design& design, const Standardizer& learnt, const DesignColumn& of,
                          const std::vector<bool>& undecayed) {
  const bool text = of.is_text();
  const auto levels = text ? static_cast<Eigen::Index>(of.column->levels.size()) : 1;
  const auto at = static_cast<Eigen::Index>(columns_.size());
  const auto first_kept = static_cast<Eigen::Index>(kept_.size());
  auto next = std::lower_bound(learnt.kept.begin(), learnt.kept.end(), of.first);
  for (; next != learnt.kept.end() && *next < of.end(); ++next) {
    const Eigen::Index inside = *next - of.first;
    const bool marks = inside == levels;
    const Eigen::Index slot = text ? (marks ? 0 : 1 + inside) : inside;
    const auto feature = static_cast<std::size_t>(*next);
    const bool decayed = feature >= undecayed.size() || !undecayed[feature];
    if (!decayed) undecayed_.push_back(features());
    kept_.push_back({at, slots_ + slot, learnt.mean(*next), learnt.scale(*next),
                     !text && inside == 0, decayed});
  }
  columns_.push_back({&of, slots_, design.origin[static_cast<std::size_t>(of.first)],
                      learnt.mean(of.first), learnt.fill(of.first), learnt.scale(of.first)});
  slots_ += levels + 1;
  const Eigen::Index count = features() - first_kept;
  if (!text || count == 0) return;
  Flat flat{first_kept, Vector(count)};
  for (Eigen::Index k = 0; k < count; ++k)
    flat.direction(k) = kept_[static_cast<std::size_t>(first_kept + k)].scale;
  flat.direction.normalize();
  flat_.push_back(std::move(flat));
}

void CodedRows::Read(const ColumnOfSlots& column, Eigen::Index begin, Eigen::Index count,
                     NumberBlock* block) const {
  block->count = std::min(count, NumberBlock::kMostRows);
  block->missing.clear();
  block->data = block->values.data();
  if (column.laid_out >= 0) {
    block->data = laid_out_.col(column.laid_out).data() + begin;
    return;
  }
  const double* const numbers = column.of->column->numbers.data();
  const uint32_t* const rows = table_rows_.data() + begin;
  for (Eigen::Index i = 0; i < block->count; ++i)
    block->values[static_cast<std::size_t>(i)] = (numbers[rows[i]] - column.origin) - column.mean;
  if (!column.of->marks_missing) return;
  for (Eigen::Index i = 0; i < block->count; ++i) {
    double& value = block->values[static_cast<std::size_t>(i)];
    if (!std::isnan(value)) continue;
    value = 0.0;
    block->missing.push_back(i);
  }
}

// Of few rows and numbers these are laid out, in the order of the rows.
void CodedRows::LayOut() {
  constexpr Eigen::Index kMostCells = 1 << 20;  // 8 MB
  std::vector<ColumnOfSlots*> whole;
  for (ColumnOfSlots& column : columns_) {
    if (!column.of->is_text() && !column.of->marks_missing) whole.push_back(&column);
  }
  const auto count = static_cast<Eigen::Index>(whole.size());
  if (size() * count > kMostCells) return;
  laid_out_.resize(size(), count);
  NumberBlock block;
  for (Eigen::Index c = 0; c < count; ++c) {
    ColumnOfSlots& column = *whole[static_cast<std::size_t>(c)];
    for (Eigen::Index at = 0; at < size(); at += block.count) {
      Read(column, at, size() - at, &block);
      laid_out_.col(c).segment(at, block.count) = block.Values();
    }
    column.laid_out = c;
  }
}

CodedRows::Slots CodedRows::Spread(const Matrix& parameters) const {
  Slots slots{Matrix::Zero(parameters.cols(), slots_),
              parameters.rows() > features() ? Vector(parameters.row(features()).transpose())
                                             : Vector(Vector::Zero(parameters.cols()))};
  for (Eigen::Index k = 0; k < features(); ++k) {
    const Kept& own = kept_[static_cast<std::size_t>(k)];
    const ColumnOfSlots& column = columns_[static_cast<std::size_t>(own.column)];
    for (Eigen::Index output = 0; output < parameters.cols(); ++output) {
      const double scaled = parameters(k, output) / own.scale;
      slots.values(output, own.slot) += scaled;
      if (own.is_number) {
        slots.values(output, own.slot + 1) += (column.fill - column.mean) * scaled;
      } else {
        slots.constant(output) -= own.mean * scaled;
      }
    }
  }
  return slots;
}

void CodedRows::AddLevels(const ColumnOfSlots& column, const Slots& slots, Eigen::Index begin,
                          Matrix* products) const {
  const int32_t* const codes = column.of->column->codes.data();
  const uint32_t* const rows = table_rows_.data() + begin;
  const Eigen::Index zero = column.first + 1;
  if (products->rows() == 1) {
    const double* const of_code = slots.values.data() + zero;
    double* const out = products->data();
    for (Eigen::Index i = 0; i < products->cols(); ++i) out[i] += of_code[codes[rows[i]]];
    return;
  }
  for (Eigen::Index i = 0; i < products->cols(); ++i)
    products->col(i) += slots.values.col(zero + codes[rows[i]]);
}

void CodedRows::AddNumbers(const ColumnOfSlots& column, const Slots& slots, Eigen::Index begin,
                           Matrix* products) const {
  const Vector slope = slots.values.col(column.first);
  NumberBlock block;
  for (Eigen::Index at = 0; at < products->cols(); at += NumberBlock::kMostRows) {
    Read(column, begin + at, products->cols() - at, &block);
    auto part = products->middleCols(at, block.count);
    if (slope.size() == 1) {
      Eigen::Map<Vector>(part.data(), block.count) += slope(0) * block.Values();
    } else {
      part.noalias() += slope * block.Values().transpose();
    }
    for (const Eigen::Index row : block.missing)
      part.col(row) += slots.values.col(column.first + 1);
  }
}

Matrix CodedRows::Times(const Slots& slots, Eigen::Index begin, Eigen::Index count) const {
  Matrix products(slots.constant.size(), count);
  for (Eigen::Index output = 0; output < products.rows(); ++output)
    products.row(output).setConstant(slots.constant(output));
  for (const ColumnOfSlots& column : columns_) {
    if (column.of->is_text()) {
      AddLevels(column, slots, begin, &products);
    } else {
      AddNumbers(column, slots, begin, &products);
    }
  }
  return products;
}

CodedRows::Slots CodedRows::NoSums(Eigen::Index outputs) const {
  return {Matrix::Zero(outputs, slots_), Vector::Zero(outputs)};
}

void CodedRows::SumLevels(const ColumnOfSlots& column, Eigen::Index begin, const Matrix& values,
                          Slots* sums) const {
  const int32_t* const codes = column.of->column->codes.data();
  const uint32_t* const rows = table_rows_.data() + begin;
  const Eigen::Index zero = column.first + 1;
  if (values.rows() == 1) {
    double* const of_code = sums->values.data() + zero;
    for (Eigen::Index i = 0; i < values.cols(); ++i) of_code[codes[rows[i]]] += values(0, i);
    return;
  }
  for (Eigen::Index i = 0; i < values.cols(); ++i)
    sums->values.col(zero + codes[rows[i]]) += values.col(i);
}

void CodedRows::SumNumbers(const ColumnOfSlots& column, Eigen::Index begin, const Matrix& values,
                           Slots* sums) const {
  NumberBlock block;
  for (Eigen::Index at = 0; at < values.cols(); at += NumberBlock::kMostRows) {
    Read(column, begin + at, values.cols() - at, &block);
    const auto part = values.middleCols(at, block.count);
    if (values.rows() == 1) {
      sums->values(0, column.first) +=
          Eigen::Map<const Vector>(part.data(), block.count).dot(block.Values());
    } else {
      sums->values.col(column.first).noalias() += part * block.Values();
    }
    for (const Eigen::Index row : block.missing)
      sums->values.col(column.first + 1) += part.col(row);
  }
}

void CodedRows::Add(Eigen::Index begin, const Matrix& values, Slots* sums) const {
  sums->constant += values.rowwise().sum();
  for (const ColumnOfSlots& column : columns_) {
    if (column.of->is_text()) {
      SumLevels(column, begin, values, sums);
    } else {
      SumNumbers(column, begin, values, sums);
    }
  }
}

Matrix CodedRows::Gather(const Slots& sums) const {
  Matrix gathered(inputs(), sums.constant.size());
  gathered.bottomRows(1) = sums.constant.transpose();
  for (Eigen::Index k = 0; k < features(); ++k) {
    const Kept& own = kept_[static_cast<std::size_t>(k)];
    const ColumnOfSlots& column = columns_[static_cast<std::size_t>(own.column)];
    for (Eigen::Index output = 0; output < gathered.cols(); ++output) {
      const double sum =
          sums.values(output, own.slot) +
          (own.is_number ? (column.fill - column.mean) * sums.values(output, own.slot + 1)
                         : -own.mean * sums.constant(output));
      gathered(k, output) = sum / own.scale;
    }
  }
  return gathered;
}

Matrix CodedRows::Times(const Matrix& parameters) const {
  return Times(Spread(parameters), 0, size());
}

Matrix CodedRows::Against(const Matrix& values) const {
  Slots sums = NoSums(values.rows());
  // By parts, so that rounding does not grow with the number of rows.
  for (Eigen::Index begin = 0; begin < size(); begin += kRowsTogether)
    Add(begin, values.middleCols(begin, std::min(kRowsTogether, size() - begin)), &sums);
  return Gather(sums);
}

void CodedRows::RemoveFlat(Eigen::Ref<Matrix> parameters) const {
  for (const Flat& flat : flat_) {
    auto part = parameters.middleRows(flat.first, flat.direction.size());
    part -= flat.direction * (flat.direction.transpose() * part).eval();
  }
}

Eigen::Index CodedRows::decayed_directions() const {
  Eigen::Index count = features() - static_cast<Eigen::Index>(undecayed_.size());
  for (const Flat& flat : flat_)
    count -= kept_[static_cast<std::size_t>(flat.first)].decayed ? 1 : 0;
  return count;
}

}  // namespace halflife
