// Many tables of every kind: tables_soak COUNT [FIRST_SEED]. Prints each fault, then how many
// tables of which kinds ran and what failed; exits 1 if anything did.
#include <fmt/format.h>

#include <algorithm>
#include <cstdlib>
#include <map>

#include "tables/check_table.h"
#include "tables/made_table.h"

namespace halflife::testing {
namespace {

struct Total {
  std::size_t tables = 0;
  std::size_t refused = 0;
  std::size_t failed = 0;
  std::size_t fits = 0;
  std::size_t unfit = 0;
  double worst_gradient = 0.0;

  void Add(const TableReport& report) {
    ++tables;
    refused += report.refused ? 1 : 0;
    failed += report.faults.empty() ? 0 : 1;
    fits += report.fits;
    unfit += report.unfit;
    worst_gradient = std::max(worst_gradient, report.worst_gradient);
  }
};

// At most one fit in 10,000 may be left out of a grid.
bool TooManyUnfit(const Total& total) { return 10000 * total.unfit > total.fits; }

int Soak(std::size_t count, uint64_t first_seed) {
  const std::vector<TableKind> kinds = AllKinds();
  std::map<std::string, Total> by_kind;
  Total all;
  for (std::size_t i = 0; i < count; ++i) {
    const MadeTable made = MakeTableOfKind(kinds[i % kinds.size()], first_seed + i / kinds.size());
    const TableReport report = CheckTable(made);
    for (const std::string& fault : report.faults) fmt::print("{}: {}\n", made.Name(), fault);
    std::fflush(stdout);
    by_kind[made.kind].Add(report);
    all.Add(report);
  }
  std::string failed;
  for (const auto& [kind, total] : by_kind) {
    fmt::print(
        "{:<26} {:>4} tables, {:>3} refused, {:>3} failed, {:>8} fits, {} unfit, gradient {:.1e}\n",
        kind, total.tables, total.refused, total.failed, total.fits, total.unfit,
        total.worst_gradient);
    if (total.failed > 0)
      failed += fmt::format("{}{} {}", failed.empty() ? "" : ", ", total.failed, kind);
  }
  fmt::print("{} tables of {} kinds, {} fits, {} decays unfit{}: {} failed{}\n", all.tables,
             by_kind.size(), all.fits, all.unfit, TooManyUnfit(all) ? " (too many)" : "",
             all.failed, failed.empty() ? "" : " (" + failed + ")");
  return all.failed > 0 || TooManyUnfit(all) ? 1 : 0;
}

// The table itself, to look at one that failed.
int Print(const std::string& name, const char* seed) {
  for (const TableKind& kind : AllKinds()) {
    if (name != kind.name) continue;
    fmt::print("{}", MakeTableOfKind(kind, std::strtoull(seed, nullptr, 10)).Csv());
    return 0;
  }
  fmt::print(stderr, "there is no kind \"{}\"\n", name);
  return 2;
}

}  // namespace
}  // namespace halflife::testing

int main(int argc, char** argv) {
  const std::string first = argc > 1 ? argv[1] : "";
  if (first == "csv" && argc == 4) return halflife::testing::Print(argv[2], argv[3]);
  if (first.empty() || first == "csv") {
    fmt::print(stderr, "tables_soak COUNT [FIRST_SEED], or tables_soak csv KIND SEED\n");
    return 2;
  }
  return halflife::testing::Soak(std::strtoull(argv[1], nullptr, 10),
                                 argc > 2 ? std::strtoull(argv[2], nullptr, 10) : 0);
}
