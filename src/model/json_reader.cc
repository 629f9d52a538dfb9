#include "model/json_reader.h"

#include <fmt/format.h>

#include <cmath>

#include "base/error.h"
#include "base/text.h"

namespace halflife {

Json ParseModelFile(std::string_view bytes, const std::string& source) {
  // A deep nest of brackets would overflow the parser's own stack of values; our formats have
  // depth 4.
  constexpr int kMostDepth = 16;
  const auto shallow = [&](int depth, Json::parse_event_t, const Json&) {
    if (depth > kMostDepth) FailIn(source, ErrorKind::kModelFileDeep);
    return true;
  };
  try {
    return Json::parse(bytes, shallow);
  } catch (const Json::parse_error& error) {
    FailIn(source, ErrorKind::kModelFileNotJson, {error.byte});
  } catch (const Json::exception&) {
    FailIn(source, ErrorKind::kModelFileRange);
  }
}

JsonReader::JsonReader(const Json& json, std::string source, std::string where)
    : json_(json), source_(std::move(source)), where_(std::move(where)) {
  if (!json_.is_object()) Reject(ErrorKind::kJsonNoObject);
}

void JsonReader::Reject(ErrorKind kind, ErrorArguments arguments) const {
  Reject(Cause(kind, arguments));
}

void JsonReader::Reject(ErrorCause cause) const {
  FailIn(source_, ErrorKind::kModelFileUnsound, {where_.empty() ? "model" : where_},
         std::move(cause));
}

const Json& JsonReader::Get(const char* key) const {
  const auto at = json_.find(key);
  if (at == json_.end()) Reject(ErrorKind::kJsonMissing, {key});
  return *at;
}

std::string JsonReader::Text(const char* key) const {
  if (!Get(key).is_string()) Reject(ErrorKind::kJsonNoText, {key});
  return Get(key).get<std::string>();
}

bool JsonReader::Flag(const char* key) const {
  if (!Get(key).is_boolean()) Reject(ErrorKind::kJsonNoFlag, {key});
  return Get(key).get<bool>();
}

double JsonReader::Number(const char* key) const { return ToNumber(Get(key), key); }

std::size_t JsonReader::Count(const char* key, double most) const {
  const double number = Number(key);
  if (number < 0.0 || number > most || number != std::floor(number))
    Reject(ErrorKind::kJsonRange, {key});
  return static_cast<std::size_t>(number);
}

std::vector<double> JsonReader::Numbers(const char* key) const {
  if (!Get(key).is_array()) Reject(ErrorKind::kJsonNoNumbers, {key});
  std::vector<double> numbers;
  for (const Json& item : Get(key)) numbers.push_back(ToNumber(item, key));
  return numbers;
}

std::vector<std::string> JsonReader::Texts(const char* key) const {
  if (!Get(key).is_array()) Reject(ErrorKind::kJsonNoTexts, {key});
  std::vector<std::string> texts;
  for (const Json& item : Get(key)) {
    if (!item.is_string()) Reject(ErrorKind::kJsonNoTexts, {key});
    texts.push_back(item.get<std::string>());
  }
  return texts;
}

std::size_t JsonReader::OneOf(const char* key, const std::vector<std::string>& names) const {
  const std::string text = Text(key);
  for (std::size_t i = 0; i < names.size(); ++i) {
    if (names[i] == text) return i;
  }
  Reject(ErrorKind::kJsonNotOneOf, {key, text, Join(names, ", ")});
}

JsonReader JsonReader::Object(const char* key) const { return {Get(key), source_, key}; }

std::vector<JsonReader> JsonReader::Objects(const char* key) const {
  const Json& list = Get(key);
  if (!list.is_array()) Reject(ErrorKind::kJsonNoList, {key});
  std::vector<JsonReader> readers;
  for (std::size_t i = 0; i < list.size(); ++i)
    readers.emplace_back(list[i], source_, fmt::format("{}[{}]", key, i));
  return readers;
}

double JsonReader::ToNumber(const Json& json, const char* key) const {
  if (!json.is_number() || !std::isfinite(json.get<double>()))
    Reject(ErrorKind::kJsonNoNumber, {key});
  return json.get<double>();
}

}  // namespace halflife
