// halflife predict MODEL DATA: a tuned model applied to new rows.
#include <fmt/format.h>

#include <cmath>
#include <cstdio>
#include <memory>

#include "base/atomic_file.h"
#include "base/mapped_file.h"
#include "base/text.h"
#include "cli/commands.h"
#include "halflife/error.h"
#include "halflife/fitted_model.h"
#include "halflife/table.h"

namespace halflife {
namespace {

struct PredictArguments {
  std::string model;
  std::string data;
  std::string out;
};

// A CSV field, quoted where it must be (RFC 4180).
std::string Field(const std::string& text) {
  if (text.find_first_of(",\"\r\n") == std::string::npos) return text;
  std::string quoted = "\"";
  for (const char c : text) quoted += c == '"' ? std::string("\"\"") : std::string(1, c);
  return quoted + "\"";
}

std::string Header(const FittedModel& model) {
  if (model.task == Task::kRegression)
    return model.log_target ? "prediction,log_prediction\n" : "prediction\n";
  std::string header = "class";
  for (const std::string& name : model.classes) header += "," + Field("probability=" + name);
  return header + "\n";
}

std::string Row(const FittedModel& model, const std::vector<double>& outputs) {
  if (model.task == Task::kRegression) {
    if (!model.log_target) return ShortestNumber(outputs[0]) + "\n";
    return ShortestNumber(std::exp(outputs[0])) + "," + ShortestNumber(outputs[0]) + "\n";
  }
  const std::vector<double> shares = Probabilities(model, outputs);
  std::size_t best = 0;
  for (std::size_t k = 1; k < shares.size(); ++k) {
    if (shares[k] > shares[best]) best = k;
  }
  std::string row = Field(model.classes[best]);
  for (const double share : shares) row += "," + ShortestNumber(share);
  return row + "\n";
}

void RunPredict(const PredictArguments& arguments) {
  const FittedModel model = ModelFromJson(MappedFile(arguments.model).bytes(), arguments.model);
  ReadOptions options{.threads = 0, .one_row_will_do = true, .text_columns = {}};
  for (const ModelInput& input : model.inputs) {
    if (input.kind == ModelInput::Kind::kLevel) options.text_columns.push_back(input.column);
  }
  const Predictions predictions = Predict(model, ReadCsv(arguments.data, options));
  std::string csv = Header(model);
  for (const std::vector<double>& outputs : predictions.outputs) csv += Row(model, outputs);
  for (const std::string& note : predictions.notes) fmt::print(stderr, "note: {}\n", note);
  if (!arguments.out.empty()) {
    WriteFileAtomically(arguments.out, csv);
  } else if (std::fwrite(csv.data(), 1, csv.size(), stdout) != csv.size() ||
             std::fflush(stdout) != 0) {
    throw Error(
        "the predictions could not be written to standard output; free some space or use --out "
        "FILE");
  }
}

}  // namespace

void AddPredictCommand(CLI::App* app, std::function<void()>* run) {
  const auto arguments = std::make_shared<PredictArguments>();
  CLI::App* command = app->add_subcommand("predict", "Apply a tuned model to new rows");
  command->add_option("MODEL", arguments->model, "model.json that `halflife tune` wrote")
      ->required();
  command
      ->add_option("DATA", arguments->data,
                   "CSV file with the columns that the model was fitted on")
      ->required();
  command->add_option("--out", arguments->out,
                      "write the predictions to this file (default: standard output)");
  command->callback([=] { *run = [=] { RunPredict(*arguments); }; });
}

}  // namespace halflife
