// halflife report DIR: report.html again, from result.json alone.
#include <fmt/format.h>

#include <filesystem>
#include <memory>
#include <string>
#include <system_error>

#include "base/atomic_file.h"
#include "base/error.h"
#include "base/mapped_file.h"
#include "cli/commands.h"
#include "cli/lang_flag.h"
#include "halflife/report.h"
#include "report/plain_text.h"
#include "report/say.h"

namespace halflife {
namespace {

namespace fs = std::filesystem;

constexpr const char* kPage = "report.html";

// The result.json that `source` names, or that its folder holds. A pipe or a device has no folder
// to write to, and the page would take the place of a result.json of its name.
fs::path ResultAt(const std::string& source) {
  std::error_code code;
  fs::path path(source);
  if (fs::is_directory(path, code)) path /= "result.json";
  const bool other = fs::exists(path, code) && !fs::is_regular_file(path, code);
  if (other || path.filename() == kPage) Fail(ErrorKind::kReportSource, {source});
  return path;
}

struct ReportArguments {
  std::string source;
  Language language = Language::kEnglish;
};

void RunReport(const ReportArguments& arguments) {
  const fs::path path = ResultAt(arguments.source);
  const MappedFile file(path.string());
  const TuneResult result = ResultFromJson(file.bytes(), path.string());
  const fs::path folder = path.parent_path();
  WriteFilesAtomically(folder.empty() ? "." : folder.string(),
                       {{kPage, ReportHtml(result, arguments.language)}});
  fmt::print("{}\n", Say(arguments.language, "wrote {}", "已写入 {}",
                         CleanText((folder / kPage).string())));
}

}  // namespace

void AddReportCommand(CLI::App* app, std::function<int()>* run) {
  const auto arguments = std::make_shared<ReportArguments>();
  CLI::App* command =
      app->add_subcommand("report", "Write report.html again from what tune wrote to result.json");
  command->add_option("DIR", arguments->source, "the folder that tune wrote, or its result.json")
      ->required();
  AddLangFlag(command, &arguments->language);
  command->callback([=] {
    *run = [=] {
      RunReport(*arguments);
      return 0;
    };
  });
}

}  // namespace halflife
