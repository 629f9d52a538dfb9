// A file read through a memory map, or through a buffer where it cannot be mapped (a pipe,
// /dev/stdin).
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace halflife {

// The bytes of a file, read-only, for as long as it lives.
class MappedFile {
 public:
  // Throws Error when the file cannot be opened or read, or is a folder.
  explicit MappedFile(const std::string& path);
  ~MappedFile();
  MappedFile(const MappedFile&) = delete;
  MappedFile& operator=(const MappedFile&) = delete;

  std::string_view bytes() const { return bytes_; }
  // That bytes [begin, end) are not looked at soon: they need not stay in this process's memory.
  void Forget(std::size_t begin, std::size_t end) const;

 private:
  std::string buffer_;  // used when there is no map
  void* map_ = nullptr;
  std::string_view bytes_;
};

}  // namespace halflife
