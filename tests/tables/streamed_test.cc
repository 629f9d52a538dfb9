// Tables whose rows stay in their files: what is told of each is what is told of it in memory.
#include <gtest/gtest.h>
#include <unistd.h>

#include <algorithm>
#include <cmath>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <optional>
#include <string>
#include <vector>

#include "halflife/error.h"
#include "halflife/report.h"
#include "tables/made_table.h"
#include "tune/tune_csv.h"

namespace halflife::testing {
namespace {

// A file of its own, removed at the end.
class OwnFile {
 public:
  explicit OwnFile(const std::string& bytes) {
    char name[] = "/tmp/halflife-stream-XXXXXX";
    const int file = mkstemp(name);
    path_ = name;
    std::ofstream(path_, std::ios::binary) << bytes;
    if (file >= 0) close(file);
  }
  ~OwnFile() { std::filesystem::remove(path_); }
  OwnFile(const OwnFile&) = delete;
  OwnFile& operator=(const OwnFile&) = delete;
  const std::string& path() const { return path_; }

 private:
  std::string path_;
};

struct Way {
  Streaming stream = Streaming::kNever;
  std::size_t chunk_bytes = std::size_t{1} << 20;
  int threads = 1;
  double memory = 1e12;
  double l1_ratio = 0.0;
};

// The answer without times and threads, or the kind of the error.
struct Told {
  TuneOutcome outcome;
  ErrorKind error = ErrorKind::kBug;
  std::string message;

  std::string Bytes() const {
    if (!message.empty()) return message;
    return ResultJson(outcome.result) + ModelToJson(outcome.model);
  }
};

Told Tell(const std::string& path, const DataOptions& data, const Way& way,
          const ReadOptions& reading = {}) {
  TuneOptions options;
  options.data = data;
  options.data.threads = options.threads = way.threads;
  options.stream = way.stream;
  options.l1_ratio = way.l1_ratio;
  ReadOptions with_threads = reading;
  with_threads.threads = way.threads;
  TuneCsvSettings settings{.memory = way.memory, .stream = {}};
  settings.stream.chunk_bytes = way.chunk_bytes;
  Told told;
  try {
    told.outcome = TuneCsvWith(path, with_threads, options, {}, settings);
    told.outcome.result.timing = {};
    told.outcome.result.threads = 1;
  } catch (const Error& error) {
    told.error = error.kind();
    told.message = error.what();
  }
  return told;
}

bool IsStreamsOwn(ErrorKind kind) {
  return kind == ErrorKind::kStreamClasses || kind == ErrorKind::kStreamWide ||
         kind == ErrorKind::kStreamDigits || kind == ErrorKind::kStreamTexts;
}

std::string FindingsText(const std::vector<Finding>& findings) {
  std::string all;
  for (const Finding& finding : findings) {
    const bool of_rows = finding.kind == Finding::Kind::kDuplicateRows ||
                         finding.kind == Finding::Kind::kSplitDuplicates ||
                         finding.kind == Finding::Kind::kStreamed;
    if (of_rows) continue;  // repeated ones are not looked for in a stream, which says so
    all += std::to_string(static_cast<int>(finding.kind)) + " " + finding.text + " " +
           std::to_string(finding.count) + "\n";
  }
  return all;
}

// Two estimates of a loss, which are small differences of sums of squares about as large as
// `scale`.
void ExpectClose(double a, double b, double scale, const char* what) {
  EXPECT_NEAR(a, b, 1e-12 * scale) << what;
}

// A criterion of the fit on all rows: known in both ways or in none.
void ExpectSameCriterion(const std::optional<double>& a, const std::optional<double>& b,
                         double scale, const char* what) {
  ASSERT_EQ(a.has_value(), b.has_value()) << what;
  if (!a) return;
  EXPECT_NEAR(*a, *b, scale) << what;
}

// What is known of the columns and the rows: the same to the last digit.
void ExpectSameData(const DataSummary& a, const DataSummary& b) {
  EXPECT_FALSE(a.streamed);
  EXPECT_TRUE(b.streamed);
  EXPECT_EQ(a.rows, b.rows);
  EXPECT_EQ(a.rows_dropped, b.rows_dropped);
  EXPECT_EQ(a.features, b.features);
  EXPECT_EQ(a.total_weight, b.total_weight);
  EXPECT_EQ(FindingsText(a.findings), FindingsText(b.findings));
  ASSERT_EQ(a.column_list.size(), b.column_list.size());
  for (std::size_t c = 0; c < a.column_list.size(); ++c) {
    const ColumnSummary& x = a.column_list[c];
    const ColumnSummary& y = b.column_list[c];
    EXPECT_EQ(x.name, y.name);
    EXPECT_EQ(x.kind, y.kind) << x.name;
    EXPECT_EQ(x.role, y.role) << x.name;
    EXPECT_EQ(x.missing, y.missing) << x.name;
    EXPECT_EQ(x.levels, y.levels) << x.name;
    EXPECT_EQ(x.min, y.min) << x.name;
    EXPECT_EQ(x.max, y.max) << x.name;
    EXPECT_EQ(FindingsText(x.findings), FindingsText(y.findings)) << x.name;
  }
}

// Eigenvalues are off by eps of the largest: the smallest that a Gram matrix tells, 1e-9 of it, by
// 1e-7 of itself, and so its degree of freedom s / (s + decay) and the logarithm in the evidence.
// Losses from sums are above 1e-6 of the null loss, of which 1e-12 are 1e-6 of them. GCV divides by
// the square of the degrees of freedom that are left, leave-one-out by that of a share of 1 above
// 1e-7, which is right to 1e-14.
void ExpectSameCriteria(const GridPoint& x, const GridPoint& y, const TuneResult& result) {
  constexpr double kOfShare = 1e-7;
  constexpr double kOfLoss = 1e-6;
  const double dof = kOfShare * static_cast<double>(result.data.features);
  const double loss = kOfLoss + 2.0 * dof;
  ExpectSameCriterion(x.effective_dof, y.effective_dof, dof, "degrees of freedom");
  ExpectSameCriterion(x.loo, y.loo, (kOfLoss + 2.0 * kOfShare) * x.loo.value_or(0.0), "LOO loss");
  ExpectSameCriterion(x.gcv, y.gcv, loss * x.gcv.value_or(0.0), "GCV loss");
  ExpectSameCriterion(x.log_evidence, y.log_evidence,
                      0.5 * (dof + kOfLoss * result.data.total_weight), "log evidence");
}

// Sums are cut in other places, so that each loses other last digits: some n eps of their terms'
// sizes, which here is below 1e-12 of them. Of a loss these are the squares of the target less its
// mean, whose half mean is the null loss, and of a held-out one that of the predictions. Weights
// may be off by as much as the features depend on each other, 1e9 at the most; 1e-9 of the largest
// leaves few to such tables.
void ExpectSameAnswer(const Told& memory, const Told& streamed) {
  const TuneResult& a = memory.outcome.result;
  const TuneResult& b = streamed.outcome.result;
  ExpectSameData(a.data, b.data);
  const double null = *a.data.null_loss;
  ExpectClose(null, *b.data.null_loss, null, "null loss");
  ASSERT_EQ(a.grid.size(), b.grid.size());
  for (std::size_t i = 0; i < a.grid.size(); ++i) {
    const GridPoint& x = a.grid[i];
    const GridPoint& y = b.grid[i];
    EXPECT_NEAR(x.decay, y.decay, 1e-12 * x.decay);
    const double scale = std::max(null, x.validation.mean);
    ExpectClose(x.train.mean, y.train.mean, null, "training loss");
    ExpectClose(x.train.se, y.train.se, null, "its error");
    ExpectClose(x.validation.mean, y.validation.mean, scale, "validation loss");
    ExpectClose(x.validation.se, y.validation.se, scale, "its error");
    EXPECT_NEAR(x.score, y.score, 1e-11 * std::max(1.0, std::fabs(x.score)));
    EXPECT_NEAR(x.weight_norm, y.weight_norm, 1e-9 * a.grid.front().weight_norm);
    ExpectSameCriteria(x, y, a);
  }
  const double scale = std::max(null, a.grid.front().validation.mean);
  EXPECT_EQ(a.best, b.best);
  EXPECT_EQ(a.one_se, b.one_se);
  EXPECT_EQ(a.folds, b.folds);
  EXPECT_EQ(a.seeds, b.seeds);
  EXPECT_EQ(a.verdict.label, b.verdict.label);
  ExpectClose(a.verdict.improvement, b.verdict.improvement, scale, "improvement");
  ExpectClose(a.verdict.ci95[0], b.verdict.ci95[0], 10.0 * scale, "interval");
  ExpectClose(a.verdict.ci95[1], b.verdict.ci95[1], 10.0 * scale, "interval");
  EXPECT_EQ(a.verdict.signal.none, b.verdict.signal.none);
  EXPECT_EQ(a.verdict.signal.p_value, b.verdict.signal.p_value);
  EXPECT_EQ(a.verdict.findings.size(), b.verdict.findings.size());
  EXPECT_EQ(a.findings.size(), b.findings.size());
  ASSERT_EQ(memory.outcome.model.inputs.size(), streamed.outcome.model.inputs.size());
  for (std::size_t i = 0; i < memory.outcome.model.inputs.size(); ++i) {
    const ModelInput& x = memory.outcome.model.inputs[i];
    const ModelInput& y = streamed.outcome.model.inputs[i];
    EXPECT_EQ(x.column + x.level, y.column + y.level);
    EXPECT_NEAR(x.scale, y.scale, 1e-9 * x.scale) << x.column;
  }
}

// Both ways of one file, in chunks of these sizes. Whether there was an answer.
bool ExpectSame(const std::string& path, const DataOptions& data, const ReadOptions& reading = {},
                const std::vector<std::size_t>& chunks = {400, 5000, 1000000}) {
  const Told memory = Tell(path, data, {}, reading);
  for (const std::size_t chunk : chunks) {
    SCOPED_TRACE("chunks of " + std::to_string(chunk));
    const Told one = Tell(path, data, {Streaming::kAlways, chunk, 1}, reading);
    const Told two = Tell(path, data, {Streaming::kAlways, chunk, 2}, reading);
    EXPECT_EQ(one.Bytes(), two.Bytes());
    if (IsStreamsOwn(one.error)) return false;
    EXPECT_EQ(one.message, memory.message);
    if (memory.message.empty()) ExpectSameAnswer(memory, one);
    if (!memory.message.empty() || ::testing::Test::HasFailure()) return false;
  }
  return true;
}

TEST(Streamed, TablesOfEveryKindHaveTheSameAnswer) {
  int answered = 0;
  for (const TableKind& kind : AllKinds()) {
    for (uint64_t seed = 0; seed < 3; ++seed) {
      const MadeTable made = MakeTableOfKind(kind, seed);
      SCOPED_TRACE(made.Name());
      const OwnFile file(made.Csv());
      answered += ExpectSame(file.path(), made.options, {}, {3000}) ? 1 : 0;
      if (::testing::Test::HasFailure()) return;
    }
  }
  EXPECT_GT(answered, 30);  // the others are classes, or wider than long
}

// Where both ways have none, they say so in the same words.
TEST(Streamed, WhatIsWrongIsToldInTheSameWords) {
  const OwnFile file("a,b,g,y\n1,2,u,3\n4,5,v,6\n7,8,w,x\n2,5,u,1\n");
  const auto ask = [&](const char* target, const char* weight, const char* ignore) {
    DataOptions data;
    data.target = target;
    data.weight = weight;
    if (*ignore != '\0') data.ignore = {ignore};
    const Told memory = Tell(file.path(), data, {});
    EXPECT_NE(memory.message, "");
    EXPECT_EQ(Tell(file.path(), data, {Streaming::kAlways, 8, 1}).message, memory.message);
  };
  ask("z", "", "");
  ask("a", "g", "");
  ask("a", "a", "");
  ask("a", "", "q");
  ask("", "", "");
}

// A column is what its last row makes of it.
std::string LateTable(const std::string& last) {
  std::string csv = "late;level;when;amount;w;g;t;f;y\n";
  for (int i = 0; i < 600; ++i) {
    const int a = i * 37 % 101;
    const int b = i * 53 % 89;
    const char* const level = i < 500 ? (i % 3 == 0 ? "red" : "blue") : "green";
    csv += (i == 599      ? last
            : i % 11 == 0 ? ""
                          : std::to_string(a)) +
           ";" + level + ";2020-0" + std::to_string(1 + i % 9) + "-1" + std::to_string(i % 7) +
           ";" + std::to_string(b) + "," + std::to_string(10 + i % 80) + ";" +
           std::to_string(i % 4) + ";p" + std::to_string(i / 12) + ";" + std::to_string(i / 2) +
           ";" + std::to_string(i % 6) + ";" + std::to_string(2 * a + b + i % 5 + 1) + "\n";
  }
  return csv;
}

TEST(Streamed, ColumnsAreWhatTheirLastRowsMakeOfThem) {
  for (const char* const last : {"5", "n/a", "-", "x", "1.234,5", "1e15", "007"}) {
    SCOPED_TRACE(last);
    const OwnFile file(LateTable(last));
    DataOptions data;
    data.target = "y";
    data.categories = {"late"};
    EXPECT_TRUE(ExpectSame(file.path(), data, {.categories = {"late"}}));
    data.categories.clear();
    data.numbers = {"late"};
    EXPECT_TRUE(ExpectSame(file.path(), data, {.numbers = {"late"}}));
    data.numbers.clear();
    EXPECT_TRUE(ExpectSame(file.path(), data));
  }
}

TEST(Streamed, RowsCountAsTheOptionsSay) {
  const OwnFile file(LateTable("3"));
  std::vector<DataOptions> all(8);
  for (DataOptions& data : all) data.target = "y";
  all[0].weight = "w";
  all[1].group = "g";
  all[2].time = "t";
  all[3].fold_column = "f";
  all[4].log_target = true;
  all[5].missing = MissingPolicy::kDrop;
  all[6].missing = MissingPolicy::kMean;
  all[6].rounds = 3;
  all[7].ignore = {"level", "g"};
  all[7].weight = "w";
  all[7].missing = MissingPolicy::kDrop;
  all[2].ignore = {"g"};
  all[3].ignore = {"g"};
  for (std::size_t i = 0; i < all.size(); ++i) {
    SCOPED_TRACE("options " + std::to_string(i));
    EXPECT_TRUE(ExpectSame(file.path(), all[i]));
  }
}

// A target that columns tell exactly leaves sums no digits for its errors: they come from the rows.
TEST(Streamed, SmallErrorsComeFromTheRows) {
  std::string csv = "a,b,y\n";
  for (int i = 0; i < 800; ++i) {
    const int a = i * 37 % 101;
    const int b = i * 53 % 89;
    csv += std::to_string(a) + "," + std::to_string(b) + "," +
           std::to_string(3 * a - b + (i % 2 == 0 ? 0.16 : -0.16)) + "\n";
  }
  const OwnFile file(csv);
  DataOptions data;
  data.target = "y";
  EXPECT_TRUE(ExpectSame(file.path(), data));
}

// Columns that are not decayed, one of which is twice another where `twice`: no fit is plain then.
std::string FreeTable(bool twice) {
  std::string csv = "a,b,c,d,g,y\n";
  for (int i = 0; i < 700; ++i) {
    const int a = i * 37 % 101;
    const int b = i * 53 % 89;
    csv += (i % 13 == 0 ? "" : std::to_string(a)) + "," + std::to_string(b) + "," +
           std::to_string(twice ? 2 * b : i * 29 % 97) + "," + std::to_string(i * 17 % 83) + "," +
           "uvw"[i % 3] + "," + std::to_string(2 * a - b + i * 41 % 23) + "\n";
  }
  return csv;
}

TEST(Streamed, ColumnsThatAreNotDecayedHaveTheSameFits) {
  for (const bool twice : {false, true}) {
    const OwnFile file(FreeTable(twice));
    DataOptions data;
    data.target = "y";
    const std::vector<std::vector<std::string>> all = {
        {"a"}, {"b", "c"}, {"c"}, {"g"}, {"a", "b", "c", "g"}};
    for (const std::vector<std::string>& free : all) {
      data.no_decay = free;
      SCOPED_TRACE(free.front() + (twice ? ", dependent" : ""));
      EXPECT_TRUE(ExpectSame(file.path(), data));
      const TuneResult streamed = Tell(file.path(), data, {Streaming::kAlways}).outcome.result;
      EXPECT_EQ(streamed.no_decay, free);
      EXPECT_GT(streamed.undecayed_weights, 0U);
    }
  }
}

TEST(Streamed, OneCellFarOffIsNoOtherAnswer) {
  std::string csv = "a,b,y\n";
  for (int i = 0; i < 900; ++i) {
    csv += (i == 850 ? "1e7" : std::to_string(i * 37 % 101)) + "," + std::to_string(i * 53 % 89) +
           "," + std::to_string(i * 41 % 97) + "\n";
  }
  const OwnFile file(csv);
  DataOptions data;
  data.target = "y";
  EXPECT_TRUE(ExpectSame(file.path(), data));
}

std::string Plain(int rows, const char* target) {
  std::string csv = "a,b,y\n";
  for (int i = 0; i < rows; ++i)
    csv += std::to_string(i * 37 % 101) + "," + std::to_string(i * 53 % 89) + "," +
           (*target != '\0' ? target + std::to_string(i % 2) : std::to_string(i * 41 % 97)) + "\n";
  return csv;
}

// Half of the memory decides, by the table as numbers: 300 rows of 3 columns are 7,200 bytes.
TEST(Streamed, IsChosenWhereTheTableWouldFillHalfOfTheMemory) {
  const OwnFile file(Plain(300, ""));
  DataOptions data;
  data.target = "y";
  const auto streams = [&](Streaming stream, double memory) {
    return Tell(file.path(), data, {stream, 1000, 1, memory}).outcome.result.data.streamed;
  };
  EXPECT_TRUE(streams(Streaming::kAuto, 14399));
  EXPECT_FALSE(streams(Streaming::kAuto, 14400));
  EXPECT_FALSE(streams(Streaming::kNever, 1));
  EXPECT_TRUE(streams(Streaming::kAlways, 1e12));
}

// What cannot be streamed is read into memory, unless streaming was asked for.
TEST(Streamed, WhatNeedsItsRowsHasThemUnlessStreamingWasAskedFor) {
  const OwnFile classes(Plain(300, "c"));
  std::string few = "y";
  for (int c = 0; c < 40; ++c) few += ",x" + std::to_string(c);
  few += "\n";
  for (int i = 0; i < 30; ++i) {
    few += std::to_string(i * 41 % 97);
    for (int c = 0; c < 40; ++c) few += "," + std::to_string((i + 3) * (c + 7) * 31 % 103);
    few += "\n";
  }
  const OwnFile wide(few);
  DataOptions data;
  data.target = "y";
  for (const OwnFile* file : {&classes, &wide}) {
    const Told automatic = Tell(file->path(), data, {Streaming::kAuto, 1000, 1, 1.0});
    EXPECT_EQ(automatic.message, "");
    EXPECT_FALSE(automatic.outcome.result.data.streamed);
  }
  const Way always{Streaming::kAlways, 1000, 1};
  EXPECT_EQ(Tell(classes.path(), data, always).error, ErrorKind::kStreamClasses);
  const OwnFile numbers(Plain(300, ""));
  for (const double ratio : {0.5, 1.0}) {
    const Told sparse = Tell(numbers.path(), data, {Streaming::kAuto, 1000, 1, 1.0, ratio});
    EXPECT_EQ(sparse.message, "");
    EXPECT_FALSE(sparse.outcome.result.data.streamed);
    EXPECT_EQ(sparse.outcome.result.l1_ratio, ratio);
    EXPECT_EQ(Tell(numbers.path(), data, {Streaming::kAlways, 1000, 1, 1.0, ratio}).error,
              ErrorKind::kStreamL1);
  }
  EXPECT_EQ(Tell(wide.path(), data, always).error, ErrorKind::kStreamWide);
}

}  // namespace
}  // namespace halflife::testing
