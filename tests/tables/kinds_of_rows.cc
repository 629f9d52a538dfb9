// Kinds whose difficulty lies in the rows: incomplete, weighted, repeated, related, ordered.
#include <cmath>
#include <limits>

#include "tables/draw.h"

namespace halflife::testing {
namespace {

void PredictEither(Random* random, const NumberColumns& columns, MadeTable* table) {
  PredictNumbersOrTwoClasses(random, PlusNoise(random, DrawSignal(random, columns), 0.7), table);
}

// A third of all cells, a few targets among them.
void AThirdMissing(Random* random, MadeTable* table) {
  const std::size_t rows = DrawCount(random, 60, 300);
  const NumberColumns columns = AddNormals(random, table, rows, 5);
  table->AddTexts("level", DrawLevels(random, rows, 4, "l"));
  PredictEither(random, columns, table);
  for (MadeColumn& column : table->columns) {
    const uint64_t one_in = column.name == "target" ? 20 : 3;
    for (std::size_t i = 4; i < rows; ++i) {  // the first four hold two rows of each class
      if (random->Below(one_in) != 0) continue;
      if (column.is_text()) {
        column.texts[i].clear();
      } else {
        column.numbers[i] = std::numeric_limits<double>::quiet_NaN();
      }
    }
  }
  if (table->seed % 3 == 1) table->options.missing = MissingPolicy::kMean;
}

// Weights 0 to 3, or any size between e^-3 and e^3.
void Weighted(Random* random, MadeTable* table) {
  const std::size_t rows = DrawCount(random, 80, 300);
  const NumberColumns columns = AddNormals(random, table, rows, 4);
  table->AddTexts("level", DrawLevels(random, rows, 4, "l"));
  std::vector<double> weights(rows);
  for (double& weight : weights) {
    weight = table->seed % 4 < 2 ? static_cast<double>(random->Below(4))
                                 : std::exp(6.0 * random->Uniform() - 3.0);
  }
  for (std::size_t i = 0; i < 4; ++i) weights[i] = 1.0;  // two rows of each class
  table->AddNumbers("weight", weights);
  table->Give("weight", MadeColumn::Role::kWeight);
  PredictEither(random, columns, table);
}

// A tenth of the rows, many times over.
void DuplicatedRows(Random* random, MadeTable* table) {
  const std::size_t distinct = DrawCount(random, 15, 40);
  PredictEither(random, AddNormals(random, table, distinct, 3), table);
  const std::size_t rows = 8 * distinct;
  std::vector<std::size_t> from(rows);
  for (std::size_t i = 0; i < rows; ++i) from[i] = i < distinct ? i : random->Below(distinct);
  for (MadeColumn& column : table->columns) {
    const MadeColumn once = column;
    column.numbers.clear();
    column.texts.clear();
    for (const std::size_t i : from) {
      if (once.is_text()) {
        column.texts.push_back(once.texts[i]);
      } else {
        column.numbers.push_back(once.numbers[i]);
      }
    }
  }
}

// Rows of one person share a shift.
void Grouped(Random* random, MadeTable* table) {
  const std::size_t rows = DrawCount(random, 100, 300);
  NumberColumns columns = AddNormals(random, table, rows, 3);
  const std::vector<std::string> people =
      DrawLevels(random, rows, DrawCount(random, 12, 30), "person ");
  table->AddTexts("person", people);
  table->Give("person", MadeColumn::Role::kGroup);
  columns.push_back(EffectOfLevels(people, table->seed));
  PredictEither(random, columns, table);
}

// A walk: later rows are further off. Times are in no order, some of them equal.
void OrderedInTime(Random* random, MadeTable* table) {
  const std::size_t rows = DrawCount(random, 150, 400);
  NumberColumns columns = AddNormals(random, table, rows, 3);
  std::vector<double> days(rows);
  std::vector<double> drift(rows);
  for (std::size_t i = 0; i < rows; ++i) {
    days[i] = static_cast<double>(15000 + random->Below(2 * rows));
    drift[i] = (days[i] - 15000.0) / static_cast<double>(rows) - 1.0;
  }
  table->AddNumbers("day", days, table->seed % 4 < 2 ? AsDay : Plainly);
  table->Give("day", MadeColumn::Role::kTime);
  table->options.rounds = 1;  // there is one order only
  columns.push_back(drift);
  PredictEither(random, columns, table);
}

constexpr TableKind kKindsOfRows[] = {{"a third missing", AThirdMissing},
                                      {"weighted", Weighted},
                                      {"duplicated rows", DuplicatedRows},
                                      {"grouped", Grouped},
                                      {"ordered in time", OrderedInTime}};

}  // namespace

std::span<const TableKind> KindsOfRows() { return kKindsOfRows; }

}  // namespace halflife::testing
