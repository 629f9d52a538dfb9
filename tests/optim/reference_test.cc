// Every rule with every decay law against the hand-written references, over a hundred steps.
#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>

#include "kernels/rule.h"
#include "reference/reference_rules.h"
#include "support/training.h"

namespace halflife {
namespace {

constexpr int kSteps = 100;
constexpr double kDecay = 0.1;
constexpr std::int64_t kRows = 7;
constexpr std::int64_t kTall = 13;
constexpr std::int64_t kColumns = 9;

struct Case {
  std::string rule;
  std::map<std::string, double> options;
  DecayLaw law = DecayLaw::kNone;
  ProximalPenalty penalty = ProximalPenalty::kL2;
  bool centered = false;
  std::int64_t rows = kRows;
  double lr = 0.01;
  std::uint64_t wild = 0;  // a seed: gradients of each step times 2^-30 to 2^30
};

std::string NameOf(const Case& one) {
  std::string name(Name(one.law));
  static constexpr const char* kPenalties[] = {"", "_l1", "_elastic_net", "_group_lasso"};
  name += kPenalties[static_cast<int>(one.penalty)];
  return name + (one.centered ? "_toward_centre" : "");
}

void PrintTo(const Case& one, std::ostream* out) { *out << one.rule; }

// All rules with all of their variants; tensor rules on a tall matrix too.
std::vector<Case> Variants() {
  std::vector<Case> variants;
  for (const testing::RuleVariantOptions& one : testing::RuleVariants()) {
    variants.push_back({.rule = one.rule, .options = one.options});
    if (FindRuleEntry(one.rule).tensor == nullptr) continue;
    variants.push_back({.rule = one.rule, .options = one.options, .rows = kTall});
  }
  return variants;
}

std::vector<Case> CasesOf(const Case& variant) {
  std::vector<Case> cases;
  for (const DecayLawSpec& law : DecayLaws()) {
    if (!testing::Allowed(FindRule(variant.rule), law.law)) continue;
    for (int penalty = 0; penalty < (law.law == DecayLaw::kProximal ? 4 : 1); ++penalty) {
      for (const bool centered : {false, true}) {
        // LAMB's and LARS's own coupled decay has no centre in the references.
        const bool inner = FindRule(variant.rule).inner_decay && law.law == DecayLaw::kCoupled;
        if (centered && (law.law == DecayLaw::kNone || inner)) continue;
        Case one = variant;
        one.law = law.law;
        one.penalty = static_cast<ProximalPenalty>(penalty);
        one.centered = centered;
        cases.push_back(one);
      }
    }
  }
  return cases;
}

double Soft(double x, double threshold) {
  return (x > 0 ? 1 : -1) * std::max(std::abs(x) - threshold, 0.0);
}

// The decay laws as DESIGN.md writes them.
class ReferenceTraining {
 public:
  ReferenceTraining(const Case& one, const OptimizerOptions& options,
                    const std::vector<float>& start, std::vector<float> center)
      : case_(one), options_(options), w_(start.begin(), start.end()), c_(start.size()) {
    if (one.centered) c_.assign(center.begin(), center.end());
    const RuleSpec& spec = FindRule(one.rule);
    ReferenceOptions all;
    for (const OptionSpec& option : spec.options) all[std::string(option.name)] = option.init;
    for (const auto& [name, value] : one.options) all[name] = value;
    rule_ = MakeReference(one.rule, all, {one.rows, kColumns});
    rule_->decayed = one.law != DecayLaw::kNone;
    inner_ = spec.inner_decay && one.law == DecayLaw::kCoupled;
    if (inner_) rule_->inner_decay = kDecay;
  }

  void Step(int t, const std::vector<float>& gradient) {
    const double multiplier = options_.lr_schedule->At(t - 1);
    const double lr = *options_.lr * multiplier;
    Vec g(gradient.begin(), gradient.end());
    if (case_.law == DecayLaw::kCoupled && !inner_) {
      for (std::size_t i = 0; i < g.size(); ++i) g[i] += kDecay * (w_[i] - c_[i]);
    }
    const Vec step = rule_->Step(t, lr, w_, g);
    double share = 0;
    if (case_.law == DecayLaw::kDecoupled || case_.law == DecayLaw::kCautious) share = lr * kDecay;
    if (case_.law == DecayLaw::kIndependent) share = multiplier * kDecay;
    if (case_.law == DecayLaw::kCorrected)
      share = lr * lr / *options_.lr * kDecay;  // the schedule's peak is 1
    Vec pull(w_.size());
    for (std::size_t i = 0; i < w_.size(); ++i) {
      pull[i] = share * (w_[i] - c_[i]);
      if (case_.law == DecayLaw::kCautious && step[i] * (w_[i] - c_[i]) < 0) pull[i] = 0;
    }
    if (share > 0) pull = rule_->Pull(pull);
    for (std::size_t i = 0; i < w_.size(); ++i) {
      w_[i] -= step[i] + pull[i];
      largest_step_ = std::max(largest_step_, std::abs(step[i]));
      largest_weight_ = std::max(largest_weight_, std::abs(w_[i]));
    }
    if (case_.law == DecayLaw::kProximal) Proximal(lr);
  }

  const Vec& weights() const { return w_; }
  double largest_step() const { return largest_step_; }
  double largest_weight() const { return largest_weight_; }

 private:
  void Proximal(double lr) {
    for (std::size_t i = 0; i < w_.size(); ++i) {
      double& x = w_[i];
      const double from = x - c_[i];
      if (case_.penalty == ProximalPenalty::kL2) x = c_[i] + from / (1 + lr * kDecay);
      if (case_.penalty == ProximalPenalty::kL1) x = c_[i] + Soft(from, lr * kDecay);
      if (case_.penalty == ProximalPenalty::kElasticNet)
        x = c_[i] + Soft(from, lr * kDecay / 2) / (1 + lr * kDecay / 2);
    }
    if (case_.penalty != ProximalPenalty::kGroupLasso) return;
    for (std::size_t row = 0; row < w_.size(); row += kColumns) {
      double squares = 0;
      for (std::size_t i = row; i < row + kColumns; ++i) squares += std::pow(w_[i] - c_[i], 2);
      const double factor =
          std::max(0.0, 1 - lr * kDecay * std::sqrt(double{kColumns}) / std::sqrt(squares));
      for (std::size_t i = row; i < row + kColumns; ++i) w_[i] = c_[i] + factor * (w_[i] - c_[i]);
    }
  }

  Case case_;
  OptimizerOptions options_;
  Vec w_, c_;
  std::unique_ptr<ReferenceRule> rule_;
  bool inner_ = false;
  double largest_step_ = 0;
  double largest_weight_ = 0;
};

void CheckCase(const Case& one) {
  testing::Tensors tensors;
  tensors.Add("w", {one.rows, kColumns}, 1);
  testing::Tensors other;
  other.Add("c", {one.rows, kColumns}, 2);
  OptimizerOptions options = testing::OptionsFor(one.rule, one.law, kDecay);
  options.options = one.options;
  options.penalty = one.penalty;
  options.lr = one.lr;
  options.lr_schedule = Schedule::Cosine(2 * kSteps);
  if (one.centered) options.center = DecayCenter::kGiven;
  std::vector<Parameter> parameters = tensors.Parameters();
  parameters[0].center = other.values[0];
  ReferenceTraining reference(one, options, tensors.values[0], other.values[0]);
  Optimizer optimizer(parameters, options);
  for (int t = 1; t <= kSteps; ++t) {
    auto gradients = testing::RandomGradients(tensors, 7 + one.wild, static_cast<std::uint64_t>(t));
    if (one.wild != 0) {
      Random random(one.wild, static_cast<std::uint64_t>(t));
      const auto factor = static_cast<float>(std::exp2(random.Uniform() * 60 - 30));
      for (float& g : gradients[0]) g *= factor;
    }
    reference.Step(t, gradients[0]);
    testing::StepWith(&optimizer, gradients);
  }
  // A step rounds the weight a few times (at most 4 operations touch it) and the displacement a few
  // dozen (at most 32 operations, none of which cancels but sums of moments, whose terms are not
  // larger than the largest gradient). Errors of different steps add up; decay only shrinks them.
  // Muon's products sum up to 117 terms five times over, and its polynomial's slope is up to 3.4 a
  // round (3.4^5 = 455, but singular values that grow so fast begin small; 32 rounds' worth is
  // enough).
  constexpr double kUlp = 0x1p-24;
  const double operations =
      one.rule == "muon" ? 16.0 * static_cast<double>(one.rows * kColumns) : 32;
  const double bound =
      kSteps * kUlp * (4 * reference.largest_weight() + operations * reference.largest_step());
  for (std::size_t i = 0; i < tensors.values[0].size(); ++i) {
    ASSERT_NEAR(tensors.values[0][i], reference.weights()[i], bound) << "element " << i;
  }
}

std::string VariantName(const ::testing::TestParamInfo<Case>& info) {
  std::string name = info.param.rule;
  for (const auto& [option, value] : info.param.options) name += "_" + option;
  return info.param.rows == kTall ? name + "_tall" : name;
}

class Reference : public ::testing::TestWithParam<Case> {};

TEST_P(Reference, IsMatchedUnderEveryLawAfterAHundredSteps) {
  for (const Case& one : CasesOf(GetParam())) {
    SCOPED_TRACE(NameOf(one));
    CheckCase(one);
  }
}

// Rules, laws, rates and sizes of gradients drawn at random.
TEST(RandomCases, MatchTheReferencesToo) {
  const std::vector<Case> variants = Variants();
  for (std::uint64_t seed = 1; seed <= 400; ++seed) {
    Random random(seed, 3);
    const auto pick = [&](std::size_t count) {
      return static_cast<std::size_t>(random.Uniform() * static_cast<double>(count));
    };
    const std::vector<Case> cases = CasesOf(variants[pick(variants.size())]);
    Case one = cases[pick(cases.size())];
    one.lr = std::exp2(random.Uniform() * 14 - 16);
    one.wild = seed;
    SCOPED_TRACE(one.rule + " " + NameOf(one) + " " + std::to_string(seed));
    CheckCase(one);
  }
}

INSTANTIATE_TEST_SUITE_P(Rules, Reference, ::testing::ValuesIn(Variants()), VariantName);

}  // namespace
}  // namespace halflife
