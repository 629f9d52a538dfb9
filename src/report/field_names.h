// What the values of an enumeration are called in result.json: one table to write and to read by.
#pragma once

#include <string_view>
#include <vector>

namespace halflife {

template <class E>
struct FieldName {
  E value;
  std::string_view name;
};

template <class E>
using FieldNames = std::vector<FieldName<E>>;

// All values from the first to `last`, by the function that names them.
template <class E, class NameOf>
FieldNames<E> NamesUpTo(E last, NameOf name_of) {
  FieldNames<E> names;
  for (int i = 0; i <= static_cast<int>(last); ++i)
    names.push_back({static_cast<E>(i), name_of(static_cast<E>(i))});
  return names;
}

}  // namespace halflife
