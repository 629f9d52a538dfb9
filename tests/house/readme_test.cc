// The code in the READMEs is the code in examples/, which is compiled and run.
#include <gtest/gtest.h>

#include <fstream>
#include <sstream>
#include <string>

namespace {

std::string Read(const std::string& name) {
  std::ifstream in(std::string(HALFLIFE_SOURCE_DIR) + "/" + name);
  std::ostringstream text;
  text << in.rdbuf();
  return text.str();
}

TEST(Readme, ShowsTheExampleAsItIs) {
  const std::string example = "```cpp\n" + Read("examples/tune_table.cc") + "```\n";
  for (const char* readme : {"README.md", "README.zh-CN.md"}) {
    EXPECT_NE(Read(readme).find(example), std::string::npos) << readme << " differs from examples/tune_table.cc";
  }
}

}  // namespace
