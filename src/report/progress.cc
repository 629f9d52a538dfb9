#include "report/progress.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <utility>

#include "report/plain_text.h"
#include "report/say.h"

namespace halflife {
namespace {

constexpr double kRedrawEvery = 0.1;  // seconds

}  // namespace

std::string Duration(double seconds, Language language) {
  const double whole = std::isfinite(seconds) ? std::clamp(std::ceil(seconds), 0.0, 1e9) : 0.0;
  const auto total = static_cast<int>(whole);
  if (total < 60) return Say(language, "{} s", "{} 秒", total);
  if (total < 3600) return Say(language, "{} min {} s", "{} 分 {} 秒", total / 60, total % 60);
  return Say(language, "{} h {} min", "{} 小时 {} 分", total / 3600, total % 3600 / 60);
}

Progress::Progress(Options options) : options_(std::move(options)) {
  if (options_.mode == Mode::kQuiet) return;
  started_ = options_.seconds();
  drawn_ = started_ - 2.0 * kRedrawEvery;
}

void Progress::Update(std::int64_t done, std::int64_t total, const std::string& best) {
  if (options_.mode == Mode::kQuiet || finished_ || total <= 0) return;
  done_ = std::clamp<std::int64_t>(done, 0, total);
  if (options_.mode == Mode::kTerminal) {
    DrawBar(done_, total, best);
  } else {
    PrintMarks(done_, total, best);
  }
}

void Progress::Finish() {
  if (options_.mode == Mode::kQuiet || finished_) return;
  finished_ = true;
  if (bar_shown_) options_.write("\r\x1b[K");
  if (options_.mode == Mode::kPlain && done_ > 0) {
    options_.write(Say(options_.language, "{}: 100 % ({} {}) in {}\n",
                       "{}：100 %（{} {}），用时 {}\n", options_.what, done_, options_.unit,
                       Duration(options_.seconds() - started_, options_.language)));
  }
}

void Progress::DrawBar(std::int64_t done, std::int64_t total, const std::string& best) {
  const double now = options_.seconds();
  if (now - drawn_ < kRedrawEvery) return;
  drawn_ = now;
  const double share = static_cast<double>(done) / static_cast<double>(total);
  std::string tail = fmt::format(" {:3.0f} %", std::floor(100.0 * share));
  if (done > 0) {
    const double left = (now - started_) * (1.0 - share) / share;
    tail += Say(options_.language, "  {} left", "  剩余 {}", Duration(left, options_.language));
  }
  if (!best.empty()) tail += "  " + best;
  // Never the last column: some terminals would wrap there.
  const int room = options_.width - 1 - DisplayWidth(options_.what) - DisplayWidth(tail) - 3;
  std::string line = options_.what;
  if (room >= 4) {
    const int cells = std::min(room, 40);
    const auto full = static_cast<int>(share * cells);
    line += " [" + std::string(static_cast<std::size_t>(full), '#') +
            std::string(static_cast<std::size_t>(cells - full), '.') + "]";
  }
  line += tail;
  line = Beginning(line, std::max(1, options_.width - 1));
  options_.write("\r" + line + "\x1b[K");
  bar_shown_ = true;
}

void Progress::PrintMarks(std::int64_t done, std::int64_t total, const std::string& best) {
  const double percent = 100.0 * static_cast<double>(done) / static_cast<double>(total);
  while (next_mark_ < 100 && percent >= next_mark_) {
    const bool is_last = percent < next_mark_ + 25.0 || next_mark_ == 75;
    if (is_last) {
      options_.write(Say(options_.language, "{}: {} % ({} of {} {}){}{}\n",
                         "{}：{} %（{} / {} {}）{}{}\n", options_.what, next_mark_, done, total,
                         options_.unit, best.empty() ? "" : Say(options_.language, "; ", "；"),
                         best));
    }
    next_mark_ += 25;
  }
}

}  // namespace halflife
