// Ctrl-C asks the work to end soon and keep what is done; a second one ends the program at once.
#pragma once

namespace halflife {

// From now on an interrupt is noted instead of ending the program.
void CatchInterrupts();

// Whether one has been noted.
bool Interrupted();

}  // namespace halflife
