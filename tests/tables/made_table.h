// Tables made by seed, of many kinds, with the truth about them: what every cell means, what is to
// be predicted, and what may be said of it.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "base/random.h"
#include "halflife/data_options.h"

namespace halflife::testing {

// How a number is written into a cell.
using NumberWriter = std::string (*)(double);

std::string Plainly(double number);    // the shortest text that reads back as it
std::string AsDollars(double whole);   // "$1,234,567", "-$1,234"
std::string AsPercent(double number);  // "12.5%"
std::string AsDay(double days);        // the ISO date so many days after 1970-01-01

// A column as its owner means it.
struct MadeColumn {
  enum class Role { kInput, kTarget, kWeight, kGroup, kTime, kLeftOut };

  std::string name;
  Role role = Role::kInput;
  std::vector<double> numbers;     // a column of numbers: a value a row, NaN where missing
  std::vector<std::string> texts;  // a column of text: "" where missing
  NumberWriter write = Plainly;

  bool is_text() const { return !texts.empty(); }
};

struct MadeTable {
  std::string kind;
  uint64_t seed = 0;
  std::vector<MadeColumn> columns;  // all of the same number of rows
  DataOptions options;
  std::optional<double> true_r2;  // of the population; none where the kind says nothing about it
  std::string refused;            // not "": there is no answer but an error that says this

  std::string Csv() const;
  std::string Name() const;  // "KIND seed SEED", for messages

  // How kinds say what their columns are.
  void AddNumbers(const std::string& name, std::vector<double> numbers,
                  NumberWriter write = Plainly);
  void AddTexts(const std::string& name, std::vector<std::string> texts);
  void Give(const std::string& name, MadeColumn::Role role);  // and the option that says so
  void PredictNumbers(std::vector<double> target);
  void PredictClasses(std::vector<std::string> target);
};

// One kind of table: fills in columns and options.
struct TableKind {
  const char* name;
  void (*make)(Random* random, MadeTable* table);
};

std::span<const TableKind> KindsOfNumbers();
std::span<const TableKind> KindsOfText();
std::span<const TableKind> KindsOfClasses();
std::span<const TableKind> KindsOfRows();
std::vector<TableKind> AllKinds();

// The table of `kind` and `seed`: the same bytes on every machine with this C library.
MadeTable MakeTableOfKind(const TableKind& kind, uint64_t seed);

}  // namespace halflife::testing
