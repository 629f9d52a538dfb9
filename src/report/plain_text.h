// Text from the user's files made safe to show: valid UTF-8, without control characters, cut and
// wrapped by the columns that it takes up.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace halflife {

// `text` with U+FFFD for every byte that is no part of valid UTF-8.
std::string ReplaceInvalidUtf8(std::string_view text);

// `text` with U+FFFD for every invalid byte, control character and direction override.
std::string CleanText(std::string_view text);

// The columns that clean `text` takes up on a terminal: two for East Asian wide characters, none
// for combining marks.
int DisplayWidth(std::string_view text);

// Clean `text` in characters as a terminal shows them: combining marks stay with what they mark.
std::vector<std::string_view> Characters(std::string_view text);

// Clean `text` cut to at most `width` columns; what is cut ends in "...".
std::string CutTo(std::string_view text, int width);

// The longest beginning of clean `text` that takes up at most `width` columns.
std::string_view Beginning(std::string_view text, int width);

// Clean `text` with blanks before or after it, so that it takes up at least `width` columns.
std::string PadLeft(std::string_view text, int width);
std::string PadRight(std::string_view text, int width);

// Clean `text` in lines of at most `width` columns, cut at spaces and beside Chinese characters,
// but never before what closes (，。」) or after what opens (（《); words that are longer are
// broken.
std::vector<std::string> Wrap(std::string_view text, int width);

// Every line of `text` brought to at most `width` columns; lines that fit stay as they are. What
// goes on does so under the line's last column (what follows two or more blanks), or where that is
// too far to the right, under the line's beginning.
std::string HangingWrap(std::string_view text, int width);

}  // namespace halflife
