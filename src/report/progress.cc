#include "report/progress.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <utility>

namespace halflife {
namespace {

constexpr double kRedrawEvery = 0.1;  // seconds

}  // namespace

std::string Duration(double seconds) {
  const double whole = std::isfinite(seconds) ? std::clamp(std::ceil(seconds), 0.0, 1e9) : 0.0;
  const auto total = static_cast<int>(whole);
  if (total < 60) return fmt::format("{} s", total);
  if (total < 3600) return fmt::format("{} min {} s", total / 60, total % 60);
  return fmt::format("{} h {} min", total / 3600, total % 3600 / 60);
}

Progress::Progress(Options options) : options_(std::move(options)) {
  if (options_.mode == Mode::kQuiet) return;
  started_ = options_.seconds();
  drawn_ = started_ - 2.0 * kRedrawEvery;
}

void Progress::Update(int done, int total) {
  if (options_.mode == Mode::kQuiet || finished_ || total <= 0) return;
  done_ = std::clamp(done, 0, total);
  if (options_.mode == Mode::kTerminal) {
    DrawBar(done_, total);
  } else {
    PrintMarks(done_, total);
  }
}

void Progress::Finish() {
  if (options_.mode == Mode::kQuiet || finished_) return;
  finished_ = true;
  if (bar_shown_) options_.write("\r\x1b[K");
  if (options_.mode == Mode::kPlain && done_ > 0) {
    options_.write(fmt::format("{}: 100 % ({} fits) in {}\n", options_.what, done_,
                               Duration(options_.seconds() - started_)));
  }
}

void Progress::DrawBar(int done, int total) {
  const double now = options_.seconds();
  if (now - drawn_ < kRedrawEvery) return;
  drawn_ = now;
  const double share = static_cast<double>(done) / total;
  std::string tail = fmt::format(" {:3.0f} %", std::floor(100.0 * share));
  if (done > 0)
    tail += fmt::format("  {} left", Duration((now - started_) * (1.0 - share) / share));
  // Never the last column: some terminals would wrap there.
  const int room = options_.width - 1 - static_cast<int>(options_.what.size() + tail.size()) - 3;
  std::string line = options_.what;
  if (room >= 4) {
    const int cells = std::min(room, 40);
    const auto full = static_cast<int>(share * cells);
    line += " [" + std::string(static_cast<std::size_t>(full), '#') +
            std::string(static_cast<std::size_t>(cells - full), '.') + "]";
  }
  line += tail;
  line.resize(std::min(line.size(), static_cast<std::size_t>(std::max(1, options_.width - 1))));
  options_.write("\r" + line + "\x1b[K");
  bar_shown_ = true;
}

void Progress::PrintMarks(int done, int total) {
  while (next_mark_ < 100 && 100.0 * done >= static_cast<double>(next_mark_) * total) {
    const bool is_last = 100.0 * done < (next_mark_ + 25.0) * total || next_mark_ == 75;
    if (is_last) {
      options_.write(
          fmt::format("{}: {} % ({} of {} fits)\n", options_.what, next_mark_, done, total));
    }
    next_mark_ += 25;
  }
}

}  // namespace halflife
