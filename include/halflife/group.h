// Groups: which parameters get which rule, options, learning rate and decay.
#pragma once

#include <limits>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "halflife/decay.h"
#include "halflife/parameter.h"
#include "halflife/schedule.h"

namespace halflife {

// What a group may set. What it leaves unset comes from the optimizer, and then from the rule.
struct Settings {
  std::optional<std::string> rule = {};        // see halflife/rule.h; the default is "adamw"
  std::map<std::string, double> options = {};  // by OptionSpec::name; not inherited by another rule
  std::optional<double> lr = {};
  std::optional<Schedule> lr_schedule = {};
  std::optional<DecayLaw> law = {};
  std::optional<double> decay = {};
  std::optional<Schedule> decay_schedule = {};
  std::optional<ProximalPenalty> penalty = {};  // for the proximal law; the default is L2
  std::optional<double> l1_ratio = {};          // for the elastic net; the default is 0.5
  std::optional<DecayCenter> center = {};
};

// Whom a group takes: the parameters that fit all of these and that no group before it took.
struct Membership {
  std::string name = {};
  std::vector<ParameterKind> kinds = {};   // empty: any
  std::vector<std::string> patterns = {};  // * and ? over names; empty: any
  int min_dims = 0;
  int max_dims = std::numeric_limits<int>::max();
  double lr_scale = 1;  // multiplies the learning rate, wherever it came from

  bool Takes(const Parameter& parameter) const;
};

// A group in one expression, what it sets and whom it takes:
//   Group{{.rule = "muon", .lr = 0.02}, {.name = "matrices", .kinds = {ParameterKind::kWeight}}}
// or member by member. Thread safety: a value, read by any number of threads.
struct Group : Settings, Membership {};

// Who decays where a group does not set `decay` itself.
enum class DecayPolicy {
  kWeightsOnly,  // all but biases, normalisation parameters and scalars
  kAll,          // everything, as PyTorch
};

// Layer-wise learning rate decay (Clark et al. 2020, arXiv:2003.10555): one group for each pattern,
// from the input to the output; the last keeps the learning rate, each one before it has `factor`
// times that of the next. Parameters outside all patterns need a group of their own.
std::vector<Group> LayerwiseLr(const std::vector<std::string>& patterns, double factor);

}  // namespace halflife
