#include "data/csv_stream_fields.h"

#include <algorithm>
#include <utility>

namespace halflife {

// The texts of one chunk in the order of their codes, which is that of the file.
std::vector<TextCount> TextsOfChunk(const TextCodes& codes) {
  std::vector<TextCount> texts;
  texts.reserve(codes.size());
  for (std::size_t code = 0; code < codes.size(); ++code)
    texts.push_back({codes.text(code), codes.count(code)});
  return texts;
}

std::vector<CsvPoints> CsvFieldsOfFile::Points(const std::vector<bool>& wanted) {
  std::vector<CsvPoints> points(wanted.size(), CsvPoints::kNone);
  ReadWanted(wanted, CsvUse::kNumber, [&](std::size_t) {
    return [&](auto, auto&, CsvChunkCells* cells) {
      for (std::size_t f = 0; f < wanted.size(); ++f) {
        if (!wanted[f]) continue;
        const CsvPoints own = PointsOf(cells->numbers(f));
        gate_.Pass([&] { points[f] = std::max(points[f], own); });
      }
    };
  });
  return points;
}

std::vector<CsvTextField> CsvFieldsOfFile::ReadTexts(const std::vector<bool>& wanted) {
  std::vector<CsvTextField> fields;
  for (std::size_t f = 0; f < wanted.size(); ++f) {
    if (wanted[f]) fields.emplace_back().field = f;
  }
  if (fields.empty()) return fields;
  std::vector<std::vector<Strip>> strips(kCsvStrips, std::vector<Strip>(fields.size()));
  ReadWanted(wanted, CsvUse::kCode, [&](std::size_t strip) {
    return [&, strip](auto, auto&, CsvChunkCells* cells) {
      for (std::size_t i = 0; i < fields.size(); ++i)
        AddTexts(cells->texts(fields[i].field), &strips[strip][i]);
    };
  });
  for (const std::vector<Strip>& strip : strips) {
    for (std::size_t i = 0; i < fields.size(); ++i) {
      if (fields[i].texts.empty() && !strip[i].first.empty())
        fields[i].texts.push_back({strip[i].first, 1});
      AddSurvey(strip[i].survey, &fields[i].survey);
    }
  }
  return fields;
}

void CsvFieldsOfFile::ReadWanted(const std::vector<bool>& wanted, CsvUse use,
                                 const CsvStripBegin& begin) const {
  std::vector<CsvUse> uses(wanted.size(), CsvUse::kPassed);
  for (std::size_t f = 0; f < uses.size(); ++f) {
    if (wanted[f]) uses[f] = use;
  }
  pass_(std::move(uses), begin);
}

void CsvFieldsOfFile::AddTexts(const TextCodes& codes, Strip* strip) {
  const std::vector<TextCount> texts = TextsOfChunk(codes);
  if (texts.empty()) return;
  ColumnSurvey survey = SurveyColumn(texts);
  ForEachView(&survey, [&](std::string_view* text) { Keep(text); });
  if (strip->first.empty()) {
    strip->first = texts.front().text;
    Keep(&strip->first);
  }
  AddSurvey(survey, &strip->survey);
}

// A view that is not of the file goes to a text that is kept.
void CsvFieldsOfFile::Keep(std::string_view* text) {
  const bool of_file = text->data() >= file_.data() && text->data() < file_.data() + file_.size();
  if (text->empty() || of_file) return;
  gate_.Pass([&] { *text = kept_.emplace_back(*text); });
}

}  // namespace halflife
