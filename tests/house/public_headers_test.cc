// What every public header says. That each compiles by itself is seen as the tests are built
// (CMakeLists.txt).
#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <regex>
#include <sstream>
#include <string>
#include <vector>

#include "halflife/version.h"

namespace halflife {
namespace {

namespace fs = std::filesystem;

// The classes of a header whose comment, right above them, says nothing of threads. An exception is
// a value, as the standard's are.
std::vector<std::string> SilentAboutThreads(std::istream& in) {
  static const std::regex kClass("^class ([A-Za-z]+)( : public std::[a-z_]+)? \\{");
  std::vector<std::string> silent;
  std::string comment;
  std::smatch match;
  for (std::string line; std::getline(in, line);) {
    if (line.rfind("//", 0) == 0) {
      comment += line;
      continue;
    }
    const bool found = std::regex_search(line, match, kClass) && !match[2].matched;
    if (found && comment.find("hread") == std::string::npos) silent.push_back(match[1]);
    comment.clear();
  }
  return silent;
}

TEST(PublicHeaders, SayOfEveryClassWhichThreadsMayUseIt) {
  int checked = 0;
  for (const auto& entry :
       fs::directory_iterator(fs::path(HALFLIFE_SOURCE_DIR) / "include/halflife")) {
    if (entry.path().extension() != ".h") continue;
    std::ifstream in(entry.path());
    for (const std::string& name : SilentAboutThreads(in))
      ADD_FAILURE() << entry.path().filename() << ": the comment of " << name
                    << " names no threads";
    ++checked;
  }
  EXPECT_GT(checked, 20);
}

TEST(PublicHeaders, TheirCheckItselfFindsASilentClass) {
  std::istringstream in("// One thread at a time.\nclass A {\n};\n\n// Nothing.\nclass B {\n");
  EXPECT_EQ(SilentAboutThreads(in), std::vector<std::string>{"B"});
}

TEST(Version, IsTheProjectsAndItsParts) {
  EXPECT_EQ(kVersion, HALFLIFE_PROJECT_VERSION);
  EXPECT_EQ(kVersion, std::to_string(kVersionMajor) + "." + std::to_string(kVersionMinor) + "." +
                          std::to_string(kVersionPatch));
}

}  // namespace
}  // namespace halflife
