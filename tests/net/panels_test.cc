// Panels' products at the ends of rows.
#include "kernels/net/panels.h"

#include <gtest/gtest.h>
#include <sys/mman.h>
#include <unistd.h>

#include <algorithm>
#include <memory>
#include <vector>

#include "base/float_block.h"
#include "kernels/rule.h"

namespace halflife {
namespace {

// Floats before a page that must not be touched.
class EndOfMemory {
 public:
  EndOfMemory()
      : page_(static_cast<std::size_t>(sysconf(_SC_PAGESIZE))),
        begin_(static_cast<char*>(
            mmap(nullptr, 2 * page_, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0))) {
    mprotect(begin_ + page_, page_, PROT_NONE);
  }
  ~EndOfMemory() { munmap(begin_, 2 * page_); }
  EndOfMemory(const EndOfMemory&) = delete;
  EndOfMemory& operator=(const EndOfMemory&) = delete;
  float* Last(std::size_t count) const { return reinterpret_cast<float*>(begin_ + page_) - count; }

 private:
  std::size_t page_;
  char* begin_;
};

TEST(Panels, AProductTouchesNothingPastItsColumns) {
  constexpr std::size_t kRows = 7;
  const EndOfMemory memory;
  const std::vector<float> a = {1, 2, 3, 4, 5, 6, 7};
  FloatBlock b(kPanel);
  for (std::size_t j = 0; j < kPanel; ++j) b.data()[j] = static_cast<float>(j + 1);
  for (const std::string_view target : KernelTargets()) {
    SetKernelTarget(target);
    for (std::size_t columns = 1; columns <= kPanel; ++columns) {
      for (const bool adds : {false, true}) {
        float* const c = memory.Last(kRows * columns);
        std::fill_n(c, kRows * columns, 0.5F);
        MultiplyPanel({.rows = kRows,
                       .columns = columns,
                       .depth = 1,
                       .a = a.data(),
                       .a_row = 1,
                       .b = b.data(),
                       .c = c,
                       .c_row = columns,
                       .adds = adds});
        for (std::size_t i = 0; i < kRows * columns; ++i) {
          const float product = a[i / columns] * b.data()[i % columns];
          ASSERT_EQ(c[i], product + (adds ? 0.5F : 0.0F)) << target << " " << columns << " " << i;
        }
      }
    }
  }
  SetKernelTarget("");
}

}  // namespace
}  // namespace halflife
