#include "net_data.h"

#include <cmath>
#include <fstream>
#include <numeric>

#include "die.h"
#include "halflife/table.h"

namespace halflife::bench {
namespace {

const std::string kFashion = "/usr/share/datasets/fashion-mnist/";  // dataset-fashion-mnist

ArraySamples Scaled(const ArrayData& data, const ArrayScaling& scaling) {
  std::vector<std::uint32_t> rows(data.inputs.rows());
  std::iota(rows.begin(), rows.end(), 0U);
  return MakeSamples(data.inputs, ReadArrayTarget(data.targets, Task::kClassification, false),
                     scaling, rows);
}

ArrayData FashionPart(const std::string& name) {
  return ReadArrayPair(kFashion + name + "-images-idx3-ubyte.gz",
                       kFashion + name + "-labels-idx1-ubyte.gz");
}

void Write(const std::string& path, const void* from, std::size_t bytes) {
  std::ofstream file(path, std::ios::binary);
  file.write(static_cast<const char*>(from), static_cast<std::streamsize>(bytes));
  if (!file.flush()) Die("cannot write " + path);
}

}  // namespace

TrainAndTest FashionMnist() {
  const ArrayData train = FashionPart("train");
  std::vector<std::uint32_t> rows(train.inputs.rows());
  std::iota(rows.begin(), rows.end(), 0U);
  const ArrayScaling scaling = LearnScaling(train.inputs, rows);
  return {Scaled(train, scaling), Scaled(FashionPart("t10k"), scaling)};
}

TrainAndTest Digits() {
  constexpr double kMean = 4.88;  // of all pixels, which go from 0 to 16
  constexpr double kDeviation = 6.02;
  const Table table = ReadCsv("data/digits.csv");
  TrainAndTest data;
  data.train.width = data.test.width = 64;
  for (std::size_t row = 0; row < table.rows; ++row) {
    ArraySamples& part = row % 5 == 4 ? data.test : data.train;
    for (std::size_t i = 0; i < 64; ++i) {
      part.inputs.push_back(
          static_cast<float>((table.columns[i].numbers[row] - kMean) / kDeviation));
    }
    part.classes.push_back(static_cast<std::int32_t>(std::lround(table.columns[64].numbers[row])));
    ++part.rows;
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
