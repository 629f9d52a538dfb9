// halflife predict MODEL DATA: a tuned model applied to new rows.
#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <cstdio>
#include <filesystem>
#include <memory>

#include "base/atomic_file.h"
#include "base/error.h"
#include "base/mapped_file.h"
#include "base/text.h"
#include "cli/commands.h"
#include "cli/lang_flag.h"
#include "data/array_reader.h"
#include "halflife/arrays.h"
#include "halflife/error.h"
#include "halflife/fitted_model.h"
#include "halflife/fitted_net.h"
#include "halflife/report.h"
#include "halflife/table.h"
#include "model/new_rows.h"
#include "report/say.h"

namespace halflife {
namespace {

struct PredictArguments {
  std::string model;
  std::string data;
  std::string out;
  std::string member;
  Language language = Language::kEnglish;
};

// A CSV field, quoted where it must be (RFC 4180).
std::string Field(const std::string& text) {
  if (text.find_first_of(",\"\r\n") == std::string::npos) return text;
  std::string quoted = "\"";
  for (const char c : text) quoted += c == '"' ? std::string("\"\"") : std::string(1, c);
  return quoted + "\"";
}

// Predictions with what their file says of each.
struct Answers {
  Task task = Task::kRegression;
  bool log_target = false;
  std::vector<std::string> classes;
  std::vector<std::vector<double>> rows;  // classification: probabilities; else the prediction
  std::vector<std::string> notes;
};

std::string Header(const Answers& answers) {
  if (answers.task == Task::kRegression)
    return answers.log_target ? "prediction,log_prediction\n" : "prediction\n";
  std::string header = "class";
  for (const std::string& name : answers.classes) header += "," + Field("probability=" + name);
  return header + "\n";
}

std::string Row(const Answers& answers, const std::vector<double>& row) {
  if (answers.task == Task::kRegression) {
    if (!answers.log_target) return ShortestNumber(row[0]) + "\n";
    return ShortestNumber(std::exp(row[0])) + "," + ShortestNumber(row[0]) + "\n";
  }
  const auto best =
      static_cast<std::size_t>(std::max_element(row.begin(), row.end()) - row.begin());
  std::string text = Field(answers.classes[best]);
  for (const double share : row) text += "," + ShortestNumber(share);
  return text + "\n";
}

// The rows to predict: a file, or standard input where it is called -.
struct Rows {
  explicit Rows(const std::string& path)
      : name(path == "-" ? "standard input" : path), file(path == "-" ? "/dev/stdin" : path) {}

  bool array() const { return LooksLikeArrayBytes(file.bytes()); }
  Table Csv(const std::vector<ModelInput>& inputs) const {
    return ParseNewRows(file.bytes(), name, inputs);
  }

  std::string name;
  MappedFile file;
};

Answers PredictWithModel(const FittedModel& model, const Rows& rows, const std::string& member,
                         Language language) {
  Predictions predictions =
      Predict(model, rows.array() ? ArrayRows(ParseArray(rows.file.bytes(), rows.name, member))
                                  : rows.Csv(model.inputs));
  Answers answers{
      model.task, model.log_target, model.classes, {}, Notes(predictions.findings, language)};
  for (std::vector<double>& outputs : predictions.outputs) {
    answers.rows.push_back(model.task == Task::kClassification ? Probabilities(model, outputs)
                                                               : std::move(outputs));
  }
  return answers;
}

FittedNet ReadNet(std::string_view json, const std::string& path) {
  const std::string weights =
      (std::filesystem::path(path).parent_path() / kNetWeightsFile).string();
  return NetFromFiles(json, path, MappedFile(weights).bytes(), weights);
}

Answers PredictWithNet(const FittedNet& net, const Rows& rows, const std::string& member,
                       Language language) {
  Predictions predictions = rows.array()
                                ? Predict(net, ParseArray(rows.file.bytes(), rows.name, member))
                                : Predict(net, rows.Csv(net.columns));
  Answers answers{net.task, net.log_target, net.classes, {}, Notes(predictions.findings, language)};
  for (std::vector<double>& outputs : predictions.outputs) {
    answers.rows.push_back(net.task == Task::kClassification ? Softmax(outputs)
                                                             : std::move(outputs));
  }
  return answers;
}

// Writing over what is read would lose it.
void CheckOut(const PredictArguments& arguments) {
  namespace fs = std::filesystem;
  const fs::path weights = fs::path(arguments.model).parent_path() / kNetWeightsFile;
  for (const fs::path& path : {fs::path(arguments.model), fs::path(arguments.data), weights}) {
    std::error_code code;
    if (fs::equivalent(arguments.out, path, code)) Fail(ErrorKind::kOutIsRead, {arguments.out});
  }
}

void RunPredict(const PredictArguments& arguments) {
  if (!arguments.out.empty()) CheckOut(arguments);
  const MappedFile file(arguments.model);
  const Rows rows(arguments.data);
  const Answers answers = IsNetJson(file.bytes())
                              ? PredictWithNet(ReadNet(file.bytes(), arguments.model), rows,
                                               arguments.member, arguments.language)
                              : PredictWithModel(ModelFromJson(file.bytes(), arguments.model), rows,
                                                 arguments.member, arguments.language);
  std::string csv = Header(answers);
  for (const std::vector<double>& row : answers.rows) csv += Row(answers, row);
  for (const std::string& note : answers.notes)
    fmt::print(stderr, "{}\n", Say(arguments.language, "note: {}", "说明：{}", note));
  if (!arguments.out.empty()) {
    WriteFileAtomically(arguments.out, csv);
  } else if (std::fwrite(csv.data(), 1, csv.size(), stdout) != csv.size() ||
             std::fflush(stdout) != 0) {
    Fail(ErrorKind::kOutputOfPredictions);
  }
}

}  // namespace

void AddPredictCommand(CLI::App* app, std::function<int()>* run) {
  const auto arguments = std::make_shared<PredictArguments>();
  CLI::App* command = app->add_subcommand("predict", "Apply a tuned model to new rows");
  command->add_option("MODEL", arguments->model, "model.json that `halflife tune` wrote")
      ->required();
  command
      ->add_option(
          "DATA", arguments->data,
          "CSV file with the columns that the model was fitted on, or an array of its cells; - is "
          "standard input")
      ->required();
  command->add_option("--member", arguments->member, "which array of an NPZ file to predict from");
  command->add_option("--out", arguments->out,
                      "write the predictions to this file (default: standard output)");
  AddLangFlag(command, &arguments->language);
  command->callback([=] {
    *run = [=] {
      RunPredict(*arguments);
      return 0;
    };
  });
}

}  // namespace halflife
