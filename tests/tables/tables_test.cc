// Tables of every kind, made by seed: each is fitted, and all that is told of it holds. make soak
// makes many more (tables_soak).
#include <gtest/gtest.h>

#include <cctype>

#include "tables/check_table.h"

namespace halflife::testing {
namespace {

constexpr uint64_t kSeedsAKind = 4;  // times 25 kinds

class EveryTable : public ::testing::TestWithParam<TableKind> {};

TEST_P(EveryTable, IsFittedAndWhatIsToldOfItHolds) {
  for (uint64_t seed = 0; seed < kSeedsAKind; ++seed) {
    const MadeTable made = MakeTableOfKind(GetParam(), seed);
    for (const std::string& fault : CheckTable(made).faults)
      ADD_FAILURE() << made.Name() << ": " << fault;
  }
}

std::string NameOfKind(const ::testing::TestParamInfo<TableKind>& info) {
  std::string name;
  for (const char c : std::string(info.param.name)) {
    if (std::isalnum(static_cast<unsigned char>(c)) != 0) name += c;
  }
  return name;
}

INSTANTIATE_TEST_SUITE_P(Kinds, EveryTable, ::testing::ValuesIn(AllKinds()), NameOfKind);

}  // namespace
}  // namespace halflife::testing
