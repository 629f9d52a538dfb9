// Kinds whose difficulty lies in categories and in how cells are written.
#include <algorithm>
#include <cmath>

#include "tables/draw.h"

namespace halflife::testing {
namespace {

void PredictFrom(Random* random, const NumberColumns& effects, MadeTable* table) {
  PredictAnything(random, PlusNoise(random, DrawSignal(random, effects), 0.5), table);
}

void OnlyCategories(Random* random, MadeTable* table) {
  const std::size_t rows = DrawCount(random, 80, 400);
  NumberColumns effects;
  const std::size_t count = DrawCount(random, 2, 5);
  for (std::size_t c = 0; c < count; ++c) {
    const std::string name = "c" + std::to_string(c);
    const std::vector<std::string> levels =
        DrawLevels(random, rows, DrawCount(random, 2, 7), name + ", \"");  // quotes are needed
    table->AddTexts(name, levels);
    effects.push_back(EffectOfLevels(levels, table->seed));
  }
  PredictFrom(random, effects, table);
}

// Level k as likely as 1 / (k + 1)^2: many have one row.
void RareLevels(Random* random, MadeTable* table) {
  const std::size_t rows = DrawCount(random, 80, 300);
  NumberColumns effects;
  for (const char* name : {"city", "shop"}) {
    std::vector<std::string> levels(rows);
    for (std::string& level : levels)
      level = name + std::to_string(
                         static_cast<int>(std::min(1e4, 1.0 / (1e-9 + random->Uniform()) - 1.0)));
    table->AddTexts(name, levels);
    effects.push_back(EffectOfLevels(levels, table->seed));
  }
  AddNormals(random, table, rows, 1);
  PredictFrom(random, effects, table);
}

// A name a row, a few of them twice: it says nothing and is left out.
void NearlyUniqueText(Random* random, MadeTable* table) {
  const std::size_t rows = DrawCount(random, 40, 200);
  std::vector<std::string> names(rows);
  for (std::size_t i = 0; i < rows; ++i)
    names[i] = "row " + std::to_string(i % 11 == 10 ? i - 1 : i);
  table->AddTexts("name", names);
  table->Give("name", MadeColumn::Role::kLeftOut);
  if (table->seed % 8 == 7) {
    table->refused = "to predict from";
    table->PredictNumbers(DrawNormals(random, rows));
    return;
  }
  PredictFrom(random, AddNormals(random, table, rows, 3), table);
}

void WideOneHot(Random* random, MadeTable* table) {
  const std::size_t rows = DrawCount(random, 80, 160);
  NumberColumns effects;
  for (const char* name : {"a", "b"}) {
    const std::vector<std::string> levels =
        DrawLevels(random, rows, DrawCount(random, 15, 30), name);
    table->AddTexts(name, levels);
    effects.push_back(EffectOfLevels(levels, table->seed));
  }
  PredictFrom(random, effects, table);
}

// Whole numbers that count or rank, and codes with leading zeros, which are names.
void WholeNumbersAndCodes(Random* random, MadeTable* table) {
  const std::size_t rows = DrawCount(random, 60, 300);
  std::vector<double> count(rows);
  std::vector<double> rank(rows);
  std::vector<std::string> codes(rows);
  for (std::size_t i = 0; i < rows; ++i) {
    count[i] = std::floor(-3.0 * std::log1p(-random->Uniform()));
    rank[i] = static_cast<double>(random->Below(5));
    codes[i] = "0" + std::to_string(1000 + random->Below(6));
  }
  table->AddNumbers("count", count);
  table->AddNumbers("rank", rank);
  table->AddTexts("code", codes);
  PredictFrom(random, {count, rank, EffectOfLevels(codes, table->seed)}, table);
}

// Currency with thousands, percent, ISO dates.
void WrittenForPeople(Random* random, MadeTable* table) {
  const std::size_t rows = DrawCount(random, 60, 300);
  const NumberColumns columns = AddNormals(random, table, rows, 1);
  std::vector<double> price = DrawNormals(random, rows);
  std::vector<double> share = DrawNormals(random, rows);
  std::vector<double> day = DrawNormals(random, rows);
  for (double& value : price) value = std::round(20000.0 + 15000.0 * value);
  for (double& value : share) value = std::round(10.0 * (50.0 + 10.0 * value)) / 10.0;
  for (double& value : day) value = std::round(18000.0 + 300.0 * value);
  table->AddNumbers("price", price, AsDollars);
  table->AddNumbers("share", share, AsPercent);
  table->AddNumbers("day", day, AsDay);
  for (double& value : price) value /= 15000.0;
  PredictFrom(random, {columns[0], price}, table);
}

constexpr TableKind kKindsOfText[] = {{"only categories", OnlyCategories},
                                      {"rare and lone levels", RareLevels},
                                      {"nearly unique text", NearlyUniqueText},
                                      {"wide one-hot", WideOneHot},
                                      {"whole numbers and codes", WholeNumbersAndCodes},
                                      {"written for people", WrittenForPeople}};

}  // namespace

std::span<const TableKind> KindsOfText() { return kKindsOfText; }

}  // namespace halflife::testing
