// The text of --help.
#pragma once

#include <CLI/CLI.hpp>
#include <string>

namespace halflife {

// Usage, arguments, flags by group and subcommands in two columns, in lines as wide as the
// terminal. Subcommands that are added later take it over.
class HelpFormatter : public CLI::FormatterBase {
 public:
  std::string make_help(const CLI::App* app, std::string name,
                        CLI::AppFormatMode mode) const override;
};

// The same in lines of at most `width` columns, 40 at least.
std::string HelpText(const CLI::App& app, const std::string& name, int width);

}  // namespace halflife
