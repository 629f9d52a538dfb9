// Reads the fields of results from JSON that anybody may have written: what FieldWriter writes, and
// whatever it never would ends in an Error that names the file and the key.
#pragma once

#include <concepts>
#include <functional>
#include <limits>
#include <map>
#include <nlohmann/json.hpp>
#include <optional>
#include <string>
#include <unordered_map>
#include <vector>

#include "base/error.h"
#include "report/field_names.h"
#include "report/json_path.h"

namespace halflife {

// A whole file.
struct FieldDocument {
  nlohmann::json json;  // keys sorted: objects of many keys are no trap
  std::string source;   // names it in messages
  std::unordered_map<std::string, double> not_finite;  // by path: what stands behind a null
};

// One JSON object, at `path`; both it and the document must outlive it. Every function throws Error
// where the key is missing or holds something else.
class FieldReader {
 public:
  static constexpr bool kReads = true;

  FieldReader(const nlohmann::json& json, const JsonPath& path, const FieldDocument& document);

  bool Holds(const char* key, bool /*written*/ = true) const { return json_.contains(key); }
  template <class Make>
  void Derived(const char* /*key*/, const Make& /*make*/) {}

  [[noreturn]] void Reject(const char* key, ErrorKind kind) const;
  // Of two keys that do not go together.
  [[noreturn]] void Reject(const char* key, ErrorKind kind, const char* other) const;
  // `make`, which may throw, for what the key holds.
  void Try(const char* key, const std::function<void()>& make) const;

  void Number(const char* key, double& value) const;  // null: not a number
  template <class IsKnown>
  void NumberIf(const char* key, double& value, const IsKnown& /*is_known*/) const {
    Number(key, value);
  }
  void Optional(const char* key, std::optional<double>& value) const;  // may be missing
  void Flag(const char* key, bool& value) const;
  void Text(const char* key, std::string& value) const;
  void Texts(const char* key, std::vector<std::string>& values) const;
  void Numbers(const char* key, std::vector<double>& values) const;
  void Interval(const char* key, double (&ends)[2]) const;
  void NumberMap(const char* key, std::map<std::string, double>& values) const;

  template <std::integral Integer>
  void Count(const char* key, Integer& value) const {
    value = static_cast<Integer>(Whole(Get(key), {&path_, key}, MostOf<Integer>()));
  }
  template <std::integral Integer>
  void OptionalCount(const char* key, std::optional<Integer>& value) const {
    value.reset();
    if (!Get(key).is_null()) Count(key, value.emplace());
  }
  template <std::integral Integer>
  void Counts(const char* key, std::vector<Integer>& values) const {
    const nlohmann::json& list = ListAt(key);
    const JsonPath path(&path_, key);
    values.clear();
    for (std::size_t i = 0; i < list.size(); ++i)
      values.push_back(static_cast<Integer>(Whole(list[i], {&path, i}, MostOf<Integer>())));
  }

  template <class E>
  void Choice(const char* key, E& value, const FieldNames<E>& names) const {
    value = OneOf(Get(key), {&path_, key}, names);
  }
  template <class E>
  void Choices(const char* key, std::vector<E>& values, const FieldNames<E>& names) const {
    const nlohmann::json& list = ListAt(key);
    const JsonPath path(&path_, key);
    values.clear();
    for (std::size_t i = 0; i < list.size(); ++i)
      values.push_back(OneOf(list[i], {&path, i}, names));
  }

  template <class Value, class Read>
  void IfSet(const char* key, std::optional<Value>& value, Read read) const {
    value.reset();
    if (Holds(key)) read(value.emplace());
  }

  template <class Fields>
  void Object(const char* key, Fields fields) const {
    const JsonPath path(&path_, key);
    FieldReader inner(Get(key), path, document_);
    fields(inner);
  }
  template <class Value, class Fields>
  void OptionalObject(const char* key, std::optional<Value>& value, Fields fields) const {
    value.reset();
    if (Get(key).is_null()) return;
    Object(key, [&](FieldReader& inner) { fields(inner, value.emplace()); });
  }
  template <class Value, class Fields>
  void List(const char* key, std::vector<Value>& values, Fields fields) const {
    const nlohmann::json& list = ListAt(key);
    const JsonPath path(&path_, key);
    values.clear();
    for (std::size_t i = 0; i < list.size(); ++i) {
      const JsonPath at(&path, i);
      FieldReader inner(list[i], at, document_);
      fields(inner, values.emplace_back());
    }
  }

  // As many records as each of the lists is long.
  template <class Record>
  void Length(std::initializer_list<const char*> keys, std::vector<Record>& records) const {
    records.resize(CommonLength(keys));
  }
  template <class Record>
  void Column(const char* key, std::vector<Record>& records, double Record::*part) const {
    const nlohmann::json& list = ListAt(key);
    const JsonPath path(&path_, key);
    for (std::size_t i = 0; i < records.size(); ++i) records[i].*part = Value(list[i], {&path, i});
  }
  template <class Record>
  void Column(const char* key, std::vector<Record>& records,
              std::vector<double> Record::*part) const {
    const nlohmann::json& list = ListAt(key);
    const JsonPath path(&path_, key);
    for (std::size_t i = 0; i < records.size(); ++i) Values(list[i], {&path, i}, records[i].*part);
  }

 private:
  // Sums of signed numbers are safe from overflow.
  template <std::integral Integer>
  static constexpr std::uint64_t MostOf() {
    constexpr std::uint64_t kSafe = 1'000'000'000'000'000;
    constexpr auto kLargest = static_cast<std::uint64_t>(std::numeric_limits<Integer>::max());
    return std::unsigned_integral<Integer> || kLargest < kSafe ? kLargest : kSafe;
  }

  template <class E>
  E OneOf(const nlohmann::json& json, const JsonPath& path, const FieldNames<E>& names) const {
    if (!json.is_string()) RejectAt(path, ErrorKind::kJsonNoText);
    const auto& text = json.get_ref<const std::string&>();
    for (const FieldName<E>& known : names) {
      if (text == known.name) return known.value;
    }
    std::vector<std::string> all;
    for (const FieldName<E>& known : names) all.emplace_back(known.name);
    RejectChoice(text, path, all);
  }

  [[noreturn]] void RejectAt(const JsonPath& path, ErrorKind kind) const;
  [[noreturn]] void RejectChoice(const std::string& text, const JsonPath& path,
                                 const std::vector<std::string>& names) const;
  const nlohmann::json& Get(const char* key) const;
  const nlohmann::json& ListAt(const char* key) const;
  double Value(const nlohmann::json& json, const JsonPath& path) const;
  void Values(const nlohmann::json& json, const JsonPath& path, std::vector<double>& values) const;
  std::uint64_t Whole(const nlohmann::json& json, const JsonPath& path, std::uint64_t most) const;
  std::size_t CommonLength(std::initializer_list<const char*> keys) const;

  const nlohmann::json& json_;
  const JsonPath& path_;
  const FieldDocument& document_;
};

}  // namespace halflife
