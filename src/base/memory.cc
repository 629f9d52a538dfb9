#include "base/memory.h"

#include <unistd.h>

#include <algorithm>
#include <fstream>

namespace halflife {

double MemoryOfMachine() {
  double bytes =
      static_cast<double>(sysconf(_SC_PHYS_PAGES)) * static_cast<double>(sysconf(_SC_PAGESIZE));
  // A container's limit, in either generation of control groups; "max" is none.
  for (const char* const path :
       {"/sys/fs/cgroup/memory.max", "/sys/fs/cgroup/memory/memory.limit_in_bytes"}) {
    std::ifstream file(path);
    double limit = 0.0;
    if (file >> limit && limit > 0.0) bytes = std::min(bytes, limit);
  }
  return bytes;
}

}  // namespace halflife
