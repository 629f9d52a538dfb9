#include "lab/ask.h"

#include <string>
#include <vector>

#include "base/error.h"
#include "lab/questions.h"

namespace halflife {
namespace {

const std::map<std::string, Answer (*)(const Question&)>& Questions() {
  static const std::map<std::string, Answer (*)(const Question&)> questions = {
      {"overfit", AskOverfit},   {"variance", AskVariance},  {"simple", AskSimple},
      {"penalty", AskPenalty},   {"contours", AskContours},  {"paths", AskPaths},
      {"registry", AskRegistry}, {"half_life", AskHalfLife}, {"columns", AskColumns},
      {"practice", AskPractice}};
  return questions;
}

// What the last question was answered with; the C functions give views of it.
struct Last {
  Answer answer;
  std::string names;
};

Last& TheLast() {
  static Last last;
  return last;
}

template <typename Map>
const auto& FindIn(const Map& all, const char* name) {
  const auto found = all.find(name);
  if (found == all.end()) Fail(ErrorKind::kAnswerWithout, {name});
  return found->second;
}

}  // namespace
}  // namespace halflife

using halflife::TheLast;

void LabAsk(const char* question, const char* options, const char* data, std::size_t size) {
  const auto& questions = halflife::Questions();
  const auto found = questions.find(question);
  if (found == questions.end()) halflife::Fail(halflife::ErrorKind::kQuestionUnknown, {question});
  const halflife::Question asked(options, {data, size});
  halflife::Answer answer = found->second(asked);
  asked.CheckAllRead();
  TheLast().answer = std::move(answer);
  std::string& names = TheLast().names;
  names.clear();
  for (const auto& number : TheLast().answer.numbers) names += "number " + number.first + "\n";
  for (const auto& text : TheLast().answer.texts) names += "text " + text.first + "\n";
}

const char* LabNames() { return TheLast().names.c_str(); }

const double* LabNumbers(const char* name) {
  return halflife::FindIn(TheLast().answer.numbers, name).data();
}

std::size_t LabCount(const char* name) {
  return halflife::FindIn(TheLast().answer.numbers, name).size();
}

const char* LabText(const char* name) {
  return halflife::FindIn(TheLast().answer.texts, name).c_str();
}
