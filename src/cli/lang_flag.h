// The flag --lang: the language that a command speaks.
#pragma once

#include <CLI/CLI.hpp>

#include "halflife/language.h"

namespace halflife {

// Adds --lang en|zh, which sets *language; it must outlive the parsing.
void AddLangFlag(CLI::App* command, Language* language);

// The language that was asked for of the subcommand that `app` has parsed; English where it has no
// --lang.
Language LanguageAsked(const CLI::App& app);

}  // namespace halflife
