// Findings in words.
#include "report/notes.h"

#include <gtest/gtest.h>

#include "halflife/report.h"

namespace halflife {
namespace {

// Every kind is a sentence of the decays tried or of the comparison, and never of both.
TEST(Notes, EveryKindOfFindingHasASentenceInOnePlace) {
  for (int kind = 0; kind <= static_cast<int>(TuneFinding::Kind::kZeroWeights); ++kind) {
    const TuneFinding finding{.kind = static_cast<TuneFinding::Kind>(kind),
                              .decays = {0.5, 0.25},
                              .lrs = {0.125, 0.0625},
                              .count = 3,
                              .of = 7,
                              .number = 0.03125,
                              .other = 0.015625};
    TuneResult tried;
    tried.findings = {finding};
    TuneResult compared;
    compared.verdict.findings = {finding};
    const bool of_decays = !Notes(tried).front().empty();
    EXPECT_NE(of_decays, !VerdictNotes(compared).front().empty()) << kind;
  }
}

TEST(Notes, RowsThatWereLeftOutAreTold) {
  TuneResult result;
  result.data.findings = {
      {.kind = Finding::Kind::kRowsWithoutTarget, .number = 9, .count = 1},
      {.kind = Finding::Kind::kRowsWithoutWeight, .number = 9, .count = 2},
      {.kind = Finding::Kind::kCommentLines, .count = 2}};  // told beside the columns
  EXPECT_EQ(Notes(result),
            (std::vector<std::string>{"1 of 9 rows was left out: their target is missing.",
                                      "2 of 9 rows were left out: their weight is 0."}));
}

}  // namespace
}  // namespace halflife
