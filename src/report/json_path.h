// Where in a JSON document something stands: "grid[3].train.loss".
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace halflife {

// A link to the place of what holds it, which must outlive it; so a place costs nothing until
// somebody asks for its text.
class JsonPath {
 public:
  JsonPath() = default;  // of the document as a whole
  JsonPath(const JsonPath* parent, std::string_view key) : parent_(parent), key_(key) {}
  JsonPath(const JsonPath* parent, std::size_t index) : parent_(parent), index_(index) {}

  std::string Text() const {
    if (parent_ == nullptr) return "";
    const std::string above = parent_->Text();
    if (key_.data() == nullptr) return above + "[" + std::to_string(index_) + "]";
    return above.empty() ? std::string(key_) : above + "." + std::string(key_);
  }

 private:
  const JsonPath* parent_ = nullptr;
  std::string_view key_ = {};
  std::size_t index_ = 0;
};

}  // namespace halflife
