#include "model/lockstep.h"

#include <algorithm>
#include <deque>

#include "base/parallel.h"
#include "model/softmax.h"

namespace halflife {
namespace {

constexpr std::size_t kMemory = 10;  // pairs of steps and changes of gradient

double DotOf(const Matrix& a, const Matrix& b) { return a.cwiseProduct(b).sum(); }

// One fit on its way. Quasi-Newton steps by limited memory (Nocedal 1980, Mathematics of
// Computation 35:773) over the inverse of a curvature that is nearly its own.
class Walker {
 public:
  explicit Walker(LockstepFit* fit) : fit_(fit), done_(fit->solved) {
    if (!done_) fit->parameters = WithoutFlat(fit->parameters);
  }

  bool done() const { return done_; }
  const LockstepFit& fit() const { return *fit_; }
  // Where the next gradient is asked for.
  Matrix Asked() const {
    return started_ ? Matrix(fit_->parameters + length_ * step_) : fit_->parameters;
  }

  // Takes the gradient of the data loss's sum there, in the fit's own scale.
  void Take(const Matrix& summed, const LockstepEnd& end) {
    Matrix gradient = WithoutFlat(summed / fit_->weight);
    const Matrix asked = Asked();
    const Eigen::Index weights = asked.rows() - 1;
    gradient.topRows(weights) += fit_->decay * asked.topRows(weights);
    if (!gradient.allFinite()) return Stop(false);
    if (started_ && TooFar(gradient)) return;
    if (started_) Remember(asked - fit_->parameters, gradient - gradient_);
    fit_->parameters = asked;
    gradient_ = std::move(gradient);
    started_ = true;
    step_ = -Precondition(gradient_);
    length_ = 1.0;
    if (!step_.allFinite()) return Stop(false);
    if (gradient_.norm() <= end.gradient && end.furthest * step_.norm() <= end.logit) {
      fit_->parameters += step_;
      Stop(true);
    }
  }

 private:
  void Stop(bool solved) {
    fit_->solved = solved;
    done_ = true;
  }

  // Along a convex loss a step is too long where the slope has turned to more than half of what it
  // was; the secant says where it may be 0.
  bool TooFar(const Matrix& gradient) {
    const double before = DotOf(gradient_, step_);
    const double after = DotOf(gradient, step_);
    if (after <= -0.5 * before) return false;
    if (++halvings_ > 12) {
      Stop(false);
      return true;
    }
    length_ *= std::clamp(before / (before - after), 0.1, 0.6);
    return true;
  }

  void Remember(const Matrix& step, const Matrix& change) {
    if (!(DotOf(step, change) > 0.0)) return;
    steps_.push_back(step);
    changes_.push_back(change);
    if (steps_.size() <= kMemory) return;
    steps_.pop_front();
    changes_.pop_front();
  }

  // With a logit a class, adding one vector to every class changes nothing.
  Matrix WithoutFlat(Matrix x) const {
    if (x.cols() > 1) x.colwise() -= x.rowwise().mean().eval();
    if (fit_->flat != nullptr && fit_->flat->cols() > 0) {
      const Eigen::Index weights = x.rows() - 1;
      x.topRows(weights) -= (*fit_->flat * (fit_->flat->transpose() * x.topRows(weights))).eval();
    }
    return x;
  }

  Matrix Precondition(const Matrix& gradient) const {
    Matrix x = gradient;
    std::vector<double> shares(steps_.size());
    for (std::size_t i = steps_.size(); i-- > 0;) {
      shares[i] = DotOf(steps_[i], x) / DotOf(steps_[i], changes_[i]);
      x -= shares[i] * changes_[i];
    }
    x = WithoutFlat(std::move(x));
    CholeskySolve(fit_->curvature->factor, Eigen::Map<Vector>(x.data(), x.size()));
    x = WithoutFlat(std::move(x));
    for (std::size_t i = 0; i < steps_.size(); ++i) {
      const double share = DotOf(changes_[i], x) / DotOf(steps_[i], changes_[i]);
      x += (shares[i] - share) * steps_[i];
    }
    return x;
  }

  LockstepFit* fit_;
  Matrix gradient_;
  Matrix step_;
  double length_ = 1.0;
  int halvings_ = 0;
  bool started_ = false;
  bool done_ = false;
  std::deque<Matrix> steps_;
  std::deque<Matrix> changes_;
};

}  // namespace

Matrix OwnHessian(const FoldScale& scale, const Matrix& summed, int outputs) {
  const Eigen::Index shared = summed.rows() / outputs;
  const Eigen::Index size = scale.size();
  Matrix hessian(outputs * size, outputs * size);
  for (Eigen::Index a = 0; a < outputs; ++a) {
    for (Eigen::Index b = 0; b <= a; ++b) {
      auto block = hessian.block(a * size, b * size, size, size);
      block = scale.GatherCurvature(summed.block(a * shared, b * shared, shared, shared));
      if (a != b) hessian.block(b * size, a * size, size, size) = block.transpose();
    }
  }
  return hessian;
}

std::optional<LockstepCurvature> MakeCurvature(const FoldScale& scale, const Matrix& summed,
                                               double weight, double decay, int outputs) {
  std::optional<Matrix> factor =
      FactorHessian(OwnHessian(scale, summed, outputs) / weight, decay, outputs);
  if (!factor) return std::nullopt;
  return LockstepCurvature{std::move(*factor)};
}

// The inverse's block of the weights is that of S + decay; each weight brings 1 less decay times
// its diagonal.
double EffectiveDof(const LockstepCurvature& curvature, int outputs, Eigen::Index rank,
                    double decay) {
  const double most = static_cast<double>(rank) * std::max(1, outputs - 1);
  if (decay == 0.0) return most;
  const Matrix inverse = InvertLower(curvature.factor);
  const Eigen::Index size = inverse.rows() / outputs;
  double dof = 0.0;
  for (Eigen::Index i = 0; i < inverse.rows(); ++i) {
    if (i % size != size - 1) dof += 1.0 - decay * inverse.col(i).squaredNorm();
  }
  return std::min(dof, most);
}

void SolveLockstep(const LockstepRows& over, const LockstepEnd& end,
                   std::vector<LockstepFit>* fits) {
  std::vector<Walker> walkers;
  for (LockstepFit& fit : *fits) walkers.emplace_back(&fit);
  ParallelFor(walkers.size(), over.threads, [&](std::size_t i) {
    Matrix& known = (*fits)[i].gradient;
    if (!walkers[i].done() && known.size() > 0)
      walkers[i].Take((*fits)[i].scale->Gather(known), end);
    known.resize(0, 0);
  });
  for (int pass = 0; pass < end.passes; ++pass) {
    std::vector<Walker*> active;
    for (Walker& walker : walkers) {
      if (!walker.done()) active.push_back(&walker);
    }
    if (active.empty()) return;
    const auto outputs = static_cast<int>(active.front()->fit().parameters.cols());
    LockstepFits asked(active.size(), outputs, over.of.size());
    ParallelFor(active.size(), over.threads, [&](std::size_t i) {
      asked.Set(i, active[i]->fit().scale->Spread(active[i]->Asked()));
    });
    const Matrix gradients = SumGradients(over, asked);
    ParallelFor(active.size(), over.threads, [&](std::size_t i) {
      active[i]->Take(active[i]->fit().scale->Gather(asked.Of(gradients, i)), end);
    });
  }
}

}  // namespace halflife
