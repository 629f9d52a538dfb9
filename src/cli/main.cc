// The program: reads the command line, runs one subcommand, turns every failure into one line and a
// code.
#include <fmt/format.h>

#include <algorithm>
#include <cstdio>
#include <exception>
#include <functional>
#include <memory>
#include <new>

#include "base/error_catalogue.h"
#include "base/error_text.h"
#include "cli/commands.h"
#include "cli/exit_codes.h"
#include "cli/flag_style.h"
#include "cli/help_formatter.h"
#include "cli/interrupt.h"
#include "cli/lang_flag.h"
#include "cli/usage_check.h"
#include "halflife/error.h"
#include "halflife/version.h"
#include "report/error_words_zh.h"
#include "report/plain_text.h"
#include "report/say.h"

namespace {

using halflife::kDataFailed;
using halflife::kWrongUsage;
using halflife::Language;

int Fail(const std::string& message, int code) {
  std::string line = message;
  for (char& c : line) {
    if (c == '\n' || c == '\r') c = ' ';
  }
  fmt::print(stderr, "halflife: {}\n", halflife::CleanText(line));
  return code;
}

int CodeOf(const halflife::Error& error) {
  if (halflife::Interrupted()) return halflife::kInterrupted;
  return error.fault() == halflife::Error::Fault::kUsage ? kWrongUsage : kDataFailed;
}

// Sets *language to that of what is said once the command line is understood.
int Run(int argc, char** argv, Language* language) {
  CLI::App app(
      "halflife finds the right weight decay for your data, proves whether it helps, and fits the "
      "model.",
      "halflife");
  app.formatter(std::make_shared<halflife::HelpFormatter>());
  app.set_version_flag("--version", "halflife " + std::string(halflife::kVersion));
  app.require_subcommand(1);
  std::function<int()> run;
  halflife::AddTuneCommand(&app, &run);
  halflife::AddColumnsCommand(&app, &run);
  halflife::AddPredictCommand(&app, &run);
  halflife::AddReportCommand(&app, &run);
  halflife::AddDescribeCommand(&app, &run);
  halflife::AddLabCommand(&app, &run);
  const std::string problem = halflife::UsageProblem(app, {argv + std::min(argc, 1), argv + argc});
  if (!problem.empty()) return Fail(problem, kWrongUsage);
  try {
    app.parse(argc, argv);
  } catch (const CLI::ParseError& error) {
    if (error.get_exit_code() == 0) return app.exit(error);  // --help, --version
    bool known = false;
    for (const CLI::App* command : app.get_subcommands([](CLI::App*) { return true; }))
      known = known || (argc > 1 && command->get_name() == argv[1]);
    return Fail(fmt::format("{}; see halflife {}--help", error.what(),
                            known ? std::string(argv[1]) + " " : ""),
                kWrongUsage);
  }
  *language = halflife::LanguageAsked(app);
  return run();
}

}  // namespace

int main(int argc, char** argv) {
  Language language = Language::kEnglish;
  try {
    return Run(argc, argv, &language);
  } catch (const halflife::Error& error) {
    const halflife::ErrorWords words =
        language == Language::kEnglish ? halflife::EnglishErrorWords : halflife::ChineseErrorWords;
    return Fail(halflife::ErrorText(error.failure(), words, halflife::FlagStyle), CodeOf(error));
  } catch (const std::bad_alloc&) {
    return Fail(halflife::Say(language, "out of memory; use fewer rows or columns",
                              "内存不足；请减少行数或列数"),
                kDataFailed);
  } catch (const std::exception& error) {
    return Fail(error.what(), kDataFailed);
  }
}
