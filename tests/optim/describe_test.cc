#include "halflife/describe.h"

#include <gtest/gtest.h>

#include <cctype>
#include <fstream>
#include <iterator>
#include <nlohmann/json.hpp>

#include "halflife/error.h"
#include "halflife/rule.h"

namespace halflife {
namespace {

TEST(Describe, TheDocumentationIsWhatTheRegistrySays) {
  std::ifstream file(HALFLIFE_SOURCE_DIR "/docs/optimizers.md");
  const std::string written((std::istreambuf_iterator<char>(file)),
                            std::istreambuf_iterator<char>());
  EXPECT_EQ(written, DescribeMarkdown(""))
      << "write it again: halflife describe --markdown > docs/optimizers.md";
}

TEST(Describe, EveryRuleShowsItsFormulaPaperAndOptions) {
  const std::string listing = DescribeText("");
  for (const RuleSpec* rule : Rules()) {
    EXPECT_NE(listing.find(rule->name), std::string::npos);
    const std::string text = DescribeText(rule->name);
    EXPECT_NE(text.find(rule->paper), std::string::npos);
    EXPECT_NE(text.find(rule->formula.substr(0, rule->formula.find('\n'))), std::string::npos);
    for (const OptionSpec& option : rule->options)
      EXPECT_NE(text.find(option.help), std::string::npos);
  }
}

TEST(Describe, JsonReadsBack) {
  const auto all = nlohmann::json::parse(DescribeJson(""));
  EXPECT_EQ(all["optimizers"].size(), Rules().size());
  EXPECT_EQ(all["decay_laws"].size(), 7U);
  const auto adamw = nlohmann::json::parse(DescribeJson("adamw"));
  EXPECT_EQ(adamw["law"], "decoupled");
  EXPECT_EQ(adamw["options"][0]["name"], "beta1");
  EXPECT_EQ(adamw["options"][0]["range"], "0 <= x < 1");
  EXPECT_EQ(adamw["options"][0]["high"], 1);
  EXPECT_TRUE(adamw["options"][2]["high"].is_null());  // eps has no upper end
  EXPECT_EQ(nlohmann::json::parse(DescribeJson("corrected"))["name"], "corrected");
}

TEST(Describe, AnUnknownNameGetsASuggestion) {
  try {
    DescribeText("adamw2");
    ADD_FAILURE();
  } catch (const Error& error) {
    EXPECT_NE(std::string(error.what()).find("did you mean \"adamw\"?"), std::string::npos);
  }
}

// Every name that can be described.
std::vector<std::string> AllNames() {
  const auto all = nlohmann::json::parse(DescribeJson(""));
  std::vector<std::string> names;
  for (const char* kind : {"optimizers", "decay_laws", "schedules", "penalties"}) {
    for (const auto& entry : all[kind]) names.push_back(entry["name"]);
  }
  return names;
}

TEST(Describe, EveryNameFindsItselfAloneInEveryForm) {
  const std::vector<std::string> names = AllNames();
  EXPECT_EQ(names.size(), Rules().size() + 7 + 9 + 5);
  for (const std::string& name : names) {
    EXPECT_EQ(DescribeText(name).rfind(name + ":", 0), 0U) << name;
    EXPECT_EQ(nlohmann::json::parse(DescribeJson(name))["name"], name);
    EXPECT_NE(DescribeMarkdown(name).find('|'), std::string::npos) << name;
    std::string loud;
    for (const char c : name) loud += c == '_' ? '-' : static_cast<char>(std::toupper(c));
    EXPECT_EQ(DescribeText(loud), DescribeText(name)) << loud;
  }
}

}  // namespace
}  // namespace halflife
