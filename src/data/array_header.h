// What stands before an array's elements in IDX and NPY files.
#pragma once

#include <string_view>
#include <vector>

#include "data/byte_stream.h"
#include "halflife/arrays.h"

namespace halflife {

struct ArrayHeader {
  ElementKind kind = ElementKind::kU1;
  bool big_endian = false;
  bool fortran_order = false;  // the first index runs fastest
  char text = '\0';            // 'U': text of 4-byte characters, 'S': of bytes, NUL-padded; else
                               // numbers of `kind`
  std::size_t element_bytes = 1;
  std::vector<std::size_t> shape;
  std::size_t bytes = 0;  // of all elements
};

inline constexpr std::size_t kArrayMagicBytes = 4;  // enough to tell IDX and NPY from all else

// Whether `bytes` begin as an IDX or NPY file does.
bool BeginsLikeArray(std::string_view bytes);

// Reads the header from the beginning of `stream`, up to the first element. Throws Error for
// anything else, for types that are neither numbers nor text, and for more bytes than the stream
// can hold.
ArrayHeader ReadArrayHeader(ByteStream* stream);

// The rest of an NPY header, once its first kArrayMagicBytes are read; all but `bytes`.
ArrayHeader ReadNpyHeader(ByteStream* stream);

// Reads exactly `count` bytes into `out`, or throws Error: the file ends inside its header.
void ReadHeaderBytes(ByteStream* stream, void* out, std::size_t count);

}  // namespace halflife
