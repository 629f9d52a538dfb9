// A file read through a memory map, or through a buffer where it cannot be mapped (a pipe,
// /dev/stdin).
#pragma once

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

 private:
  std::string buffer_;  // used when there is no map
  void* map_ = nullptr;
  std::string_view bytes_;
};

}  // namespace halflife
