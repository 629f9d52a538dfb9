// Elements of an array: their types, and their values as doubles.
#include <cmath>
#include <cstring>
#include <limits>

#include "base/check.h"
#include "halflife/arrays.h"

namespace halflife {
namespace {

// IEEE 754 binary16.
struct Half {
  std::uint16_t bits;

  explicit operator double() const {
    constexpr int kFractionBits = 10;
    constexpr unsigned kLargestExponent = 31;
    const unsigned exponent = bits >> 10U & 0x1FU;
    const int fraction = bits & 0x3FF;
    double value = 0.0;
    if (exponent == kLargestExponent) {
      value = fraction == 0 ? std::numeric_limits<double>::infinity()
                            : std::numeric_limits<double>::quiet_NaN();
    } else if (exponent == 0) {
      value = std::ldexp(fraction, -14 - kFractionBits);
    } else {
      value = std::ldexp(fraction + 1024, static_cast<int>(exponent) - 15 - kFractionBits);
    }
    return (bits & 0x8000U) != 0 ? -value : value;
  }
};

template <typename T>
void LoadAs(const std::uint8_t* from, std::size_t count, double* out) {
  for (std::size_t i = 0; i < count; ++i) {
    T value;
    std::memcpy(&value, from + i * sizeof(T), sizeof(T));
    out[i] = static_cast<double>(value);
  }
}

struct KindFacts {
  const char* name;
  std::size_t size;
  void (*load)(const std::uint8_t* from, std::size_t count, double* out);
};

// In the order of ElementKind.
constexpr KindFacts kFacts[] = {
    {"bool", 1, LoadAs<std::uint8_t>},  {"uint8", 1, LoadAs<std::uint8_t>},
    {"int8", 1, LoadAs<std::int8_t>},   {"uint16", 2, LoadAs<std::uint16_t>},
    {"int16", 2, LoadAs<std::int16_t>}, {"uint32", 4, LoadAs<std::uint32_t>},
    {"int32", 4, LoadAs<std::int32_t>}, {"uint64", 8, LoadAs<std::uint64_t>},
    {"int64", 8, LoadAs<std::int64_t>}, {"float16", 2, LoadAs<Half>},
    {"float32", 4, LoadAs<float>},      {"float64", 8, LoadAs<double>},
};

const KindFacts& FactsOf(ElementKind kind) { return kFacts[static_cast<std::size_t>(kind)]; }

}  // namespace

std::size_t ElementSize(ElementKind kind) { return FactsOf(kind).size; }

std::string ElementName(ElementKind kind) { return FactsOf(kind).name; }

bool IsFloating(ElementKind kind) { return kind >= ElementKind::kF2; }

std::size_t Array::width() const {
  std::size_t product = 1;
  for (std::size_t d = 1; d < shape.size(); ++d) product *= shape[d];
  return product;
}

void Array::Load(std::size_t first, std::size_t count, double* out) const {
  HALFLIFE_CHECK(first <= size() && count <= size() - first);
  FactsOf(kind).load(bytes.data() + first * ElementSize(kind), count, out);
}

}  // namespace halflife
