#include "base/memory.h"

#include <unistd.h>

#include <algorithm>
#include <fstream>

namespace halflife {

double MostBytes() {
  double most = 8e9;
  const long pages = sysconf(_SC_PHYS_PAGES);
  const long page = sysconf(_SC_PAGESIZE);
  if (pages > 0 && page > 0)
    most = std::min(most, static_cast<double>(pages) * static_cast<double>(page));
  std::ifstream file("/sys/fs/cgroup/memory.max");  // "max", or a number
  double allowed = 0.0;
  if (file >> allowed) most = std::min(most, allowed);
  return most;
}

}  // namespace halflife
