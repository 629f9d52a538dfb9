// halflife tune DATA --target NAME: read, tune, say the answer, write the files.
#include <unistd.h>

#include <algorithm>
#include <chrono>
#include <cstdio>
#include <filesystem>
#include <memory>
#include <optional>

#include "base/atomic_file.h"
#include "base/error.h"
#include "base/stopwatch.h"
#include "base/text.h"
#include "cli/choices.h"
#include "cli/commands.h"
#include "cli/decay_list.h"
#include "cli/exit_codes.h"
#include "cli/interrupt.h"
#include "cli/lang_flag.h"
#include "cli/net_flags.h"
#include "cli/out_folder.h"
#include "cli/penalty_flag.h"
#include "cli/table_flags.h"
#include "cli/terminal_size.h"
#include "halflife/arrays.h"
#include "halflife/report.h"
#include "halflife/tune.h"
#include "halflife/tune_net.h"
#include "halflife/version.h"
#include "report/progress.h"
#include "report/say.h"
#include "tune/grid_check.h"

namespace halflife {
namespace {

constexpr double kLargestNoise = 1e150;  // whose square is finite

struct TuneArguments {
  std::string data;
  std::string task = "auto";
  std::string model = "auto";
  std::string missing = "indicator";
  std::string penalty;
  std::string decay = "auto";
  std::string out = "halflife-out";
  TableFlags table;
  bool quiet = false;
  bool stream = false;
  Language language = Language::kEnglish;
  TuneOptions options;
  int seeds = 0;  // 0: not given
  std::string current_decay;
  std::string noise;
  std::shared_ptr<NetFlags> net = std::make_shared<NetFlags>();
};

const Choices<Task> kTasks = {{"auto", Task::kAuto},
                              {"regression", Task::kRegression},
                              {"classification", Task::kClassification}};
const Choices<ModelFamily> kModels = {{"auto", ModelFamily::kAuto},
                                      {"linear", ModelFamily::kLinear},
                                      {"logistic", ModelFamily::kLogistic},
                                      {"mlp", ModelFamily::kMlp}};
const Choices<MissingPolicy> kPolicies = {{"indicator", MissingPolicy::kIndicator},
                                          {"mean", MissingPolicy::kMean},
                                          {"drop", MissingPolicy::kDrop}};

double Seconds() {
  return std::chrono::duration<double>(std::chrono::steady_clock::now().time_since_epoch()).count();
}

Progress MakeProgress(const TuneArguments& arguments, const std::string& what,
                      const std::string& unit) {
  Progress::Options options;
  options.what = what;
  options.unit = unit;
  options.language = arguments.language;
  const bool terminal = isatty(STDERR_FILENO) == 1;
  options.mode = arguments.quiet ? Progress::Mode::kQuiet
                                 : (terminal ? Progress::Mode::kTerminal : Progress::Mode::kPlain);
  options.width = TerminalWidth(STDERR_FILENO);
  options.seconds = Seconds;
  options.write = [](std::string_view text) {
    std::fwrite(text.data(), 1, text.size(), stderr);
    std::fflush(stderr);
  };
  return Progress(std::move(options));
}

// An answer with the files that go beside it.
struct Answer {
  TuneResult result;
  std::vector<FileContent> model;
};

TuneOutcome TuneArrays(TuneArguments* arguments) {
  if (arguments->stream) Fail(ErrorKind::kStreamOfArrays);
  Stopwatch watch;
  const Table table = ReadTable(arguments->data, arguments->table, &arguments->options.data);
  const double read = watch.Lap();
  TuneOutcome outcome = Tune(table, arguments->options);
  outcome.result.timing.read = read;
  return outcome;
}

TuneOutcome TuneFile(const TuneArguments& arguments) {
  TuneOptions options = arguments.options;
  if (arguments.stream) options.stream = Streaming::kAlways;
  return TuneCsv(arguments.data, ReadOptionsFor(arguments.table, options.data), options,
                 [&](const std::vector<std::string>& columns, DataOptions* data) {
                   NameColumns(arguments.table, columns, data);
                 });
}

Answer TuneTable(TuneArguments* arguments) {
  const Language language = arguments->language;
  Progress progress =
      MakeProgress(*arguments, Say(language, "fitting", "拟合"), Say(language, "fits", "次"));
  if (arguments->seeds > 0 && arguments->options.data.rounds == 0)
    arguments->options.data.rounds = arguments->seeds;
  arguments->options.progress = [&](int done, int total) { progress.Update(done, total); };
  TuneOutcome outcome =
      LooksLikeArray(arguments->data) ? TuneArrays(arguments) : TuneFile(*arguments);
  if (!outcome.result.interrupted) progress.Finish();
  return {std::move(outcome.result), {{"model.json", ModelToJson(outcome.model)}}};
}

// The test rows, read as the others were.
template <typename Read>
auto ReadTest(const NetFlags& flags, const Read& read) {
  return flags.test.empty() ? std::nullopt : std::make_optional(read());
}

NetTuneOutcome TuneNetOf(const TuneArguments& arguments, const NetTuneOptions& options,
                         double* read) {
  Stopwatch watch;
  const NetFlags& flags = *arguments.net;
  if (flags.test.empty() && !flags.test_target.empty()) Fail(ErrorKind::kTestTargetAlone);
  if (!flags.test.empty() && std::filesystem::exists(flags.test) &&
      LooksLikeArray(arguments.data) != LooksLikeArray(flags.test)) {
    Fail(ErrorKind::kTestOfAnotherKind, {flags.test});
  }
  if (LooksLikeArray(arguments.data)) {
    ArrayData data = ReadArrayPair(arguments.data, arguments.options.data.target);
    if (!flags.test.empty() && flags.test_target.empty()) Fail(ErrorKind::kTestTargetNeeded);
    std::optional<ArrayData> test =
        ReadTest(flags, [&] { return ReadArrayPair(flags.test, flags.test_target); });
    *read = watch.Lap();
    return TuneNet(std::move(data), std::move(test), options);
  }
  if (!flags.test_target.empty()) Fail(ErrorKind::kTestTargetOfTable);
  NetTuneOptions with_columns = options;
  const Table table = ReadTable(arguments.data, arguments.table, &with_columns.data);
  const ReadOptions reading = ReadOptionsFor(arguments.table, options.data);
  const std::optional<Table> test = ReadTest(flags, [&] { return ReadCsv(flags.test, reading); });
  *read = watch.Lap();
  return TuneNet(table, test ? &*test : nullptr, with_columns);
}

Answer TuneTheNet(const TuneArguments& arguments) {
  NetTuneOptions options = OptionsOf(*arguments.net);
  if (!arguments.table.no_decay.empty()) Fail(ErrorKind::kNoDecayOfNets);
  if (!arguments.noise.empty()) FailOption("noise", ErrorKind::kOfTablesAlone);
  if (!arguments.options.plane.empty()) FailOption("plane", ErrorKind::kOfTablesAlone);
  if (!arguments.penalty.empty()) {
    const PenaltyChoice choice = ParsePenalty(arguments.penalty);
    options.training.optimizer.penalty = choice.penalty;
    if (choice.ratio_given) options.training.optimizer.l1_ratio = choice.l1_ratio;
  }
  options.data = arguments.options.data;
  options.decays = arguments.options.decays;
  options.current_decay = arguments.options.current_decay;
  options.threads = arguments.options.threads;
  options.rounds = arguments.options.data.rounds;
  if (arguments.seeds > 0) options.seeds = arguments.seeds;
  options.stop = arguments.options.stop;
  const Language language = arguments.language;
  Progress progress =
      MakeProgress(arguments, Say(language, "training", "训练"), Say(language, "epochs", "轮"));
  options.progress = [&](const TrainingProgress& now) {
    progress.Update(now.epochs_done, now.epochs_planned,
                    Say(language, "now leading: decay {}, loss {}", "目前领先：衰减 {}，损失 {}",
                        Number(now.best_decay, 6), Number(now.best_validation)));
  };
  double read = 0.0;
  NetTuneOutcome outcome = TuneNetOf(arguments, options, &read);
  progress.Finish();
  outcome.result.timing.read = read;
  NetFiles files = NetToFiles(outcome.net);
  return {std::move(outcome.result),
          {{kNetWeightsFile, std::move(files.safetensors)}, {"model.json", std::move(files.json)}}};
}

Answer ReadAndTune(TuneArguments* arguments) {
  if (arguments->options.model == ModelFamily::kMlp) {
    if (arguments->stream) Fail(ErrorKind::kStreamOfNets);
    return TuneTheNet(*arguments);
  }
  const std::string flag = FirstGiven(*arguments->net);
  if (!flag.empty()) FailOption(flag, ErrorKind::kNetOptionAlone);
  if (!arguments->penalty.empty())
    arguments->options.l1_ratio = TablePenaltyRatio(arguments->penalty);
  return TuneTable(arguments);
}

// The files in the order they are put in place: result.json last, so that a new one has its new
// companions.
std::vector<FileContent> FilesOf(Answer* answer, Language language) {
  Stopwatch watch;
  std::vector<FileContent> files = {{"report.html", ReportHtml(answer->result, language)}};
  answer->result.timing.report = watch.Lap();
  std::move(answer->model.begin(), answer->model.end(), std::back_inserter(files));
  files.push_back({"result.json", ResultJson(answer->result)});
  return files;
}

void Print(const Answer& answer, const std::vector<std::string>& files, Language language) {
  const std::string text = TerminalReport(answer.result, files,
                                          {.width = TerminalWidth(STDOUT_FILENO),
                                           .all_columns = isatty(STDOUT_FILENO) != 1,
                                           .language = language});
  if (std::fwrite(text.data(), 1, text.size(), stdout) != text.size() || std::fflush(stdout) != 0) {
    FailIn(files.back(), ErrorKind::kOutputOfAnswer);
  }
}

// Writing over what is read would lose it.
void KeepInputs(const TuneArguments& arguments) {
  namespace fs = std::filesystem;
  for (const std::string& input : {arguments.data, arguments.options.data.target,
                                   arguments.net->test, arguments.net->test_target}) {
    for (const char* name : {"report.html", "model.json", "result.json", kNetWeightsFile}) {
      std::error_code code;
      if (!input.empty() && fs::equivalent(fs::path(arguments.out) / name, input, code)) {
        Fail(ErrorKind::kOutHoldsInput, {arguments.out, name});
      }
    }
  }
}

int RunTune(TuneArguments arguments) {
  TuneOptions& options = arguments.options;
  options.data.task = kTasks.at(arguments.task);
  options.data.missing = kPolicies.at(arguments.missing);
  options.model = kModels.at(arguments.model);
  options.decays = ParseDecays(arguments.decay);
  if (double current = 0.0; ParseNumber(arguments.current_decay, &current))
    options.current_decay = current;
  if (double noise = 0.0; ParseNumber(arguments.noise, &noise)) options.noise_sd = noise;
  options.data.threads = options.threads;
  options.stop = Interrupted;
  CatchInterrupts();
  CheckOutFolder(arguments.out);
  KeepInputs(arguments);
  Answer answer = ReadAndTune(&arguments);
  const std::vector<FileContent> files = FilesOf(&answer, arguments.language);
  ReplaceAnswer(arguments.out, answer.result.data, files, arguments.quiet, arguments.language);
  const int code = answer.result.interrupted ? kInterrupted : kFine;
  if (arguments.quiet) return code;
  std::vector<std::string> paths;
  paths.reserve(files.size());
  for (const FileContent& file : files)
    paths.push_back((std::filesystem::path(arguments.out) / file.name).string());
  Print(answer, paths, arguments.language);
  return code;
}

// How rows are held out and weighed.
void AddFoldFlags(CLI::App* command, TuneArguments* arguments) {
  DataOptions& data = arguments->options.data;
  command
      ->add_option("--folds", data.folds,
                   "how many folds check the fits (default 10; 5 above 20,000 rows)")
      ->check(WholeNumber(2));
  command->add_option("--fold-column", data.fold_column, "a column that names each row's fold");
  command->add_option("--group", data.group,
                      "a column whose rows of one value stay in one fold: a patient, a house");
  command->add_option("--time", data.time,
                      "a column of numbers or dates: each fold is judged by earlier rows alone");
  command->add_option("--weight", data.weight,
                      "a column of numbers from 0 up: how many rows each row stands for");
  command
      ->add_option(
          "--rounds", data.rounds,
          "draw the folds this many times (default 5; 1 above 100,000 rows); for nets: split "
          "the rows this many times, with a sweep of its own each, so that every row is judged "
          "once in five (default 5 below 5,000 rows, else 1, as with --test and --time)")
      ->check(WholeNumber(1, 10000));
  command
      ->add_option("--seeds", arguments->seeds,
                   "for nets: train this many of each in a split (default 1 of several splits, 3 "
                   "of one); else as --rounds")
      ->check(WholeNumber(1, 10000));
}

// What is tried, and what it is compared with.
void AddDecayFlags(CLI::App* command, TuneArguments* arguments) {
  command->add_option("--decay", arguments->decay,
                      "auto, V,V,... or LO:HI:COUNT log-spaced (default auto)");
  command->add_option("--penalty", arguments->penalty,
                      "what the decay multiplies: l2, l1, elastic-net or elastic-net:RATIO, L1's "
                      "share (default l2); of nets, what the proximal law shrinks by, also "
                      "group-lasso");
  command
      ->add_option("--no-decay", arguments->table.no_decay,
                   "columns whose weights are not decayed: NAME,NAME,...")
      ->allow_extra_args(false);
  command
      ->add_option("--current-decay", arguments->current_decay,
                   "the decay that you train with now: what is gained over it is told too")
      ->check(NumberUpTo(kLargestTunedDecay));
  command
      ->add_option("--noise", arguments->noise,
                   "standard deviation of the target's noise, where it is known: splits it off "
                   "the bias in the report")
      ->check(NumberUpTo(kLargestNoise));
  command
      ->add_option("--plane", arguments->options.plane,
                   "two inputs over whose weights the report draws the loss: NAME,NAME (default "
                   "those of the largest weights)")
      ->delimiter(',')
      ->allow_extra_args(false);
}

}  // namespace

void AddTuneCommand(CLI::App* app, std::function<int()>* run) {
  const auto arguments = std::make_shared<TuneArguments>();
  DataOptions& data = arguments->options.data;
  CLI::App* command =
      app->add_subcommand("tune", "Find the weight decay for a table and say whether it helps");
  command
      ->add_option("DATA", arguments->data, "CSV file with a header, or arrays as IDX, NPY or NPZ")
      ->required();
  command
      ->add_option("--target", data.target,
                   "the column to predict; for arrays the file, or the NPZ member, that holds it")
      ->required();
  command->add_option("--task", arguments->task, "what the target is (default auto)")
      ->check(OneOf(kTasks));
  command
      ->add_option(
          "--model", arguments->model,
          "linear for regression, logistic for classification, mlp for a net (default auto)")
      ->check(OneOf(kModels));
  AddDecayFlags(command, arguments.get());
  AddFoldFlags(command, arguments.get());
  command->add_option("--seed", data.seed, "seed of everything random (default 1)")
      ->check([](const std::string& text) {
        const bool whole = text.find_first_not_of("0123456789") == std::string::npos;
        return whole ? std::string() : Quoted(text) + " is not a whole number from 0 up";
      });
  command
      ->add_option("--threads", arguments->options.threads, "threads to use; 0 for all (default 0)")
      ->check(WholeNumber(0, 4096));
  command
      ->add_option(
          "--missing", arguments->missing,
          "missing cells: the mean and a 0/1 column, the mean, or drop the row (default indicator)")
      ->check(OneOf(kPolicies));
  AddTableFlags(command, &arguments->table);
  command->add_flag("--stream", arguments->stream,
                    "regression of a CSV file larger than memory: its rows stay in the file; by "
                    "itself where the table would fill half of the memory");
  command->add_flag("--log-target", data.log_target, "model the natural logarithm of the target");
  command->add_option("--out", arguments->out,
                      "folder for result.json, report.html and the model (default halflife-out)");
  command->add_flag("--quiet", arguments->quiet, "print nothing but errors");
  AddLangFlag(command, &arguments->language);
  AddNetFlags(command, arguments->net);
  command->callback([=] { *run = [=] { return RunTune(*arguments); }; });
}

}  // namespace halflife
