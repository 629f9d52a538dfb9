// Says how far a run is: a bar with the time left on a terminal, a few plain lines elsewhere.
#pragma once

#include <cstdint>
#include <functional>
#include <string>
#include <string_view>

#include "halflife/language.h"

namespace halflife {

class Progress {
 public:
  enum class Mode { kQuiet, kPlain, kTerminal };

  struct Options {
    Mode mode = Mode::kPlain;
    std::string what = "fitting";  // in the language
    std::string unit = "fits";
    Language language = Language::kEnglish;
    int width = 80;                               // columns of the terminal
    std::function<double()> seconds;              // a clock that never goes back
    std::function<void(std::string_view)> write;  // takes the output, line ends included
  };

  explicit Progress(Options options);

  // `done` of `total` steps; `total` may change between calls, and `best` says what is best so far
  // ("" where nothing is to be said). Calls must not overlap.
  void Update(std::int64_t done, std::int64_t total, const std::string& best = "");
  // Ends it: clears the bar, or says that all is done. Later calls do nothing.
  void Finish();

 private:
  void DrawBar(std::int64_t done, std::int64_t total, const std::string& best);
  void PrintMarks(std::int64_t done, std::int64_t total, const std::string& best);

  Options options_;
  double started_ = 0.0;
  double drawn_ = 0.0;
  int next_mark_ = 25;  // percent, plain lines only
  std::int64_t done_ = 0;
  bool bar_shown_ = false;
  bool finished_ = false;
};

// A time as people say it: "3 s", "2 min 5 s", "1 h 10 min".
std::string Duration(double seconds, Language language = Language::kEnglish);

}  // namespace halflife
