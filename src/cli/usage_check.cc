#include "cli/usage_check.h"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <string_view>
#include <utility>

#include "base/text.h"
#include "cli/suggestions.h"

namespace halflife {
namespace {

std::vector<const CLI::App*> Subcommands(const CLI::App& app) {
  return app.get_subcommands([](const CLI::App*) { return true; });
}

// As the parser sees it: "-1" is a number, "-" standard input.
bool IsFlag(std::string_view word) {
  return word.size() > 1 && word[0] == '-' && !(word[1] >= '0' && word[1] <= '9');
}

// A flag as typed, in its parts: "--folds=5".
struct FlagWord {
  std::string flag;  // "--folds"
  std::string name;  // "folds"
  bool has_value = false;
  std::string value;
};

FlagWord PartsOf(const std::string& word) {
  FlagWord parts;
  const std::size_t equals = word.find('=');
  parts.flag = word.substr(0, equals);
  parts.name = parts.flag.substr(std::min(parts.flag.find_first_not_of('-'), parts.flag.size()));
  parts.has_value = equals != std::string::npos;
  if (parts.has_value) parts.value = word.substr(equals + 1);
  return parts;
}

// The option of `app` that the word names; null if none. "-hx" is "-h" with a rest.
const CLI::Option* OptionOf(const CLI::App& app, const FlagWord& word) {
  const bool is_long = word.flag.starts_with("--");
  return app.get_option_no_throw(is_long ? word.flag : word.flag.substr(0, 2));
}

void AddFlags(const CLI::App& app, std::vector<KnownWord>* known) {
  for (const CLI::Option* option : app.get_options()) {
    for (const std::string& name : option->get_lnames()) known->push_back({name, "--" + name});
  }
}

std::string UnknownAtTop(const CLI::App& app, const std::string& word) {
  std::vector<KnownWord> known;
  std::vector<std::string> names;
  for (const CLI::App* command : Subcommands(app)) {
    known.push_back({command->get_name(), command->get_name()});
    names.push_back(command->get_name());
  }
  AddFlags(app, &known);
  const FlagWord parts = PartsOf(word);
  if (IsFlag(word)) {
    for (const CLI::App* command : Subcommands(app)) {
      if (OptionOf(*command, parts) == nullptr) continue;
      return fmt::format("{} goes after the subcommand, as in halflife {} ... {}",
                         Quoted(parts.flag), command->get_name(), parts.flag);
    }
  }
  std::string advice = SuggestWord(parts.name, known);
  const bool is_file = !IsFlag(word) && word.find_first_of("./\\") != std::string::npos;
  if (advice.empty() && is_file) advice = "; a data file goes after it, as in halflife tune DATA";
  if (advice.empty()) advice = fmt::format("; there are {}", Join(names, ", "));
  return fmt::format("{} is no {}{}", Quoted(parts.flag),
                     IsFlag(word) ? "flag of halflife" : "subcommand", advice);
}

// The words after the subcommand.
class CommandWords {
 public:
  CommandWords(const CLI::App& app, const CLI::App& command, std::vector<std::string> words)
      : app_(app), command_(command), words_(std::move(words)) {
    for (const CLI::Option* option : command.get_options()) {
      if (option->get_positional()) room_ += option->get_items_expected_max();
    }
  }

  std::string Problem() {
    bool flags = true;
    for (at_ = 0; at_ < words_.size(); ++at_) {
      const std::string& word = words_[at_];
      if (flags && word == "--") {
        flags = false;
      } else if (!flags || !IsFlag(word)) {
        if (word.empty()) return "an argument is empty; leave it out, or name a file";
        if (++arguments_ > room_) return OneTooMany(word);
      } else {
        const FlagWord parts = PartsOf(word);
        const CLI::Option* option = OptionOf(command_, parts);
        if (option == nullptr) return Unknown(parts);
        if (option == command_.get_help_ptr()) return "";
        std::string problem = FlagProblem(*option, parts);
        if (!problem.empty()) return problem;
      }
    }
    return "";
  }

 private:
  // Passes over the flag's value.
  std::string FlagProblem(const CLI::Option& option, const FlagWord& parts) {
    if (option.get_items_expected_max() == 0) return SwitchProblem(parts);
    const bool once = option.get_items_expected_max() == 1 &&
                      option.get_multi_option_policy() == CLI::MultiOptionPolicy::Throw;
    if (once && ++given_[&option] > 1)
      return fmt::format("{} is given twice; give it once", parts.flag);
    // A list without an end takes words up to the next flag; the parser counts those.
    if (option.get_allow_extra_args() && option.get_items_expected_max() > 1) room_ = kNoLimit;
    if (option.get_items_expected_min() == 0 || !parts.value.empty()) return "";
    if (parts.has_value || at_ + 1 == words_.size())
      return fmt::format("{} needs a value{}", parts.flag, Help());
    const std::string& next = words_[at_ + 1];
    if (next.empty())
      return fmt::format("{} is given an empty value; name one, or leave the flag out", parts.flag);
    if (IsFlag(next) && OptionOf(command_, PartsOf(next)) != nullptr && next.starts_with("--")) {
      return fmt::format(
          "{} needs a value, and the flag {} follows; if that is the value, write {}={}",
          parts.flag, Quoted(next), parts.flag, next);
    }
    ++at_;
    return "";
  }

  // Of a flag that takes no value but what the parser reads as yes or no.
  static std::string SwitchProblem(const FlagWord& parts) {
    static constexpr std::string_view kAnswers[] = {"true", "false", "on", "off",
                                                    "yes",  "no",    "1",  "0"};
    const bool known =
        std::find(std::begin(kAnswers), std::end(kAnswers), parts.value) != std::end(kAnswers);
    if (!parts.has_value || known) return "";
    return fmt::format("{} takes no value; leave out {}", parts.flag, Quoted("=" + parts.value));
  }

  std::string Unknown(const FlagWord& word) const {
    std::vector<std::string> others;
    for (const CLI::App* other : Subcommands(app_)) {
      if (OptionOf(*other, word) != nullptr) others.push_back("halflife " + other->get_name());
    }
    if (OptionOf(app_, word) != nullptr) others.emplace_back("halflife itself");
    if (!others.empty()) {
      return fmt::format("{} is no flag of {} but of {}", Quoted(word.flag), command_.get_name(),
                         Join(others, ", "));
    }
    std::vector<KnownWord> known;
    AddFlags(command_, &known);
    const std::string advice = SuggestWord(word.name, known);
    return fmt::format("{} is no flag of {}{}", Quoted(word.flag), command_.get_name(),
                       advice.empty() ? Help() : advice);
  }

  std::string OneTooMany(const std::string& word) const {
    std::vector<std::string> names;
    for (const CLI::Option* option : command_.get_options()) {
      if (option->get_positional()) names.push_back(option->get_name(true));
    }
    const std::string takes =
        names.empty() ? "no argument" : fmt::format("{} alone", Join(names, " and "));
    return fmt::format(
        "{} is one word too many: {} takes {} beside its flags; put names that hold "
        "blanks in quotes",
        Quoted(word), command_.get_name(), takes);
  }

  std::string Help() const { return fmt::format("; see halflife {} --help", command_.get_name()); }

  static constexpr int kNoLimit = 1 << 30;

  const CLI::App& app_;
  const CLI::App& command_;
  std::vector<std::string> words_;
  std::size_t at_ = 0;
  int room_ = 0;
  int arguments_ = 0;
  std::map<const CLI::Option*, int> given_;
};

}  // namespace

std::string UsageProblem(const CLI::App& app, const std::vector<std::string>& words) {
  if (words.empty()) {
    std::vector<std::string> names;
    for (const CLI::App* command : Subcommands(app)) names.push_back(command->get_name());
    return fmt::format("a subcommand is needed: {}; see halflife --help", Join(names, ", "));
  }
  const std::string& first = words.front();
  if (IsFlag(first))
    return OptionOf(app, PartsOf(first)) != nullptr ? "" : UnknownAtTop(app, first);
  for (const CLI::App* command : Subcommands(app)) {
    if (command->get_name() == first)
      return CommandWords(app, *command, {words.begin() + 1, words.end()}).Problem();
  }
  return UnknownAtTop(app, first);
}

}  // namespace halflife
