#include "tables/check_table.h"

#include <fmt/format.h>

#include <nlohmann/json.hpp>

#include "halflife/error.h"
#include "halflife/report.h"

namespace halflife::testing {
namespace {

TuneOptions OptionsOf(const MadeTable& made, int threads) {
  TuneOptions options;
  options.data = made.options;
  options.threads = threads;
  return options;
}

// The same bytes whatever the threads; times and the number of threads differ, and are set equal.
std::string ResultBytes(TuneResult result) {
  result.timing = {};
  result.threads = 1;
  return ResultJson(result);
}

void CheckThreads(const MadeTable& made, const Table& table, const TuneOutcome& one,
                  std::vector<std::string>* faults) {
  const TuneOutcome two = Tune(table, OptionsOf(made, 2));
  if (ResultBytes(one.result) != ResultBytes(two.result))
    faults->push_back("result.json differs between 1 and 2 threads");
  if (ModelToJson(one.model) != ModelToJson(two.model))
    faults->push_back("model.json differs between 1 and 2 threads");
}

void CheckFiles(const Table& table, const TuneOutcome& outcome, std::vector<std::string>* faults) {
  const auto json = nlohmann::json::parse(ResultBytes(outcome.result), nullptr, false);
  if (json.is_discarded() || json.value("schema", "") != "halflife.result/1") {
    faults->push_back("result.json is no JSON of its schema");
  } else if (outcome.result.verdict.signal.none && !json["recommended"]["decay"].is_null()) {
    faults->push_back("no signal, and a decay is recommended");
  }
  const TuneResult read = ResultFromJson(ResultJson(outcome.result), "result.json");
  if (ResultJson(read) != ResultJson(outcome.result))
    faults->push_back("result.json is another after it was read back");
  if (ReportHtml(read) != ReportHtml(outcome.result))
    faults->push_back("report.html is another after result.json was read back");
  const FittedModel again = ModelFromJson(ModelToJson(outcome.model), "model.json");
  const Predictions before = Predict(outcome.model, table);
  if (Predict(again, table).outputs != before.outputs)
    faults->push_back("the model predicts otherwise after its file was read back");
  for (const std::vector<double>& row : before.outputs) {
    for (const double output : row) {
      if (std::isfinite(output)) continue;
      faults->push_back("a prediction is not finite");
      return;
    }
  }
}

}  // namespace

TableReport CheckTable(const MadeTable& made) {
  TableReport report;
  try {
    const Table table = ParseCsv(made.Csv(), "made.csv");
    const TuneOutcome outcome = Tune(table, OptionsOf(made, 1));
    if (!made.refused.empty())
      report.faults.push_back(fmt::format("is not refused with \"{}\"", made.refused));
    CheckNumbers(made, outcome.result, &report.faults);
    CheckFiles(table, outcome, &report.faults);
    CheckThreads(made, table, outcome, &report.faults);
    CheckEveryFit(made, table, outcome, &report);
  } catch (const Error& error) {
    report.refused =
        !made.refused.empty() && std::string(error.what()).find(made.refused) != std::string::npos;
    if (!report.refused) report.faults.push_back(fmt::format("fails: {}", error.what()));
  }
  return report;
}

}  // namespace halflife::testing
