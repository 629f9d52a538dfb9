#include "cli/table_flags.h"

#include <algorithm>

#include "base/error.h"
#include "base/text.h"
#include "halflife/arrays.h"

namespace halflife {
namespace {

// Each value whole, and its parts: which of them are columns only the table knows.
std::vector<std::string> PossibleNames(const std::vector<std::string>& values) {
  std::vector<std::string> names = values;
  for (const std::string& value : values) {
    const std::vector<std::string> parts = Split(value, ',');
    if (parts.size() > 1) names.insert(names.end(), parts.begin(), parts.end());
  }
  return names;
}

std::vector<std::string> NamesIn(const std::vector<std::string>& values,
                                 const std::vector<std::string>& columns) {
  std::vector<std::string> names;
  for (const std::string& value : values) {
    const std::vector<std::string> parts =
        std::find(columns.begin(), columns.end(), value) != columns.end()
            ? std::vector<std::string>{value}
            : Split(value, ',');
    names.insert(names.end(), parts.begin(), parts.end());
  }
  return names;
}

}  // namespace

void AddTableFlags(CLI::App* command, TableFlags* flags) {
  command
      ->add_option("--category", flags->category,
                   "columns of text, even if they hold numbers: NAME,NAME,...")
      ->allow_extra_args(false);
  command
      ->add_option("--number", flags->number,
                   "columns of numbers; cells that are none are missing: NAME,NAME,...")
      ->allow_extra_args(false);
  command->add_option("--ignore", flags->ignore, "columns to leave out: NAME,NAME,...")
      ->allow_extra_args(false);
}

ReadOptions ReadOptionsFor(const TableFlags& flags, const DataOptions& data) {
  // Numbers that are taken for classes without being asked for are fewer.
  constexpr std::size_t kMostClasses = 64;
  ReadOptions options;
  options.threads = data.threads;
  options.categories = PossibleNames(flags.category);
  options.numbers = PossibleNames(flags.number);
  if (!data.target.empty() && data.task != Task::kRegression) options.keep_text = {data.target};
  if (data.task != Task::kClassification) options.most_texts = kMostClasses;
  return options;
}

void NameColumns(const TableFlags& flags, const std::vector<std::string>& columns,
                 DataOptions* options) {
  options->categories = NamesIn(flags.category, columns);
  options->numbers = NamesIn(flags.number, columns);
  options->ignore = NamesIn(flags.ignore, columns);
  options->no_decay = NamesIn(flags.no_decay, columns);
}

Table ReadTable(const std::string& data, const TableFlags& flags, DataOptions* options) {
  const bool array = LooksLikeArray(data);
  if (array && options->target.empty()) Fail(ErrorKind::kArrayTargetNeeded);
  Table table = array ? ArrayTable(ReadArrayPair(data, options->target))
                      : ReadCsv(data, ReadOptionsFor(flags, *options));
  if (array) options->target = "target";
  NameColumns(flags, table.names(), options);
  return table;
}

}  // namespace halflife
