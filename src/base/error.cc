#include "base/error.h"

namespace halflife {

void FailData(const std::string& message) { throw Error(message, Error::Kind::kData); }

void FailUsage(const std::string& message) { throw Error(message, Error::Kind::kUsage); }

}  // namespace halflife
