#include "tables/made_table.h"

#include <fmt/format.h>

#include <chrono>
#include <cmath>

namespace halflife::testing {
namespace {

std::string Quote(const std::string& text) {
  if (text.find_first_of(",\"\n") == std::string::npos) return text;
  std::string quoted = "\"";
  for (const char c : text) quoted += c == '"' ? std::string("\"\"") : std::string(1, c);
  return quoted + "\"";
}

std::string Cell(const MadeColumn& column, std::size_t row) {
  if (column.is_text()) return Quote(column.texts[row]);
  const double number = column.numbers[row];
  return std::isnan(number) ? "" : Quote(column.write(number));
}

}  // namespace

std::string Plainly(double number) { return fmt::format("{}", number); }

std::string AsDollars(double whole) {
  std::string digits = fmt::format("{:.0f}", std::fabs(whole));
  for (auto at = static_cast<std::ptrdiff_t>(digits.size()) - 3; at > 0; at -= 3)
    digits.insert(static_cast<std::size_t>(at), ",");
  return (whole < 0.0 ? "-$" : "$") + digits;
}

std::string AsPercent(double number) { return fmt::format("{}%", number); }

std::string AsDay(double days) {
  const std::chrono::sys_days day{std::chrono::days(static_cast<int>(days))};
  const std::chrono::year_month_day date{day};
  return fmt::format("{:04}-{:02}-{:02}", static_cast<int>(date.year()),
                     static_cast<unsigned>(date.month()), static_cast<unsigned>(date.day()));
}

std::string MadeTable::Csv() const {
  std::string csv;
  for (const MadeColumn& column : columns) csv += (csv.empty() ? "" : ",") + Quote(column.name);
  csv += "\n";
  const MadeColumn& first = columns.front();
  const std::size_t rows = first.is_text() ? first.texts.size() : first.numbers.size();
  for (std::size_t row = 0; row < rows; ++row) {
    for (std::size_t c = 0; c < columns.size(); ++c)
      csv += (c > 0 ? "," : "") + Cell(columns[c], row);
    csv += "\n";
  }
  return csv;
}

std::string MadeTable::Name() const { return fmt::format("{} seed {}", kind, seed); }

void MadeTable::AddNumbers(const std::string& name, std::vector<double> numbers,
                           NumberWriter write) {
  columns.push_back({.name = name,
                     .role = MadeColumn::Role::kInput,
                     .numbers = std::move(numbers),
                     .texts = {},
                     .write = write});
}

void MadeTable::AddTexts(const std::string& name, std::vector<std::string> texts) {
  columns.push_back({.name = name,
                     .role = MadeColumn::Role::kInput,
                     .numbers = {},
                     .texts = std::move(texts),
                     .write = Plainly});
}

void MadeTable::Give(const std::string& name, MadeColumn::Role role) {
  for (MadeColumn& column : columns) {
    if (column.name == name) column.role = role;
  }
  if (role == MadeColumn::Role::kTarget) options.target = name;
  if (role == MadeColumn::Role::kWeight) options.weight = name;
  if (role == MadeColumn::Role::kGroup) options.group = name;
  if (role == MadeColumn::Role::kTime) options.time = name;
}

void MadeTable::PredictNumbers(std::vector<double> target) {
  AddNumbers("target", std::move(target));
  Give("target", MadeColumn::Role::kTarget);
  options.task = Task::kRegression;
}

void MadeTable::PredictClasses(std::vector<std::string> target) {
  AddTexts("target", std::move(target));
  Give("target", MadeColumn::Role::kTarget);
  options.task = Task::kClassification;
}

std::vector<TableKind> AllKinds() {
  std::vector<TableKind> all;
  for (const auto kinds : {KindsOfNumbers(), KindsOfText(), KindsOfClasses(), KindsOfRows()})
    all.insert(all.end(), kinds.begin(), kinds.end());
  return all;
}

MadeTable MakeTableOfKind(const TableKind& kind, uint64_t seed) {
  MadeTable table;
  table.kind = kind.name;
  table.seed = seed;
  table.options.rounds = seed % 3 == 2 ? 2 : 1;
  table.options.seed = seed + 1;
  Random random(seed);
  kind.make(&random, &table);
  return table;
}

}  // namespace halflife::testing
