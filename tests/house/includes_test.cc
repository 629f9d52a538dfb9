// The floors of the house: every include goes down.
#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <map>
#include <regex>
#include <string>
#include <vector>

namespace {

namespace fs = std::filesystem;

// Folders of src/ and the floor each stands on; folders of one floor never include each other.
const std::map<std::string, int> kFloors = {
    {"base", 0},   {"linalg", 1}, {"kernels", 1}, {"penalty", 1}, {"optim", 2},
    {"data", 2},   {"model", 3},  {"net", 4},     {"tune", 5},    {"tune/training", 6},
    {"report", 7}, {"cli", 8},    {"lab", 8}};

// Which folder of src/ each public header belongs to.
const std::map<std::string, std::string> kPublic = {{"halflife/error.h", "base"},
                                                    {"halflife/error_kind.h", "base"},
                                                    {"halflife/version.h", "base"},
                                                    {"halflife/language.h", "base"},
                                                    {"halflife/custom_rule.h", "kernels"},
                                                    {"halflife/describe.h", "optim"},
                                                    {"halflife/data_options.h", "data"},
                                                    {"halflife/arrays.h", "data"},
                                                    {"halflife/table.h", "data"},
                                                    {"halflife/column_list.h", "data"},
                                                    {"halflife/activation.h", "kernels"},
                                                    {"halflife/decay.h", "kernels"},
                                                    {"halflife/rule.h", "kernels"},
                                                    {"halflife/penalty.h", "penalty"},
                                                    {"halflife/parameter.h", "optim"},
                                                    {"halflife/group.h", "optim"},
                                                    {"halflife/schedule.h", "optim"},
                                                    {"halflife/optimizer.h", "optim"},
                                                    {"halflife/epoch_record.h", "net"},
                                                    {"halflife/fitted_model.h", "model"},
                                                    {"halflife/fitted_net.h", "net"},
                                                    {"halflife/net.h", "net"},
                                                    {"halflife/report.h", "report"},
                                                    {"halflife/verdict.h", "tune"},
                                                    {"halflife/estimate.h", "tune"},
                                                    {"halflife/diagnostics.h", "tune"},
                                                    {"halflife/tune.h", "tune"},
                                                    {"halflife/tune_net.h", "tune/training"},
                                                    {"halflife/tune_training.h", "tune/training"}};

// The folder that an include names: by the public header, or by its first part. "" for other
// libraries.
std::string FolderOf(const std::string& include) {
  if (include.rfind("halflife/custom/", 0) == 0) return "kernels";
  if (include.rfind("halflife/", 0) == 0) {
    const auto at = kPublic.find(include);
    return at == kPublic.end() ? "unknown public header" : at->second;
  }
  if (include.rfind("tune/training/", 0) == 0) return "tune/training";
  const std::string first = include.substr(0, include.find('/'));
  return kFloors.count(first) > 0 ? first : "";
}

std::vector<std::string> IncludesOf(const fs::path& file) {
  static const std::regex kInclude("^\\s*#\\s*include\\s*\"([^\"]+)\"");
  std::vector<std::string> includes;
  std::ifstream in(file);
  std::smatch match;
  for (std::string line; std::getline(in, line);) {
    if (std::regex_search(line, match, kInclude)) includes.push_back(match[1]);
  }
  return includes;
}

bool MayInclude(const std::string& from, const std::string& to) {
  if (from == "optim" && to == "linalg") return false;  // halflife::optim goes without BLAS
  return from == to || kFloors.at(to) < kFloors.at(from);
}

TEST(House, NoIncludeGoesUpOrSideways) {
  const fs::path root(HALFLIFE_SOURCE_DIR);
  int checked = 0;
  for (const char* top : {"src", "include"}) {
    for (const auto& entry : fs::recursive_directory_iterator(root / top)) {
      const std::string extension = entry.path().extension();
      if (extension != ".h" && extension != ".cc") continue;
      const std::string name = fs::relative(entry.path(), root / top).string();
      const std::string from = FolderOf(name);
      ASSERT_TRUE(kFloors.count(from) > 0) << name << ": give it a floor in " << __FILE__;
      for (const std::string& include : IncludesOf(entry.path())) {
        const std::string to = FolderOf(include);
        ++checked;
        if (to.empty()) continue;
        ASSERT_TRUE(kFloors.count(to) > 0)
            << name << " includes " << include << ": give it a floor in " << __FILE__;
        EXPECT_TRUE(MayInclude(from, to))
            << name << " (" << from << ") includes " << include << " (" << to << ")";
      }
    }
  }
  EXPECT_GT(checked, 50);
}

TEST(House, PublicHeadersIncludeTheStandardLibraryAndEachOther) {
  static const std::regex kInclude("^\\s*#\\s*include\\s*[<\"]([^>\"]+)[>\"]");
  static const std::regex kAllowed("[a-z_]+|halflife/[a-z_]+[.]h");
  int checked = 0;
  for (const auto& entry :
       fs::directory_iterator(fs::path(HALFLIFE_SOURCE_DIR) / "include/halflife")) {
    if (entry.path().extension() != ".h" || entry.path().filename() == "custom_rule.h") continue;
    std::ifstream in(entry.path());
    std::smatch match;
    for (std::string line; std::getline(in, line);) {
      if (!std::regex_search(line, match, kInclude)) continue;
      ++checked;
      EXPECT_TRUE(std::regex_match(match[1].str(), kAllowed))
          << entry.path().filename() << " includes " << match[1];
    }
  }
  EXPECT_GT(checked, 50);
}

TEST(House, TheRuleItselfRefusesUpAndSideways) {
  EXPECT_TRUE(MayInclude("model", "data"));
  EXPECT_TRUE(MayInclude("data", "data"));
  EXPECT_FALSE(MayInclude("data", "model"));
  EXPECT_FALSE(MayInclude("optim", "data"));
  EXPECT_EQ(FolderOf("halflife/tune.h"), "tune");
  EXPECT_EQ(FolderOf("gtest/gtest.h"), "");
}

}  // namespace
