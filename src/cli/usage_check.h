// Looks over the words of a command line before they are parsed, for a cause that is plainer than
// what the parser would come to say.
#pragma once

#include <CLI/CLI.hpp>
#include <string>
#include <vector>

namespace halflife {

// One line on the first word that is wrong: a subcommand, a flag or an argument too many, a flag
// given twice or without its value. "" where the parser is to judge. `words`: without the program's
// name.
std::string UsageProblem(const CLI::App& app, const std::vector<std::string>& words);

}  // namespace halflife
