#include "cli/interrupt.h"

#include <unistd.h>

#include <atomic>
#include <cerrno>
#include <csignal>

namespace halflife {
namespace {

// Set by the handler, read by the threads that train.
std::atomic<bool> interrupted = false;
static_assert(std::atomic<bool>::is_always_lock_free);

void Note(int) {
  interrupted = true;
  constexpr char kText[] = "\nstopping soon and keeping what is done; Ctrl-C again ends at once\n";
  const int saved = errno;
  if (write(STDERR_FILENO, kText, sizeof(kText) - 1) < 0) errno = saved;
}

}  // namespace

void CatchInterrupts() {
  struct sigaction action {};
  action.sa_handler = Note;
  action.sa_flags = static_cast<int>(SA_RESETHAND | SA_RESTART);  // the second has its usual effect
  sigaction(SIGINT, &action, nullptr);
}

bool Interrupted() { return interrupted; }

}  // namespace halflife
