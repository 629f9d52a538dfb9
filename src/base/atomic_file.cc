#include "base/atomic_file.h"

#include <fcntl.h>
#include <sys/file.h>
#include <unistd.h>

#include <atomic>
#include <cerrno>
#include <cstring>
#include <filesystem>

#include "base/descriptor.h"
#include "base/error.h"

namespace halflife {
namespace {

namespace fs = std::filesystem;

[[noreturn]] void FailWrite(const std::string& path, int error_number) {
  FailIn(path, ErrorKind::kFileCannotWrite, {std::strerror(error_number)});
}

// Removes the staged files when the writing fails half-way.
class Staging {
 public:
  ~Staging() {
    for (const std::string& path : paths_) unlink(path.c_str());
  }
  void Add(const std::string& path) { paths_.push_back(path); }

 private:
  std::vector<std::string> paths_;
};

std::string StagedPath(const fs::path& folder, const std::string& name) {
  return (folder / ("." + name + ".partial")).string();
}

// For one file alone: a name that no other thread or process stages under, so that no lock is
// needed.
std::string OwnStagedPath(const fs::path& target) {
  static std::atomic<unsigned> count = 0;
  return StagedPath(
      target.parent_path(),
      target.filename().string() + "." + std::to_string(getpid()) + "." + std::to_string(count++));
}

void WriteAll(const Descriptor& file, const std::string& path, const std::string& bytes) {
  if (file.get() < 0) FailWrite(path, errno);
  for (std::size_t done = 0; done < bytes.size();) {
    const ssize_t wrote = write(file.get(), bytes.data() + done, bytes.size() - done);
    if (wrote < 0 && errno == EINTR) continue;
    if (wrote < 0) FailWrite(path, errno);
    done += static_cast<std::size_t>(wrote);
  }
}

void WriteStream(const std::string& path, const std::string& bytes) {
  WriteAll(Descriptor(open(path.c_str(), O_WRONLY | O_CLOEXEC)), path, bytes);
}

// `path`: what it is staged for, which is what its user knows.
void WriteAndSync(const std::string& staged, const std::string& path, const std::string& bytes) {
  const Descriptor file(open(staged.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0644));
  WriteAll(file, path, bytes);
  if (fsync(file.get()) != 0) FailWrite(path, errno);
}

}  // namespace

void WriteFilesAtomically(const std::string& folder, const std::vector<FileContent>& files,
                          const std::vector<std::string>& stale) {
  const fs::path where = folder.empty() ? fs::path(".") : fs::path(folder);
  std::error_code code;
  fs::create_directories(where, code);
  if (code) FailWrite(where.string(), code.value());
  const Descriptor lock(open(where.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC));
  if (lock.get() < 0) FailWrite(where.string(), errno);
  if (flock(lock.get(), LOCK_EX | LOCK_NB) != 0 && errno == EWOULDBLOCK)
    FailIn(where.string(), ErrorKind::kFolderInUse);
  Staging staging;
  for (const FileContent& file : files) {
    const std::string target = (where / file.name).string();
    if (fs::is_directory(target, code)) FailIn(target, ErrorKind::kFolderInTheWay);
    const std::string staged = StagedPath(where, file.name);
    staging.Add(staged);
    WriteAndSync(staged, target, file.bytes);
  }
  for (const std::string& name : stale) unlink((where / name).c_str());
  for (const FileContent& file : files) {
    const std::string target = (where / file.name).string();
    if (rename(StagedPath(where, file.name).c_str(), target.c_str()) != 0) FailWrite(target, errno);
  }
  fsync(lock.get());  // makes the renames themselves durable; a file system that refuses it has
                      // nothing to sync
}

void WriteFileAtomically(const std::string& path, const std::string& bytes) {
  std::error_code code;
  fs::path whole(path);
  const fs::file_status status = fs::status(whole, code);
  if (fs::exists(status) && !fs::is_regular_file(status) && !fs::is_directory(status)) {
    WriteStream(path, bytes);  // a pipe or a device is written to, not replaced
    return;
  }
  if (fs::is_symlink(fs::symlink_status(whole, code)) && fs::exists(status))
    whole = fs::canonical(whole, code);
  if (whole.filename().empty()) FailIn(path, ErrorKind::kFileWithoutName);
  if (fs::is_directory(status)) FailIn(path, ErrorKind::kFileIsFolder);
  if (!whole.parent_path().empty()) {
    fs::create_directories(whole.parent_path(), code);
    if (code) FailWrite(whole.parent_path().string(), code.value());
  }
  const std::string staged = OwnStagedPath(whole);
  Staging staging;
  staging.Add(staged);
  WriteAndSync(staged, path, bytes);
  if (rename(staged.c_str(), whole.c_str()) != 0) FailWrite(whole.string(), errno);
  const fs::path folder = whole.parent_path().empty() ? fs::path(".") : whole.parent_path();
  const Descriptor directory(open(folder.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC));
  if (directory.get() >= 0) fsync(directory.get());  // makes the rename itself durable
}

}  // namespace halflife
