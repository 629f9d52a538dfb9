#include "model/centred_rows.h"

namespace halflife {

CentredRows::CentredRows(const CodedRows& rows, const Vector& weights)
    : rows_(rows), roots_(weights.cwiseSqrt()), unit_(roots_.normalized()) {}

Vector CentredRows::WithoutMean(Vector values) const {
  values -= unit_ * unit_.dot(values);
  return values;
}

Vector CentredRows::Times(const Vector& features) const {
  const Matrix products = rows_.Times(features);
  return WithoutMean(products.row(0).transpose().cwiseProduct(roots_));
}

Vector CentredRows::Against(const Vector& values) const {
  const Vector own = WithoutMean(values).cwiseProduct(roots_);
  return rows_.Against(own.transpose()).topRows(rows_.features());
}

void KrylovBasis::Add(const Vector& column) {
  if (count_ == columns_.cols()) columns_.conservativeResize(Eigen::NoChange, 2 * count_);
  columns_.col(count_++) = column;
}

// Twice is enough (Giraud, Langou, Rozloznik 2005, Comput. Math. Appl. 50:1069).
void KrylovBasis::Orthogonalise(Vector* vector) const {
  for (int round = 0; round < 2; ++round)
    *vector -= Columns() * (Columns().transpose() * *vector).eval();
}

}  // namespace halflife
