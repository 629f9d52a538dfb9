// Memory given back: `cells = {}` empties a vector and keeps what it holds.
#pragma once

#include <vector>

namespace halflife {

template <typename T>
void Release(std::vector<T>* cells) {
  std::vector<T>().swap(*cells);
}

}  // namespace halflife
