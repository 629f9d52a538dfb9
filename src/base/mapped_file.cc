#include "base/mapped_file.h"

#include <fcntl.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>

#include "base/descriptor.h"
#include "base/error.h"

namespace halflife {
namespace {

[[noreturn]] void FailFile(const std::string& path, const char* what, int error_number) {
  FailData(path + ": " + what + " (" + std::strerror(error_number) +
           "); check the name and its permissions");
}

}  // namespace

MappedFile::MappedFile(const std::string& path) {
  const Descriptor file(open(path.c_str(), O_RDONLY | O_CLOEXEC));
  if (file.get() < 0) FailFile(path, "cannot be opened", errno);
  struct stat info {};
  if (fstat(file.get(), &info) != 0) FailFile(path, "cannot be read", errno);
  if (S_ISDIR(info.st_mode)) FailData(path + ": is a folder; name a file in it");
  if (S_ISREG(info.st_mode) && info.st_size > 0) {
    const auto size = static_cast<std::size_t>(info.st_size);
    void* map = mmap(nullptr, size, PROT_READ, MAP_PRIVATE, file.get(), 0);
    if (map != MAP_FAILED) {
      map_ = map;
      bytes_ = {static_cast<const char*>(map), size};
      return;
    }
  }
  char chunk[1 << 16];
  for (;;) {
    const ssize_t got = read(file.get(), chunk, sizeof(chunk));
    if (got < 0 && errno == EINTR) continue;
    if (got < 0) FailFile(path, "cannot be read", errno);
    if (got == 0) break;
    buffer_.append(chunk, static_cast<std::size_t>(got));
  }
  bytes_ = buffer_;
}

MappedFile::~MappedFile() {
  if (map_ != nullptr) munmap(map_, bytes_.size());
}

}  // namespace halflife
