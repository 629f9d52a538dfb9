// Writes the fields of results into JSON. Functions such as GridFields name each field once, for
// this writer and for FieldReader alike: the two have the same functions.
#pragma once

#include <concepts>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "report/field_names.h"
#include "report/json_path.h"
#include "report/json_values.h"

namespace halflife {

// Where the nulls stand that are no unknown numbers.
struct NotFinite {
  std::vector<std::string> nan = {};  // where null would be "none" as well
  std::vector<std::string> infinite = {};
  std::vector<std::string> minus_infinite = {};
};

// One JSON object, at `path`, which must outlive it.
class FieldWriter {
 public:
  static constexpr bool kReads = false;

  FieldWriter(Json* json, const JsonPath& path, NotFinite* not_finite)
      : json_(*json), path_(path), not_finite_(*not_finite) {}

  // Whether a field is there: where `written` is true; of a reader, where the file has it.
  static bool Holds(const char* /*key*/, bool written) { return written; }

  // What follows from the other fields; a reader passes over it.
  template <class Make>
  void Derived(const char* key, Make make) {
    json_[key] = make();
  }

  // Null where it is not finite, or not known.
  void Number(const char* key, double value) { json_[key] = Value(value, {&path_, key}); }
  template <class IsKnown>
  void NumberIf(const char* key, double value, IsKnown is_known) {
    json_[key] = is_known() ? Value(value, {&path_, key}) : Json(nullptr);
  }
  void Optional(const char* key, const std::optional<double>& value);
  void Flag(const char* key, bool value) { json_[key] = value; }
  void Text(const char* key, const std::string& value) { json_[key] = value; }
  void Texts(const char* key, const std::vector<std::string>& values) { json_[key] = values; }
  void Numbers(const char* key, const std::vector<double>& values);
  void Interval(const char* key, const double (&ends)[2]) { Numbers(key, {ends[0], ends[1]}); }
  void NumberMap(const char* key, const std::map<std::string, double>& values);

  // Whole numbers from 0 up.
  template <std::integral Integer>
  void Count(const char* key, Integer value) {
    json_[key] = value;
  }
  template <std::integral Integer>
  void OptionalCount(const char* key, const std::optional<Integer>& value) {
    json_[key] = value ? Json(*value) : Json(nullptr);
  }
  template <std::integral Integer>
  void Counts(const char* key, const std::vector<Integer>& values) {
    json_[key] = values;
  }

  template <class E>
  void Choice(const char* key, E value, const FieldNames<E>& names) {
    for (const FieldName<E>& known : names) {
      if (known.value == value) json_[key] = known.name;
    }
  }
  template <class E>
  void Choices(const char* key, const std::vector<E>& values, const FieldNames<E>& names) {
    Json& list = json_[key] = Json::array();
    for (const E value : values) {
      for (const FieldName<E>& known : names) {
        if (known.value == value) list.push_back(known.name);
      }
    }
  }

  // `write(value)` where the value is set; then it writes the key.
  template <class Value, class Write>
  void IfSet(const char* /*key*/, const std::optional<Value>& value, Write write) {
    if (value) write(*value);
  }

  template <class Fields>
  void Object(const char* key, Fields fields) {
    Json& json = json_[key] = Json::object();
    const JsonPath path(&path_, key);
    FieldWriter inner(&json, path, &not_finite_);
    fields(inner);
  }
  // Null where there is none.
  template <class Value, class Fields>
  void OptionalObject(const char* key, const std::optional<Value>& value, Fields fields) {
    if (!value) {
      json_[key] = nullptr;
      return;
    }
    Object(key, [&](FieldWriter& inner) { fields(inner, *value); });
  }
  template <class Value, class Fields>
  void List(const char* key, const std::vector<Value>& values, Fields fields) {
    Json& list = json_[key] = Json::array();
    const JsonPath path(&path_, key);
    for (std::size_t i = 0; i < values.size(); ++i) {
      list.push_back(Json::object());
      const JsonPath at(&path, i);
      FieldWriter inner(&list.back(), at, &not_finite_);
      fields(inner, values[i]);
    }
  }

  // A number of each record as recorded, in a list; `Length` is for a reader.
  template <class Record>
  void Length(std::initializer_list<const char*> /*keys*/, const std::vector<Record>& /*records*/) {
  }
  template <class Record>
  void Column(const char* key, const std::vector<Record>& records, double Record::*part) {
    std::vector<double> values;
    values.reserve(records.size());
    for (const Record& record : records) values.push_back(record.*part);
    json_[key] = RecordedList(values, {&path_, key});
  }
  template <class Record>
  void Column(const char* key, const std::vector<Record>& records,
              std::vector<double> Record::*part) {
    Json& list = json_[key] = Json::array();
    const JsonPath path(&path_, key);
    for (std::size_t i = 0; i < records.size(); ++i)
      list.push_back(RecordedList(records[i].*part, {&path, i}));
  }

 private:
  Json Value(double value, const JsonPath& path);
  Json List(const std::vector<double>& values, const JsonPath& path);
  Json RecordedList(const std::vector<double>& values, const JsonPath& path);

  Json& json_;
  const JsonPath& path_;
  NotFinite& not_finite_;
};

}  // namespace halflife
