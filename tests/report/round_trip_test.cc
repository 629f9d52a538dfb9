// result.json read back: the same JSON and the same page, of every kind of result.
#include "report/round_trip.h"

#include <gtest/gtest.h>

#include <cmath>

#include "halflife/report.h"
#include "halflife/rule.h"
#include "report/sample_result.h"

namespace halflife {
namespace {

using testing::Change;
using testing::ExpectTheSameAgain;
using testing::kInfinity;
using testing::kNan;

TEST(RoundTrip, ResultsOfTables) {
  ExpectTheSameAgain(RegressionSample(), "regression");
  ExpectTheSameAgain(ClassificationSample(), "two classes, separable");
  const auto regression = [](const char* what, const Change& change) {
    ExpectTheSameAgain(RegressionSample(), change, what);
  };
  regression("lasso", [](TuneResult& r) {
    r.l1_ratio = 1.0;
    r.weights = 314;
    for (std::size_t i = 0; i < r.grid.size(); ++i) r.grid[i].nonzero = 300 - 5 * i;
    r.verdict.findings.push_back(
        {.kind = TuneFinding::Kind::kZeroWeights, .decays = {0.2}, .count = 30, .of = 314});
  });
  regression("elastic net with columns not decayed", [](TuneResult& r) {
    r.l1_ratio = 0.25;
    r.no_decay = {"Gr_Liv_Area", "Year_Built"};
    r.weights = 314;
    r.undecayed_weights = 2;
    r.grid[40].nonzero = 0;
    r.equivalents.pytorch_l1 = 0.1;
    r.equivalents.keras_l1 = 0.2;
  });
  regression("wide text", [](TuneResult& r) {
    for (GridPoint& point : r.grid) point.effective_dof_estimated = true;
  });
  regression("streamed", [](TuneResult& r) {
    r.data.streamed = true;
    r.data.findings = {{.kind = Finding::Kind::kStreamed, .text = {}}};
  });
  regression("explicit decays without 0, which hurt", [](TuneResult& r) {
    r.grid.erase(r.grid.begin());
    r.diagnostics.error_parts.reset();
    r.paths.clear();
    r.best -= 1;
    r.one_se = r.best;
    r.decays_given = true;
    r.best_at_edge = true;
    r.verdict.label = VerdictLabel::kHurts;
    r.verdict.improvement = -0.01;
    r.verdict.compared = 0.2;
  });
  regression("interrupted", [](TuneResult& r) {
    r.interrupted = true;
    r.unfit_decays = {0.0, 1e-4};
    r.findings = {{.kind = TuneFinding::Kind::kUnfit, .decays = {0.0, 1e-4}},
                  {.kind = TuneFinding::Kind::kZeroUnfit}};
  });
  regression("nothing compared", [](TuneResult& r) {
    r.grid = {r.grid[30]};
    r.diagnostics.error_parts.reset();
    r.best = r.one_se = 0;
    r.verdict = {.improvement = kNan, .ci95 = {kNan, kNan}, .p_value = kNan, .findings = {}};
    r.verdict.minimum_detectable = kNan;
    r.verdict.findings = {{.kind = TuneFinding::Kind::kNothingCompared}};
  });
  ExpectTheSameAgain(FlatSample({0.0, 0.1, 1.0}, 0.0), "flat");
  ExpectTheSameAgain(FlatSample({0.0, 0.1, 1.0}, kInfinity), "infinite losses");
  ExpectTheSameAgain(FlatSample({0.1}, kNan), "one decay, no number");
}

TEST(RoundTrip, ResultsOfClassesAndWithoutASignal) {
  const auto classes = [](const char* what, const Change& change) {
    ExpectTheSameAgain(ClassificationSample(), change, what);
  };
  classes("scores and the constant", [](TuneResult& r) {
    r.data.null_loss = 0.66;
    r.data.null_accuracy = 0.63;
    r.seeds = 5;
    GridPoint& best = r.grid[static_cast<std::size_t>(r.best)];
    best.balanced_accuracy = 0.91;
    best.auc = 1.0;
    best.average_precision = kNan;
  });
  classes("softmax", [](TuneResult& r) { r.data.classes.emplace_back("unsure"); });
  classes("no detectable effect", [](TuneResult& r) {
    r.verdict.label = VerdictLabel::kNoDetectableEffect;
    r.verdict.p_value = 0.4;
  });
  for (const bool tested : {false, true}) {
    classes("no signal", [&](TuneResult& r) {
      r.verdict.label = VerdictLabel::kNoSignal;
      r.verdict.signal = {.none = true, .improvement = 0.01, .ci95 = {-0.1, kInfinity}};
      if (tested) r.verdict.signal.p_value = 0.3;
      r.data.null_loss = 0.07;
    });
  }
  classes("whatever is not finite", [](TuneResult& r) {
    r.verdict.ci95[0] = -kInfinity;
    r.verdict.minimum_detectable = kNan;
    r.grid[3].effective_dof = kNan;
    r.grid[4].loo = kInfinity;
    r.grid[5].validation = {-kInfinity, kNan};
    r.grid[6].score = kInfinity;
    r.paths[0].weights[2] = -kInfinity;
    r.timing.read = kInfinity;
  });
}

TEST(RoundTrip, TheRolesOfColumnsAndAllThatWasFoundInThem) {
  TuneResult result = RegressionSample();
  using Role = ColumnSummary::Role;
  using Kind = ColumnSummary::Kind;
  for (const Role role :
       {Role::kInput, Role::kTarget, Role::kWeight, Role::kFold, Role::kGroup, Role::kTime}) {
    ColumnSummary column;
    column.name = "column " + std::to_string(static_cast<int>(role));
    column.role = role;
    column.kind = static_cast<Kind>(static_cast<int>(role) % 5);
    column.missing = 3;
    if (column.kind == Kind::kCategory || column.kind == Kind::kBoolean) column.levels = 2;
    if (column.kind == Kind::kNumber || column.kind == Kind::kDate) {
      column.min = 0.25;
      column.max = 20000.75;
    }
    result.data.column_list.push_back(column);
    ExpectTheSameAgain(result, column.name);
  }
  for (int kind = 0; kind <= static_cast<int>(Finding::Kind::kNumbersAsClasses); ++kind) {
    const Finding finding{static_cast<Finding::Kind>(kind), ",", 0.9987, 12};
    result.data.column_list[0].findings = {finding};
    result.data.findings = {finding};
    ExpectTheSameAgain(result, "finding " + std::to_string(kind));
    const TuneResult read = ResultFromJson(ResultJson(result), "result.json");
    EXPECT_EQ(read.data.findings.at(0).kind, finding.kind);
  }
}

TEST(RoundTrip, FindingsOfATuning) {
  TuneResult result = NetSample();
  for (int kind = 0; kind <= static_cast<int>(TuneFinding::Kind::kZeroWeights); ++kind) {
    TuneFinding finding{.kind = static_cast<TuneFinding::Kind>(kind), .decays = {0.1, 0.0}};
    finding.lrs = {0.001, 0.01};
    finding.count = 7;
    finding.of = 9;
    finding.number = 0.002;
    finding.other = 0.001;
    result.findings = result.verdict.findings = {finding};
    ExpectTheSameAgain(result, "finding " + std::to_string(kind));
    const TuneResult read = ResultFromJson(ResultJson(result), "result.json");
    EXPECT_EQ(read.findings.at(0).kind, finding.kind);
    EXPECT_EQ(read.findings.at(0).decays, finding.decays);
  }
}

TEST(RoundTrip, NamesThatMeanHarm) {
  for (const char* name : {"</script><script>alert('&\"')</script>\x1b\x01", "not_finite", "",
                           "grid[0].\"x\"\n\\", "\xF0\x9F\x98\x80 名字"}) {
    TuneResult result = ClassificationSample();
    result.data.target = result.data.path = name;
    result.data.classes = {name, "other"};
    result.paths[0].name = name;
    result.no_decay = {name};
    result.data.column_list = {{.name = name, .findings = {{Finding::Kind::kLeak, name, 1.0, 2}}}};
    ExpectTheSameAgain(result, name);
  }
}

// Names of columns are UTF-8, whoever read them; a path may be any bytes.
TEST(RoundTrip, PathsThatAreNoUtf8) {
  ExpectTheSameAgain(
      RegressionSample(), [](TuneResult& r) { r.data.path = "bad \xff\xe2\x82 bytes\xc3"; },
      "a path");
}

}  // namespace
}  // namespace halflife
