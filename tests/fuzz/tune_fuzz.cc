// Any bytes as a CSV file that is then tuned, its first and its last column being the target: what
// reads is fitted, or there is a one-line error; never a crash. Results are sound and models keep
// their files.
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

#include "base/check.h"
#include "halflife/error.h"
#include "halflife/report.h"
#include "halflife/tune.h"

namespace halflife {
namespace {

constexpr std::size_t kMostBytes = 2048;  // larger tables take long and show nothing more
constexpr std::size_t kMostRows = 48;
constexpr std::size_t kMostColumns = 12;

void CheckResult(const TuneResult& result) {
  HALFLIFE_CHECK(!result.grid.empty());
  HALFLIFE_CHECK(result.best >= 0 && result.best < static_cast<int>(result.grid.size()));
  for (const GridPoint& point : result.grid) {
    HALFLIFE_CHECK(std::isfinite(point.train.mean) && std::isfinite(point.validation.mean));
    HALFLIFE_CHECK(point.score <= 1.0 && std::isfinite(point.weight_norm));
  }
  const std::string json = ResultJson(result);
  const TuneResult read = ResultFromJson(json, "fuzz.json");
  HALFLIFE_CHECK(ResultJson(read) == json);
  HALFLIFE_CHECK(ReportHtml(read) == ReportHtml(result));
}

void CheckTuned(const Table& table, const std::string& target, const TuneOptions& options) {
  TuneOptions asked = options;
  asked.threads = 1;
  asked.data.target = target;
  asked.data.folds = 2;
  try {
    const TuneOutcome outcome = Tune(table, asked);
    CheckResult(outcome.result);
    const std::string json = ModelToJson(outcome.model);
    const FittedModel again = ModelFromJson(json, "fuzz.json");
    HALFLIFE_CHECK(ModelToJson(again) == json);
    HALFLIFE_CHECK(Predict(again, table).outputs.size() == table.rows);
  } catch (const Error& error) {
    const std::string message = error.what();
    HALFLIFE_CHECK(!message.empty() && message.find_first_of("\r\n") == std::string::npos);
  }
}

// The last column also weighs, groups and orders the rows of the first.
void CheckTable(const Table& table) {
  if (table.rows > kMostRows || table.columns.size() > kMostColumns) return;
  const std::string first = table.columns.front().name;
  const std::string last = table.columns.back().name;
  TuneOptions few;
  few.decays = {0.0, 1e-3, 1.0};
  CheckTuned(table, first, {});
  CheckTuned(table, last, few);
  if (first == last) return;
  for (std::string DataOptions::*role :
       {&DataOptions::weight, &DataOptions::group, &DataOptions::time}) {
    TuneOptions options = few;
    options.data.*role = last;
    CheckTuned(table, first, options);
  }
}

}  // namespace
}  // namespace halflife

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, std::size_t size) {
  if (size > halflife::kMostBytes) return 0;
  const std::string_view bytes(reinterpret_cast<const char*>(data), size);
  halflife::ReadOptions options;
  options.threads = 1;
  try {
    halflife::CheckTable(halflife::ParseCsv(bytes, "fuzz.csv", options));
  } catch (const halflife::Error&) {  // what such errors say is csv_fuzz's business
  }
  return 0;
}
