// Small problems and fixtures for the tests of optimizers.
#pragma once

#include <cstdint>
#include <cstring>
#include <functional>
#include <map>
#include <span>
#include <string>
#include <vector>

#include "base/random.h"
#include "halflife/optimizer.h"
#include "halflife/rule.h"

namespace halflife::testing {

// Tensors of our own that an optimizer trains.
struct Tensors {
  std::vector<std::string> names;
  std::vector<std::vector<std::int64_t>> shapes;
  std::vector<ParameterKind> kinds;
  std::vector<std::vector<float>> values;

  // Adds one with random normal values.
  void Add(const std::string& name, std::vector<std::int64_t> shape, std::uint64_t seed,
           ParameterKind kind = ParameterKind::kWeight) {
    std::size_t count = 1;
    for (const std::int64_t size : shape) count *= static_cast<std::size_t>(size);
    Random random(seed, values.size());
    std::vector<float> value(count);
    for (float& x : value) x = static_cast<float>(random.Normal());
    names.push_back(name);
    shapes.push_back(std::move(shape));
    kinds.push_back(kind);
    values.push_back(std::move(value));
  }

  std::vector<Parameter> Parameters() {
    std::vector<Parameter> parameters;
    for (std::size_t i = 0; i < values.size(); ++i) {
      parameters.push_back({names[i], shapes[i], kinds[i], values[i]});
    }
    return parameters;
  }
};

// Gradients that depend on the seed and the step only.
inline std::vector<std::vector<float>> RandomGradients(const Tensors& tensors, std::uint64_t seed,
                                                       std::uint64_t step) {
  std::vector<std::vector<float>> gradients;
  for (std::size_t i = 0; i < tensors.values.size(); ++i) {
    Random random(seed, step * 1000 + i);
    std::vector<float> g(tensors.values[i].size());
    for (float& x : g) x = static_cast<float>(random.Normal());
    gradients.push_back(std::move(g));
  }
  return gradients;
}

inline StepReport StepWith(Optimizer* optimizer, const std::vector<std::vector<float>>& gradients) {
  std::vector<std::span<const float>> spans(gradients.begin(), gradients.end());
  return optimizer->Step(spans);
}

// Whether all bits agree.
inline bool SameBits(const std::vector<std::vector<float>>& a,
                     const std::vector<std::vector<float>>& b) {
  if (a.size() != b.size()) return false;
  for (std::size_t i = 0; i < a.size(); ++i) {
    if (a[i].size() != b[i].size()) return false;
    if (std::memcmp(a[i].data(), b[i].data(), a[i].size() * sizeof(float)) != 0) return false;
  }
  return true;
}

// Options that every parameter decays under, for a rule and a law.
inline OptimizerOptions OptionsFor(const std::string& rule, DecayLaw law, double decay) {
  OptimizerOptions options;
  options.rule = rule;
  options.law = law;
  options.decay = decay;
  options.policy = DecayPolicy::kAll;
  return options;
}

// A rule with options that switch on more of it.
struct RuleVariantOptions {
  std::string rule;
  std::map<std::string, double> options;
};

// Every rule of the registry as it is, and those whose options choose other state or formulas.
inline std::vector<RuleVariantOptions> RuleVariants() {
  std::vector<RuleVariantOptions> variants;
  for (const RuleSpec* rule : Rules()) variants.push_back({std::string(rule->name), {}});
  variants.push_back({"sgd", {{"momentum", 0.9}}});
  variants.push_back({"sgd", {{"momentum", 0.9}, {"dampening", 0.3}}});
  variants.push_back({"sgd", {{"momentum", 0.9}, {"nesterov", 1}}});
  variants.push_back({"adam", {{"amsgrad", 1}}});
  variants.push_back({"rmsprop", {{"momentum", 0.9}}});
  variants.push_back({"rmsprop", {{"centered", 1}}});
  variants.push_back({"rmsprop", {{"centered", 1}, {"momentum", 0.9}}});
  variants.push_back({"adagrad", {{"lr_decay", 0.01}, {"initial_accumulator_value", 0.1}}});
  variants.push_back({"ademamix", {{"warmup", 50}}});
  variants.push_back({"lamb", {{"always_adapt", 1}}});
  variants.push_back({"lars", {{"always_adapt", 1}}});
  variants.push_back({"muon", {{"nesterov", 0}, {"match_rms_adamw", 1}}});
  return variants;
}

// Whether the rule takes the law.
inline bool Allowed(const RuleSpec& spec, DecayLaw law) {
  for (const RefusedLaw& refused : spec.refused) {
    if (refused.law == law) return false;
  }
  return true;
}

}  // namespace halflife::testing
