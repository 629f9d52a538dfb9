// Every kind of error is thrown somewhere, and with as many arguments as its sentence has.
#include <gtest/gtest.h>

#include <algorithm>
#include <filesystem>
#include <map>
#include <optional>
#include <regex>
#include <set>
#include <string>
#include <vector>

#include "base/error_catalogue.h"
#include "base/error_template.h"
#include "support/files.h"

namespace halflife {
namespace {

namespace fs = std::filesystem;

using testing::ReadFile;

// The kinds by their names, in the order of the enumeration.
std::map<std::string, ErrorKind> KindsByName() {
  const std::string header =
      ReadFile(fs::path(HALFLIFE_SOURCE_DIR) / "include/halflife/error_kind.h");
  static const std::regex kName("\n  (k[A-Za-z0-9]+),");
  std::map<std::string, ErrorKind> kinds;
  for (std::sregex_iterator at(header.begin(), header.end(), kName), end; at != end; ++at)
    kinds[(*at)[1]] = static_cast<ErrorKind>(kinds.size());
  return kinds;
}

std::size_t ArgumentsIn(const std::vector<TemplatePart>& parts) {
  std::size_t count = 0;
  for (const TemplatePart& part : parts) {
    using Kind = TemplatePart::Kind;
    const bool argument = part.kind == Kind::kArgument || part.kind == Kind::kQuoted ||
                          part.kind == Kind::kPlural || part.kind == Kind::kSection;
    if (argument) count = std::max(count, part.argument + 1);
    count = std::max(count, ArgumentsIn(part.inner));
  }
  return count;
}

// How many arguments the list has that begins at `at`, after its opening brace.
std::size_t ArgumentsFrom(const std::string& source, std::size_t at) {
  std::size_t count = 0;
  bool text = false;
  bool any = false;
  for (int depth = 1; depth > 0 && at < source.size(); ++at) {
    const char c = source[at];
    if (c == '"' && source[at - 1] != '\\') text = !text;
    any = any || (c != '}' && c != ' ' && c != '\n');
    if (text) continue;
    if (c == '(' || c == '{' || c == '[') ++depth;
    if (c == ')' || c == '}' || c == ']') --depth;
    if (c == ',' && depth == 1) ++count;
  }
  return any ? count + 1 : 0;
}

struct Use {
  std::string kind;
  std::optional<std::size_t> arguments;  // where a list of them follows at once
};

std::vector<Use> UsesIn(const std::string& source) {
  static const std::regex kUse("ErrorKind::(k[A-Za-z0-9]+)(,\\s*\\{)?");
  std::vector<Use> uses;
  for (std::sregex_iterator at(source.begin(), source.end(), kUse), end; at != end; ++at) {
    Use use{(*at)[1], std::nullopt};
    if ((*at)[2].matched) {
      const auto after = static_cast<std::size_t>(at->position() + at->length());
      use.arguments = ArgumentsFrom(source, after);
    }
    uses.push_back(use);
  }
  return uses;
}

TEST(House, EveryErrorIsThrownWithTheArgumentsOfItsSentence) {
  const std::map<std::string, ErrorKind> kinds = KindsByName();
  ASSERT_EQ(kinds.size(), kErrorKinds);
  const fs::path root = fs::path(HALFLIFE_SOURCE_DIR) / "src";
  std::set<std::string> thrown;
  for (const auto& entry : fs::recursive_directory_iterator(root)) {
    const std::string name = fs::relative(entry.path(), root).string();
    const std::string extension = entry.path().extension();
    if (extension != ".cc" && extension != ".h") continue;
    if (name.rfind("base/catalogue", 0) == 0 || name.rfind("report/error_words", 0) == 0) continue;
    for (const Use& use : UsesIn(ReadFile(entry.path()))) {
      ASSERT_EQ(kinds.count(use.kind), 1U) << name << ": " << use.kind;
      thrown.insert(use.kind);
      if (!use.arguments.has_value()) continue;
      const auto parts = ReadTemplate(EnglishErrorWords(kinds.at(use.kind)));
      ASSERT_TRUE(parts.has_value()) << use.kind;
      EXPECT_EQ(*use.arguments, ArgumentsIn(*parts)) << name << ": " << use.kind;
    }
  }
  for (const auto& [name, kind] : kinds) EXPECT_EQ(thrown.count(name), 1U) << name;
}

TEST(House, CountsArguments) {
  const std::vector<Use> uses = UsesIn(
      "Fail(ErrorKind::kA);Fail(ErrorKind::kB, {f(a, b), \"x, y\"});Fail(ErrorKind::kC,\n {});");
  ASSERT_EQ(uses.size(), 3U);
  EXPECT_FALSE(uses[0].arguments.has_value());
  EXPECT_EQ(uses[1].arguments, 2U);
  EXPECT_EQ(uses[2].arguments, 0U);
}

}  // namespace
}  // namespace halflife
