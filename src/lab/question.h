// The options of a question: NAME=VALUE with blanks between, read by name, each with its range.
#pragma once

#include <cstdint>
#include <map>
#include <set>
#include <string>
#include <string_view>
#include <vector>

namespace halflife {

// Every function throws Error (usage) naming the option for what is out of its range. What is not
// given has the default `init`.
class Question {
 public:
  // Throws Error for text of another form and for a name that comes twice.
  explicit Question(std::string_view options, std::string_view data = {});

  double Real(const std::string& name, double low, double high, double init) const;
  int Whole(const std::string& name, int low, int high, int init) const;
  // The seed of random numbers, 0 to 2^32 - 1.
  std::uint32_t Seed() const;
  std::string Word(const std::string& name, const std::string& init) const;
  // The place of the word in `words`; that of the first where it is not given.
  std::size_t Choice(const std::string& name, const std::vector<std::string>& words) const;

  // Names that start with `prefix`, without it, and their values: "option.beta1=0.9".
  std::map<std::string, double> RealsOf(const std::string& prefix) const;

  // What came with the question, such as the bytes of a file.
  std::string_view data() const { return data_; }

  // Throws Error (usage) where an option was given that nothing above has read.
  void CheckAllRead() const;

 private:
  const std::string* Find(const std::string& name) const;

  std::map<std::string, std::string> options_;
  mutable std::set<std::string> known_;
  std::string_view data_;
};

}  // namespace halflife
