// Any bytes as result.json: a result that writes back what it read and that a page can be made of,
// or a one-line error.
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

#include "base/check.h"
#include "halflife/error.h"
#include "halflife/report.h"

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, std::size_t size) {
  using namespace halflife;
  const std::string_view bytes(reinterpret_cast<const char*>(data), size);
  try {
    const TuneResult result = ResultFromJson(bytes, "fuzz.json");
    const std::string json = ResultJson(result);
    const TuneResult again = ResultFromJson(json, "again.json");
    HALFLIFE_CHECK(ResultJson(again) == json);
    HALFLIFE_CHECK(ReportHtml(again) == ReportHtml(result));
  } catch (const Error& error) {
    const std::string message = error.what();
    HALFLIFE_CHECK(message.starts_with("fuzz.json: "));
    HALFLIFE_CHECK(message.find_first_of("\r\n") == std::string::npos);
  }
  return 0;
}
