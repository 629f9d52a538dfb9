#include "report/code_string.h"

#include <fmt/format.h>

namespace halflife {

std::string CodeString(std::string_view text) {
  std::string code = "\"";
  for (const char c : text) {
    const auto byte = static_cast<unsigned char>(c);
    if (c == '"' || c == '\\') {
      code += '\\';
      code += c;
    } else if (byte < 0x20 || byte == 0x7f) {
      code += fmt::format("\\{:03o}", byte);
    } else {
      code += c;
    }
  }
  return code + "\"";
}

}  // namespace halflife
