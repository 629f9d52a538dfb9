// The rows of a table that are in use: all of them, or some.
#pragma once

#include <cstddef>
#include <cstdint>
#include <numeric>
#include <vector>

namespace halflife {

// Row i in use is row (*this)[i] of the table. `some` must outlive it.
class RowSet {
 public:
  static RowSet All(std::size_t count) { return {nullptr, count}; }
  static RowSet Some(const std::vector<uint32_t>& some) { return {&some, some.size()}; }

  std::size_t size() const { return count_; }
  bool all() const { return some_ == nullptr; }
  uint32_t operator[](std::size_t i) const {
    return some_ == nullptr ? static_cast<uint32_t>(i) : (*some_)[i];
  }

 private:
  RowSet(const std::vector<uint32_t>* some, std::size_t count) : some_(some), count_(count) {}

  const std::vector<uint32_t>* some_;
  std::size_t count_;
};

// `first` and the rows after it, `count` in all.
inline std::vector<uint32_t> RowsInOrder(std::size_t count, std::size_t first = 0) {
  std::vector<uint32_t> rows(count);
  std::iota(rows.begin(), rows.end(), static_cast<uint32_t>(first));
  return rows;
}

}  // namespace halflife
