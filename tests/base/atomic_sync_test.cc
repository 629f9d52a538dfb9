// What reaches the disk before a new file takes the place of the old one. The linker puts these
// functions in front of fsync and rename: see CMakeLists.txt.
#include <fcntl.h>
#include <gtest/gtest.h>
#include <unistd.h>

#include <cerrno>
#include <cstdio>
#include <filesystem>
#include <fstream>
#include <string>
#include <vector>

#include "base/atomic_file.h"
#include "halflife/error.h"

namespace {

std::vector<std::string>* g_calls = nullptr;  // null: nobody looks
int g_sync_error = 0;                         // what fsync fails with; 0: it does not

std::string NameOf(const std::filesystem::path& path) {
  std::string name = path.filename().string();
  // A file that is written by itself is staged under the process's number and a count.
  if (const std::size_t at = name.find("." + std::to_string(getpid()) + ".");
      at != std::string::npos)
    name.replace(at, std::string::npos, ".partial");
  return name;
}

}  // namespace

extern "C" {
int __real_fsync(int file);
int __real_rename(const char* from, const char* to);

int __wrap_fsync(int file) {
  if (g_calls != nullptr) {
    const std::filesystem::path path =
        std::filesystem::read_symlink("/proc/self/fd/" + std::to_string(file));
    const bool folder = std::filesystem::is_directory(path);
    g_calls->push_back(folder ? "sync folder"
                              : "sync " + NameOf(path) + " " +
                                    std::to_string(std::filesystem::file_size(path)));
    if (g_sync_error != 0 && !folder) {
      errno = g_sync_error;
      return -1;
    }
  }
  return __real_fsync(file);
}

int __wrap_rename(const char* from, const char* to) {
  if (g_calls != nullptr) g_calls->push_back("rename " + NameOf(from) + " to " + NameOf(to));
  return __real_rename(from, to);
}
}

namespace halflife {
namespace {

namespace fs = std::filesystem;
using Calls = std::vector<std::string>;

class AtomicSync : public ::testing::Test {
 protected:
  AtomicSync() {
    char name[] = "/tmp/halflife-sync-XXXXXX";
    folder_ = mkdtemp(name);
    g_calls = &calls_;
  }
  ~AtomicSync() override {
    g_calls = nullptr;
    g_sync_error = 0;
    fs::remove_all(folder_);
  }

  std::string Read(const std::string& name) const {
    std::ifstream in(folder_ / name, std::ios::binary);
    return {std::istreambuf_iterator<char>(in), {}};
  }

  fs::path folder_;
  Calls calls_;
};

TEST_F(AtomicSync, AFileIsOnTheDiskWholeBeforeItTakesItsName) {
  WriteFileAtomically(folder_ / "a", "12345");
  EXPECT_EQ(calls_, (Calls{"sync .a.partial 5", "rename .a.partial to a", "sync folder"}));
}

TEST_F(AtomicSync, AllFilesAreOnTheDiskBeforeTheFirstTakesItsName) {
  WriteFilesAtomically(folder_, {{"a", "12345"}, {"b", "123"}});
  EXPECT_EQ(calls_, (Calls{"sync .a.partial 5", "sync .b.partial 3", "rename .a.partial to a",
                           "rename .b.partial to b", "sync folder"}));
}

// As where the disk turns out to be broken only when the bytes are to reach it.
TEST_F(AtomicSync, AFailedSyncLeavesTheOldFilesAndNothingElse) {
  WriteFilesAtomically(folder_, {{"a", "old"}});
  g_sync_error = EIO;
  EXPECT_THROW(WriteFilesAtomically(folder_, {{"a", "new"}}), Error);
  EXPECT_THROW(WriteFileAtomically(folder_ / "a", "new"), Error);
  EXPECT_EQ(Read("a"), "old");
  EXPECT_EQ(std::distance(fs::directory_iterator(folder_), fs::directory_iterator()), 1);
}

}  // namespace
}  // namespace halflife
