#include "data/column_survey.h"

#include <algorithm>
#include <bit>
#include <cmath>
#include <string>

#include "data/blanks.h"
#include "data/boolean_words.h"
#include "data/iso_date.h"
#include "data/missing_words.h"
#include "data/other_dates.h"

namespace halflife {
namespace {

void CountNumber(const NumberText& number, uint8_t groupings, double value, std::size_t count,
                 ColumnSurvey* survey) {
  survey->numbers += count;
  survey->groupings &= groupings;
  survey->marks |= number.marks;
  for (unsigned i = 0; i < kGroupings; ++i) {
    if ((groupings >> i & 1U) != 0) survey->fitting[i] += count;
  }
  if (survey->minus.empty()) survey->minus = number.minus;
  if (survey->currency.empty()) survey->currency = number.currency;
  survey->currencies_differ = survey->currencies_differ ||
                              (!number.currency.empty() && number.currency != survey->currency);
  if (value == 0.0) return;  // a plain 0 suits every unit
  const bool percent = (number.marks & NumberText::kPercent) != 0;
  (percent ? survey->percent : number.currency.empty() ? survey->bare : survey->priced) += count;
}

void CountSpelling(const TextCount& word, ColumnSurvey* survey) {
  survey->missing += word.count;
  if (IsMissing(word.text)) return;
  const auto known = std::find_if(survey->spellings.begin(), survey->spellings.end(),
                                  [&](const TextCount& other) { return other.text == word.text; });
  if (known == survey->spellings.end()) {
    survey->spellings.push_back(word);
  } else {
    known->count += word.count;
  }
}

bool IsInfinityWord(std::string_view text) {
  constexpr std::size_t kLongest = 9;
  if (text.size() > kLongest) return false;
  if (text.starts_with('-') || text.starts_with('+')) text.remove_prefix(1);
  const std::string lower = LowerCase(text);
  return lower == "inf" || lower == "infinity";
}

// The first grouping in which `number` is well formed; there is one.
Grouping FirstGrouping(uint8_t groupings) {
  return static_cast<Grouping>(std::countr_zero(groupings));
}

void CountFinite(const TextCount& cell, const NumberText& number, uint8_t groupings, double value,
                 ColumnSurvey* survey) {
  constexpr double kExact = 9007199254740992.0;  // 2^53
  CountNumber(number, groupings, value, cell.count, survey);
  if (survey->code.empty() && (number.marks & NumberText::kLeadingZero) != 0)
    survey->code = cell.text;
  if (survey->long_number.empty() && std::fabs(value) >= kExact &&
      LosesDigits(number, FirstGrouping(groupings)))
    survey->long_number = cell.text;
}

void CountText(const TextCount& cell, ColumnSurvey* survey) {
  const std::string_view text = cell.text;
  NumberText number;
  const uint8_t groupings = ReadNumberText(text, &number) ? GroupingsOf(number) : uint8_t{0};
  if (groupings != 0) {
    const double value = ValueOf(number, FirstGrouping(groupings));
    if (std::isfinite(value)) {
      CountFinite(cell, number, groupings, value, survey);
      return;
    }
  } else if (IsMissingWord(text)) {
    CountSpelling(cell, survey);
    return;
  }
  if (survey->no_number.empty()) survey->no_number = text;
  if (groupings != 0 || IsInfinityWord(text)) {
    survey->not_finite += cell.count;
  } else if (ParseIsoDate(text).has_value()) {
    survey->dates += cell.count;
  } else {
    survey->texts += cell.count;
    if (!LooksLikeOtherDate(text)) return;
    survey->other_dates += cell.count;
    if (survey->other_date.empty()) survey->other_date = text;
  }
}

}  // namespace

ColumnSurvey SurveyColumn(std::span<const TextCount> texts) {
  ColumnSurvey survey;
  for (const TextCount& cell : texts) CountText({TrimBlanks(cell.text), cell.count}, &survey);
  return survey;
}

void AddSurvey(const ColumnSurvey& later, ColumnSurvey* survey) {
  survey->numbers += later.numbers;
  survey->dates += later.dates;
  survey->missing += later.missing;
  survey->not_finite += later.not_finite;
  survey->texts += later.texts;
  survey->other_dates += later.other_dates;
  survey->groupings &= later.groupings;
  for (unsigned i = 0; i < kGroupings; ++i) survey->fitting[i] += later.fitting[i];
  survey->marks |= later.marks;
  survey->currencies_differ =
      survey->currencies_differ || later.currencies_differ ||
      (!survey->currency.empty() && !later.currency.empty() && survey->currency != later.currency);
  survey->bare += later.bare;
  survey->percent += later.percent;
  survey->priced += later.priced;
  const auto first = [&](std::string_view ColumnSurvey::*text) {
    if ((survey->*text).empty()) survey->*text = later.*text;
  };
  for (const auto text :
       {&ColumnSurvey::currency, &ColumnSurvey::minus, &ColumnSurvey::code,
        &ColumnSurvey::long_number, &ColumnSurvey::other_date, &ColumnSurvey::no_number})
    first(text);
  for (const TextCount& word : later.spellings) CountSpelling(word, survey);
}

void ForEachView(ColumnSurvey* survey, const std::function<void(std::string_view*)>& look) {
  for (std::string_view* const text :
       {&survey->currency, &survey->minus, &survey->code, &survey->long_number, &survey->other_date,
        &survey->no_number})
    look(text);
  for (TextCount& word : survey->spellings) look(&word.text);
}

bool IsNotFinite(std::string_view text) {
  const TextCount cell{TrimBlanks(text), 1};
  ColumnSurvey survey;
  CountText(cell, &survey);
  return survey.not_finite > 0;
}

}  // namespace halflife
