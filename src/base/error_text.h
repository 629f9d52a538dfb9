// A failure in words: by a catalogue, and with options called what the reader calls them.
#pragma once

#include <functional>
#include <string>
#include <string_view>

#include "halflife/error.h"

namespace halflife {

// What the reader calls an option, by its bare name; `value`: what to give it, "" for none.
using OptionStyle = std::function<std::string(std::string_view name, std::string_view value)>;

// As in C++: "seeds", "missing = indicator".
std::string BareOption(std::string_view name, std::string_view value);

// The template of a kind in some language; see error_catalogue.h.
using ErrorWords = std::string_view (*)(ErrorKind kind);

// The failure in one line, without a trailing period.
std::string ErrorText(const Failure& failure, ErrorWords words, const OptionStyle& style);

// In English.
std::string ErrorText(const Error& error, const OptionStyle& style);

// The option that the failure is about: its own, or the one that its sentence speaks of before it
// gives advice.
std::string OptionOf(const Failure& failure);

}  // namespace halflife
