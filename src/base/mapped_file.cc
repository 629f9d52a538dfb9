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

[[noreturn]] void FailToRead(const std::string& path, int error_number) {
  FailIn(path, ErrorKind::kFileCannotRead, {std::strerror(error_number)});
}

}  // namespace

MappedFile::MappedFile(const std::string& path) {
  const Descriptor file(open(path.c_str(), O_RDONLY | O_CLOEXEC));
  if (file.get() < 0) {
    FailIn(path, ErrorKind::kFileCannotOpen, {std::strerror(errno)});
  }
  struct stat info {};
  if (fstat(file.get(), &info) != 0) FailToRead(path, errno);
  if (S_ISDIR(info.st_mode)) FailIn(path, ErrorKind::kFileIsFolder);
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
    if (got < 0) FailToRead(path, errno);
    if (got == 0) break;
    buffer_.append(chunk, static_cast<std::size_t>(got));
  }
  bytes_ = buffer_;
}

void MappedFile::Forget(std::size_t begin, std::size_t end) const {
  const auto page = static_cast<std::size_t>(sysconf(_SC_PAGESIZE));
  begin = begin / page * page;
  end = end / page * page;
  if (map_ == nullptr || begin >= end) return;
  // Whole pages of a map that nobody writes to are read from the file again when they are needed.
  madvise(static_cast<char*>(map_) + begin, end - begin, MADV_DONTNEED);
}

MappedFile::~MappedFile() {
  if (map_ != nullptr) munmap(map_, bytes_.size());
}

}  // namespace halflife
