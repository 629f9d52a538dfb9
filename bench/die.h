// How a benchmark ends when it cannot go on.
#pragma once

#include <fmt/format.h>

#include <cstdlib>
#include <string>

namespace halflife::bench {

[[noreturn]] inline void Die(const std::string& what) {
  fmt::print(stderr, "net_bench: {}\n", what);
  std::exit(1);
}

}  // namespace halflife::bench
