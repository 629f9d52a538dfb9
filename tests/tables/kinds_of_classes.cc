// Kinds whose difficulty lies in the classes: separable or nearly so, many, rare, or few rows.
#include <algorithm>
#include <cmath>

#include "tables/draw.h"

namespace halflife::testing {
namespace {

std::vector<std::string> BySign(const std::vector<double>& scores) {
  std::vector<std::string> classes;
  for (const double score : scores) classes.push_back(score > 0.0 ? "1" : "0");
  return classes;
}

// A plane parts the classes; in every other table with a margin.
void Separable(Random* random, MadeTable* table) {
  const std::size_t rows = DrawCount(random, 40, 200);
  NumberColumns columns;
  for (int c = 0; c < 3; ++c) columns.push_back(DrawNormals(random, rows));
  std::vector<double> scores = DrawSignal(random, columns);
  for (std::size_t i = 0; i < 4; ++i) scores[i] = i % 2 == 0 ? 1.0 : -1.0;
  columns[0] = scores;  // of its sign alone the class is known
  if (table->seed % 2 == 0) {
    for (double& value : columns[0]) value += value > 0.0 ? 1.0 : -1.0;
  }
  for (std::size_t c = 0; c < columns.size(); ++c)
    table->AddNumbers("x" + std::to_string(c), columns[c]);
  table->PredictClasses(BySign(scores));
}

// The same but for one to three rows beside the plane, or for noise a thousandth of the signal.
void NearlySeparable(Random* random, MadeTable* table) {
  const std::size_t rows = DrawCount(random, 40, 200);
  const NumberColumns columns = AddNormals(random, table, rows, 3);
  const std::vector<double> scores = DrawSignal(random, columns);
  std::vector<std::string> classes = BySign(PlusNoise(random, scores, 1e-3));
  if (table->seed % 2 == 0) {
    std::vector<std::size_t> near(rows);
    for (std::size_t i = 0; i < rows; ++i) near[i] = i;
    std::sort(near.begin(), near.end(), [&](std::size_t a, std::size_t b) {
      return std::fabs(scores[a]) < std::fabs(scores[b]);
    });
    const std::size_t turned = DrawCount(random, 1, 3);
    for (std::size_t k = 0; k < turned; ++k) classes[near[k]] = classes[near[k]] == "1" ? "0" : "1";
  }
  for (std::size_t i = 0; i < 4; ++i) classes[i] = i % 2 == 0 ? "1" : "0";
  table->PredictClasses(classes);
}

void TwelveRows(Random* random, MadeTable* table) {
  const NumberColumns columns = AddNormals(random, table, 12, DrawCount(random, 1, 4));
  table->AddTexts("level", DrawLevels(random, 12, 3, "l"));
  const std::vector<double> target = PlusNoise(random, DrawSignal(random, columns), 1.0);
  PredictNumbersOrTwoClasses(random, target, table);
}

// 3 to 60 classes, at least three rows each, around centres of their own.
void ManyClasses(Random* random, MadeTable* table) {
  const std::size_t count = table->seed % 4 == 3 ? 60 : DrawCount(random, 3, 15);
  const std::size_t rows = std::max<std::size_t>(90, 3 * count);
  std::vector<std::string> classes(rows);
  for (std::size_t i = 0; i < rows; ++i) classes[i] = "k" + std::to_string(i % count);
  for (const char* name : {"x", "y", "z"}) {
    std::vector<double> values =
        EffectOfLevels(classes, 100 * table->seed + static_cast<uint64_t>(*name));
    table->AddNumbers(name, PlusNoise(random, values, 0.7));
  }
  table->PredictClasses(classes);
}

// About 2 positives in 100.
void Imbalanced(Random* random, MadeTable* table) {
  const std::size_t rows = DrawCount(random, 200, 500);
  std::vector<double> scores = DrawSignal(random, AddNormals(random, table, rows, 4));
  for (double& score : scores) score = 0.7 * score - 4.2;
  table->PredictClasses(DrawTwoClasses(random, scores));
}

constexpr TableKind kKindsOfClasses[] = {{"separable", Separable},
                                         {"nearly separable", NearlySeparable},
                                         {"twelve rows", TwelveRows},
                                         {"many classes", ManyClasses},
                                         {"imbalanced", Imbalanced}};

}  // namespace

std::span<const TableKind> KindsOfClasses() { return kKindsOfClasses; }

}  // namespace halflife::testing
