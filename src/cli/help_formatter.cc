#include "cli/help_formatter.h"

#include <fmt/format.h>
#include <unistd.h>

#include <algorithm>
#include <vector>

#include "cli/terminal_size.h"
#include "report/plain_text.h"

namespace halflife {
namespace {

struct HelpRow {
  std::string term;
  std::string meaning;
};

struct HelpGroup {
  std::string title;
  std::vector<HelpRow> rows;
};

// The parser's name for what a flag takes comes with its checks: "TEXT:{auto,linear}".
std::string ValueName(const CLI::Option& option) {
  if (option.get_type_size() == 0 || option.get_items_expected_max() == 0) return "";
  if (!option.get_option_text().empty()) return option.get_option_text();
  const std::string type = option.get_type_name();
  const std::string name = type.substr(0, type.find(':'));
  if (name == "INT" || name == "UINT") return "N";
  return name == "FLOAT" ? "NUMBER" : name;
}

// ", one of a, b": the choices of a flag that has some.
std::string ChoicesText(const CLI::Option& option) {
  const std::string type = option.get_type_name();
  const std::size_t open = type.find(":{");
  const std::size_t close = type.find('}', open);
  if (open == std::string::npos || close == std::string::npos) return "";
  std::string text = "; one of ";
  for (const char c : type.substr(open + 2, close - open - 2))
    text += c == ',' ? std::string(", ") : std::string(1, c);
  return text;
}

HelpRow RowOf(const CLI::Option& option) {
  HelpRow row;
  row.term = option.get_name(option.get_positional(), true);
  const std::size_t comma = row.term.find(',');  // between "-h" and "--help"
  if (comma != std::string::npos) row.term.insert(comma + 1, " ");
  if (!option.get_positional() && !ValueName(option).empty()) row.term += " " + ValueName(option);
  row.meaning = option.get_description() + ChoicesText(option);
  if (option.get_required() && !option.get_positional()) row.meaning += " (required)";
  return row;
}

std::vector<HelpGroup> GroupsOf(const CLI::App& app) {
  std::vector<HelpGroup> groups = {{"Arguments", {}}, {"Subcommands", {}}};
  for (const CLI::Option* option : app.get_options()) {
    if (option->get_positional()) groups[0].rows.push_back(RowOf(*option));
  }
  for (const CLI::App* command : app.get_subcommands([](const CLI::App*) { return true; }))
    groups[1].rows.push_back({command->get_name(), command->get_description()});
  for (const std::string& title : app.get_groups()) {
    groups.push_back({title, {}});
    for (const CLI::Option* option : app.get_options()) {
      if (option->get_group() == title && !option->get_positional())
        groups.back().rows.push_back(RowOf(*option));
    }
  }
  std::erase_if(groups, [](const HelpGroup& group) { return group.rows.empty(); });
  return groups;
}

// What must be given, and what may be.
std::string UsageText(const CLI::App& app, const std::string& name) {
  std::string text = "Usage: " + name;
  for (const CLI::Option* option : app.get_options()) {
    if (!option->get_positional()) continue;
    const std::string argument = option->get_name(true);
    text += option->get_required() ? " " + argument : " [" + argument + "]";
  }
  for (const CLI::Option* option : app.get_options()) {
    if (option->get_required() && !option->get_positional()) text += " " + RowOf(*option).term;
  }
  return text + (app.get_require_subcommand_min() > 0 ? " SUBCOMMAND ..." : " [FLAGS]");
}

// Where the meanings begin: after the longest term that leaves them three fifths of the line.
std::size_t ColumnOf(const std::vector<HelpGroup>& groups, int width) {
  constexpr std::size_t kAround = 4;  // two blanks before a term and two after it
  const auto most = static_cast<std::size_t>(width * 2 / 5);
  std::size_t column = 0;
  for (const HelpGroup& group : groups) {
    for (const HelpRow& row : group.rows) {
      if (row.term.size() + kAround <= most) column = std::max(column, row.term.size() + kAround);
    }
  }
  return column == 0 ? kAround : column;
}

}  // namespace

std::string HelpText(const CLI::App& app, const std::string& name, int width) {
  const std::vector<HelpGroup> groups = GroupsOf(app);
  const std::size_t column = ColumnOf(groups, width);
  std::string text = app.get_description() + "\n\n" + UsageText(app, name) + "\n";
  for (const HelpGroup& group : groups) {
    text += fmt::format("\n{}:\n", group.title);
    for (const HelpRow& row : group.rows) {
      const std::string term = "  " + row.term;
      text += term.size() + 2 <= column ? fmt::format("{:<{}}", term, column)
                                        : fmt::format("{}\n{:{}}", term, "", column);
      text += row.meaning + "\n";
    }
  }
  return HangingWrap(text, width);
}

std::string HelpFormatter::make_help(const CLI::App* app, std::string name,
                                     CLI::AppFormatMode /*mode*/) const {
  return HelpText(*app, name, TerminalWidth(STDOUT_FILENO));
}

}  // namespace halflife
