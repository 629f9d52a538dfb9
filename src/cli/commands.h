// The subcommands of the program: each adds its options to the parser and runs when it is chosen.
#pragma once

#include <CLI/CLI.hpp>
#include <functional>

namespace halflife {

// Adds the subcommand to `app`; `run` is set to what to do once the command line is parsed; it
// returns the exit code.
void AddTuneCommand(CLI::App* app, std::function<int()>* run);
void AddColumnsCommand(CLI::App* app, std::function<int()>* run);
void AddPredictCommand(CLI::App* app, std::function<int()>* run);
void AddReportCommand(CLI::App* app, std::function<int()>* run);
void AddDescribeCommand(CLI::App* app, std::function<int()>* run);
void AddLabCommand(CLI::App* app, std::function<int()>* run);

}  // namespace halflife
