#include "lab/question.h"

#include <algorithm>
#include <cmath>

#include "base/error.h"
#include "base/text.h"

namespace halflife {

Question::Question(std::string_view options, std::string_view data) : data_(data) {
  for (const std::string& part : Split(options, ' ')) {
    if (part.empty()) continue;
    const std::size_t at = part.find('=');
    if (at == std::string::npos || at == 0) Fail(ErrorKind::kOptionForm, {part, "decay=0.01"});
    if (!options_.emplace(part.substr(0, at), part.substr(at + 1)).second)
      FailOption(part.substr(0, at), ErrorKind::kOptionTwice);
  }
}

const std::string* Question::Find(const std::string& name) const {
  known_.insert(name);
  const auto found = options_.find(name);
  return found == options_.end() ? nullptr : &found->second;
}

double Question::Real(const std::string& name, double low, double high, double init) const {
  const std::string* const text = Find(name);
  if (text == nullptr) return init;
  const double value = NumberOf(name, *text);
  if (!(value >= low && value <= high))
    FailOption(name, ErrorKind::kNumberRange, {*text, low, high});
  return value;
}

int Question::Whole(const std::string& name, int low, int high, int init) const {
  const double value = Real(name, low, high, init);
  if (value != std::floor(value)) FailOption(name, ErrorKind::kWholeNeeded, {value});
  return static_cast<int>(value);
}

std::uint32_t Question::Seed() const {
  const double value = Real("seed", 0, 4294967295.0, 1);
  if (value != std::floor(value)) FailOption("seed", ErrorKind::kWholeNeeded, {value});
  return static_cast<std::uint32_t>(value);
}

std::string Question::Word(const std::string& name, const std::string& init) const {
  const std::string* const text = Find(name);
  return text == nullptr ? init : *text;
}

std::size_t Question::Choice(const std::string& name, const std::vector<std::string>& words) const {
  const std::string word = Word(name, words.front());
  const auto found = std::find(words.begin(), words.end(), word);
  if (found == words.end())
    FailOption(name, ErrorKind::kNotOneOf, {word, Join(words, ", "), Nearest(word, words)});
  return static_cast<std::size_t>(found - words.begin());
}

std::map<std::string, double> Question::RealsOf(const std::string& prefix) const {
  std::map<std::string, double> found;
  for (const auto& [name, text] : options_) {
    if (name.size() <= prefix.size() || name.compare(0, prefix.size(), prefix) != 0) continue;
    known_.insert(name);
    found[name.substr(prefix.size())] = NumberOf(name, text);
  }
  return found;
}

void Question::CheckAllRead() const {
  const std::vector<std::string> known(known_.begin(), known_.end());
  for (const auto& [name, text] : options_) {
    if (known_.count(name) == 0) Fail(ErrorKind::kOptionUnknown, {name, Nearest(name, known)});
  }
}

}  // namespace halflife
