#include "cli/terminal_size.h"

#include <sys/ioctl.h>

#include <algorithm>
#include <cstdlib>

#include "base/text.h"

namespace halflife {
namespace {

int AskedWidth(int descriptor) {
  constexpr int kUsual = 80;
  double columns = 0.0;
  const char* text = std::getenv("COLUMNS");
  if (text != nullptr && ParseNumber(text, &columns) && columns >= 1.0)
    return static_cast<int>(std::min(columns, 1e6));
  winsize size{};
  if (ioctl(descriptor, TIOCGWINSZ, &size) != 0 || size.ws_col == 0) return kUsual;
  return size.ws_col;
}

}  // namespace

int TerminalWidth(int descriptor) { return std::clamp(AskedWidth(descriptor), 40, 1000); }

}  // namespace halflife
