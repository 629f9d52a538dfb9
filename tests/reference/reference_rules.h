// Hand-written references of every rule, in double, shaped like the papers: slow, plain and
// obvious. They share no code with the engine.
#pragma once

#include <cmath>
#include <cstdint>
#include <map>
#include <memory>
#include <string>
#include <vector>

namespace halflife {

using Vec = std::vector<double>;
using ReferenceOptions = std::map<std::string, double>;

inline double Norm(const Vec& x) {
  double sum = 0;
  for (const double value : x) sum += value * value;
  return std::sqrt(sum);
}

class ReferenceRule {
 public:
  virtual ~ReferenceRule() = default;
  // What one step takes from w; t counts from 1.
  virtual Vec Step(double t, double lr, const Vec& w, const Vec& g) = 0;
  // What is taken from w when decay pulls it by `pull` beside the step.
  virtual Vec Pull(const Vec& pull) { return pull; }
  // The weight after the decay law.
  virtual void After(double /*t*/, double /*lr*/, const Vec& /*w*/) {}
  // For coupled decay with a place of its own (LAMB, LARS).
  double inner_decay = 0;
  bool decayed = false;
};

// By the rule's name; shape as the parameter's.
std::unique_ptr<ReferenceRule> MakeReference(const std::string& rule,
                                             const ReferenceOptions& options,
                                             const std::vector<std::int64_t>& shape);

// The same for the rules that look at a matrix as such; null for others.
std::unique_ptr<ReferenceRule> MakeMatrixReference(const std::string& rule,
                                                   const ReferenceOptions& options,
                                                   const std::vector<std::int64_t>& shape);

}  // namespace halflife
