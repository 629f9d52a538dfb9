#include "report/field_reader.h"

#include <cmath>

#include "base/text.h"

namespace halflife {
namespace {

using nlohmann::json;

}  // namespace

FieldReader::FieldReader(const json& json, const JsonPath& path, const FieldDocument& document)
    : json_(json), path_(path), document_(document) {
  if (!json_.is_object()) RejectAt(path_, ErrorKind::kResultNoObject);
}

void FieldReader::RejectAt(const JsonPath& path, ErrorKind kind) const {
  FailIn(document_.source, ErrorKind::kResultUnsound, {}, Cause(kind, {path.Text()}));
}

void FieldReader::RejectChoice(const std::string& text, const JsonPath& path,
                               const std::vector<std::string>& names) const {
  FailIn(document_.source, ErrorKind::kResultUnsound, {},
         Cause(ErrorKind::kJsonNotOneOf, {path.Text(), text, Join(names, ", ")}));
}

void FieldReader::Reject(const char* key, ErrorKind kind) const { RejectAt({&path_, key}, kind); }

void FieldReader::Reject(const char* key, ErrorKind kind, const char* other) const {
  FailIn(document_.source, ErrorKind::kResultUnsound, {},
         Cause(kind, {JsonPath(&path_, key).Text(), JsonPath(&path_, other).Text()}));
}

void FieldReader::Try(const char* key, const std::function<void()>& make) const {
  try {
    make();
  } catch (const Error& error) {
    FailIn(document_.source, ErrorKind::kResultRefused, {JsonPath(&path_, key).Text()},
           std::make_shared<const Failure>(error.failure()));
  }
}

const json& FieldReader::Get(const char* key) const {
  const auto at = json_.find(key);
  if (at == json_.end())
    FailIn(document_.source, ErrorKind::kResultLacks, {JsonPath(&path_, key).Text()});
  return *at;
}

const json& FieldReader::ListAt(const char* key) const {
  const json& list = Get(key);
  if (!list.is_array()) Reject(key, ErrorKind::kJsonNoList);
  return list;
}

double FieldReader::Value(const json& json, const JsonPath& path) const {
  if (json.is_number()) {
    const auto value = json.get<double>();
    if (std::isfinite(value)) return value;
  }
  if (!json.is_null()) RejectAt(path, ErrorKind::kJsonNoNumber);
  constexpr double kNan = std::numeric_limits<double>::quiet_NaN();
  if (document_.not_finite.empty()) return kNan;
  const auto at = document_.not_finite.find(path.Text());
  return at == document_.not_finite.end() ? kNan : at->second;
}

void FieldReader::Values(const json& json, const JsonPath& path,
                         std::vector<double>& values) const {
  if (!json.is_array()) RejectAt(path, ErrorKind::kJsonNoNumbers);
  values.clear();
  values.reserve(json.size());
  for (std::size_t i = 0; i < json.size(); ++i) values.push_back(Value(json[i], {&path, i}));
}

std::uint64_t FieldReader::Whole(const json& json, const JsonPath& path, std::uint64_t most) const {
  if (!json.is_number()) RejectAt(path, ErrorKind::kJsonNoNumber);
  if (!json.is_number_unsigned() || json.get<std::uint64_t>() > most)
    RejectAt(path, ErrorKind::kJsonRange);
  return json.get<std::uint64_t>();
}

std::size_t FieldReader::CommonLength(std::initializer_list<const char*> keys) const {
  const char* const first = *keys.begin();
  const std::size_t length = ListAt(first).size();
  for (const char* key : keys) {
    if (ListAt(key).size() != length) Reject(key, ErrorKind::kResultLengths, first);
  }
  return length;
}

void FieldReader::Number(const char* key, double& value) const {
  value = Value(Get(key), {&path_, key});
}

void FieldReader::Optional(const char* key, std::optional<double>& value) const {
  value.reset();
  const auto at = json_.find(key);
  if (at == json_.end()) return;
  const JsonPath path(&path_, key);
  if (!at->is_null() || document_.not_finite.contains(path.Text())) value = Value(*at, path);
}

void FieldReader::Flag(const char* key, bool& value) const {
  const json& flag = Get(key);
  if (!flag.is_boolean()) Reject(key, ErrorKind::kJsonNoFlag);
  value = flag.get<bool>();
}

void FieldReader::Text(const char* key, std::string& value) const {
  const json& text = Get(key);
  if (!text.is_string()) Reject(key, ErrorKind::kJsonNoText);
  value = text.get<std::string>();
}

void FieldReader::Texts(const char* key, std::vector<std::string>& values) const {
  const json& list = Get(key);
  if (!list.is_array()) Reject(key, ErrorKind::kJsonNoTexts);
  values.clear();
  for (const json& text : list) {
    if (!text.is_string()) Reject(key, ErrorKind::kJsonNoTexts);
    values.push_back(text.get<std::string>());
  }
}

void FieldReader::Numbers(const char* key, std::vector<double>& values) const {
  Values(Get(key), {&path_, key}, values);
}

void FieldReader::Interval(const char* key, double (&ends)[2]) const {
  std::vector<double> values;
  Numbers(key, values);
  if (values.size() != 2) Reject(key, ErrorKind::kResultInterval);
  ends[0] = values[0];
  ends[1] = values[1];
}

void FieldReader::NumberMap(const char* key, std::map<std::string, double>& values) const {
  values.clear();
  Object(key, [&](const FieldReader& inner) {
    for (const auto& [name, value] : inner.json_.items())
      values[name] = inner.Value(value, {&inner.path_, std::string_view(name)});
  });
}

}  // namespace halflife
