// A file descriptor that closes itself.
#pragma once

#include <unistd.h>

namespace halflife {

class Descriptor {
 public:
  explicit Descriptor(int fd) : fd_(fd) {}
  ~Descriptor() {
    if (fd_ >= 0) close(fd_);
  }
  Descriptor(const Descriptor&) = delete;
  Descriptor& operator=(const Descriptor&) = delete;
  int get() const { return fd_; }  // below 0: it could not be opened

 private:
  int fd_;
};

}  // namespace halflife
