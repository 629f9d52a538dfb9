// result.json, read.
#include <cmath>
#include <limits>

#include "halflife/report.h"
#include "report/check_result.h"
#include "report/field_reader.h"
#include "report/result_fields.h"

namespace halflife {
namespace {

constexpr std::size_t kLargestResult = 1U << 26;  // bytes; ours stay far below

// Whether lists and objects are more, or nested deeper, than those of a result: each takes memory,
// and a parser that is told to look at the depth takes the square of the time.
bool IsTooNested(std::string_view text) {
  constexpr int kMostDepth = 16;  // ours have 8
  constexpr int kMost = 2'000'000;
  int depth = 0;
  int count = 0;
  bool in_string = false;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const char c = text[i];
    if (in_string && c == '\\') ++i;
    if (c == '"') in_string = !in_string;
    if (in_string) continue;
    if ((c == '[' || c == '{') && (++depth > kMostDepth || ++count > kMost)) return true;
    if (c == ']' || c == '}') --depth;
  }
  return false;
}

nlohmann::json Parse(std::string_view text, const std::string& source) {
  if (text.size() > kLargestResult) FailIn(source, ErrorKind::kResultTooLarge, {kLargestResult});
  if (IsTooNested(text)) FailIn(source, ErrorKind::kResultDeep);
  try {
    return nlohmann::json::parse(text);
  } catch (const nlohmann::json::parse_error& error) {
    FailIn(source, ErrorKind::kResultNotJson, {error.byte});
  } catch (const nlohmann::json::exception&) {
    FailIn(source, ErrorKind::kResultRange);
  }
}

void CheckSchema(const FieldDocument& document) {
  std::string schema;
  if (document.json.is_object() && document.json.contains("schema")) {
    const nlohmann::json& value = document.json["schema"];
    if (value.is_string()) schema = value.get<std::string>();
  }
  if (schema != kResultSchema)
    FailIn(document.source, ErrorKind::kResultSchema, {schema, kResultSchema});
}

void ReadNotFinite(FieldDocument* document) {
  constexpr double kInfinity = std::numeric_limits<double>::infinity();
  const JsonPath whole;
  const FieldReader reader(document->json, whole, *document);
  if (!reader.Holds("not_finite")) return;
  std::unordered_map<std::string, double> not_finite;
  reader.Object("not_finite", [&](const FieldReader& inner) {
    const auto read = [&](const char* key, double value) {
      std::vector<std::string> paths;
      if (inner.Holds(key)) inner.Texts(key, paths);
      for (std::string& path : paths) not_finite[std::move(path)] = value;
    };
    read("nan", std::numeric_limits<double>::quiet_NaN());
    read("inf", kInfinity);
    read("-inf", -kInfinity);
  });
  document->not_finite = std::move(not_finite);
}

}  // namespace

TuneResult ResultFromJson(std::string_view text, const std::string& source) {
  FieldDocument document{Parse(text, source), source, {}};
  CheckSchema(document);
  ReadNotFinite(&document);
  const JsonPath whole;
  FieldReader reader(document.json, whole, document);
  TuneResult result;
  ResultFields(reader, result);
  CheckResult(reader, result);
  if (result.training && !result.training->net) result.family = ModelFamily::kAuto;
  return result;
}

}  // namespace halflife
