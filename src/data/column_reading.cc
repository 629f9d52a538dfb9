#include "data/column_reading.h"

#include <algorithm>
#include <bit>
#include <cmath>
#include <limits>
#include <string>

#include "data/blanks.h"
#include "data/iso_date.h"

namespace halflife {
namespace {

bool HasMark(const ColumnSurvey& survey, uint16_t mark) { return (survey.marks & mark) != 0; }

// Whether the numbers of the column are all written in one style.
bool InOneStyle(const ColumnSurvey& survey) {
  const int units =
      (survey.bare > 0 ? 1 : 0) + (survey.percent > 0 ? 1 : 0) + (survey.priced > 0 ? 1 : 0);
  const bool only_bare_fortran =
      HasMark(survey, NumberText::kBareFortran) && !HasMark(survey, NumberText::kFortran);
  return survey.numbers > 0 && survey.groupings != 0 && units <= 1 && !survey.currencies_differ &&
         !only_bare_fortran;
}

// The grouping meant: the first of those that are left, once it is settled what 1,234 is.
Grouping ChooseGrouping(const ColumnSurvey& survey, const ReadingContext& context) {
  uint8_t left = survey.groupings;
  if ((left & GroupingsOf(context.known)) != 0) left &= GroupingsOf(context.known);
  constexpr uint8_t kPointGroups = 1U << static_cast<unsigned>(Grouping::kPointComma);
  if (context.point_groups && HasMark(survey, NumberText::kPoint) && (left & kPointGroups) != 0)
    left = kPointGroups;
  const auto commas = static_cast<uint8_t>(left & kDecimalCommas);
  const auto points = static_cast<uint8_t>(left & ~kDecimalCommas);
  if (HasMark(survey, NumberText::kComma) && commas != 0 && points != 0)
    left = context.decimal_commas ? commas : points;
  if (left != 0) return static_cast<Grouping>(std::countr_zero(left));
  const auto most = std::max_element(survey.fitting.begin(), survey.fitting.end());
  return static_cast<Grouping>(most - survey.fitting.begin());
}

// What separates thousands in `grouping`, if the column has such marks; else '\0'.
char ThousandsMark(const ColumnSurvey& survey, Grouping grouping) {
  switch (grouping) {
    case Grouping::kCommaPoint:
      return HasMark(survey, NumberText::kComma) ? ',' : '\0';
    case Grouping::kPointComma:
      return HasMark(survey, NumberText::kPoint) ? '.' : '\0';
    case Grouping::kBlankPoint:
    case Grouping::kBlankComma:
      return HasMark(survey, NumberText::kBlank) ? ' ' : '\0';
    case Grouping::kApostrophePoint:
    case Grouping::kApostropheComma:
      return HasMark(survey, NumberText::kApostrophe) ? '\'' : '\0';
  }
  return '\0';
}

NumberMarks SeenMarks(const ColumnSurvey& survey, Grouping grouping) {
  if (survey.groupings == 0) return {};  // each cell has its own
  const char thousands = ThousandsMark(survey, grouping);
  const bool commas = (kDecimalCommas >> static_cast<unsigned>(grouping) & 1U) != 0;
  const bool shown = HasMark(survey, commas ? NumberText::kComma : NumberText::kPoint);
  if (commas) return {.thousands = thousands, .decimal = shown || thousands == '.' ? ',' : '\0'};
  return {.thousands = thousands, .decimal = shown || thousands == ',' ? '.' : '\0'};
}

void FindStyle(const ColumnSurvey& survey, const NumberMarks& marks,
               std::vector<Finding>* findings) {
  using Kind = Finding::Kind;
  const auto find = [&](bool is_so, Kind kind, std::string_view text) {
    if (is_so) findings->push_back({.kind = kind, .text = std::string(text)});
  };
  find(!survey.currency.empty(), Kind::kCurrency, survey.currency);
  find(HasMark(survey, NumberText::kPercent), Kind::kPercent, "");
  find(marks.thousands != '\0', Kind::kThousands, {&marks.thousands, 1});
  find(marks.decimal == ',' && HasMark(survey, NumberText::kComma), Kind::kDecimalComma, "");
  find(!survey.minus.empty(), Kind::kMinusSign, survey.minus);
  find(HasMark(survey, NumberText::kParentheses), Kind::kParentheses, "");
  find(HasMark(survey, NumberText::kFortran | NumberText::kBareFortran), Kind::kFortranExponent,
       "");
}

void FindLongOnes(const ColumnSurvey& survey, std::vector<Finding>* findings) {
  if (survey.long_number.empty()) return;
  findings->push_back(
      {.kind = Finding::Kind::kLongWholeNumbers, .text = std::string(survey.long_number)});
}

void FindSpellings(const ColumnSurvey& survey, std::vector<Finding>* findings) {
  for (const TextCount& word : survey.spellings) {
    findings->push_back({.kind = Finding::Kind::kMissingSpelling,
                         .text = std::string(word.text),
                         .count = word.count});
  }
}

ColumnReading ReadNumbers(const ColumnSurvey& survey, const ReadingContext& context) {
  ColumnReading reading{.what = ColumnReading::What::kNumbers,
                        .grouping = ChooseGrouping(survey, context)};
  reading.marks = SeenMarks(survey, reading.grouping);
  FindStyle(survey, reading.marks, &reading.findings);
  FindLongOnes(survey, &reading.findings);
  FindSpellings(survey, &reading.findings);
  return reading;
}

ColumnReading ReadForced(const ColumnSurvey& survey, const ReadingContext& context) {
  ColumnReading reading = ReadNumbers(survey, context);
  reading.forced = true;
  const std::size_t missing = survey.dates + survey.not_finite + survey.texts;
  if (missing > 0) {
    reading.findings.push_back({.kind = Finding::Kind::kForcedNumber,
                                .text = std::string(survey.no_number),
                                .count = missing});
  }
  return reading;
}

ColumnReading ReadNumbersOrCodes(const ColumnSurvey& survey, const ReadingContext& context) {
  if (survey.not_finite > 0) return {.what = ColumnReading::What::kNotFinite};
  if (!survey.code.empty()) {
    return {.what = ColumnReading::What::kText,
            .findings = {{.kind = Finding::Kind::kLeadingZeros, .text = std::string(survey.code)}}};
  }
  return ReadNumbers(survey, context);
}

ColumnReading ReadText(const ColumnSurvey& survey) {
  constexpr double kNearlyAll = 0.95;
  const std::size_t present = survey.numbers + survey.not_finite + survey.dates + survey.texts;
  const std::size_t days = survey.dates + survey.other_dates;
  ColumnReading reading;
  if (survey.other_dates > 0 &&
      static_cast<double>(days) >= kNearlyAll * static_cast<double>(present)) {
    reading.findings.push_back(
        {.kind = Finding::Kind::kOtherDates, .text = std::string(survey.other_date)});
  }
  return reading;
}

}  // namespace

bool HasDecimalCommas(const ColumnSurvey& survey) {
  return survey.texts + survey.dates == 0 && InOneStyle(survey) &&
         (survey.groupings & ~kDecimalCommas) == 0;
}

bool HasDecimalPoints(const ColumnSurvey& survey) {
  return survey.texts + survey.dates == 0 && InOneStyle(survey) &&
         HasMark(survey, NumberText::kPoint) && (survey.groupings & kDecimalCommas) == 0;
}

ColumnReading ReadColumn(const ColumnSurvey& survey, const ReadingContext& context) {
  using What = ColumnReading::What;
  const std::size_t others = survey.texts + survey.dates;
  const bool infinite = survey.numbers == 0 && survey.not_finite > 0;
  const bool numbers = others == 0 && (InOneStyle(survey) || infinite);
  const bool dates = survey.dates > 0 && survey.numbers + survey.not_finite + survey.texts == 0;
  if (context.is_category) {
    ColumnReading reading;
    if (numbers || dates) reading.findings.push_back({.kind = Finding::Kind::kForcedCategory});
    return reading;
  }
  if (dates) {
    ColumnReading reading{.what = What::kDates, .findings = {{.kind = Finding::Kind::kDate}}};
    FindSpellings(survey, &reading.findings);
    return reading;
  }
  const bool plainly = numbers && !infinite && survey.not_finite == 0 && survey.code.empty();
  if (context.is_number && !plainly) return ReadForced(survey, context);
  return numbers ? ReadNumbersOrCodes(survey, context) : ReadText(survey);
}

double CellNumber(const ColumnReading& reading, std::string_view text) {
  constexpr double kNone = std::numeric_limits<double>::quiet_NaN();
  const std::string_view cell = TrimBlanks(text);
  if (reading.what == ColumnReading::What::kDates) return ParseIsoDate(cell).value_or(kNone);
  NumberText number;
  if (!ReadNumberText(cell, &number)) return kNone;
  double value = ValueOf(number, reading.grouping);
  if (std::isnan(value) && reading.forced) {
    const uint8_t groupings = GroupingsOf(number);
    if (groupings != 0) value = ValueOf(number, static_cast<Grouping>(std::countr_zero(groupings)));
  }
  return std::isfinite(value) ? value : kNone;
}

}  // namespace halflife
