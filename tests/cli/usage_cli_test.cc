// Words that the command line does not know: one line on stderr, the true cause, and what was
// meant.
#include <gtest/gtest.h>

#include "support/program.h"

namespace halflife {
namespace {

struct Slip {
  const char* name;
  const char* arguments;
  const char* line;  // all of stderr but "halflife: "
};

class UsageSlip : public testing::ProgramTest, public ::testing::WithParamInterface<Slip> {};

TEST_P(UsageSlip, GetsTheTrueCauseInOneLine) {
  Write("t.csv", "x,y\n1,2\n");
  const testing::Ran ran = Run(GetParam().arguments);
  EXPECT_EQ(ran.code, 2);
  EXPECT_EQ(ran.out, "");
  EXPECT_EQ(ran.err, std::string("halflife: ") + GetParam().line + "\n");
}

INSTANTIATE_TEST_SUITE_P(
    Subcommands, UsageSlip,
    ::testing::Values(
        Slip{"LetterMissing", "tun t.csv", "\"tun\" is no subcommand; did you mean tune?"},
        Slip{"LettersSwapped", "perdict", "\"perdict\" is no subcommand; did you mean predict?"},
        Slip{"Beginning", "desc", "\"desc\" is no subcommand; did you mean describe?"},
        Slip{"AnotherWord", "train t.csv", "\"train\" is no subcommand; did you mean tune?"},
        Slip{"FlagWithoutDashes", "help", "\"help\" is no subcommand; did you mean --help?"},
        Slip{"FileFirst", "t.csv --target y",
             "\"t.csv\" is no subcommand; a data file goes after it, as in halflife tune DATA"},
        Slip{"FlagOfTheProgram", "--verison",
             "\"--verison\" is no flag of halflife; did you mean --version?"},
        Slip{"FlagBefore", "--target y tune t.csv",
             "\"--target\" goes after the subcommand, as in halflife tune ... --target"}),
    [](const auto& info) { return std::string(info.param.name); });

INSTANTIATE_TEST_SUITE_P(
    Flags, UsageSlip,
    ::testing::Values(
        Slip{"BeforeWhatIsMissing", "tune --taget y",
             "\"--taget\" is no flag of tune; did you mean --target?"},
        Slip{"WithItsValue", "tune t.csv --taget=y",
             "\"--taget\" is no flag of tune; did you mean --target?"},
        Slip{"PluralForgotten", "tune t.csv --target y --fold 5",
             "\"--fold\" is no flag of tune; did you mean --folds?"},
        Slip{"OtherCase", "tune t.csv --Target y",
             "\"--Target\" is no flag of tune; did you mean --target?"},
        Slip{"Underscore", "tune t.csv --target y --log_target",
             "\"--log_target\" is no flag of tune; did you mean --log-target?"},
        Slip{"OneDash", "tune t.csv -target y",
             "\"-target\" is no flag of tune; did you mean --target?"},
        Slip{"BeginningOfTwo", "tune t.csv --target y --se 3",
             "\"--se\" is no flag of tune; did you mean --seeds or --seed?"},
        Slip{"AnotherLibrarysWord", "tune t.csv --target y --weight-decay 3",
             "\"--weight-decay\" is no flag of tune; did you mean --decay?"},
        Slip{"OfNets", "tune t.csv --target y --hiden 8",
             "\"--hiden\" is no flag of tune; did you mean --hidden?"},
        Slip{"OfAnotherSubcommand", "predict m.json t.csv --log-target",
             "\"--log-target\" is no flag of predict but of halflife tune"},
        Slip{"OfTheProgram", "tune --version",
             "\"--version\" is no flag of tune but of halflife itself"},
        Slip{"Nonsense", "tune t.csv --target y --xyzzy",
             "\"--xyzzy\" is no flag of tune; see halflife tune --help"},
        Slip{"WithoutItsValue", "tune t.csv --target",
             "--target needs a value; see halflife tune --help"},
        Slip{"WithAnEmptyValue", "tune t.csv --target= --folds 5",
             "--target needs a value; see halflife tune --help"},
        Slip{
            "FlagInThePlaceOfTheValue", "tune t.csv --target --folds 5",
            "--target needs a value, and the flag \"--folds\" follows; if that is the value, write "
            "--target=--folds"},
        Slip{"WithAValueThatItDoesNotTake", "tune t.csv --target y --quiet=maybe",
             "--quiet takes no value; leave out \"=maybe\""},
        Slip{"Twice", "tune t.csv --target y --target=x", "--target is given twice; give it once"},
        Slip{
            "OneWordTooMany", "lab page.html",
            "\"page.html\" is one word too many: lab takes no argument beside its flags; put names "
            "that hold blanks in quotes"},
        Slip{"AfterTheDashes", "describe adamw -- --json",
             "\"--json\" is one word too many: describe takes NAME alone beside its flags; put "
             "names that hold blanks in quotes"},
        Slip{"ControlCharacters", "tune t.csv '--x\x1b[2J'",
             "\"--x\\x1b[2J\" is no flag of tune; see halflife tune --help"}),
    [](const auto& info) { return std::string(info.param.name); });

using UsageProgram = testing::ProgramTest;

std::string Grown(const std::string& header) {
  std::string csv = header + "\n";
  for (int i = 0; i < 40; ++i)
    csv +=
        std::to_string(i) + "," + std::to_string(i % 7) + "," + std::to_string(2 * i % 11) + ".5\n";
  return csv;
}

TEST_F(UsageProgram, ValuesMayBeginWithADash) {
  Write("t.csv", Grown("-x,--folds,--y"));
  const testing::Ran ran = Run("tune t.csv --target --y --ignore=--folds --ignore -x --quiet");
  EXPECT_EQ(
      ran.err,
      "halflife: t.csv: no column is left to predict from: each is ignored, holds one value "
      "only, or is text with a level of its own in most rows (keep it with --category); give it "
      "more columns\n");
  EXPECT_EQ(Run("tune t.csv --target=--folds --quiet").code, 0);
}

TEST_F(UsageProgram, AnEmptyValueIsRefused) {
  Write("t.csv", Grown("a,b,y"));
  for (const char* flag : {"--target", "--group", "--time", "--weight", "--fold-column", "--out"}) {
    const testing::Ran ran =
        Run("tune t.csv " + std::string(flag == std::string("--target") ? "" : "--target y ") +
            flag + " ''");
    EXPECT_EQ(ran.code, 2) << flag;
    EXPECT_EQ(ran.err, "halflife: " + std::string(flag) +
                           " is given an empty value; name one, or leave the flag out\n");
  }
  EXPECT_EQ(Run("tune '' --target y").err,
            "halflife: an argument is empty; leave it out, or name a file\n");
}

TEST_F(UsageProgram, ASubcommandIsAskedFor) {
  const testing::Ran ran = Run("");
  EXPECT_EQ(ran.code, 2);
  EXPECT_TRUE(ran.err.starts_with("halflife: a subcommand is needed: tune, ")) << ran.err;
}

TEST_F(UsageProgram, WordsAfterTwoDashesAreArguments) {
  Write("--t.csv", Grown("a,b,y"));
  const testing::Ran ran = Run("tune --target y --quiet -- --t.csv");
  EXPECT_EQ(ran.code, 0) << ran.err;
}

TEST_F(UsageProgram, HelpIsGivenWhereverItIsAskedFor) {
  for (const char* arguments : {"--help", "-h", "tune --help", "tune t.csv --folds 3 --help"}) {
    const testing::Ran ran = Run(arguments);
    EXPECT_EQ(ran.code, 0) << arguments;
    EXPECT_EQ(ran.err, "");
    EXPECT_NE(ran.out.find("Usage: halflife"), std::string::npos);
  }
}

}  // namespace
}  // namespace halflife
