#include "kernels/log_loss.h"

#include <gtest/gtest.h>

#include <cmath>
#include <limits>
#include <vector>

#include "base/random.h"

namespace halflife {
namespace {

// The logits of one row under `fits` fits, of a size of about `scale`, some equal, some far.
std::vector<double> MakeLogits(std::size_t fits, std::size_t outputs, double scale, uint64_t seed) {
  Random random(seed);
  std::vector<double> logits(fits * outputs);
  for (double& logit : logits)
    logit = random.Uniform() < 0.1 ? 0.0 : scale * random.Normal() * random.Normal();
  return logits;
}

// By the formulas, in long double.
struct Exact {
  std::vector<long double> errors;  // an output
  long double loss;
};

Exact ExactOf(const std::vector<double>& logits, std::size_t fits, std::size_t outputs,
              std::size_t fit, std::size_t own) {
  Exact exact;
  if (outputs == 1) {
    const long double t = (own == 1 ? 1.0L : -1.0L) * logits[fit];
    const long double off = 1.0L / (1.0L + std::exp(t));
    exact.errors = {own == 1 ? -off : off};
    exact.loss = t > 0 ? std::log1p(std::exp(-t)) : -t + std::log1p(std::exp(t));
    return exact;
  }
  const long double mine = logits[own * fits + fit];
  long double others = 0.0L;
  for (std::size_t c = 0; c < outputs; ++c) {
    if (c != own) others += std::exp(logits[c * fits + fit] - mine);
  }
  for (std::size_t c = 0; c < outputs; ++c) {
    exact.errors.push_back(c == own ? -others / (1.0L + others)
                                    : std::exp(logits[c * fits + fit] - mine) / (1.0L + others));
  }
  exact.loss = std::log1p(others);
  return exact;
}

// exp and log err by a few units in the last place, and exp by as much again for each unit of its
// argument, which is rounded: logits differ by less than 1,000 here.
constexpr double kRelative = 1000 * 4 * std::numeric_limits<double>::epsilon();

TEST(LogLoss, ErrorsAndLossesAreThoseOfTheFormulas) {
  for (const std::size_t outputs : {1U, 2U, 3U, 11U}) {
    for (const double scale : {0.01, 1.0, 30.0}) {
      const std::size_t fits = 2 * kLogLossPad;
      for (std::size_t own = 0; own < std::max<std::size_t>(2, outputs); own += 1) {
        const std::vector<double> logits = MakeLogits(fits, outputs, scale, own + outputs);
        std::vector<double> errors = logits;
        LogErrors({errors.data(), fits, outputs, own}, 2.5);
        std::vector<double> spent = logits;
        std::vector<double> losses(fits, 1.0);
        AddLogLosses({spent.data(), fits, outputs, own}, 2.5, losses.data());
        for (std::size_t fit = 0; fit < fits; ++fit) {
          const Exact exact = ExactOf(logits, fits, outputs, fit, own);
          const auto loss = static_cast<double>(1.0L + 2.5L * exact.loss);
          EXPECT_NEAR(losses[fit], loss, kRelative * loss);
          for (std::size_t c = 0; c < outputs; ++c) {
            const auto error = static_cast<double>(2.5L * exact.errors[c]);
            EXPECT_NEAR(errors[c * fits + fit], error, kRelative * std::fabs(error) + 1e-300)
                << outputs << ' ' << scale << ' ' << own << ' ' << c;
          }
        }
      }
    }
  }
}

TEST(LogLoss, LogitsBeyondExpStayFinite) {
  for (const double far : {1e3, -1e3, 1e6, -1e6}) {
    for (const std::size_t own : {0U, 1U}) {
      std::vector<double> logit(kLogLossPad, far);
      std::vector<double> losses(kLogLossPad, 0.0);
      AddLogLosses({logit.data(), kLogLossPad, 1, own}, 1.0, losses.data());
      const double loss = (own == 1) == (far > 0.0) ? 0.0 : std::fabs(far);
      EXPECT_NEAR(losses[3], loss, 1e-300 + kRelative * loss);  // exp(-700) is 1e-304
      logit.assign(kLogLossPad, far);
      LogErrors({logit.data(), kLogLossPad, 1, own}, 1.0);
      EXPECT_NEAR(logit[3], (own == 1 ? -1.0 : 1.0) * ((own == 1) == (far > 0.0) ? 0.0 : 1.0),
                  1e-300);
    }
  }
}

}  // namespace
}  // namespace halflife
