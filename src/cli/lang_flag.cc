#include "cli/lang_flag.h"

#include <string>

#include "cli/choices.h"

namespace halflife {
namespace {

constexpr const char* kLang = "--lang";

const Choices<Language>& Languages() {
  static const Choices<Language> kLanguages = {{"en", Language::kEnglish},
                                               {"zh", Language::kChinese}};
  return kLanguages;
}

}  // namespace

void AddLangFlag(CLI::App* command, Language* language) {
  command
      ->add_option_function<std::string>(
          kLang, [language](const std::string& name) { *language = Languages().at(name); },
          "the language of what is said: en or zh (default en)")
      ->check(OneOf(Languages()));
}

Language LanguageAsked(const CLI::App& app) {
  for (const CLI::App* command : app.get_subcommands()) {
    const CLI::Option* option = command->get_option_no_throw(kLang);
    if (option != nullptr && !option->empty()) return Languages().at(option->as<std::string>());
  }
  return Language::kEnglish;
}

}  // namespace halflife
