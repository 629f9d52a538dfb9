// The references of the rules that look at a matrix as such: Adafactor and Muon.
#include <algorithm>
#include <cmath>

#include "reference/reference_rules.h"

namespace halflife {
namespace {

using std::abs;
using std::max;
using std::min;
using std::pow;
using std::sqrt;

class Adafactor : public ReferenceRule {
 public:
  Adafactor(ReferenceOptions options, std::vector<std::int64_t> shape)
      : o_(std::move(options)), shape_(std::move(shape)) {}
  Vec Step(double t, double lr, const Vec& w, const Vec& g) override {
    const double beta2 = 1 - pow(t, o_["beta2_decay"]);
    const double eps1 = o_["eps1"];
    Vec v(w.size());
    if (shape_.size() < 2) {
      full_.resize(w.size());
      for (std::size_t i = 0; i < w.size(); ++i)
        v[i] = full_[i] = beta2 * full_[i] + (1 - beta2) * g[i] * g[i];
    } else {
      const auto rows = static_cast<std::size_t>(shape_[0]);
      const auto columns = static_cast<std::size_t>(shape_[1]);
      Vec row_mean(rows), col_mean(columns);
      for (std::size_t i = 0; i < w.size(); ++i) {
        row_mean[i / columns] += g[i] * g[i] / static_cast<double>(columns);
        col_mean[i % columns] += g[i] * g[i] / static_cast<double>(rows);
      }
      row_.resize(rows);
      col_.resize(columns);
      double mean = 0;
      for (std::size_t i = 0; i < rows; ++i) {
        row_[i] = beta2 * row_[i] + (1 - beta2) * row_mean[i];
        mean += row_[i] / static_cast<double>(rows);
      }
      for (std::size_t j = 0; j < columns; ++j)
        col_[j] = beta2 * col_[j] + (1 - beta2) * col_mean[j];
      for (std::size_t i = 0; i < w.size(); ++i)
        v[i] = row_[i / columns] * col_[i % columns] / max(mean, eps1);
    }
    Vec u(w.size());
    for (std::size_t i = 0; i < w.size(); ++i) u[i] = g[i] / sqrt(max(v[i], eps1 * eps1));
    const double root = sqrt(static_cast<double>(w.size()));
    const double alpha = max(o_["eps2"], Norm(w) / root) * min(lr, 1 / sqrt(t));
    const double scale = alpha / max(1.0, Norm(u) / root / o_["d"]);
    for (double& x : u) x *= scale;
    return u;
  }

 private:
  ReferenceOptions o_;
  std::vector<std::int64_t> shape_;
  Vec full_, row_, col_;
};

class Muon : public ReferenceRule {
 public:
  Muon(ReferenceOptions options, std::vector<std::int64_t> shape)
      : o_(std::move(options)),
        rows_(static_cast<std::size_t>(shape[0])),
        columns_(static_cast<std::size_t>(shape[1])) {}
  Vec Step(double /*t*/, double lr, const Vec& w, const Vec& g) override {
    const double mu = o_["momentum"];
    m_.resize(w.size());
    Vec x(w.size());
    for (std::size_t i = 0; i < w.size(); ++i) {
      m_[i] = mu * m_[i] + (1 - mu) * g[i];
      x[i] = o_["nesterov"] != 0 ? mu * m_[i] + (1 - mu) * g[i] : m_[i];
    }
    const double norm = max(Norm(x), o_["eps"]);
    for (double& value : x) value /= norm;
    for (int k = 0; k < static_cast<int>(o_["ns_steps"]); ++k) x = NewtonSchulz(x);
    const auto a = static_cast<double>(rows_), b = static_cast<double>(columns_);
    const double adjust =
        o_["match_rms_adamw"] != 0 ? 0.2 * sqrt(max(a, b)) : sqrt(max(1.0, a / b));
    for (double& value : x) value *= lr * adjust;
    return x;
  }

 private:
  // X^T X in the place of X X^T gives the same polynomial of the singular values.
  Vec NewtonSchulz(const Vec& x) const {
    Vec square(rows_ * rows_), fourth(rows_ * rows_), next(x.size());
    for (std::size_t i = 0; i < rows_; ++i) {
      for (std::size_t j = 0; j < rows_; ++j) {
        for (std::size_t k = 0; k < columns_; ++k)
          square[i * rows_ + j] += x[i * columns_ + k] * x[j * columns_ + k];
      }
    }
    for (std::size_t i = 0; i < rows_; ++i) {
      for (std::size_t j = 0; j < rows_; ++j) {
        for (std::size_t k = 0; k < rows_; ++k)
          fourth[i * rows_ + j] += square[i * rows_ + k] * square[k * rows_ + j];
      }
    }
    for (std::size_t i = 0; i < rows_; ++i) {
      for (std::size_t k = 0; k < columns_; ++k) {
        double sum = 3.4445 * x[i * columns_ + k];
        for (std::size_t j = 0; j < rows_; ++j) {
          sum += (-4.7750 * square[i * rows_ + j] + 2.0315 * fourth[i * rows_ + j]) *
                 x[j * columns_ + k];
        }
        next[i * columns_ + k] = sum;
      }
    }
    return next;
  }

  ReferenceOptions o_;
  std::size_t rows_, columns_;
  Vec m_;
};

}  // namespace

std::unique_ptr<ReferenceRule> MakeMatrixReference(const std::string& rule,
                                                   const ReferenceOptions& options,
                                                   const std::vector<std::int64_t>& shape) {
  if (rule == "adafactor") return std::make_unique<Adafactor>(options, shape);
  if (rule == "muon") return std::make_unique<Muon>(options, shape);
  return nullptr;
}

}  // namespace halflife
