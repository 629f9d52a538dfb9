// halflife describe [NAME]: what the registry says of optimizers, decay laws and schedules.
#include <cstdio>
#include <memory>
#include <string>

#include "base/error.h"
#include "cli/commands.h"
#include "optim/describe.h"

namespace halflife {
namespace {

struct DescribeArguments {
  std::string name;
  bool markdown = false;
  bool json = false;
};

void RunDescribe(const DescribeArguments& arguments) {
  const auto describe = arguments.json       ? DescribeJson
                        : arguments.markdown ? DescribeMarkdown
                                             : DescribeText;
  const std::string text = describe(arguments.name);
  if (std::fwrite(text.data(), 1, text.size(), stdout) != text.size() || std::fflush(stdout) != 0) {
    FailData("the description could not be written to standard output; free some space");
  }
}

}  // namespace

void AddDescribeCommand(CLI::App* app, std::function<void()>* run) {
  const auto arguments = std::make_shared<DescribeArguments>();
  CLI::App* command =
      app->add_subcommand("describe", "Show the optimizers, decay laws and schedules");
  command->add_option("NAME", arguments->name,
                      "an optimizer or a decay law: its formula, options and source");
  CLI::Option* markdown =
      command->add_flag("--markdown", arguments->markdown, "as docs/optimizers.md");
  command->add_flag("--json", arguments->json, "as JSON")->excludes(markdown);
  command->callback([=] { *run = [=] { RunDescribe(*arguments); }; });
}

}  // namespace halflife
