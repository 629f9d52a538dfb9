#include "source_text.h"

#include <algorithm>
#include <cctype>

namespace halflife::testing {
namespace {

class LiteralReader {
 public:
  explicit LiteralReader(std::string_view source) : source_(source) {}

  std::vector<std::string> Read() {
    while (at_ < source_.size()) {
      if (Skip("//", "\n") || Skip("/*", "*/") || Skip("#include", "\n") ||
          Skip("static_assert", ";") || Character())
        continue;
      if (source_[at_] == '"') {
        Add(Raw() ? RawText() : PlainText());
        continue;
      }
      if (std::isspace(static_cast<unsigned char>(source_[at_])) == 0) joining_ = false;
      ++at_;
    }
    return std::move(literals_);
  }

 private:
  bool Skip(std::string_view from, std::string_view to) {
    if (!source_.substr(at_).starts_with(from)) return false;
    at_ = std::min(source_.find(to, at_ + from.size()), source_.size() - to.size()) + to.size();
    return true;
  }

  // 'c', but not the ' of 1'000.
  bool Character() {
    if (source_[at_] != '\'') return false;
    const bool digits = at_ > 0 && std::isalnum(static_cast<unsigned char>(source_[at_ - 1])) != 0;
    if (!digits) Quoted('\'');
    at_ += digits ? 1 : 0;
    joining_ = false;
    return true;
  }

  bool Raw() const { return at_ > 0 && source_[at_ - 1] == 'R'; }

  std::string PlainText() { return Quoted('"'); }

  // What stands between two of `mark`, which are passed over.
  std::string Quoted(char mark) {
    const std::size_t begin = ++at_;
    while (at_ < source_.size() && source_[at_] != mark) at_ += source_[at_] == '\\' ? 2 : 1;
    const std::size_t end = std::min(at_, source_.size());
    at_ = end + 1;
    return std::string(source_.substr(begin, end - begin));
  }

  std::string RawText() {
    const std::size_t open = source_.find('(', at_);
    const std::string end = ")" + std::string(source_.substr(at_ + 1, open - at_ - 1)) + "\"";
    const std::size_t close = std::min(source_.find(end, open), source_.size());
    at_ = std::min(close + end.size(), source_.size());
    return std::string(source_.substr(open + 1, close - open - 1));
  }

  void Add(const std::string& text) {
    if (joining_) {
      literals_.back() += text;
    } else {
      literals_.push_back(text);
    }
    joining_ = true;
  }

  std::string_view source_;
  std::size_t at_ = 0;
  bool joining_ = false;  // nothing but blanks since the last literal
  std::vector<std::string> literals_;
};

}  // namespace

std::vector<std::string> TextLiterals(std::string_view source) {
  return LiteralReader(source).Read();
}

}  // namespace halflife::testing
