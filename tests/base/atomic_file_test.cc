#include "base/atomic_file.h"

#include <fcntl.h>
#include <gtest/gtest.h>
#include <sys/file.h>
#include <sys/inotify.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include <csignal>
#include <filesystem>
#include <fstream>
#include <sstream>

#include "halflife/error.h"

namespace halflife {
namespace {

namespace fs = std::filesystem;

class AtomicFile : public ::testing::Test {
 protected:
  AtomicFile() {
    char name[] = "/tmp/halflife-atomic-XXXXXX";
    folder_ = mkdtemp(name);
  }
  ~AtomicFile() override { fs::remove_all(folder_); }

  std::string Read(const std::string& name) const {
    std::ifstream in(fs::path(folder_) / name, std::ios::binary);
    std::ostringstream bytes;
    bytes << in.rdbuf();
    return bytes.str();
  }
  std::size_t Entries() const {
    return static_cast<std::size_t>(
        std::distance(fs::directory_iterator(folder_), fs::directory_iterator()));
  }

  std::string folder_;
};

TEST_F(AtomicFile, WritesNewFilesAndReplacesOldOnes) {
  WriteFilesAtomically(folder_ + "/made/for/it", {{"a", "1"}, {"b", std::string(100000, 'x')}});
  WriteFileAtomically(folder_ + "/made/for/it/a", "2");
  EXPECT_EQ(Read("made/for/it/a"), "2");
  EXPECT_EQ(Read("made/for/it/b").size(), 100000U);
}

// A limit on the size of files makes the second write fail half-way, as a full disk does.
TEST_F(AtomicFile, AFolderThatCannotBeMadeTellsItsOwnCause) {
  WriteFileAtomically(folder_ + "/f", "a file");
  try {
    WriteFileAtomically(folder_ + "/f/g", "in it");
    FAIL();
  } catch (const Error& error) {
    EXPECT_EQ(error.what(), folder_ + "/f" +
                                ": cannot be written (Not a directory); check the name, the "
                                "permissions and the space left");
  }
}

TEST_F(AtomicFile, AFullDiskLeavesEveryOldFileAndNothingElse) {
  WriteFilesAtomically(folder_, {{"a", "old a"}, {"b", "old b"}});
  const pid_t child = fork();
  if (child == 0) {
    std::signal(SIGXFSZ, SIG_IGN);
    const rlimit limit{1000, 1000};
    setrlimit(RLIMIT_FSIZE, &limit);
    try {
      WriteFilesAtomically(folder_, {{"a", "new a"}, {"b", std::string(5000, 'x')}});
    } catch (const Error&) {
      _exit(7);
    }
    _exit(0);
  }
  int status = 0;
  waitpid(child, &status, 0);
  ASSERT_EQ(WEXITSTATUS(status), 7);
  EXPECT_EQ(Read("a"), "old a");
  EXPECT_EQ(Read("b"), "old b");
  EXPECT_EQ(Entries(), 2U);
}

// Kills a process that writes over and over; whatever the moment, each file is one of the two
// versions.
TEST_F(AtomicFile, AKillAtAnyMomentLeavesWholeFiles) {
  const std::string one(300000, '1');
  const std::string two(200000, '2');
  WriteFilesAtomically(folder_, {{"a", one}, {"b", one}});
  for (int round = 0; round < 20; ++round) {
    const pid_t child = fork();
    if (child == 0) {
      for (;;) {
        WriteFilesAtomically(folder_, {{"a", two}, {"b", two}});
        WriteFilesAtomically(folder_, {{"a", one}, {"b", one}});
      }
    }
    // Busy work, a different amount each round, stands for "any moment".
    volatile double sink = 0.0;
    for (int i = 0; i < (round + 1) * 200000; ++i) sink = sink + i;
    kill(child, SIGKILL);
    int status = 0;
    waitpid(child, &status, 0);
    for (const char* name : {"a", "b"}) {
      const std::string now = Read(name);
      ASSERT_TRUE(now == one || now == two) << name << " has " << now.size() << " bytes";
    }
  }
  WriteFilesAtomically(folder_,
                       {{"a", one}, {"b", one}});  // what a kill left behind is no obstacle
  EXPECT_EQ(Entries(), 2U);
}

TEST_F(AtomicFile, StaleFilesGoOnlyWhenTheNewOnesAreSafe) {
  WriteFilesAtomically(folder_, {{"a", "old"}, {"weights", "old"}, {"of the user", "kept"}});
  fs::create_directory(folder_ + "/b");  // in the way of the second file
  EXPECT_THROW(WriteFilesAtomically(folder_, {{"a", "new"}, {"b", "new"}}, {"a", "weights"}),
               Error);
  EXPECT_EQ(Read("a"), "old");
  EXPECT_EQ(Read("weights"), "old");
  fs::remove(folder_ + "/b");
  WriteFilesAtomically(folder_, {{"a", "new"}, {"b", "new"}}, {"a", "weights", "never was"});
  EXPECT_EQ(Read("a"), "new");
  EXPECT_EQ(Read("of the user"), "kept");
  EXPECT_EQ(Entries(), 3U);
}

// The names that go from a folder (-) and come into it (+), in their order.
class FolderWatch {
 public:
  explicit FolderWatch(const std::string& folder) : queue_(inotify_init1(IN_NONBLOCK)) {
    inotify_add_watch(queue_, folder.c_str(), IN_DELETE | IN_MOVED_TO);
  }
  ~FolderWatch() { close(queue_); }

  std::vector<std::string> Seen() const {
    std::vector<std::string> seen;
    alignas(inotify_event) char bytes[4096];
    const ssize_t length = read(queue_, bytes, sizeof(bytes));
    for (ssize_t at = 0; at < length;) {
      const auto* event = reinterpret_cast<const inotify_event*>(bytes + at);
      seen.push_back(((event->mask & IN_DELETE) != 0 ? "-" : "+") + std::string(event->name));
      at += static_cast<ssize_t>(sizeof(inotify_event) + event->len);
    }
    return seen;
  }

 private:
  int queue_;
};

// So no kill leaves an old result beside a new model, nor weights whose owner nobody knows.
TEST_F(AtomicFile, StaleFilesGoInTheirOrderBeforeTheFirstNewOneComes) {
  WriteFilesAtomically(folder_, {{"weights", "old"}, {"model", "old"}, {"result", "old"}});
  const FolderWatch watch(folder_);
  WriteFilesAtomically(folder_, {{"model", "new"}, {"result", "new"}}, {"result", "weights"});
  EXPECT_EQ(watch.Seen(), (std::vector<std::string>{"-result", "-weights", "+model", "+result"}));
}

TEST_F(AtomicFile, RefusesWhileAnotherProgramWrites) {
  const int fd = open(folder_.c_str(), O_RDONLY | O_DIRECTORY);
  ASSERT_EQ(flock(fd, LOCK_EX), 0);
  EXPECT_THROW(WriteFilesAtomically(folder_, {{"a", "1"}}), Error);
  close(fd);
  EXPECT_EQ(Entries(), 0U);
}

TEST_F(AtomicFile, RefusesAFolderInTheWay) {
  fs::create_directory(folder_ + "/a");
  EXPECT_THROW(WriteFilesAtomically(folder_, {{"b", "1"}, {"a", "1"}}), Error);
  EXPECT_EQ(Entries(), 1U);
  EXPECT_THROW(WriteFileAtomically(folder_ + "/", "1"), Error);
}

}  // namespace
}  // namespace halflife
