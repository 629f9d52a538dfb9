// How long ReadCsv takes, for a harness that times other readers beside it: a line a round with its
// seconds, then the table's shape, its bytes and the most memory of the process.
//   csv_bench FILE ROUNDS THREADS
#include <fmt/format.h>
#include <sys/resource.h>

#include <chrono>
#include <cstdio>
#include <cstdlib>

#include "halflife/error.h"
#include "halflife/table.h"

namespace halflife::bench {
namespace {

// The bytes of the cells, without names, levels and findings.
std::size_t CellBytes(const Table& table) {
  std::size_t bytes = 0;
  for (const Column& column : table.columns)
    bytes += column.numbers.capacity() * sizeof(double) + column.codes.capacity() * sizeof(int32_t);
  return bytes;
}

void Run(const char* path, int rounds, int threads) {
  constexpr double kMega = 1e6;
  constexpr double kKilobytesInMega = 1e6 / 1024;
  Table table;
  for (int round = 0; round < rounds; ++round) {
    table = {};
    const auto start = std::chrono::steady_clock::now();
    table = ReadCsv(path, {.threads = threads});
    const std::chrono::duration<double> took = std::chrono::steady_clock::now() - start;
    fmt::print("{:.4f}\n", took.count());
    std::fflush(stdout);
  }
  rusage usage{};
  getrusage(RUSAGE_SELF, &usage);
  fmt::print("rows {} columns {} cells_mb {:.1f} peak_mb {:.1f}\n", table.rows,
             table.columns.size(), static_cast<double>(CellBytes(table)) / kMega,
             static_cast<double>(usage.ru_maxrss) / kKilobytesInMega);
}

}  // namespace
}  // namespace halflife::bench

int main(int argc, char** argv) {
  if (argc != 4) {
    fmt::print(stderr, "usage: csv_bench FILE ROUNDS THREADS\n");
    return 2;
  }
  try {
    halflife::bench::Run(argv[1], std::atoi(argv[2]), std::atoi(argv[3]));
  } catch (const halflife::Error& error) {
    fmt::print(stderr, "csv_bench: {}\n", error.what());
    return 1;
  }
  return 0;
}
