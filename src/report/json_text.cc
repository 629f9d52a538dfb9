#include "report/json_text.h"

#include <algorithm>

#include "report/plain_text.h"

namespace halflife {
namespace {

std::string OneLine(const Json& json) {
  if (json.is_string()) return Json(ReplaceInvalidUtf8(json.get_ref<const std::string&>())).dump();
  return json.dump();
}

// A number, or null; or lists of nothing else.
bool IsNumbers(const Json& json) {
  return std::all_of(json.begin(), json.end(), [](const Json& item) {
    return item.is_number() || item.is_null() || (item.is_array() && IsNumbers(item));
  });
}

void Append(const Json& json, const std::string& indent, std::string* text) {
  if (!json.is_structured() || json.empty() || (json.is_array() && IsNumbers(json))) {
    *text += OneLine(json);
    return;
  }
  const std::string inner = indent + "  ";
  *text += json.is_object() ? "{" : "[";
  bool first = true;
  for (const auto& item : json.items()) {
    *text += first ? "\n" : ",\n";
    first = false;
    *text += inner;
    if (json.is_object()) *text += OneLine(item.key()) + ": ";
    Append(item.value(), inner, text);
  }
  *text += "\n" + indent + (json.is_object() ? "}" : "]");
}

}  // namespace

std::string JsonText(const Json& json) {
  std::string text;
  Append(json, "", &text);
  return text + "\n";
}

}  // namespace halflife
