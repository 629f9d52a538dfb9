// The one exception of halflife: a user's mistake, said in one line that tells what, where and what
// to do.
#pragma once

#include <stdexcept>
#include <string>

namespace halflife {

// Thrown for anything a user can cause: a broken file, an option out of range, data that cannot be
// fitted. A bug in halflife itself is never an Error: it is an assertion (see base/check.h).
class Error : public std::runtime_error {
 public:
  // Whose fault it is, which decides the exit code of the program.
  enum class Kind {
    kData,   // the data or the run failed: exit 1
    kUsage,  // the program or a function was asked for something wrong: exit 2
  };

  // `message` is one line without a trailing period or newline.
  explicit Error(const std::string& message, Kind kind = Kind::kData)
      : std::runtime_error(message), kind_(kind) {}

  Kind kind() const { return kind_; }

 private:
  Kind kind_;
};

}  // namespace halflife
