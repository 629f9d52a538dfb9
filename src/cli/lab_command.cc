// halflife lab: writes the live page that teaches weight decay, as one file.
#include <fmt/format.h>

#include <cstdio>
#include <memory>
#include <string>

#include "base/atomic_file.h"
#include "base/error.h"
#include "cli/commands.h"
#include "cli/lab_page.h"
#include "report/page_assets.h"

namespace halflife {
namespace {

struct LabArguments {
  std::string out = "halflife-lab.html";
};

std::string PageWithStyle() {
  constexpr std::string_view kPlace = "<!-- style -->";
  std::string page(LabPage());
  const std::size_t at = page.find(kPlace);
  if (at == std::string::npos) Fail(ErrorKind::kNoPageBuilt);
  page.replace(at, kPlace.size(), fmt::format("<style>{}</style>", SharedStyle()));
  return page;
}

void RunLab(const LabArguments& arguments) {
  WriteFileAtomically(arguments.out, PageWithStyle());
  fmt::print("wrote {}; open it in a browser\n", arguments.out);
}

}  // namespace

void AddLabCommand(CLI::App* app, std::function<int()>* run) {
  const auto arguments = std::make_shared<LabArguments>();
  CLI::App* command = app->add_subcommand(
      "lab", "Write the live page that teaches weight decay, one self-contained file");
  command->add_option("--out", arguments->out, "the file to write")->capture_default_str();
  command->callback([=] {
    *run = [=] {
      RunLab(*arguments);
      return 0;
    };
  });
}

}  // namespace halflife
