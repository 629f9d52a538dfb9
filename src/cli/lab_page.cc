#include "cli/lab_page.h"

#include <cstddef>

extern "C" {
// The bytes of the file, by the assembler (lab_page.S).
extern const char kLabPage[];
extern const char kLabPageEnd[];
}

namespace halflife {

std::string_view LabPage() { return {kLabPage, static_cast<std::size_t>(kLabPageEnd - kLabPage)}; }

}  // namespace halflife
