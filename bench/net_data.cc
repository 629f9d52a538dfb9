#include "net_data.h"

#include <fmt/format.h>
#include <zlib.h>

#include <cmath>
#include <cstdlib>
#include <fstream>
#include <sstream>

namespace halflife::bench {
namespace {

[[noreturn]] void Die(const std::string& what) {
  fmt::print(stderr, "net_bench: {}\n", what);
  std::exit(1);
}

// The bytes after the `head` bytes of an IDX file's header, `count` of them.
std::vector<unsigned char> Inflate(const std::string& name, int head, std::size_t count) {
  const std::string path = "/usr/share/datasets/fashion-mnist/" + name;
  const gzFile file = gzopen(path.c_str(), "rb");
  if (file == nullptr) Die("no " + path + "; apt-get install dataset-fashion-mnist");
  std::vector<unsigned char> bytes(count);
  gzseek(file, head, SEEK_SET);
  const int got = gzread(file, bytes.data(), static_cast<unsigned>(count));
  gzclose(file);
  if (got != static_cast<int>(count)) Die(path + " is cut short");
  return bytes;
}

Rows FashionPart(const std::string& name, std::size_t rows) {
  constexpr double kMean = 0.2860;  // of all training pixels, as shares of 255
  constexpr double kSd = 0.3530;
  Rows part;
  part.width = 784;
  for (const unsigned char pixel : Inflate(name + "-images-idx3-ubyte.gz", 16, rows * part.width)) {
    if (part.inputs.empty()) part.inputs.reserve(rows * part.width);
    part.inputs.push_back(static_cast<float>((pixel / 255.0 - kMean) / kSd));
  }
  for (const unsigned char label : Inflate(name + "-labels-idx1-ubyte.gz", 8, rows))
    part.classes.push_back(label);
  return part;
}

void Write(const std::string& path, const void* from, std::size_t bytes) {
  std::ofstream file(path, std::ios::binary);
  file.write(static_cast<const char*>(from), static_cast<std::streamsize>(bytes));
  if (!file.flush()) Die("cannot write " + path);
}

}  // namespace

TrainAndTest FashionMnist() { return {FashionPart("train", 60000), FashionPart("t10k", 10000)}; }

TrainAndTest Digits() {
  std::ifstream file("data/digits.csv");
  std::string line;
  if (!std::getline(file, line)) Die("no data/digits.csv; run from the root of the repository");
  TrainAndTest data;
  data.train.width = data.test.width = 64;
  for (std::size_t row = 0; std::getline(file, line); ++row) {
    Rows& part = row % 5 == 4 ? data.test : data.train;
    std::istringstream cells(line);
    std::vector<double> numbers;
    for (std::string cell; std::getline(cells, cell, ',');)
      numbers.push_back(std::strtod(cell.c_str(), nullptr));
    if (numbers.size() != 65) Die("data/digits.csv has not 65 columns");
    for (std::size_t i = 0; i < 64; ++i)
      part.inputs.push_back(static_cast<float>((numbers[i] - 4.88) / 6.02));
    part.classes.push_back(static_cast<std::int32_t>(std::lround(numbers[64])));
  }
  return data;
}

void WriteFor(const TrainAndTest& data, const std::string& folder) {
  for (const auto& [name, part] :
       {std::pair{"train", &data.train}, std::pair{"test", &data.test}}) {
    Write(folder + "/" + name + ".x", part->inputs.data(), part->inputs.size() * sizeof(float));
    Write(folder + "/" + name + ".y", part->classes.data(),
          part->classes.size() * sizeof(std::int32_t));
  }
}

}  // namespace halflife::bench
