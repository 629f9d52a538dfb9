// A plain trainer in double, for tests of sweeps: one hidden tanh layer, softmax, AdamW with
// decoupled decay of the weights, a constant or cosine learning rate.
#pragma once

#include <algorithm>
#include <atomic>
#include <cmath>
#include <memory>
#include <mutex>
#include <numbers>
#include <vector>

#include "base/parallel.h"
#include "base/random.h"
#include "linalg/linalg.h"
#include "net/trainer.h"

namespace halflife::testing {

// LabelledColumns are columns.
struct LabelledColumns {
  Matrix x;
  std::vector<int> label;
};

struct ReferenceOptions {
  int hidden = 32;
  int classes = 10;
  int batch = 32;
  int epochs = 10;  // the cosine's length
  bool cosine = false;
};

class ReferenceRun : public TrainingRun {
 public:
  ReferenceRun(std::size_t number, const RunKey& key) : TrainingRun(number, key) {}
  Matrix w[2], m[2], v[2];  // [layer]: outputs x (inputs + 1), the last column is the bias
  int steps = 0;

 private:
  friend class ReferenceTrainer;
};

class ReferenceTrainer : public Trainer {
 public:
  ReferenceTrainer(LabelledColumns train, LabelledColumns validation, LabelledColumns test,
                   ReferenceOptions options)
      : train_(std::move(train)),
        validation_(std::move(validation)),
        test_(std::move(test)),
        options_(options) {}

  const TrainingRun* Start(const RunKey& key) override {
    auto run = std::make_unique<ReferenceRun>(runs_.size(), key);
    const Eigen::Index sizes[] = {train_.x.rows(), options_.hidden, options_.classes};
    for (std::size_t l = 0; l < 2; ++l) {
      Random random(key.seed, l);
      const double scale = 1.0 / std::sqrt(static_cast<double>(sizes[l]));
      run->w[l] =
          Matrix::NullaryExpr(sizes[l + 1], sizes[l] + 1, [&] { return scale * random.Normal(); });
      run->m[l] = run->v[l] = Matrix::Zero(sizes[l + 1], sizes[l] + 1);
    }
    runs_.push_back(std::move(run));
    return runs_.back().get();
  }

  void TrainTo(int epochs, std::span<const TrainingRun* const> runs, int threads,
               const EpochCallback& done) override {
    std::mutex mutex;
    std::atomic<bool> go_on = true;
    ParallelFor(runs.size(), threads, [&](std::size_t i) {
      ReferenceRun& run = *runs_.at(runs[i]->number());
      while (go_on && !run.diverged_ && static_cast<int>(run.curve_.size()) < epochs) {
        Epoch(&run);
        const std::lock_guard<std::mutex> lock(mutex);
        if (done && !done(run)) go_on = false;
      }
    });
  }

  RowLosses Validate(const TrainingRun& run) const override { return Evaluate(run, validation_); }
  RowLosses Test(const TrainingRun& run) const override { return Evaluate(run, test_); }

 private:
  // The output layer's probabilities; `h` takes the hidden layer's values.
  static Matrix Forward(const ReferenceRun& run, const Matrix& x, Matrix* h) {
    const auto layer = [](const Matrix& w, const Matrix& in) -> Matrix {
      return (w.leftCols(in.rows()) * in).colwise() + w.col(in.rows());
    };
    *h = layer(run.w[0], x).array().tanh();
    Matrix p = layer(run.w[1], *h);
    p.rowwise() -= p.colwise().maxCoeff().eval();
    p = p.array().exp();
    return p.array().rowwise() / p.array().colwise().sum().eval();
  }

  RowLosses Evaluate(const TrainingRun& run, const LabelledColumns& samples) const {
    Matrix h;
    const Matrix p = Forward(*runs_.at(run.number()), samples.x, &h);
    RowLosses out;
    for (std::size_t i = 0; i < samples.label.size(); ++i) {
      const auto column = static_cast<Eigen::Index>(i);
      Eigen::Index at = 0;
      p.col(column).maxCoeff(&at);
      out.losses.push_back(-std::log(p(samples.label[i], column)));
      out.score += (at == samples.label[i] ? 1.0 : 0.0) / static_cast<double>(p.cols());
    }
    return out;
  }

  void Epoch(ReferenceRun* run) const {
    const auto rows = static_cast<std::size_t>(train_.x.cols());
    const auto size = static_cast<std::size_t>(options_.batch);
    const std::size_t epoch = run->curve_.size();
    const std::vector<uint32_t> order =
        Random(run->key_.seed, 100 + epoch).Permutation(static_cast<uint32_t>(rows));
    EpochRecord record;
    const std::size_t batches = std::max<std::size_t>(1, rows / size);
    for (std::size_t b = 0; b < batches; ++b) {
      LabelledColumns batch{Matrix(train_.x.rows(), options_.batch), {}};
      for (std::size_t i = 0; i < size; ++i) {
        const uint32_t row = order[(b * size + i) % rows];
        batch.x.col(static_cast<Eigen::Index>(i)) = train_.x.col(row);
        batch.label.push_back(train_.label[row]);
      }
      record.train_loss +=
          Step(batch, static_cast<int>(batches), run) / static_cast<double>(batches);
    }
    const RowLosses held = Evaluate(*run, validation_);
    for (const double loss : held.losses)
      record.validation_loss += loss / static_cast<double>(held.losses.size());
    record.validation_score = held.score;
    for (const Matrix& w : run->w) {
      record.layer_norms.push_back(w.leftCols(w.cols() - 1).norm());
      record.penalty += 0.5 * run->key_.decay * std::pow(record.layer_norms.back(), 2);
    }
    run->curve_.push_back(record);
    run->kept_epoch_ = static_cast<int>(run->curve_.size());
    if (!std::isfinite(record.train_loss + record.validation_loss))
      run->diverged_ = {Divergence::What::kLoss, true, run->kept_epoch_};
  }

  double Step(const LabelledColumns& batch, int batches, ReferenceRun* run) const {
    const auto rows = static_cast<double>(batch.label.size());
    Matrix h;
    Matrix back = Forward(*run, batch.x, &h);
    double loss = 0.0;
    for (std::size_t i = 0; i < batch.label.size(); ++i) {
      double& p = back(batch.label[i], static_cast<Eigen::Index>(i));
      loss -= std::log(p) / rows;
      p -= 1.0;
    }
    back /= rows;
    const Matrix inner =
        (run->w[1].leftCols(h.rows()).transpose() * back).array() * (1.0 - h.array().square());
    const double share = static_cast<double>(run->steps++) / (batches * options_.epochs);
    const double schedule =
        options_.cosine ? 0.5 * (1.0 + std::cos(std::numbers::pi * share)) : 1.0;
    Update(0, inner * batch.x.transpose(), inner.rowwise().sum(), schedule, run);
    Update(1, back * h.transpose(), back.rowwise().sum(), schedule, run);
    return loss;
  }

  // AdamW as PyTorch has it.
  static void Update(std::size_t l, const Matrix& weights, const Vector& bias, double schedule,
                     ReferenceRun* run) {
    Matrix g(weights.rows(), weights.cols() + 1);
    g << weights, bias;
    const double lr = run->key_.lr * schedule;
    run->w[l].leftCols(weights.cols()) *= 1.0 - lr * run->key_.decay;
    run->m[l] = 0.9 * run->m[l] + 0.1 * g;
    run->v[l] = 0.999 * run->v[l] + 0.001 * g.cwiseAbs2();
    const double c1 = 1.0 - std::pow(0.9, run->steps);
    const double c2 = 1.0 - std::pow(0.999, run->steps);
    run->w[l].array() -= lr / c1 * run->m[l].array() / ((run->v[l].array() / c2).sqrt() + 1e-8);
  }

  std::vector<std::unique_ptr<ReferenceRun>> runs_;
  LabelledColumns train_, validation_, test_;
  ReferenceOptions options_;
};

}  // namespace halflife::testing
