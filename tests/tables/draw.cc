#include "tables/draw.h"

#include <cmath>

namespace halflife::testing {

std::size_t DrawCount(Random* random, std::size_t low, std::size_t high) {
  return low + random->Below(high - low + 1);
}

std::vector<double> DrawNormals(Random* random, std::size_t rows) {
  std::vector<double> values(rows);
  for (double& value : values) value = random->Normal();
  return values;
}

NumberColumns AddNormals(Random* random, MadeTable* table, std::size_t rows, std::size_t count) {
  NumberColumns columns;
  for (std::size_t c = 0; c < count; ++c) {
    columns.push_back(DrawNormals(random, rows));
    table->AddNumbers("x" + std::to_string(c), columns.back());
  }
  return columns;
}

std::vector<double> DrawSignal(Random* random, const NumberColumns& columns) {
  std::vector<double> sums(columns.front().size(), 0.0);
  for (const std::vector<double>& column : columns) {
    const double weight = random->Normal();
    for (std::size_t i = 0; i < sums.size(); ++i) sums[i] += weight * column[i];
  }
  return sums;
}

std::vector<double> PlusNoise(Random* random, std::vector<double> values, double sd) {
  for (double& value : values) value += sd * random->Normal();
  return values;
}

std::vector<std::string> DrawLevels(Random* random, std::size_t rows, std::size_t levels,
                                    const std::string& prefix) {
  std::vector<std::string> texts(rows);
  for (std::string& text : texts) text = prefix + std::to_string(random->Below(levels));
  return texts;
}

std::vector<double> EffectOfLevels(const std::vector<std::string>& texts, uint64_t seed) {
  std::vector<double> effects;
  for (const std::string& text : texts) {
    uint64_t stream = 0;
    for (const char c : text) stream = 131 * stream + static_cast<unsigned char>(c);
    effects.push_back(Random(seed, stream).Normal());
  }
  return effects;
}

std::vector<std::string> DrawTwoClasses(Random* random, const std::vector<double>& scores) {
  std::vector<std::string> classes(scores.size());
  for (std::size_t i = 0; i < scores.size(); ++i) {
    const bool drawn = random->Uniform() < 1.0 / (1.0 + std::exp(-scores[i]));
    classes[i] = (i < 4 ? i % 2 == 0 : drawn) ? "yes" : "no";
  }
  return classes;
}

void PredictNumbersOrTwoClasses(Random* random, const std::vector<double>& scores,
                                MadeTable* table) {
  if (table->seed % 2 == 0) {
    table->PredictNumbers(scores);
  } else {
    table->PredictClasses(DrawTwoClasses(random, scores));
  }
}

void PredictAnything(Random* random, const std::vector<double>& scores, MadeTable* table) {
  if (table->seed % 3 < 2) {
    table->seed % 3 == 1 ? table->PredictNumbers(scores)
                         : table->PredictClasses(DrawTwoClasses(random, scores));
    return;
  }
  const char* names[] = {"low", "middle", "high"};
  std::vector<std::string> classes;
  for (const double score : scores) {
    const std::size_t drawn = score < -0.5 ? 0 : (score < 0.5 ? 1 : 2);
    classes.emplace_back(names[classes.size() < 6 ? classes.size() % 3 : drawn]);
  }
  table->PredictClasses(classes);
}

}  // namespace halflife::testing
