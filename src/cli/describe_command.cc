// halflife describe [NAME]: what the registry says of optimizers, decay laws and schedules.
#include <unistd.h>

#include <cstdio>
#include <memory>
#include <string>

#include "base/error.h"
#include "cli/commands.h"
#include "cli/terminal_size.h"
#include "halflife/describe.h"
#include "report/plain_text.h"

namespace halflife {
namespace {

struct DescribeArguments {
  std::string name;
  bool markdown = false;
  bool json = false;
};

void RunDescribe(const DescribeArguments& arguments) {
  const std::string& name = arguments.name;
  const std::string text = arguments.json ? DescribeJson(name)
                           : arguments.markdown
                               ? DescribeMarkdown(name)
                               : HangingWrap(DescribeText(name), TerminalWidth(STDOUT_FILENO));
  if (std::fwrite(text.data(), 1, text.size(), stdout) != text.size() || std::fflush(stdout) != 0) {
    Fail(ErrorKind::kOutputOfDescription);
  }
}

}  // namespace

void AddDescribeCommand(CLI::App* app, std::function<int()>* run) {
  const auto arguments = std::make_shared<DescribeArguments>();
  CLI::App* command =
      app->add_subcommand("describe", "Show the optimizers, decay laws, schedules and penalties");
  command->add_option(
      "NAME", arguments->name,
      "an optimizer, a decay law, a schedule or a penalty: its formula, options and "
      "source");
  CLI::Option* markdown =
      command->add_flag("--markdown", arguments->markdown, "as docs/optimizers.md");
  command->add_flag("--json", arguments->json, "as JSON")->excludes(markdown);
  command->callback([=] {
    *run = [=] {
      RunDescribe(*arguments);
      return 0;
    };
  });
}

}  // namespace halflife
