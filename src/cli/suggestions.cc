#include "cli/suggestions.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "base/text.h"

namespace halflife {
namespace {

// What scikit-learn, PyTorch, glmnet and other programs call the same.
struct OtherWord {
  std::string_view word;
  std::string_view ours;
};
constexpr std::array kOtherWords = {OtherWord{"lambda", "decay"},
                                    OtherWord{"alpha", "decay"},
                                    OtherWord{"weight-decay", "decay"},
                                    OtherWord{"wd", "decay"},
                                    OtherWord{"label", "target"},
                                    OtherWord{"y", "target"},
                                    OtherWord{"response", "target"},
                                    OtherWord{"cv", "folds"},
                                    OtherWord{"k", "folds"},
                                    OtherWord{"jobs", "threads"},
                                    OtherWord{"n-jobs", "threads"},
                                    OtherWord{"random-state", "seed"},
                                    OtherWord{"output", "out"},
                                    OtherWord{"o", "out"},
                                    OtherWord{"learning-rate", "lr"},
                                    OtherWord{"batch-size", "batch"},
                                    OtherWord{"language", "lang"},
                                    OtherWord{"silent", "quiet"},
                                    OtherWord{"q", "quiet"},
                                    OtherWord{"fit", "tune"},
                                    OtherWord{"train", "tune"},
                                    OtherWord{"apply", "predict"},
                                    OtherWord{"v", "version"}};

std::string Plain(std::string_view word) {
  std::string plain(word);
  for (char& c : plain) {
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c + 32);
    if (c == '_') c = '-';
  }
  return plain;
}

std::string Meant(const std::vector<std::string>& shown) {
  std::string text = "; did you mean ";
  for (std::size_t i = 0; i < shown.size(); ++i) {
    if (i > 0) text += i + 1 < shown.size() ? ", " : " or ";
    text += shown[i];
  }
  return text + "?";
}

// What is shown for the known word called `name`; "" if there is none.
std::string ShownOf(std::string_view name, const std::vector<KnownWord>& known) {
  const auto at = std::find_if(known.begin(), known.end(),
                               [&](const KnownWord& word) { return word.name == name; });
  return at == known.end() ? "" : at->shown;
}

}  // namespace

std::string SuggestWord(std::string_view typed, const std::vector<KnownWord>& known) {
  const std::string plain = Plain(typed);
  std::string shown = ShownOf(plain, known);
  for (const OtherWord& other : kOtherWords) {
    if (shown.empty() && other.word == plain) shown = ShownOf(other.ours, known);
  }
  std::vector<std::string> names;
  std::vector<std::string> begun;
  for (const KnownWord& word : known) {
    names.push_back(word.name);
    if (!plain.empty() && word.name.starts_with(plain)) begun.push_back(word.shown);
  }
  if (shown.empty()) shown = ShownOf(Nearest(plain, names), known);
  if (!shown.empty()) return Meant({shown});
  constexpr std::size_t kMost = 3;
  return begun.empty() || begun.size() > kMost ? "" : Meant(begun);
}

}  // namespace halflife
