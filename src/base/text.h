// Text helpers: numbers as people read them, suggestions for misspelt names, glob patterns.
#pragma once

#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace halflife {

// The shortest decimal text that reads back as exactly `value` ("0.1", "3e-05").
std::string ShortestNumber(double value);

// `value` with at most `digits` significant digits, without trailing zeros ("0.0123", "1.2e-07",
// "0").
std::string Number(double value, int digits = 4);

// `value` rounded to `digits` significant decimal digits: the double nearest to that decimal.
double RoundSignificant(double value, int digits);

// Whether the whole of `text` is a finite decimal number; stores it in *value if so.
bool ParseNumber(std::string_view text, double* value);

// The number that `text` is. Throws Error, naming the option `name`, where it is none.
double NumberOf(std::string_view name, std::string_view text);

// `text` cut at `separator`; an empty text has no parts.
std::vector<std::string> Split(std::string_view text, char separator);

// `text` without spaces and tabs at either end.
std::string_view Trim(std::string_view text);

// `text` with its first letter, if that is one of a to z, as a capital.
std::string Capitalised(std::string text);

// "1 THING" or "COUNT THINGs".
std::string Counted(std::size_t count, std::string_view thing);

// `parts` with `separator` between them.
std::string Join(std::span<const std::string> parts, std::string_view separator);

// The candidate most like `name` by edit distance (at most a third of its length), or "".
std::string Nearest(std::string_view name, std::span<const std::string> candidates);

// `text` in double quotes fit for a one-line message: control bytes escaped, cut after 40
// characters.
std::string Quoted(std::string_view text);

// Whether `name` matches `pattern`: * for any run, ? for one character, all else itself.
bool GlobMatch(std::string_view pattern, std::string_view name);

// The byte offset of the first invalid UTF-8 sequence in `text`, or npos when all of it is valid.
std::size_t FirstInvalidUtf8(std::string_view text);

}  // namespace halflife
