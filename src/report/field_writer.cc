#include "report/field_writer.h"

#include <cmath>

#include "report/recorded.h"

namespace halflife {

void FieldWriter::Optional(const char* key, const std::optional<double>& value) {
  if (value && std::isnan(*value)) not_finite_.nan.push_back(JsonPath(&path_, key).Text());
  json_[key] = value ? Value(*value, {&path_, key}) : Json(nullptr);
}

void FieldWriter::Numbers(const char* key, const std::vector<double>& values) {
  json_[key] = List(values, {&path_, key});
}

void FieldWriter::NumberMap(const char* key, const std::map<std::string, double>& values) {
  Json& json = json_[key] = Json::object();
  const JsonPath path(&path_, key);
  for (const auto& [name, value] : values) json[name] = Value(value, {&path, name});
}

Json FieldWriter::Value(double value, const JsonPath& path) {
  if (std::isinf(value))
    (value > 0 ? not_finite_.infinite : not_finite_.minus_infinite).push_back(path.Text());
  return Finite(value);
}

Json FieldWriter::List(const std::vector<double>& values, const JsonPath& path) {
  Json list = Json::array();
  for (std::size_t i = 0; i < values.size(); ++i) list.push_back(Value(values[i], {&path, i}));
  return list;
}

Json FieldWriter::RecordedList(const std::vector<double>& values, const JsonPath& path) {
  std::vector<double> recorded;
  recorded.reserve(values.size());
  for (const double value : values) recorded.push_back(Recorded(value));
  return List(recorded, path);
}

}  // namespace halflife
