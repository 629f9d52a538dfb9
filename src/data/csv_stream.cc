#include "data/csv_stream.h"

#include <algorithm>
#include <limits>
#include <memory>
#include <utility>

#include "base/parallel.h"
#include "base/release.h"
#include "data/csv_checks.h"
#include "data/csv_header.h"
#include "data/csv_layout.h"
#include "data/csv_levels.h"
#include "data/csv_stream_fields.h"
#include "data/csv_texts.h"

namespace halflife {
namespace {

void AddChunk(std::span<const double> numbers, bool has_text, CsvPlainField* field) {
  field->has_text = field->has_text || has_text;
  if (field->has_text) return;
  AddNumbers(numbers, &field->range);
  field->shows_point = field->shows_point || ShowsPoint(numbers);
}

void AddField(const CsvPlainField& more, CsvPlainField* field) {
  field->range.missing += more.range.missing;
  field->range.lowest = std::min(field->range.lowest, more.range.lowest);
  field->range.highest = std::max(field->range.highest, more.range.highest);
  field->shows_point = field->shows_point || more.shows_point;
  field->has_text = field->has_text || more.has_text;
}

}  // namespace

CsvStream::CsvStream(std::string_view bytes, const std::string& source, ReadOptions options,
                     CsvStreamOptions settings)
    : options_(std::move(options)), settings_(std::move(settings)) {
  options_.keep_text.clear();
  CsvHead head;
  document_ = OpenCsv(bytes, source, &head);
  const CsvSurvey survey =
      SurveyCsv(document_, options_.threads, settings_.chunk_bytes, settings_.done);
  ReadHeader(head, &document_);
  chunks_ = CutBody(document_, survey);
  table_.source = source;
  for (std::size_t f = 0; f < document_.names.size(); ++f) {
    if (!document_.IsColumn(f)) continue;
    field_of_.push_back(f);
    table_.columns.emplace_back().name = document_.names[f];
  }
}

double CsvStream::TableBytes() const {
  const std::size_t rows = chunks_.back().first_row + chunks_.back().room;
  return 8.0 * static_cast<double>(rows) * static_cast<double>(field_of_.size());
}

void CsvStream::Load(const std::vector<std::string>& kept) {
  const CsvAsked asked(options_);
  std::vector<bool> keeps;
  for (const Column& column : table_.columns)
    keeps.push_back(std::find(kept.begin(), kept.end(), column.name) != kept.end());
  const std::vector<CsvPlainField> plain = ReadPlain(asked, keeps);
  CsvFieldsOfFile cells(document_.bytes, plain,
                        [&](std::vector<CsvUse> uses, const CsvStripBegin& begin) {
                          PassOverFile(std::move(uses), kCsvStrips, options_.threads, begin);
                        });
  MakeColumns(plain, DecideFields(document_, options_, asked, chunks_, &cells));
  ReadTextCells(keeps);
  table_.findings = std::move(document_.findings);
  table_.removed = RemovedFields(document_);
}

// Reads every field as plain numbers for as long as it seems to be.
std::vector<CsvPlainField> CsvStream::ReadPlain(const CsvAsked& asked,
                                                const std::vector<bool>& kept) {
  const std::vector<CsvUse> first = FirstUses(document_, asked.AsTexts(document_));
  CsvBody body{.room = chunks_.back().first_row + chunks_.back().room, .chunks = chunks_};
  body.cells.resize(first.size());
  for (std::size_t c = 0; c < kept.size(); ++c) {
    const std::size_t f = field_of_[c];
    if (kept[c] && first[f] == CsvUse::kNumber) body.cells[f].numbers.resize(body.room);
  }
  std::vector<std::vector<CsvPlainField>> strips(kCsvStrips,
                                                 std::vector<CsvPlainField>(first.size()));
  CsvPass pass{.done = settings_.done};
  pass.uses = [&](std::size_t strip) {
    std::vector<CsvUse> uses = first;
    for (std::size_t f = 0; f < uses.size(); ++f) {
      if (strips[strip][f].has_text) uses[f] = CsvUse::kPassed;
    }
    return uses;
  };
  pass.begin = [&](std::size_t strip) {
    return [&, strip](std::size_t i, const CsvChunk& chunk, CsvChunkCells* cells) {
      for (std::size_t f = 0; f < first.size(); ++f) {
        CsvPlainField& field = strips[strip][f];
        if (first[f] != CsvUse::kNumber || field.has_text) continue;
        const std::span<const double> numbers = cells->numbers(f);
        AddChunk(numbers, (chunk.seen[f] & kSeenText) != 0, &field);
        if (!body.cells[f].numbers.empty())
          std::copy(numbers.begin(), numbers.end(), body.cells[f].numbers.data() + chunk.first_row);
      }
      body.chunks[i] = chunk;
    };
  };
  PassOver(document_, chunks_, pass, kCsvStrips, options_.threads);
  FailOnFaults(document_, body.chunks);
  table_.rows = CountRows(document_, body.chunks, options_.one_row_will_do);
  CloseGaps(&body);
  chunks_ = std::move(body.chunks);
  for (std::size_t c = 0; c < kept.size(); ++c)
    table_.columns[c].numbers = std::move(body.cells[field_of_[c]].numbers);
  std::vector<CsvPlainField> fields(first.size());
  for (const std::vector<CsvPlainField>& strip : strips) {
    for (std::size_t f = 0; f < fields.size(); ++f) AddField(strip[f], &fields[f]);
  }
  return fields;
}

void CsvStream::MakeColumns(const std::vector<CsvPlainField>& plain,
                            std::vector<CsvTextField> fields) {
  std::vector<CsvTextField*> texts(plain.size(), nullptr);
  for (CsvTextField& field : fields) texts[field.field] = &field;
  const std::size_t count = table_.columns.size();
  readings_.resize(count);
  ranges_.resize(count);
  too_many_.assign(count, 0);
  for (std::size_t c = 0; c < count; ++c) {
    Column& column = table_.columns[c];
    CsvTextField* const text = texts[field_of_[c]];
    if (text == nullptr) {
      column.marks = MarksOfPlain(plain[field_of_[c]].shows_point);
      ranges_[c] = plain[field_of_[c]].range;
      continue;
    }
    TextReading& reading = readings_[c];
    reading.is_text = true;
    reading.as = std::move(text->reading);
    Release(&column.numbers);
    column.findings = reading.as.findings;
    if (!reading.as.IsNumeric()) {
      column.kind = Column::Kind::kText;
      continue;
    }
    column.marks = reading.as.marks;
    if (reading.as.what == ColumnReading::What::kDates) column.meaning = Column::Meaning::kDate;
  }
}

// Reads what is not all plain numbers once more, now that it is known what it is.
void CsvStream::ReadTextCells(const std::vector<bool>& kept) {
  const std::size_t count = table_.columns.size();
  std::vector<CsvUse> uses(document_.names.size(), CsvUse::kPassed);
  std::vector<std::unique_ptr<CsvLevels>> levels(count);
  bool any = false;
  for (std::size_t c = 0; c < count; ++c) {
    if (!readings_[c].is_text) continue;
    any = true;
    uses[field_of_[c]] = CsvUse::kCode;
    const std::size_t rows = kept[c] ? table_.rows : 0;
    if (table_.columns[c].kind == Column::Kind::kText) {
      levels[c] = std::make_unique<CsvLevels>(rows, settings_.most_texts);
    } else {
      table_.columns[c].numbers.resize(rows);
    }
  }
  if (!any) return;
  Gate gate;
  const auto read_numbers = [&](std::size_t c, const CsvChunk& chunk, CsvChunkCells* cells) {
    Column block;
    FillCells(c, cells, &block);
    gate.Pass([&] {
      AddNumbers(block.numbers, &ranges_[c]);
      if (readings_[c].as.forced) FindForced(c, chunk, *cells);
    });
    if (kept[c])
      std::copy(block.numbers.begin(), block.numbers.end(),
                table_.columns[c].numbers.data() + chunk.first_row);
  };
  const auto visit = [&](std::size_t, const CsvChunk& chunk, CsvChunkCells* cells) {
    for (std::size_t c = 0; c < count; ++c) {
      const std::size_t f = field_of_[c];
      if (levels[c]) levels[c]->Add(cells->codes(f), cells->texts(f), chunk.first_row);
      if (readings_[c].is_text && !levels[c]) read_numbers(c, chunk, cells);
    }
  };
  PassOverFile(std::move(uses), kCsvStrips, options_.threads, [&](std::size_t) { return visit; });
  for (std::size_t c = 0; c < count; ++c) {
    if (!levels[c]) continue;
    too_many_[c] = levels[c]->too_many() ? 1 : 0;
    readings_[c].level_of = levels[c]->Finish(&table_.columns[c], &ranges_[c]);
    readings_[c].texts = std::move(levels[c]->texts());
  }
}

// Where the first cell is that was to be a number and is none.
void CsvStream::FindForced(std::size_t column, const CsvChunk& chunk, const CsvChunkCells& cells) {
  for (Finding& finding : table_.columns[column].findings) {
    if (finding.kind != Finding::Kind::kForcedNumber || finding.count == 0) continue;
    const std::size_t f = field_of_[column];
    const std::vector<TextCount> texts = TextsOfChunk(cells.texts(f));
    const std::size_t first =
        FirstForced(texts, cells.codes(f), ValuesOf(texts, readings_[column].as));
    const double row = static_cast<double>(chunk.first_row + first) + 1.0;
    if (first < chunk.rows && (finding.number == 0.0 || row < finding.number)) finding.number = row;
  }
}

// Puts the cells of a chunk that was read for `column` into `block`.
void CsvStream::FillCells(std::size_t column, CsvChunkCells* cells, Column* block) const {
  constexpr double kNone = std::numeric_limits<double>::quiet_NaN();
  const std::size_t f = field_of_[column];
  const TextReading& reading = readings_[column];
  block->kind = table_.columns[column].kind;
  if (!reading.is_text) {
    cells->SwapNumbers(f, &block->numbers);
    return;
  }
  const std::span<const int32_t> codes = cells->codes(f);
  if (block->kind == Column::Kind::kNumeric) {
    const std::vector<double> values = ValuesOf(TextsOfChunk(cells->texts(f)), reading.as);
    block->numbers.resize(codes.size());
    for (std::size_t row = 0; row < codes.size(); ++row)
      block->numbers[row] =
          codes[row] == Column::kMissing ? kNone : values[static_cast<std::size_t>(codes[row])];
    return;
  }
  std::vector<int32_t> level_of(cells->texts(f).size());
  for (std::size_t code = 0; code < level_of.size(); ++code)
    level_of[code] =
        reading.level_of[static_cast<std::size_t>(reading.texts.Find(cells->texts(f).text(code)))];
  block->codes.resize(codes.size());
  for (std::size_t row = 0; row < codes.size(); ++row)
    block->codes[row] = codes[row] == Column::kMissing
                            ? Column::kMissing
                            : level_of[static_cast<std::size_t>(codes[row])];
}

void CsvStream::PassOverFile(std::vector<CsvUse> uses, std::size_t strips, int threads,
                             const CsvStripBegin& begin) const {
  const CsvPass pass{.uses = [&](std::size_t) { return uses; },
                     .with_codes = true,
                     .begin = begin,
                     .done = settings_.done};
  PassOver(document_, chunks_, pass, strips, threads);
}

void CsvStream::DropCells() {
  for (Column& column : table_.columns) {
    Release(&column.numbers);
    Release(&column.codes);
  }
}

void CsvStream::Read(const std::vector<bool>& wanted, std::size_t strips, int threads,
                     const BeginStrip& begin) const {
  std::vector<CsvUse> uses(document_.names.size(), CsvUse::kPassed);
  for (std::size_t c = 0; c < wanted.size(); ++c) {
    if (wanted[c]) uses[field_of_[c]] = readings_[c].is_text ? CsvUse::kCode : CsvUse::kNumber;
  }
  PassOverFile(std::move(uses), strips, threads, [&](std::size_t strip) -> CsvVisit {
    const auto block = std::make_shared<Table>();
    block->columns.resize(wanted.size());
    return [&, block, visit = begin(strip)](auto, const CsvChunk& chunk, CsvChunkCells* cells) {
      block->rows = chunk.rows;
      for (std::size_t c = 0; c < wanted.size(); ++c) {
        if (wanted[c]) FillCells(c, cells, &block->columns[c]);
      }
      if (chunk.rows > 0) visit({chunk.first_row, *block});
    };
  });
}

}  // namespace halflife
