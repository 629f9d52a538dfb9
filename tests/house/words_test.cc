// Below report/ nothing is a sentence and no option is a flag, but in the catalogue of errors.
#include <gtest/gtest.h>

#include <filesystem>
#include <map>
#include <regex>
#include <sstream>
#include <string>
#include <vector>

#include "source_text.h"
#include "support/files.h"

namespace {

namespace fs = std::filesystem;

using halflife::testing::ReadFile;
using halflife::testing::TextLiterals;

constexpr const char* kFolders[] = {"src/base",  "src/linalg",      "src/kernels", "src/penalty",
                                    "src/optim", "src/data",        "src/model",   "src/net",
                                    "src/tune",  "include/halflife"};

// Files and folders whose words stand where they belong.
const std::map<std::string, std::string> kAllowed = {
    {"src/base/catalogue/", "what errors say, in English"},
    {"src/kernels/rules/", "what each optimizer says of itself, declared once"},
    {"src/kernels/registry.cc", "what each decay law says of itself, declared once"},
    {"src/optim/describe.cc", "lays out what they say, for `halflife describe` and docs"},
    {"src/optim/choices_described.cc", "what schedules and choices say of themselves, once"},
    {"src/model/model_file.cc", "the convention, which the file itself states"},
    {"src/net/file.cc", "the convention, which the file itself states"}};

// How many words of letters alone the literal has; what stands at a word's ends is no part of it.
int WordsIn(const std::string& literal) {
  static const std::regex kWord("^[^A-Za-z0-9{}]*[A-Za-z][A-Za-z'-]*[^A-Za-z0-9{}]*$");
  std::istringstream parts(literal);
  int words = 0;
  for (std::string part; parts >> part;) words += std::regex_match(part, kWord) ? 1 : 0;
  return words;
}

bool NamesFlag(const std::string& literal) {
  static const std::regex kFlag("(^|[^A-Za-z0-9-])--[a-z]");
  return std::regex_search(literal, kFlag);
}

// The literals of `source` that are a sentence or name a flag.
std::vector<std::string> WordsOf(const std::string& source) {
  constexpr int kSentence = 4;
  std::vector<std::string> found;
  for (const std::string& literal : TextLiterals(source)) {
    if (NamesFlag(literal) || WordsIn(literal) >= kSentence) found.push_back(literal);
  }
  return found;
}

bool IsAllowed(const std::string& name) {
  for (const auto& [begin, reason] : kAllowed) {
    if (name.rfind(begin, 0) == 0) return true;
  }
  return false;
}

TEST(House, NoSentencesAndNoFlagsBelowTheReport) {
  const fs::path root(HALFLIFE_SOURCE_DIR);
  int checked = 0;
  for (const char* folder : kFolders) {
    for (const auto& entry : fs::recursive_directory_iterator(root / folder)) {
      const std::string extension = entry.path().extension();
      if (extension != ".h" && extension != ".cc" && extension != ".in") continue;
      const std::string name = fs::relative(entry.path(), root).string();
      if (IsAllowed(name)) continue;
      ++checked;
      for (const std::string& literal : WordsOf(ReadFile(entry.path())))
        ADD_FAILURE() << name << ": \"" << literal << "\"";
    }
  }
  EXPECT_GT(checked, 100);
}

TEST(House, KnowsSentencesAndFlagsWhenItSeesThem) {
  const auto first = [](const std::string& source) {
    const std::vector<std::string> found = WordsOf(source);
    return found.empty() ? std::string() : found.front();
  };
  EXPECT_EQ(first("Fail(\"the row has {} \"\n     \"fields; remove it\");"),
            "the row has {} fields; remove it");
  EXPECT_EQ(first("const char* f = \"use --seeds\";"), "use --seeds");
  EXPECT_EQ(first("auto s = R\"(four words of text)\";"), "four words of text");
  EXPECT_EQ(first("char c = '\"'; f(\"now here it is\");"), "now here it is");
  EXPECT_EQ(first("int n = 1'000; f(\"and so it is\");"), "and so it is");
  EXPECT_EQ(first("// \"four words of text\"\n/* \"four words of text\" */"), "");
  EXPECT_EQ(first("#include \"four words of text\"\n"), "");
  EXPECT_EQ(first("static_assert(x, \"four words of text\");"), "");
  EXPECT_EQ(first("f(\"{} {} x y --- a--b\", \"three short words\", \"two words\");"), "");
  EXPECT_EQ(first("f(\"two words\"), g(\"two words\");"), "");
}

}  // namespace
