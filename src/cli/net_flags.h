// The flags of `halflife tune --model mlp`.
#pragma once

#include <CLI/CLI.hpp>
#include <memory>
#include <string>
#include <vector>

#include "halflife/tune_net.h"

namespace halflife {

// As typed; the defaults are those of NetTuneOptions.
struct NetFlags {
  std::string hidden;
  std::string activation;
  std::string optimizer;
  std::vector<std::string> rule_options;
  std::string law;
  std::string lrs;
  std::string lr_schedule;
  std::string decay_schedule;
  std::string sizes;
  std::string test;
  std::string test_target;
  bool decay_all = false;
  bool no_textbook = false;
  NetTuneOptions options;
  std::vector<CLI::Option*> all;  // every flag of the group, to see which were given
};

void AddNetFlags(CLI::App* command, const std::shared_ptr<NetFlags>& flags);

// The first flag of the group that was given, or "": they mean nothing to other models.
std::string FirstGiven(const NetFlags& flags);

// The options that the flags ask for, without data, decays, threads and callbacks. Throws Error
// (usage) naming the flag.
NetTuneOptions OptionsOf(const NetFlags& flags);

}  // namespace halflife
