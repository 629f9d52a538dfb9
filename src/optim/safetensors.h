// The safetensors format: 8 bytes of header length (little-endian), a JSON header, the tensors'
// bytes. https://github.com/huggingface/safetensors. The reader trusts nothing in the file.
#pragma once

#include <cstddef>
#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <vector>

namespace halflife {

// One tensor; `bytes` points into the file's bytes when read.
struct SafeTensor {
  std::string name;
  std::string dtype;  // "F32", "F64", ...
  std::vector<std::uint64_t> shape;
  std::string_view bytes;
};

struct SafeTensors {
  std::vector<SafeTensor> tensors;  // in the order of their bytes
  std::map<std::string, std::string> metadata;
};

// Reads a whole file. Views stay valid as long as `file`. Throws Error beginning with `where` when
// anything is not as the format says: overlapping or missing bytes, sizes that do not fit the
// shape, names twice, or a header above 100 MB.
SafeTensors ReadSafeTensors(std::string_view file, const std::string& where);

// The bytes of a file that holds them, in the order given.
std::string WriteSafeTensors(const SafeTensors& content);

}  // namespace halflife
