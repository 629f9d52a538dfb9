// A CSV file on disk.
#include "base/mapped_file.h"
#include "halflife/table.h"

namespace halflife {

Table ReadCsv(const std::string& path, const ReadOptions& options) {
  const MappedFile file(path);
  return ParseCsv(file.bytes(), path, options);
}

}  // namespace halflife
