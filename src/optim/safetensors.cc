#include "optim/safetensors.h"

#include <fmt/format.h>

#include <algorithm>
#include <cstring>
#include <nlohmann/json.hpp>
#include <set>
#include <utility>

#include "base/check.h"
#include "base/error.h"

namespace halflife {
namespace {

constexpr std::size_t kLengthBytes = 8;
constexpr std::uint64_t kLargestHeader = 100'000'000;  // as the reference reader
constexpr std::size_t kMostDimensions = 64;

const std::map<std::string, std::uint64_t, std::less<>>& ElementSizes() {
  static const std::map<std::string, std::uint64_t, std::less<>> kSizes = {
      {"BOOL", 1}, {"U8", 1},  {"I8", 1},  {"F8_E5M2", 1}, {"F8_E4M3", 1},
      {"I16", 2},  {"U16", 2}, {"F16", 2}, {"BF16", 2},    {"I32", 4},
      {"U32", 4},  {"F32", 4}, {"F64", 8}, {"I64", 8},     {"U64", 8}};
  return kSizes;
}

// A tensor's line of the header.
struct Entry {
  SafeTensor tensor;
  std::vector<std::uint64_t> offsets;
  bool has_dtype = false;
  bool has_shape = false;
  bool has_offsets = false;

  bool whole() const { return has_dtype && has_shape && offsets.size() == 2; }
};

// Takes the header as the parser reads it, and refuses the first thing that has no place in it, and
// the first tensor that lacks a part: what is kept of a header stays a small multiple of its bytes.
class HeaderReader : public nlohmann::json_sax<nlohmann::json> {
 public:
  std::vector<Entry> entries;
  std::map<std::string, std::string> metadata;
  ErrorCause fault;  // what is wrong; null while nothing is

  bool null() override { return Reject(ErrorKind::kSafetensorsNull); }
  bool boolean(bool /*value*/) override { return Reject(ErrorKind::kSafetensorsBoolean); }
  bool number_integer(number_integer_t /*value*/) override {
    return Reject(ErrorKind::kSafetensorsNegative);
  }
  bool number_float(number_float_t /*value*/, const string_t& /*text*/) override {
    return Reject(ErrorKind::kSafetensorsFraction);
  }
  bool binary(binary_t& /*value*/) override { return Reject(ErrorKind::kSafetensorsBytes); }

  bool number_unsigned(number_unsigned_t value) override {
    if (list_ == nullptr) return Reject(ErrorKind::kSafetensorsNumber);
    if (list_->size() == kMostDimensions) return Reject(ErrorKind::kSafetensorsLongList);
    list_->push_back(value);
    return true;
  }
  bool string(string_t& value) override {
    if (depth_ != 2 || list_ != nullptr) return Reject(ErrorKind::kSafetensorsText);
    if (in_metadata_) {
      if (!metadata.emplace(key_, value).second) return Reject(ErrorKind::kSafetensorsMetadataKey);
      return true;
    }
    if (key_ != "dtype" || entries.back().has_dtype)
      return Reject(ErrorKind::kSafetensorsTensorText);
    entries.back().tensor.dtype = value;
    entries.back().has_dtype = true;
    return true;
  }
  bool start_object(std::size_t /*elements*/) override {
    if (depth_ == 2 || list_ != nullptr) return Reject(ErrorKind::kSafetensorsDeep);
    ++depth_;
    if (depth_ == 1) return true;
    in_metadata_ = key_ == "__metadata__";
    if (in_metadata_) {
      if (std::exchange(metadata_seen_, true)) return Reject(ErrorKind::kSafetensorsMetadataTwice);
      return true;
    }
    if (!names_.insert(key_).second) return Reject(ErrorKind::kSafetensorsTensorTwice, {key_});
    entries.emplace_back();
    entries.back().tensor.name = key_;
    return true;
  }
  bool end_object() override {
    --depth_;
    if (depth_ == 1 && !in_metadata_ && !entries.back().whole()) {
      return Reject(ErrorKind::kSafetensorsTensorParts, {entries.back().tensor.name});
    }
    in_metadata_ = false;
    return true;
  }
  bool start_array(std::size_t /*elements*/) override {
    if (depth_ != 2 || in_metadata_ || list_ != nullptr) return Reject(ErrorKind::kSafetensorsList);
    Entry& entry = entries.back();
    if (key_ == "shape" && !std::exchange(entry.has_shape, true)) {
      list_ = &entry.tensor.shape;
    } else if (key_ == "data_offsets" && !std::exchange(entry.has_offsets, true)) {
      list_ = &entry.offsets;
    } else {
      return Reject(ErrorKind::kSafetensorsTensorList);
    }
    return true;
  }
  bool end_array() override {
    list_ = nullptr;
    return true;
  }
  bool key(string_t& value) override {
    key_ = value;
    return true;
  }
  bool parse_error(std::size_t position, const std::string& /*token*/,
                   const nlohmann::detail::exception& /*error*/) override {
    return Reject(ErrorKind::kSafetensorsNotJson, {position});
  }

 private:
  // Keeps the first thing that is wrong.
  bool Reject(ErrorKind kind, ErrorArguments arguments = {}) {
    if (fault == nullptr) fault = Cause(kind, arguments);
    return false;
  }

  int depth_ = 0;
  bool in_metadata_ = false;
  bool metadata_seen_ = false;
  std::string key_;
  std::set<std::string> names_;
  std::vector<std::uint64_t>* list_ = nullptr;
};

[[noreturn]] void Refuse(const std::string& where, ErrorKind kind, ErrorArguments arguments = {}) {
  FailIn(where, ErrorKind::kSafetensorsUnsound, {}, Cause(kind, arguments));
}

// The bytes that dtype and shape ask for.
std::uint64_t BytesOf(const SafeTensor& tensor, const std::string& where) {
  const auto size = ElementSizes().find(tensor.dtype);
  if (size == ElementSizes().end()) {
    Refuse(where, ErrorKind::kSafetensorsDtype, {tensor.name, tensor.dtype});
  }
  std::uint64_t bytes = size->second;
  for (const std::uint64_t dimension : tensor.shape) {
    if (__builtin_mul_overflow(bytes, dimension, &bytes)) {
      Refuse(where, ErrorKind::kSafetensorsTensorLarge, {tensor.name});
    }
  }
  return bytes;
}

// Orders the entries by their bytes and checks that they fill `data` without gap or overlap.
void PlaceEntries(std::string_view data, const std::string& where, std::vector<Entry>* entries) {
  std::stable_sort(entries->begin(), entries->end(),
                   [](const Entry& a, const Entry& b) { return a.offsets < b.offsets; });
  std::uint64_t next = 0;
  for (Entry& entry : *entries) {
    const std::uint64_t begin = entry.offsets[0];
    const std::uint64_t end = entry.offsets[1];
    if (begin != next || end < begin || end > data.size()) {
      Refuse(where, ErrorKind::kSafetensorsOverlap, {entry.tensor.name});
    }
    if (BytesOf(entry.tensor, where) != end - begin) {
      Refuse(where, ErrorKind::kSafetensorsTensorBytes,
             {entry.tensor.name, end - begin, BytesOf(entry.tensor, where)});
    }
    entry.tensor.bytes = data.substr(begin, end - begin);
    next = end;
  }
  if (next != data.size()) Refuse(where, ErrorKind::kSafetensorsBytesLeft, {data.size() - next});
}

}  // namespace

SafeTensors ReadSafeTensors(std::string_view file, const std::string& where) {
  if (file.size() < kLengthBytes) Refuse(where, ErrorKind::kSafetensorsShort);
  std::uint64_t length = 0;
  for (std::size_t i = kLengthBytes; i-- > 0;)
    length = length << 8U | static_cast<unsigned char>(file[i]);
  if (length > kLargestHeader) Refuse(where, ErrorKind::kSafetensorsHeaderLarge);
  if (length > file.size() - kLengthBytes) Refuse(where, ErrorKind::kSafetensorsHeaderCut);
  const std::string_view header = file.substr(kLengthBytes, length);
  if (header.empty() || header.front() != '{') Refuse(where, ErrorKind::kSafetensorsHeaderStart);
  HeaderReader reader;
  if (!nlohmann::json::sax_parse(header.begin(), header.end(), &reader)) {
    FailIn(where, ErrorKind::kSafetensorsHeader, {}, reader.fault);
  }
  PlaceEntries(file.substr(kLengthBytes + length), where, &reader.entries);
  SafeTensors content;
  content.metadata = std::move(reader.metadata);
  for (Entry& entry : reader.entries) content.tensors.push_back(std::move(entry.tensor));
  return content;
}

std::string WriteSafeTensors(const SafeTensors& content) {
  const auto quote = [](const std::string& text) { return nlohmann::json(text).dump(); };
  std::string header = "{";
  std::size_t data = 0;
  if (!content.metadata.empty())
    header += "\"__metadata__\":" + nlohmann::json(content.metadata).dump();
  for (const SafeTensor& tensor : content.tensors) {
    HALFLIFE_CHECK(BytesOf(tensor, "state") == tensor.bytes.size());
    header += fmt::format("{}{}:{{\"dtype\":{},\"shape\":[{}],\"data_offsets\":[{},{}]}}",
                          header.size() > 1 ? "," : "", quote(tensor.name), quote(tensor.dtype),
                          fmt::join(tensor.shape, ","), data, data + tensor.bytes.size());
    data += tensor.bytes.size();
  }
  header += "}";
  header.resize((header.size() + kLengthBytes - 1) / kLengthBytes * kLengthBytes,
                ' ');  // aligns the data
  std::string file;
  file.reserve(kLengthBytes + header.size() + data);
  for (std::size_t i = 0; i < kLengthBytes; ++i)
    file += static_cast<char>(header.size() >> (8 * i) & 0xFFU);
  file += header;
  for (const SafeTensor& tensor : content.tensors) file += tensor.bytes;
  return file;
}

}  // namespace halflife
