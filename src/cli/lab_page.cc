#include "cli/lab_page.h"

#include <cstddef>

extern "C" {
// The bytes of the file, by the assembler (lab_page.S).
extern const char halflife_lab_page[];
extern const char halflife_lab_page_end[];
}

namespace halflife {

std::string_view LabPage() {
  return {halflife_lab_page, static_cast<std::size_t>(halflife_lab_page_end - halflife_lab_page)};
}

}  // namespace halflife
