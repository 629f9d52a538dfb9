// Reading the JSON of a model's file key by key: every failure names the file and the place in it.
#pragma once

#include <nlohmann/json.hpp>
#include <string>
#include <string_view>
#include <vector>

#include "base/error.h"

namespace halflife {

using Json = nlohmann::ordered_json;

// Parses a whole file; `source` names it in messages. Throws Error where it is no JSON, or nested
// deeper than a model is.
Json ParseModelFile(std::string_view bytes, const std::string& source);

// One JSON object, at `where` in the file ("" for the whole). Every function throws Error where the
// key is missing or holds something else.
class JsonReader {
 public:
  JsonReader(const Json& json, std::string source, std::string where);

  [[noreturn]] void Reject(ErrorKind kind, ErrorArguments arguments = {}) const;
  [[noreturn]] void Reject(ErrorCause cause) const;

  bool Has(const char* key) const { return json_.contains(key); }
  const Json& Get(const char* key) const;
  std::string Text(const char* key) const;
  bool Flag(const char* key) const;
  double Number(const char* key) const;                   // finite
  std::size_t Count(const char* key, double most) const;  // whole, 0 to `most`
  std::vector<double> Numbers(const char* key) const;
  std::vector<std::string> Texts(const char* key) const;
  std::size_t OneOf(const char* key, const std::vector<std::string>& names) const;  // the index
  JsonReader Object(const char* key) const;
  std::vector<JsonReader> Objects(const char* key) const;

 private:
  double ToNumber(const Json& json, const char* key) const;

  const Json& json_;
  std::string source_;
  std::string where_;
};

}  // namespace halflife
