// A block of floats at the start of a page: blocks of one layout then lie alike within their pages,
// so that no load has to wait for a store of another block (see optim/optimizer.cc).
#pragma once

#include <cstddef>
#include <cstdlib>
#include <cstring>
#include <memory>
#include <span>

#include "base/error.h"

namespace halflife {

class FloatBlock {
 public:
  FloatBlock() = default;
  // `size` zeros.
  explicit FloatBlock(std::size_t size) : size_(size) {
    if (size == 0) return;
    const std::size_t bytes = (size * sizeof(float) + kPage - 1) / kPage * kPage;
    data_.reset(static_cast<float*>(std::aligned_alloc(kPage, bytes)));
    if (data_ == nullptr) FailMemory();
    std::memset(data_.get(), 0, bytes);
  }

  float* data() const { return data_.get(); }
  std::size_t size() const { return size_; }
  std::span<float> span() const { return {data_.get(), size_}; }

 private:
  static constexpr std::size_t kPage = 4096;
  struct Free {
    void operator()(float* at) const { std::free(at); }
  };
  std::unique_ptr<float, Free> data_;
  std::size_t size_ = 0;
};

}  // namespace halflife
