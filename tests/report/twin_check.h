// Whether a Chinese sentence is the twin of an English one, as far as that can be told by machine.
#pragma once

#include <set>
#include <string>

namespace halflife {

// What is wrong with `chinese` beside `english`, or "" if nothing is: one is empty and the other is
// not; there is no Chinese in what is more than names, or a word of English (three letters or more,
// formulas and options apart, that is not among `latin`); other digits than in English; a space
// between Chinese and Latin that is missing, or one beside Chinese that is too many.
std::string TwinProblem(const std::string& english, const std::string& chinese,
                        const std::set<std::string>& latin);

}  // namespace halflife
