#include "data/csv_columns.h"

#include <algorithm>
#include <cmath>

#include "base/parallel.h"
#include "data/csv_fields.h"
#include "data/csv_texts.h"

namespace halflife {
namespace {

// The cells of a file that is in memory.
class CsvCellsOfBody : public CsvFieldCells {
 public:
  CsvCellsOfBody(const CsvDocument& document, int threads, CsvBody* body)
      : document_(document), threads_(threads), body_(body) {}

  bool HoldsNumbers(std::size_t field) const override {
    const std::vector<double>& cells = body_->cells[field].numbers;
    return std::any_of(cells.begin(), cells.end(), [](double cell) { return !std::isnan(cell); });
  }
  std::vector<CsvPoints> Points(const std::vector<bool>& wanted) override {
    std::vector<CsvPoints> points(wanted.size(), CsvPoints::kNone);
    ParallelFor(points.size(), threads_, [&](std::size_t f) {
      if (wanted[f]) points[f] = PointsOf(body_->cells[f].numbers);
    });
    return points;
  }
  std::vector<CsvTextField> ReadTexts(const std::vector<bool>& wanted) override {
    std::vector<CsvTextField> fields;
    for (std::size_t f = 0; f < wanted.size(); ++f) {
      if (wanted[f]) fields.emplace_back().field = f;
    }
    if (fields.empty()) return fields;
    ReadCodes(document_, wanted, body_);
    ParallelFor(fields.size(), threads_, [&](std::size_t i) {
      fields[i].texts = CollectTexts(fields[i].field, body_);
      fields[i].survey = SurveyColumn(fields[i].texts);
    });
    return fields;
  }

 private:
  const CsvDocument& document_;
  int threads_;
  CsvBody* body_;
};

}  // namespace

std::vector<Column> MakeColumns(const CsvDocument& document, const ReadOptions& options,
                                const CsvAsked& asked, CsvBody* body) {
  CsvCellsOfBody cells(document, options.threads, body);
  std::vector<CsvTextField> fields = DecideFields(document, options, asked, body->chunks, &cells);
  const std::size_t count = document.names.size();
  std::vector<CsvTextField*> texts(count, nullptr);
  for (CsvTextField& field : fields) texts[field.field] = &field;
  std::vector<Column> columns(count);
  ParallelFor(count, options.threads, [&](std::size_t f) {
    Column& column = columns[f];
    column.name = document.names[f];
    if (CsvTextField* field = texts[f]; field == nullptr) {
      column.numbers = std::move(body->cells[f].numbers);
      column.marks = MarksOfPlain(ShowsPoint(column.numbers));
    } else {
      const bool keep_text = asked.keep_text.count(column.name) > 0;
      column.codes = std::move(body->cells[f].codes);
      FillFromTexts(field->texts, std::move(field->reading), keep_text, &column);
    }
  });
  std::vector<Column> kept;
  for (std::size_t c = 0; c < count; ++c) {
    if (document.IsColumn(c)) kept.push_back(std::move(columns[c]));
  }
  return kept;
}

}  // namespace halflife
