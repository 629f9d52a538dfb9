#include "cli/penalty_flag.h"

#include <cctype>
#include <map>
#include <vector>

#include "base/error.h"
#include "base/text.h"
#include "halflife/group.h"

namespace halflife {
namespace {

// Penalties by their names as words of a command: "elastic-net".
std::map<std::string, ProximalPenalty> PenaltiesByWord() {
  std::map<std::string, ProximalPenalty> words;
  for (const ProximalPenalty penalty :
       {ProximalPenalty::kL2, ProximalPenalty::kL1, ProximalPenalty::kElasticNet,
        ProximalPenalty::kGroupLasso}) {
    std::string word;
    for (const char c : Name(penalty))
      word += c == ' ' ? '-' : static_cast<char>(std::tolower(static_cast<unsigned char>(c)));
    words[word] = penalty;
  }
  return words;
}

}  // namespace

PenaltyChoice ParsePenalty(const std::string& text) {
  constexpr double kUsual = 0.5;  // RATIO, if left out
  const std::map<std::string, ProximalPenalty> words = PenaltiesByWord();
  const std::size_t colon = text.find(':');
  const std::string word = text.substr(0, colon);
  PenaltyChoice choice;
  const auto found = words.find(word);
  choice.ratio_given = colon != std::string::npos;
  if (found != words.end()) choice.penalty = found->second;
  const bool elastic = choice.penalty == ProximalPenalty::kElasticNet;
  choice.l1_ratio = choice.penalty == ProximalPenalty::kL1 ? 1.0 : elastic ? kUsual : 0.0;
  bool known = found != words.end() && (elastic || !choice.ratio_given);
  if (known && choice.ratio_given) {
    known = ParseNumber(text.substr(colon + 1), &choice.l1_ratio) && choice.l1_ratio >= 0.0 &&
            choice.l1_ratio <= 1.0;
  }
  if (known) return choice;
  std::vector<std::string> names;
  names.reserve(words.size());
  for (const auto& [name, penalty] : words) names.push_back(name);
  Fail(ErrorKind::kPenaltyWord, {text, found == words.end() ? Nearest(word, names) : ""});
}

double TablePenaltyRatio(const std::string& text) {
  const PenaltyChoice choice = ParsePenalty(text);
  if (choice.penalty == ProximalPenalty::kGroupLasso) Fail(ErrorKind::kPenaltyOfTables);
  return choice.l1_ratio;
}

}  // namespace halflife
