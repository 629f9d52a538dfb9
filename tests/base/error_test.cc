#include "base/error.h"

#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "base/error_catalogue.h"
#include "base/error_template.h"
#include "base/error_text.h"
#include "support/errors.h"

namespace halflife {
namespace {

using testing::ErrorOf;
using testing::FailureOf;

TEST(Error, IsAKindAndItsArguments) {
  try {
    FailOption("seeds", ErrorKind::kTooFew, {0, 1});
  } catch (const Error& error) {
    EXPECT_EQ(error.kind(), ErrorKind::kTooFew);
    EXPECT_EQ(error.fault(), Error::Fault::kUsage);
    EXPECT_EQ(error.option(), "seeds");
    EXPECT_EQ(error.arguments(), (std::vector<std::string>{"0", "1"}));
    EXPECT_STREQ(error.what(), "seeds 0: at least 1 is needed");
  }
}

TEST(Error, KnowsItsPlace) {
  const Failure failure = FailureOf([] {
    FailIn({"a.csv", 3, 2}, ErrorKind::kCsvOpenQuote, {"\"b\""});
  });
  EXPECT_EQ(failure.place.file, "a.csv");
  EXPECT_EQ(failure.place.line, 3U);
  EXPECT_EQ(failure.place.column, 2U);
  EXPECT_EQ(Error(failure).fault(), Error::Fault::kData);
  EXPECT_EQ(std::string(Error(failure).what()).rfind("a.csv:3:2: the quote opened here", 0), 0U);
}

TEST(Error, CallsOptionsWhatTheReaderCallsThem) {
  const Error error(FailureOf([] { FailIn({"a"}, ErrorKind::kRowsTooFewDropped, {1, 9}); }));
  EXPECT_STREQ(error.what(),
               "a: 1 of 9 rows can be used; at least 2 are needed, so try missing = indicator");
  const OptionStyle loud = [](std::string_view name, std::string_view value) {
    return "<" + std::string(name) + "|" + std::string(value) + ">";
  };
  EXPECT_EQ(ErrorText(error, loud),
            "a: 1 of 9 rows can be used; at least 2 are needed, so try <missing|indicator>");
}

// What stands in advice is not what is wrong.
TEST(Error, NamesTheOptionThatIsWrong) {
  const auto option = [](ErrorKind kind) { return OptionOf({.kind = kind}); };
  EXPECT_EQ(option(ErrorKind::kLogTargetNeedsRegression), "log_target");
  EXPECT_EQ(option(ErrorKind::kPenaltyStrength), "strength");
  EXPECT_EQ(option(ErrorKind::kLawWord), "law");
  EXPECT_EQ(option(ErrorKind::kTargetNoLogarithm), "");
  EXPECT_EQ(option(ErrorKind::kGradientOverflows), "");
  EXPECT_EQ(option(ErrorKind::kRowsTooFewDropped), "");
}

TEST(Error, SaysItsCause) {
  EXPECT_EQ(ErrorOf([] {
              FailIn({"t.npz"}, ErrorKind::kZipUnsound, {},
                     Cause(ErrorKind::kZipMemberTwice, {"x.npy"}));
            }),
            "t.npz: not a sound zip file: member \"x.npy\" is there twice; copy or download it "
            "again");
}

TEST(Error, IsOneLineWhateverNamesHold) {
  EXPECT_EQ(ErrorOf([] {
              FailOption("target\n", ErrorKind::kColumnUnknown, {"a\nb", "", "c\r\nd, e\x7F"},
                         {"f\x01g"});
            }),
            "target  \"a\\x0ab\": f g has no such column; it has c  d, e ");
}

TEST(Error, LeavesOutWhatIsNotKnownAndCountsInWords) {
  EXPECT_EQ(ErrorOf([] {
              Fail(ErrorKind::kGroupUnknown, {"a", "", "x, y"});
            }),
            "no group is called \"a\"; there are x, y");
  EXPECT_EQ(ErrorOf([] {
              Fail(ErrorKind::kGroupUnknown, {"a", "b", "b"});
            }),
            "no group is called \"a\"; there are b; did you mean \"b\"?");
  EXPECT_EQ(ErrorOf([] { Fail(ErrorKind::kNoFitReached, {1}); }),
            "no fit reached its tolerance, at any of 1 decay; try larger ones with decays, or "
            "fewer columns in no_decay");
}

TEST(ErrorTemplate, IsReadPartByPart) {
  const auto parts = ReadTemplate("[[{{{0:q}}}]] [a=b]{1? ({1|x|y})}[]");
  ASSERT_TRUE(parts.has_value());
  ASSERT_EQ(parts->size(), 6U);
  EXPECT_EQ((*parts)[0].text, "[{");
  EXPECT_EQ((*parts)[1].kind, TemplatePart::Kind::kQuoted);
  EXPECT_EQ((*parts)[2].text, "}] ");
  EXPECT_EQ((*parts)[3].other, "b");
  EXPECT_EQ((*parts)[4].inner.size(), 3U);
  EXPECT_EQ((*parts)[5].text, "");
}

TEST(ErrorTemplate, RefusesWhatIsNotOne) {
  for (const char* text :
       {"{", "}", "[a", "]", "{x}", "{0", "{0:x}", "{0|a}", "{0?a", "{0a}", "a}b"})
    EXPECT_FALSE(ReadTemplate(text).has_value()) << text;
}

}  // namespace
}  // namespace halflife
