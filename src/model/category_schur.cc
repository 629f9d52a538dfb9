#include "model/category_schur.h"

#include <algorithm>
#include <cmath>
#include <limits>

namespace halflife {
namespace {

constexpr Eigen::Index kMostOthers = 4000;  // 128 MB, and a second or two to factor

}  // namespace

bool CategorySchur::Fits(const CodedRows& rows) {
  Eigen::Index largest = 0;
  for (const CodedRows::Flat& flat : rows.flat_) largest = std::max(largest, flat.direction.size());
  return largest > 0 && rows.inputs() - largest <= kMostOthers;
}

CategorySchur::CategorySchur(const CodedRows& rows, const Matrix& curvature, double decay)
    : rows_(rows), other_of_slot_(static_cast<std::size_t>(rows.slots_), -1) {
  for (const CodedRows::Flat& flat : rows.flat_) {
    if (flat.direction.size() <= levels_) continue;
    first_ = flat.first;
    levels_ = flat.direction.size();
  }
  largest_ = static_cast<std::size_t>(rows.kept_[static_cast<std::size_t>(first_)].column);
  others_ = rows.inputs() - levels_;
  for (Eigen::Index k = 0; k < rows.features(); ++k) {
    const bool eliminated = k >= first_ && k < first_ + levels_;
    const Eigen::Index place = eliminated ? k - first_ : (k < first_ ? k : k - levels_);
    other_of_slot_[static_cast<std::size_t>(rows.kept_[static_cast<std::size_t>(k)].slot)] =
        static_cast<int32_t>(place);
  }
  SortRows();
  for (Eigen::Index output = 0; output < curvature.rows(); ++output)
    outputs_.push_back(Factor(curvature.row(output).transpose(), decay));
}

// By counting.
void CategorySchur::SortRows() {
  const CodedRows::ColumnOfSlots& column = rows_.columns_[largest_];
  const auto level_of = [&](uint32_t row) {
    const int32_t code = column.of->column->codes[rows_.table_rows_[row]];
    return static_cast<std::size_t>(
        other_of_slot_[static_cast<std::size_t>(column.first + 1 + code)]);
  };
  const auto count = static_cast<uint32_t>(rows_.size());
  first_row_.assign(static_cast<std::size_t>(levels_) + 1, 0);
  for (uint32_t row = 0; row < count; ++row) ++first_row_[level_of(row) + 1];
  for (std::size_t level = 1; level < first_row_.size(); ++level)
    first_row_[level] += first_row_[level - 1];
  std::vector<std::size_t> next = first_row_;
  by_level_.resize(count);
  for (uint32_t row = 0; row < count; ++row) by_level_[next[level_of(row)]++] = row;
}

// What a row sets of the other inputs.
void CategorySchur::ReadRow(uint32_t row, std::vector<Cell>* cells) const {
  cells->clear();
  const auto add = [&](Eigen::Index slot, double value) {
    const int32_t other = other_of_slot_[static_cast<std::size_t>(slot)];
    if (other >= 0) cells->push_back({other, value});
  };
  for (std::size_t c = 0; c < rows_.columns_.size(); ++c) {
    const CodedRows::ColumnOfSlots& column = rows_.columns_[c];
    if (c == largest_) continue;
    if (column.of->is_text()) {
      add(column.first + 1 + column.of->column->codes[rows_.table_rows_[row]], 1.0);
      continue;
    }
    const double number = column.of->column->numbers[rows_.table_rows_[row]];
    const bool missing = std::isnan(number);
    const double off = (missing ? column.fill : number - column.origin) - column.mean;
    add(column.first, off / column.scale);
    if (missing) add(column.first + 1, 1.0);
  }
  cells->push_back({static_cast<int32_t>(others_ - 1), 1.0});
}

// Adds a level's rows to the block of the others, takes away what its elimination does, and lists
// its sums. `dense` is all 0 before and after.
void CategorySchur::SumLevel(Eigen::Index level, const Eigen::Ref<const Vector>& curvature,
                             Output* output, Vector* dense) const {
  std::vector<Cell> cells;
  std::vector<int32_t> touched;
  const std::size_t at = static_cast<std::size_t>(level);
  for (std::size_t i = first_row_[at]; i < first_row_[at + 1]; ++i) {
    const uint32_t row = by_level_[i];
    const double own = curvature(row);
    output->diagonal(level) += own;
    ReadRow(row, &cells);
    for (const Cell& a : cells) {
      touched.push_back(a.other);
      (*dense)(a.other) += own * a.value;
      for (const Cell& b : cells) {
        if (b.other <= a.other) output->factor(a.other, b.other) += own * a.value * b.value;
      }
    }
  }
  std::sort(touched.begin(), touched.end());
  touched.erase(std::unique(touched.begin(), touched.end()), touched.end());
  for (const int32_t other : touched) {
    output->other.push_back(other);
    output->sum.push_back((*dense)(other));
    (*dense)(other) = 0.0;
  }
  output->start.push_back(output->other.size());
}

// Of levels and of what marks missing cells by the square of their scales, for in raw units their
// parameters are as much larger. What is not decayed may depend on itself or the intercept: a
// little keeps it apart.
void CategorySchur::AddDecay(double decay, Output* output) const {
  constexpr double kApart = 1e-10;
  for (Eigen::Index k = 0; k < rows_.features(); ++k) {
    const CodedRows::Kept& own = rows_.kept_[static_cast<std::size_t>(k)];
    const Eigen::Index place = other_of_slot_[static_cast<std::size_t>(own.slot)];
    double* const diagonal = k >= first_ && k < first_ + levels_ ? &output->diagonal(place)
                                                                 : &output->factor(place, place);
    if (!own.decayed) {
      *diagonal *= 1.0 + kApart;
    } else {
      *diagonal += own.is_number ? decay : decay * own.scale * own.scale;
    }
  }
}

CategorySchur::Output CategorySchur::Factor(const Eigen::Ref<const Vector>& curvature,
                                            double decay) const {
  Output output{Vector::Zero(levels_), Matrix::Zero(others_, others_), {0}, {}, {}};
  Vector dense = Vector::Zero(others_);
  for (Eigen::Index level = 0; level < levels_; ++level)
    SumLevel(level, curvature, &output, &dense);
  AddDecay(decay, &output);
  output.diagonal = output.diagonal.cwiseMax(std::numeric_limits<double>::min());
  const double unit =
      std::max(kEps * output.factor.diagonal().maxCoeff(), std::numeric_limits<double>::min());
  for (std::size_t level = 0; level + 1 < output.start.size(); ++level) {
    const double pivot = output.diagonal(static_cast<Eigen::Index>(level));
    for (std::size_t a = output.start[level]; a < output.start[level + 1]; ++a) {
      const double share = output.sum[a] / pivot;
      for (std::size_t b = a; b < output.start[level + 1]; ++b)
        output.factor(output.other[b], output.other[a]) -= share * output.sum[b];
    }
  }
  // A preconditioner may be anything that can be factored.
  output.factor = CholeskyWithRidge(output.factor, 0.0, unit, std::numeric_limits<double>::max())
                      .value_or(Matrix::Identity(others_, others_));
  return output;
}

Vector CategorySchur::SolveOne(const Output& output, const Vector& raw) const {
  const auto each = [&](const auto& visit) {
    for (std::size_t level = 0; level + 1 < output.start.size(); ++level) {
      for (std::size_t a = output.start[level]; a < output.start[level + 1]; ++a)
        visit(static_cast<Eigen::Index>(level), output.other[a], output.sum[a]);
    }
  };
  Vector level = raw.head(levels_).cwiseQuotient(output.diagonal);
  Vector other = raw.tail(others_);
  each([&](Eigen::Index l, int32_t o, double sum) { other(o) -= sum * level(l); });
  CholeskySolve(output.factor, other);
  Vector rest = raw.head(levels_);
  each([&](Eigen::Index l, int32_t o, double sum) { rest(l) -= sum * other(o); });
  Vector solved(raw.size());
  solved << rest.cwiseQuotient(output.diagonal), other;
  return solved;
}

Matrix CategorySchur::Solve(const Matrix& residual) const {
  Matrix solved = residual;
  rows_.RemoveFlat(solved);
  const Eigen::Index features = rows_.features();
  for (Eigen::Index column = 0; column < solved.cols(); ++column) {
    auto own = solved.col(column);
    Vector raw(rows_.inputs());
    const auto place = [&](Eigen::Index k) {
      const Eigen::Index at =
          other_of_slot_[static_cast<std::size_t>(rows_.kept_[static_cast<std::size_t>(k)].slot)];
      return k >= first_ && k < first_ + levels_ ? at : levels_ + at;
    };
    raw(raw.size() - 1) = own(features);
    for (Eigen::Index k = 0; k < features; ++k) {
      const CodedRows::Kept& of = rows_.kept_[static_cast<std::size_t>(k)];
      raw(place(k)) = of.is_number ? own(k) : of.scale * own(k) + of.mean * own(features);
    }
    raw = SolveOne(outputs_[static_cast<std::size_t>(column)], raw);
    own(features) = raw(raw.size() - 1);
    for (Eigen::Index k = 0; k < features; ++k) {
      const CodedRows::Kept& of = rows_.kept_[static_cast<std::size_t>(k)];
      const double found = raw(place(k));
      own(k) = of.is_number ? found : of.scale * found;
      if (!of.is_number) own(features) += of.mean * found;
    }
  }
  rows_.RemoveFlat(solved);
  return solved;
}

}  // namespace halflife
