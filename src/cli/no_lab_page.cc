// In a program that is built without the page.
#include "cli/lab_page.h"

namespace halflife {

std::string_view LabPage() { return {}; }

}  // namespace halflife
