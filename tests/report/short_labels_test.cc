#include "report/short_labels.h"

#include <gtest/gtest.h>

#include <set>

#include "base/random.h"
#include "report/figures.h"
#include "report/plain_text.h"
#include "report/sample_result.h"

namespace halflife {
namespace {

using Names = std::vector<std::string>;

// Sets of names as wide tables have them, from a seed.
class NameMaker {
 public:
  explicit NameMaker(uint64_t seed) : random_(seed) {}

  Names Make() {
    const std::string before = Text(random_.Below(60));
    const std::string after = Text(random_.Below(60));
    const uint64_t kind = random_.Below(6);
    std::set<std::string> names;
    const std::size_t count = 2 + random_.Below(11);
    for (int tries = 0; names.size() < count && tries < 1000; ++tries) {
      const std::string own = Text(1 + random_.Below(4));
      const std::string two[] = {before + own,
                                 own + after,
                                 before + own + after,
                                 before + own + after + "=" + Text(1),
                                 before + "=" + own + " -> " + Text(1),
                                 Text(1 + random_.Below(80))};
      names.insert(two[kind]);
    }
    return {names.begin(), names.end()};
  }

 private:
  // So many characters of one alphabet, some of few letters, so that parts repeat.
  std::string Text(std::size_t count) {
    static const std::vector<Names> kAlphabets = {{"a", "b"},
                                                  {"n", "e", "i", "g", "h", "_", " "},
                                                  {"面", "积", "价", "格", "房"},
                                                  {"x", "é", "e\u0301", "房", "…", "."}};
    const Names& alphabet = kAlphabets[random_.Below(kAlphabets.size())];
    std::string text;
    for (std::size_t i = 0; i < count; ++i) text += alphabet[random_.Below(alphabet.size())];
    return text;
  }

  Random random_;
};

TEST(ShortLabels, OfNamesThatDifferDifferAndFitWhateverTheNames) {
  for (uint64_t seed = 1; seed <= 1000; ++seed) {
    const Names names = NameMaker(seed).Make();
    for (const int width : {8, 13, 20, 40}) {
      const Names labels = ShortLabels(names, width);
      ASSERT_EQ(labels.size(), names.size());
      EXPECT_EQ(std::set<std::string>(labels.begin(), labels.end()).size(), names.size())
          << "seed " << seed << ", width " << width;
      for (std::size_t i = 0; i < names.size(); ++i) {
        EXPECT_LE(DisplayWidth(labels[i]), width) << labels[i];
        if (DisplayWidth(names[i]) <= width) {
          EXPECT_EQ(labels[i], names[i]);
        }
      }
    }
  }
}

TEST(ShortLabels, KeepBeginningAndEndWhereThoseTellNamesApart) {
  EXPECT_EQ(ShortLabels({"temperature_of_the_inlet", "pressure_of_the_outlet"}, 13),
            (Names{"temper…_inlet", "pressu…outlet"}));
}

TEST(ShortLabels, KeepTheMiddleWhereNamesDifferThereAlone) {
  const std::string before = "share_of_households_";
  const std::string after = "_in_the_year_of_the_census";
  const Names labels = ShortLabels({before + "owning" + after, before + "rented" + after}, 16);
  EXPECT_NE(labels[0].find("own"), std::string::npos) << labels[0];
  EXPECT_NE(labels[1].find("rent"), std::string::npos) << labels[1];
}

TEST(ShortLabels, KeepTheLastCharacterWhereItAloneDiffers) {
  const std::string same(70, 'q');
  const Names labels = ShortLabels({same + "1", same + "2"}, 12);
  EXPECT_TRUE(labels[0].ends_with("1")) << labels[0];
  EXPECT_TRUE(labels[1].ends_with("2")) << labels[1];
}

TEST(ShortLabels, KeepLevelAndClassBesideWhatTellsTheColumn) {
  Names names;
  for (const char* column : {"north", "south"}) {
    for (const char* end : {"=yes -> cat", "=yes -> dog"})
      names.push_back(std::string("average_rainfall_of_the_") + column + "_in_a_month" + end);
  }
  const Names labels = ShortLabels(names, 20);
  for (std::size_t i = 0; i < names.size(); ++i) {
    EXPECT_NE(labels[i].find(i < 2 ? "nor" : "sou"), std::string::npos) << labels[i];
    EXPECT_TRUE(labels[i].ends_with(i % 2 == 0 ? "cat" : "dog")) << labels[i];
  }
}

TEST(ShortLabels, NumberNamesThatCannotBeToldApart) {
  const Names labels =
      ShortLabels({"a\x01", "a\x02", std::string(50, 'z'), std::string(50, 'z')}, 9);
  EXPECT_EQ(labels, (Names{"a\uFFFD", "a\uFFFD…2", "zzzz…zzzz", "zzzzzzz…2"}));
}

TEST(PathFigure, NeverGivesTwoLinesOneNameWhereLongNamesShareTheirBeginning) {
  TuneResult result = RegressionSample();
  for (std::size_t i = 0; i < result.paths.size(); ++i)
    result.paths[i].name = std::string(60, 'n') + std::to_string(i) + std::string(60, 'm');
  const Figure figure = PathFigure(result);
  for (const std::string& text : {figure.wide, figure.narrow, figure.readout}) {
    for (std::size_t i = 0; i < result.paths.size(); ++i) {
      const std::string own = "n" + std::to_string(i) + "m";  // and no other name holds it
      EXPECT_NE(text.find(own), std::string::npos) << own;
    }
  }
}

}  // namespace
}  // namespace halflife
