// Any bytes as a safetensors file: sound tensors that write back alike, or a one-line error; and as
// an optimizer's state: loaded whole and training on, or refused with nothing changed.
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "base/check.h"
#include "halflife/error.h"
#include "halflife/optimizer.h"
#include "optim/safetensors.h"

namespace halflife {
namespace {

void CheckError(const Error& error) {
  const std::string message = error.what();
  HALFLIFE_CHECK(message.starts_with("fuzz: "));
  HALFLIFE_CHECK(message.find_first_of("\r\n") == std::string::npos);
}

void CheckFile(std::string_view bytes) {
  try {
    const SafeTensors content = ReadSafeTensors(bytes, "fuzz");
    std::size_t total = 0;
    for (const SafeTensor& tensor : content.tensors) total += tensor.bytes.size();
    HALFLIFE_CHECK(total <= bytes.size());
    const std::string again = WriteSafeTensors(content);
    HALFLIFE_CHECK(WriteSafeTensors(ReadSafeTensors(again, "again")) == again);
  } catch (const Error& error) {
    CheckError(error);
  }
}

void CheckState(std::string_view bytes) {
  std::vector<float> w = {1, 2, 3, 4};
  OptimizerOptions options;
  options.center = DecayCenter::kStart;
  Optimizer optimizer({{"w", {2, 2}, ParameterKind::kWeight, w}}, options);
  const std::string before = optimizer.StateBytes();
  try {
    optimizer.LoadBytes(bytes, "fuzz");
    const std::vector<float> g = {1, -1, 0, 2};
    const std::span<const float> span(g);
    optimizer.Step({&span, 1});
  } catch (const Error& error) {
    CheckError(error);
    HALFLIFE_CHECK(optimizer.StateBytes() == before);
  }
}

}  // namespace
}  // namespace halflife

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, std::size_t size) {
  const std::string_view bytes(reinterpret_cast<const char*>(data), size);
  halflife::CheckFile(bytes);
  halflife::CheckState(bytes);
  return 0;
}
