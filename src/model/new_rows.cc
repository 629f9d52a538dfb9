#include "model/new_rows.h"

#include "base/error.h"

namespace halflife {

void FailNoNumber(const std::string& source, const std::string& column, std::size_t row,
                  const std::string& text) {
  FailIn(source, ErrorKind::kNewCellText, {column, row, text});
}

Table ParseNewRows(std::string_view bytes, const std::string& source,
                   const std::vector<ModelInput>& inputs) {
  ReadOptions options{.one_row_will_do = true};
  for (const ModelInput& input : inputs) {
    if (input.kind == ModelInput::Kind::kLevel) options.categories.push_back(input.column);
    if (input.kind != ModelInput::Kind::kNumber) continue;
    options.numbers.push_back(input.column);
    options.known_marks.push_back({input.column, input.marks});
  }
  Table table = ParseCsv(bytes, source, options);
  for (const Column& column : table.columns) {
    for (const Finding& finding : column.findings) {
      if (finding.kind != Finding::Kind::kForcedNumber || finding.count == 0) continue;
      FailNoNumber(source, column.name, static_cast<std::size_t>(finding.number), finding.text);
    }
  }
  return table;
}

}  // namespace halflife
