// halflife columns DATA: what each column was read as, and why.

#include <cstdio>
#include <memory>

#include "base/error.h"
#include "cli/commands.h"
#include "cli/lang_flag.h"
#include "cli/table_flags.h"
#include "report/column_text.h"

namespace halflife {
namespace {

struct ColumnsArguments {
  std::string data;
  TableFlags table;
  DataOptions options;
  Language language = Language::kEnglish;
};

void RunColumns(ColumnsArguments arguments) {
  const Table table = ReadTable(arguments.data, arguments.table, &arguments.options);
  const TableSummary summary = Describe(table, arguments.options);
  const std::string text = ColumnText(summary, arguments.options.target, 0, arguments.language);
  if (std::fwrite(text.data(), 1, text.size(), stdout) != text.size() || std::fflush(stdout) != 0)
    Fail(ErrorKind::kOutputOfColumns);
}

}  // namespace

void AddColumnsCommand(CLI::App* app, std::function<int()>* run) {
  const auto arguments = std::make_shared<ColumnsArguments>();
  CLI::App* command =
      app->add_subcommand("columns", "Show what each column of a table was read as, and why");
  command
      ->add_option("DATA", arguments->data, "CSV file with a header, or arrays as IDX, NPY or NPZ")
      ->required();
  command->add_option("--target", arguments->options.target,
                      "the column to predict: shows also what each column tells of it");
  AddTableFlags(command, &arguments->table);
  AddLangFlag(command, &arguments->language);
  command->callback([=] {
    *run = [=] {
      RunColumns(*arguments);
      return 0;
    };
  });
}

}  // namespace halflife
