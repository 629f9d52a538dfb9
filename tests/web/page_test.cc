// The live page in Chromium: its controls are moved as a reader would, and every number that it
// then shows is compared with the library outside of the page.
#include <gtest/gtest.h>

#include <cmath>
#include <cstdio>
#include <functional>
#include <nlohmann/json.hpp>
#include <sstream>

#include "base/text.h"
#include "kernels/rule.h"
#include "lab/questions.h"
#include "support/files.h"
#include "support/program.h"

namespace halflife {
namespace {

using nlohmann::json;

constexpr const char* kScripts = HALFLIFE_SOURCE_DIR "/tests/web/";

// Decompositions differ in rounding. At decay 0 and a degree of up to 12 on 20 points or more the
// standardised powers have condition numbers below 1e6, and the powers of their fits below 100:
// 2^-52 * 1e6 is 2e-10.
constexpr double kPolynomials = 1e-9;

// JSON has no infinities and no NaN: the driver writes them as words.
double NumberOf(const json& value) {
  return value.is_string() ? std::stod(value.get<std::string>()) : value.get<double>();
}

// What the page asked, as it asked it.
std::string OptionsOf(const json& asked) {
  std::string options;
  for (const auto& [name, value] : asked.items()) {
    options += name + "=" +
               (value.is_string() ? value.get<std::string>() : ShortestNumber(NumberOf(value))) +
               " ";
  }
  return options;
}

using Question = std::function<Answer(const halflife::Question&)>;

// The program of the fixture is node.
class LivePage : public testing::ProgramTest {
 protected:
  void SetUp() override {
    const std::string write = "'" HALFLIFE_CLI "' lab --out '" + Path("lab.html") + "' >/dev/null";
    ASSERT_EQ(std::system(write.c_str()), 0);
    // Trained nets round alike with the vectors that WebAssembly has.
    const std::vector<std::string_view> targets = KernelTargets();
    if (std::find(targets.begin(), targets.end(), "SSE4") != targets.end()) SetKernelTarget("SSE4");
  }
  void TearDown() override { SetKernelTarget(""); }

  // Runs a driver on the page; its lines.
  std::string Drive(const std::string& script, const std::string& arguments = "") const {
    const testing::Ran ran = Run("'" + (kScripts + script) + "' lab.html " + arguments);
    EXPECT_EQ(ran.code, 0) << ran.out << ran.err;
    return ran.out;
  }

  json StatesOf(const std::string& section) const {
    Drive("lab.mjs", section + " states.json");
    const std::string bytes = testing::ReadFile(Path("states.json"));
    return bytes.empty() ? json::array() : json::parse(bytes);
  }

  // Every number of every state, at most `tolerance` times the larger of 1 and its size from the
  // library's.
  void ExpectTheLibrarysNumbers(const std::string& section, const Question& ask,
                                double tolerance) const {
    const json states = StatesOf(section);
    EXPECT_GT(states.size(), 4U);
    for (const json& state : states) {
      const std::string options = OptionsOf(state["options"]);
      SCOPED_TRACE(section + " " + options);
      const Answer answer = ask(halflife::Question(options));
      for (const auto& [name, values] : answer.numbers) {
        ASSERT_TRUE(state["numbers"].contains(name)) << name;
        const json& shown = state["numbers"][name];
        ASSERT_EQ(shown.size(), values.size()) << name;
        for (std::size_t i = 0; i < values.size(); ++i) {
          const double found = NumberOf(shown[i]);
          if (found == values[i] || (std::isnan(found) && std::isnan(values[i]))) continue;
          ASSERT_NEAR(found, values[i], tolerance * std::max(1.0, std::abs(values[i])))
              << name << " " << i;
        }
      }
    }
  }
};

// The bounds are those of ask_wasm_test.cc, where the same code is compared without a page.
TEST_F(LivePage, OverfittingShowsTheLibrarysNumbers) {
  ExpectTheLibrarysNumbers("overfit", AskOverfit, 1e-12);
}

TEST_F(LivePage, BiasAndVarianceAreTheLibrarys) {
  ExpectTheLibrarysNumbers("variance", AskVariance, kPolynomials);
}

TEST_F(LivePage, SmallWeightsAreTheLibrarys) {
  ExpectTheLibrarysNumbers("simple", AskSimple, kPolynomials);
}

TEST_F(LivePage, ThePenaltyIsTheLibrarys) {
  ExpectTheLibrarysNumbers("penalty", AskPenalty, kPolynomials);
}

TEST_F(LivePage, TheContoursAreTheLibrarys) {
  ExpectTheLibrarysNumbers("contours", AskContours, 1e-9);
}

TEST_F(LivePage, ThePathsOfTheOptimizersAreTheLibrarys) {
  ExpectTheLibrarysNumbers("paths", AskPaths, 0);
}

TEST_F(LivePage, TheHalfLifeIsTheLibrarys) {
  // Some 10^6 factors at most, each with a rounding error of 2^-53.
  ExpectTheLibrarysNumbers("half_life", AskHalfLife, 1e-9);
}

TEST_F(LivePage, PracticeShowsTheLibrarysVerdict) {
  const json states = StatesOf("practice");
  EXPECT_GT(states.size(), 4U);
  for (const json& state : states) {
    const std::string options = OptionsOf(state["options"]);
    SCOPED_TRACE(options);
    const std::string data =
        std::string(HALFLIFE_SOURCE_DIR "/data/") + state["data"].get<std::string>() + ".csv";
    const std::string bytes = testing::ReadFile(data);
    const json result =
        json::parse(AskPractice(halflife::Question(options, bytes)).texts.at("result"));
    const json& shown = state["numbers"];
    EXPECT_EQ(shown["best_decay"][0], result["best"]["decay"]);
    EXPECT_EQ(shown["one_se_decay"][0], result["one_se"]["decay"]);
    ASSERT_EQ(shown["decays"].size(), result["grid"].size());
    for (std::size_t i = 0; i < result["grid"].size(); ++i) {
      const json& point = result["grid"][i];
      const double loss = point["validation"]["loss"];
      EXPECT_EQ(shown["decays"][i], point["decay"]);
      EXPECT_NEAR(shown["validation_loss"][i], loss, 1e-7 * std::max(1.0, loss));
      EXPECT_NEAR(shown["train_loss"][i], point["train"]["loss"], 1e-7 * std::max(1.0, loss));
    }
    // An improvement is the difference of two losses, and the p value a smooth function of such.
    EXPECT_NEAR(shown["improvement"][0], result["verdict"]["improvement"],
                2e-7 * std::max(1.0, result["grid"][0]["validation"]["loss"].get<double>()));
    EXPECT_NEAR(shown["p_value"][0], result["verdict"]["p_value"], 1e-4);
  }
}

TEST_F(LivePage, HasNoSeriousFaultOfAccessibilityInEitherLanguage) { Drive("axe.mjs"); }

TEST_F(LivePage, AnAddressRestoresThePictureAndTheLanguage) { Drive("links.mjs"); }

TEST_F(LivePage, EveryPresetIsComputedAndNoAddressBreaksThePage) { Drive("presets.mjs"); }

TEST_F(LivePage, SaysWhatIsWrongInItsLanguageAndByItsLabels) { Drive("errors.mjs"); }

TEST_F(LivePage, HostileTablesGetAMessageAndLeaveThePageAlive) {
  const std::string lines = Drive("hostile.mjs");
  EXPECT_NE(lines.find("is never closed"), std::string::npos) << lines;
}

// How many redraws took more than a frame depends on the machine: they are told, not judged.
TEST_F(LivePage, CountsTheRedrawsThatTakeMoreThanAFrame) {
  std::istringstream lines(Drive("frames.mjs", "20"));
  int sections = 0;
  for (std::string line; std::getline(lines, line);) {
    std::printf("%s\n", line.c_str());
    std::istringstream words(line);
    std::string section;
    int frames = 0;
    int over = 0;
    if (!(words >> section >> frames >> over)) continue;
    EXPECT_GT(frames, 0) << section;
    EXPECT_LE(over, frames);
    ++sections;
  }
  EXPECT_EQ(sections, 5);
}

TEST_F(LivePage, IsOneFileOfLessThanOneAndAHalfMegabytes) {
  const std::string page = testing::ReadFile(Path("lab.html"));
  EXPECT_LT(page.size(), 1'500'000U);
  for (const char* address : {"src=\"http", "href=\"http", "url(http", "@import", "<!-- "})
    EXPECT_EQ(page.find(address), std::string::npos) << address;
}

}  // namespace
}  // namespace halflife
