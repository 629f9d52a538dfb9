// How wide the text may be that is written for a reader.
#pragma once

namespace halflife {

// Columns for text on `descriptor`: the environment's COLUMNS if that is a number of 1 or more,
// else the terminal's, else 80; from 40 to 1000.
int TerminalWidth(int descriptor);

}  // namespace halflife
