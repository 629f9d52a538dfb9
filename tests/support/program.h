// Runs the program as a user would, in a folder of its own.
#pragma once

#include <gtest/gtest.h>
#include <sys/wait.h>

#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <string>

#include "support/files.h"

namespace halflife::testing {

struct Ran {
  int code = 0;  // exit code, or 128 + signal as shells have it
  std::string out;
  std::string err;
};

// A fixture with an empty folder that is removed at the end.
class ProgramTest : public ::testing::Test {
 protected:
  ProgramTest() {
    char name[] = "/tmp/halflife-cli-XXXXXX";
    folder_ = mkdtemp(name);
  }
  ~ProgramTest() override { std::filesystem::remove_all(folder_); }

  std::string Path(const std::string& name) const { return (folder_ / name).string(); }

  std::string Write(const std::string& name, const std::string& bytes) const {
    std::ofstream(Path(name), std::ios::binary) << bytes;
    return Path(name);
  }

  // Runs `halflife ARGUMENTS` in the folder, 80 columns wide; `arguments` is shell text.
  Ran Run(const std::string& arguments) const { return RunWith("env -u COLUMNS", arguments); }

  // The same after `before`, as in "COLUMNS=60".
  Ran RunWith(const std::string& before, const std::string& arguments) const {
    const std::string command = "cd '" + folder_.string() + "' && " + before +
                                " '" HALFLIFE_PROGRAM "' " + arguments + " >stdout 2>stderr";
    const int status = std::system(command.c_str());
    Ran ran;
    ran.code = WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
    ran.out = ReadFile(Path("stdout"));
    ran.err = ReadFile(Path("stderr"));
    return ran;
  }

  std::filesystem::path folder_;
};

}  // namespace halflife::testing
