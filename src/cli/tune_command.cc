// halflife tune DATA --target NAME: read, tune, say the answer, write the files.
#include <fmt/format.h>
#include <sys/ioctl.h>
#include <unistd.h>

#include <algorithm>
#include <chrono>
#include <cstdio>
#include <filesystem>
#include <map>
#include <memory>

#include "base/atomic_file.h"
#include "base/error.h"
#include "base/text.h"
#include "cli/commands.h"
#include "cli/decay_list.h"
#include "halflife/tune.h"
#include "report/html.h"
#include "report/json.h"
#include "report/progress.h"
#include "report/terminal.h"

namespace halflife {
namespace {

// In the order they are put in place: result.json last, so that a new one has its new companions.
constexpr const char* kNames[] = {"report.html", "model.json", "result.json"};

struct TuneArguments {
  std::string data;
  std::string task = "auto";
  std::string model = "auto";
  std::string missing = "indicator";
  std::string decay = "auto";
  std::string out = "halflife-out";
  std::vector<std::string> ignore;
  bool quiet = false;
  TuneOptions options;
};

const std::map<std::string, Task> kTasks = {{"auto", Task::kAuto},
                                            {"regression", Task::kRegression},
                                            {"classification", Task::kClassification}};
const std::map<std::string, ModelFamily> kModels = {{"auto", ModelFamily::kAuto},
                                                    {"linear", ModelFamily::kLinear},
                                                    {"logistic", ModelFamily::kLogistic}};
const std::map<std::string, MissingPolicy> kPolicies = {{"indicator", MissingPolicy::kIndicator},
                                                        {"mean", MissingPolicy::kMean},
                                                        {"drop", MissingPolicy::kDrop}};

template <typename T>
CLI::IsMember OneOf(const std::map<std::string, T>& choices) {
  std::vector<std::string> names;
  names.reserve(choices.size());
  for (const auto& [name, value] : choices) names.push_back(name);
  return CLI::IsMember(names);
}

double Seconds() {
  return std::chrono::duration<double>(std::chrono::steady_clock::now().time_since_epoch()).count();
}

int TerminalWidth(int descriptor) {
  constexpr int kUsual = 80;
  winsize size{};
  if (ioctl(descriptor, TIOCGWINSZ, &size) != 0 || size.ws_col == 0) return kUsual;
  return size.ws_col;
}

Progress MakeProgress(bool quiet) {
  Progress::Options options;
  const bool terminal = isatty(STDERR_FILENO) == 1;
  options.mode = quiet ? Progress::Mode::kQuiet
                       : (terminal ? Progress::Mode::kTerminal : Progress::Mode::kPlain);
  options.width = TerminalWidth(STDERR_FILENO);
  options.seconds = Seconds;
  options.write = [](std::string_view text) {
    std::fwrite(text.data(), 1, text.size(), stderr);
    std::fflush(stderr);
  };
  return Progress(std::move(options));
}

// A folder that cannot be written is better known before the work than after it.
void CheckOutFolder(const std::string& out) {
  std::error_code code;
  std::filesystem::create_directories(out, code);
  if (code || access(out.c_str(), W_OK | X_OK) != 0) {
    FailData(
        fmt::format("--out {}: this folder cannot be made or written; choose another one", out));
  }
}

// A value that is itself a column's name is taken whole, any other as a list with commas.
std::vector<std::string> IgnoredColumns(const std::vector<std::string>& values,
                                        const Table& table) {
  std::vector<std::string> names;
  for (const std::string& value : values) {
    const std::vector<std::string> parts =
        table.Find(value) >= 0 ? std::vector<std::string>{value} : Split(value, ',');
    names.insert(names.end(), parts.begin(), parts.end());
  }
  return names;
}

TuneOutcome ReadAndTune(TuneArguments* arguments) {
  const double start = Seconds();
  const Table table = ReadCsv(arguments->data, {.threads = arguments->options.threads});
  const double read = Seconds() - start;
  arguments->options.data.ignore = IgnoredColumns(arguments->ignore, table);
  Progress progress = MakeProgress(arguments->quiet);
  arguments->options.progress = [&](int done, int total) { progress.Update(done, total); };
  TuneOutcome outcome = Tune(table, arguments->options);
  progress.Finish();
  outcome.result.timing.read = read;
  return outcome;
}

void RunTune(TuneArguments arguments) {
  TuneOptions& options = arguments.options;
  options.data.task = kTasks.at(arguments.task);
  options.data.missing = kPolicies.at(arguments.missing);
  options.model = kModels.at(arguments.model);
  options.decays = ParseDecays(arguments.decay);
  CheckOutFolder(arguments.out);
  TuneOutcome outcome = ReadAndTune(&arguments);
  const double start = Seconds();
  ReportHtml(outcome.result);  // once for its time, which the files themselves record
  outcome.result.timing.report = Seconds() - start;
  WriteFilesAtomically(arguments.out, {{kNames[0], ReportHtml(outcome.result)},
                                       {kNames[1], ModelToJson(outcome.model)},
                                       {kNames[2], ResultJson(outcome.result, HALFLIFE_VERSION)}});
  if (arguments.quiet) return;
  std::vector<std::string> files;
  for (const char* name : kNames)
    files.push_back((std::filesystem::path(arguments.out) / name).string());
  constexpr int kWidest = 96;
  const std::string text =
      TerminalReport(outcome.result, files, std::clamp(TerminalWidth(STDOUT_FILENO), 80, kWidest));
  if (std::fwrite(text.data(), 1, text.size(), stdout) != text.size() || std::fflush(stdout) != 0) {
    FailData("the answer could not be written to standard output; it is in " + files.back());
  }
}

}  // namespace

void AddTuneCommand(CLI::App* app, std::function<void()>* run) {
  const auto arguments = std::make_shared<TuneArguments>();
  DataOptions& data = arguments->options.data;
  CLI::App* command =
      app->add_subcommand("tune", "Find the weight decay for a table and say whether it helps");
  command->add_option("DATA", arguments->data, "CSV file with a header")->required();
  command->add_option("--target", data.target, "the column to predict")->required();
  command->add_option("--task", arguments->task, "what the target is (default auto)")
      ->check(OneOf(kTasks));
  command
      ->add_option("--model", arguments->model,
                   "linear for regression, logistic for classification (default auto)")
      ->check(OneOf(kModels));
  command->add_option("--decay", arguments->decay,
                      "auto, V,V,... or LO:HI:COUNT log-spaced (default auto)");
  command
      ->add_option("--folds", data.folds,
                   "how many folds check the fits (default 10; 5 above 20,000 rows)")
      ->check(CLI::Range(2, 1000000000));
  command->add_option("--fold-column", data.fold_column, "a column that names each row's fold");
  command->add_option("--seeds", data.seeds, "draw the folds this many times (default 1)")
      ->check(CLI::Range(1, 10000));
  command->add_option("--seed", data.seed, "seed of everything random (default 1)")
      ->check([](const std::string& text) {
        const bool whole = text.find_first_not_of("0123456789") == std::string::npos;
        return whole ? std::string() : Quoted(text) + " is not a whole number from 0 up";
      });
  command
      ->add_option("--threads", arguments->options.threads, "threads to use; 0 for all (default 0)")
      ->check(CLI::Range(0, 4096));
  command
      ->add_option(
          "--missing", arguments->missing,
          "missing cells: the mean and a 0/1 column, the mean, or drop the row (default indicator)")
      ->check(OneOf(kPolicies));
  command->add_option("--ignore", arguments->ignore, "columns to leave out: NAME,NAME,...")
      ->allow_extra_args(false);
  command->add_flag("--log-target", data.log_target, "model the natural logarithm of the target");
  command->add_option("--out", arguments->out,
                      "folder for result.json, report.html and model.json (default halflife-out)");
  command->add_flag("--quiet", arguments->quiet, "print nothing but errors");
  command->callback([=] { *run = [=] { RunTune(*arguments); }; });
}

}  // namespace halflife
