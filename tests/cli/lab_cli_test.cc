// halflife lab writes the page, or says why it cannot; tests/web looks at the page itself.
#include <gtest/gtest.h>

#include <algorithm>

#include "support/program.h"

namespace halflife {
namespace {

using LabProgram = testing::ProgramTest;
using testing::Ran;
using testing::ReadFile;

TEST_F(LabProgram, WritesThePageOrSaysThatItWasBuiltWithout) {
  const Ran ran = Run("lab");
  if (!HALFLIFE_LAB) {
    EXPECT_EQ(ran.code, 1);
    EXPECT_EQ(ran.err,
              "halflife: this program was built without the page; `make page` builds it in\n");
    return;
  }
  ASSERT_EQ(ran.code, 0) << ran.err;
  EXPECT_EQ(ran.out, "wrote halflife-lab.html; open it in a browser\n");
  const std::string page = ReadFile(Path("halflife-lab.html"));
  EXPECT_EQ(page.rfind("<!DOCTYPE html>", 0), 0U);
  EXPECT_NE(page.find("</html>"), std::string::npos);
  EXPECT_NE(page.find("--validation: #0067a6"), std::string::npos) << "the report's style";
  ASSERT_EQ(Run("lab --out other.html").code, 0);
  EXPECT_EQ(ReadFile(Path("other.html")), page);
}

TEST_F(LabProgram, AFileThatCannotBeWrittenIsOneLineAndCode1) {
  if (!HALFLIFE_LAB) GTEST_SKIP() << "built without the page";
  Write("file", "");
  const Ran ran = Run("lab --out file/page.html");
  EXPECT_EQ(ran.code, 1);
  EXPECT_NE(ran.err.find("file"), std::string::npos) << ran.err;
  EXPECT_EQ(std::count(ran.err.begin(), ran.err.end(), '\n'), 1);
}

TEST_F(LabProgram, AWrongArgumentIsCode2) {
  EXPECT_EQ(Run("lab page.html").code, 2);
  EXPECT_EQ(Run("lab --out").code, 2);
}

}  // namespace
}  // namespace halflife
