// The one exception of halflife: a user's mistake, as a kind and its arguments. what() says in one
// English line what, where and what to do.
#pragma once

#include <cstddef>
#include <memory>
#include <stdexcept>
#include <string>
#include <utility>
#include <vector>

#include "halflife/error_kind.h"

namespace halflife {

// Where in a file: lines and columns count from 1, 0 for none; a column is a field of a row.
struct ErrorPlace {
  ErrorPlace() = default;
  ErrorPlace(std::string in, std::size_t at_line = 0, std::size_t at_column = 0)
      : file(std::move(in)), line(at_line), column(at_column) {}

  std::string file;
  std::size_t line = 0;
  std::size_t column = 0;
};

// What failed, as values. The sentence of each kind says what its arguments are; they hold numbers,
// names and cells as they are; what a rule itself says against a law, an option or a shape is in
// its own words.
struct Failure {
  ErrorKind kind = ErrorKind::kBug;
  std::vector<std::string> arguments = {};
  ErrorPlace place = {};
  std::string option = {};                         // where the kind is of any option: its bare name
  std::shared_ptr<const Failure> cause = nullptr;  // what is wrong inside, where a kind asks for it
};

// Thrown for anything a user can cause: a broken file, an option out of range, data that cannot be
// fitted. A bug in halflife itself is never an Error: it is an assertion (see base/check.h).
class Error : public std::runtime_error {
 public:
  enum class Fault {
    kData,   // the data or the run failed
    kUsage,  // the program or a function was asked for something wrong
  };

  explicit Error(Failure failure);

  ErrorKind kind() const { return failure_->kind; }
  Fault fault() const { return fault_; }
  // The option that is wrong, by its bare name ("seeds", "log_target"); "" where none is.
  const std::string& option() const { return failure_->option; }
  const ErrorPlace& place() const { return failure_->place; }
  const std::vector<std::string>& arguments() const { return failure_->arguments; }
  const Failure& failure() const { return *failure_; }

 private:
  std::shared_ptr<const Failure> failure_;  // so that a copy cannot fail
  Fault fault_;
};

}  // namespace halflife
