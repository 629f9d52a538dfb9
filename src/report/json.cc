// result.json, written.
#include "halflife/report.h"
#include "report/field_writer.h"
#include "report/json_text.h"
#include "report/result_fields.h"

namespace halflife {

std::string ResultJson(const TuneResult& result) {
  Json json = {{"schema", kResultSchema}};
  const JsonPath whole;
  NotFinite not_finite;
  FieldWriter writer(&json, whole, &not_finite);
  ResultFields(writer, result);
  const auto add = [&](const char* key, const std::vector<std::string>& paths) {
    if (!paths.empty()) json["not_finite"][key] = paths;
  };
  add("nan", not_finite.nan);
  add("inf", not_finite.infinite);
  add("-inf", not_finite.minus_infinite);
  return JsonText(json);
}

}  // namespace halflife
