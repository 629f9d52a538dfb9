// Writes the printed code of every case: `write_snippets cpp` as functions for the test to compile,
// `write_snippets json` for make_torch_snippets.py.
#include <fmt/format.h>

#include <cstdio>
#include <nlohmann/json.hpp>
#include <string_view>

#include "golden/snippets/cases.h"
#include "report/cpp_code.h"
#include "report/torch_code.h"

namespace {

std::string CppFunctions(const std::vector<halflife::testing::SnippetCase>& cases) {
  std::string code = "#include \"halflife/optimizer.h\"\n\n";
  std::string table;
  for (std::size_t i = 0; i < cases.size(); ++i) {
    code += fmt::format(
        "inline halflife::Optimizer Printed{}(std::vector<halflife::Parameter> parameters) "
        "{{\n{}return optimizer;\n}}\n\n",
        i, halflife::CppCode(cases[i].training));
    table += fmt::format("    &Printed{},\n", i);
  }
  return code +
         fmt::format(
             "inline constexpr halflife::Optimizer (*kPrinted[])(std::vector<halflife::Parameter>) "
             "= {{\n{}}};\n",
             table);
}

std::string TorchJson(const std::vector<halflife::testing::SnippetCase>& cases) {
  nlohmann::ordered_json json;
  for (const halflife::testing::SnippetCase& one : cases)
    json[one.name] = halflife::TorchCode(one.training);
  return json.dump(1) + "\n";
}

}  // namespace

int main(int argc, char** argv) {
  const std::vector<halflife::testing::SnippetCase> cases = halflife::testing::SnippetCases();
  const bool cpp = argc > 1 && std::string_view(argv[1]) == "cpp";
  fmt::print("{}", cpp ? CppFunctions(cases) : TorchJson(cases));
}
