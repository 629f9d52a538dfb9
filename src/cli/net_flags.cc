#include "cli/net_flags.h"

#include "base/error.h"
#include "base/text.h"
#include "cli/choices.h"
#include "cli/flag_style.h"
#include "halflife/rule.h"
#include "tune/grid_check.h"

namespace halflife {
namespace {

// "256,128", or "none" for a linear model.
std::vector<int> HiddenOf(const std::string& text) {
  std::vector<int> hidden;
  if (text == "none") return hidden;
  for (const std::string& part : Split(text, ',')) {
    double units = 0.0;
    const bool number = ParseNumber(part, &units);
    if (!number || !(units >= 1.0 && units <= kMostUnits) || units != static_cast<int>(units))
      Fail(ErrorKind::kHiddenUnits, {part, kMostUnits});
    hidden.push_back(static_cast<int>(units));
  }
  return hidden;
}

// The value of --law. Throws Error suggesting the nearest.
DecayLaw LawOf(const std::string& text) {
  std::vector<std::string> names;
  for (const DecayLawSpec& law : DecayLaws()) {
    if (law.name == text && law.law != DecayLaw::kNone) return law.law;
    if (law.law != DecayLaw::kNone) names.emplace_back(law.name);
  }
  Fail(ErrorKind::kLawWord, {text, Nearest(text, names), Join(names, ", ")});
}

// NAME=VALUE pairs, such as beta2=0.99.
std::map<std::string, double> RuleOptionsOf(const std::vector<std::string>& pairs) {
  std::map<std::string, double> options;
  for (const std::string& pair : pairs) {
    const std::size_t at = pair.find('=');
    if (at == std::string::npos || at == 0) Fail(ErrorKind::kRuleOptionForm, {pair});
    const std::string name = pair.substr(0, at);
    const std::string value = pair.substr(at + 1);
    if (!ParseNumber(value, &options[name])) Fail(ErrorKind::kRuleOptionNumber, {name, value});
  }
  return options;
}

// "V,V,..." of the flag `name`.
std::vector<double> NumbersOf(std::string_view name, const std::string& text) {
  std::vector<double> numbers;
  for (const std::string& part : Split(text, ',')) numbers.push_back(NumberOf(name, part));
  return numbers;
}

std::vector<double> LrsOf(const std::string& text) {
  std::vector<double> lrs = NumbersOf("lr", text);
  CheckLrs(lrs);
  return lrs;
}

void AddArchitecture(CLI::App* command, NetFlags* flags) {
  NetOptions& net = flags->options.net;
  std::vector<CLI::Option*>& all = flags->all;
  all.push_back(command->add_option("--hidden", flags->hidden,
                                    "units of each hidden layer: N,N,... or none (default 128)"));
  all.push_back(
      command->add_option("--activation", flags->activation, "relu, gelu or tanh (default relu)"));
  all.push_back(
      command->add_flag("--layer-norm", net.layer_norm, "normalise sums before the activation"));
  all.push_back(command->add_option("--dropout", net.dropout,
                                    "share of hidden units left out in training (default 0)"));
}

void AddTraining(CLI::App* command, NetFlags* flags) {
  TrainingOptions& training = flags->options.training;
  std::vector<CLI::Option*>& all = flags->all;
  all.push_back(command
                    ->add_option("--epochs", training.epochs,
                                 "passes over the training rows (default 30, or as many as "
                                 "make 2,000 steps)")
                    ->check(WholeNumber(1, 1000000)));
  all.push_back(command->add_option("--batch", training.batch, "rows a step (default 128)"));
  all.push_back(
      command->add_option("--optimizer", flags->optimizer,
                          "adamw, sgd, lion, muon, ...: see halflife describe (default adamw)"));
  all.push_back(command
                    ->add_option("--option", flags->rule_options,
                                 "NAME=VALUE, an option of the optimizer; can be repeated")
                    ->allow_extra_args(false));
  all.push_back(command->add_option(
      "--law", flags->law, "how the decay acts: see halflife describe (default: the optimizer's)"));
  all.push_back(
      command->add_option("--lr", flags->lrs,
                          "learning rates, each tried with every decay: V,V,... (default: the "
                          "optimizer's)"));
  all.push_back(command->add_option("--lr-schedule", flags->lr_schedule,
                                    "constant, linear or cosine (default constant)"));
  all.push_back(command->add_option("--decay-schedule", flags->decay_schedule,
                                    "constant, linear or cosine (default constant)"));
  all.push_back(command->add_option("--warm-up", training.warm_up,
                                    "share of the steps in which lr rises from 0 (default 0)"));
  all.push_back(command->add_option("--clip-norm", training.optimizer.clip_norm,
                                    "largest norm of all gradients together; 0: none (default 0)"));
  all.push_back(command->add_flag("--decay-all", flags->decay_all,
                                  "decay biases and norms too, not weights alone"));
  all.push_back(command->add_option(
      "--early-stopping", training.patience,
      "end a run after N epochs without a lower validation loss; 0: never (default 0)"));
}

}  // namespace

void AddNetFlags(CLI::App* command, const std::shared_ptr<NetFlags>& flags) {
  flags->options.training.epochs = 0;
  AddArchitecture(command, flags.get());
  AddTraining(command, flags.get());
  std::vector<CLI::Option*>& all = flags->all;
  all.push_back(
      command->add_flag("--full", flags->options.full,
                        "train every decay to its end, however bad it looks; so it is also for "
                        "decays less than a factor of 1.9 apart"));
  all.push_back(command->add_flag(
      "--no-textbook", flags->no_textbook,
      "do not train 1e-4, 1e-3 and 1e-2, and the best decay with biases decayed too, once in each "
      "split after the choice, to tell what they would have gained"));
  all.push_back(command->add_option(
      "--sizes", flags->sizes,
      "multiples of the widths of --hidden, V,V,...: how much decay gains with nets of these sizes "
      "too, each with a sweep of its own"));
  all.push_back(command->add_option(
      "--test", flags->test, "file with the test rows (default: a part of DATA, drawn by --seed)"));
  all.push_back(command->add_option("--test-target", flags->test_target,
                                    "file or NPZ member with the targets of --test"));
  for (CLI::Option* option : all) option->group("Nets (--model mlp)");
}

std::string FirstGiven(const NetFlags& flags) {
  for (const CLI::Option* option : flags.all) {
    if (option->count() > 0) return BareName(option->get_name());
  }
  return "";
}

NetTuneOptions OptionsOf(const NetFlags& flags) {
  NetTuneOptions options = flags.options;
  if (!flags.hidden.empty()) options.net.hidden = HiddenOf(flags.hidden);
  if (!flags.activation.empty()) options.net.activation = FindActivation(flags.activation);
  TrainingOptions& training = options.training;
  if (!flags.optimizer.empty()) {
    FindRule(flags.optimizer);
    training.optimizer.rule = flags.optimizer;
  }
  training.optimizer.options = RuleOptionsOf(flags.rule_options);
  if (!flags.law.empty()) training.optimizer.law = LawOf(flags.law);
  if (!flags.lrs.empty()) options.lrs = LrsOf(flags.lrs);
  if (!flags.sizes.empty()) options.sizes = NumbersOf("sizes", flags.sizes);
  options.textbook = !flags.no_textbook;
  if (!flags.lr_schedule.empty()) training.lr_shape = FindScheduleShape(flags.lr_schedule);
  if (!flags.decay_schedule.empty()) training.decay_shape = FindScheduleShape(flags.decay_schedule);
  if (flags.decay_all) training.optimizer.policy = DecayPolicy::kAll;
  return options;
}

}  // namespace halflife
