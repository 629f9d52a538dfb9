#include "tune/tune_csv.h"

#include <algorithm>
#include <memory>
#include <optional>
#include <utility>

#include "base/error.h"
#include "base/mapped_file.h"
#include "base/memory.h"
#include "base/stopwatch.h"
#include "data/streamed_cells.h"
#include "tune/tune_model.h"

namespace halflife {
namespace {

constexpr double kNumberBytes = 8.0;

// A table of which nothing can be said by sums alone.
bool IsForMemory(ErrorKind kind) {
  return kind == ErrorKind::kStreamTexts || kind == ErrorKind::kStreamClasses ||
         kind == ErrorKind::kStreamWide || kind == ErrorKind::kStreamDigits;
}

class CsvTuning {
 public:
  CsvTuning(const std::string& path, const ReadOptions& reading, TuneOptions options,
            const NameColumnsOf& name_columns, TuneCsvSettings settings)
      : path_(path),
        reading_(reading),
        options_(std::move(options)),
        name_columns_(name_columns),
        settings_(std::move(settings)),
        file_(path) {
    // A look at a byte also brings pages before it.
    const std::size_t before = settings_.stream.chunk_bytes;
    settings_.stream.done = [this, before](std::size_t begin, std::size_t end) {
      file_.Forget(begin - std::min(begin, before), end);
    };
  }

  TuneOutcome Run() {
    if (options_.stream == Streaming::kAlways) {
      CheckTuneOptions(options_);
      if (options_.l1_ratio > 0.0) Fail(ErrorKind::kStreamL1);
      if (options_.data.task == Task::kClassification) Fail(ErrorKind::kStreamClasses);
      return Streamed(Open());
    }
    std::optional<TuneOutcome> streamed = StreamedIfLarge();
    return streamed ? std::move(*streamed) : InMemory();
  }

 private:
  // None where the table is for memory.
  std::optional<TuneOutcome> StreamedIfLarge() {
    // A cell and what separates it from the next are a byte at least.
    const double most = kNumberBytes * static_cast<double>(file_.bytes().size());
    if (!MayStream() || !IsLarge(most)) return std::nullopt;
    const std::shared_ptr<CsvStream> stream = Open();
    if (!IsLarge(stream->TableBytes())) return std::nullopt;
    try {
      return Streamed(stream);
    } catch (const Error& error) {
      if (!IsForMemory(error.kind())) throw;
    }
    return std::nullopt;
  }

  bool MayStream() const {
    return options_.stream == Streaming::kAuto && options_.l1_ratio == 0.0 &&
           options_.model != ModelFamily::kLogistic && options_.data.task != Task::kClassification;
  }
  bool IsLarge(double bytes) const { return bytes > settings_.memory / 2.0; }

  std::shared_ptr<CsvStream> Open() const {
    return std::make_shared<CsvStream>(file_.bytes(), path_, reading_, settings_.stream);
  }

  TuneOptions Named(const std::vector<std::string>& columns) const {
    TuneOptions options = options_;
    if (name_columns_) name_columns_(columns, &options.data);
    return options;
  }

  TuneOutcome InMemory() {
    const Table table = ParseCsv(file_.bytes(), path_, reading_);
    const double read = watch_.Lap();
    TuneOutcome outcome = Tune(table, Named(table.names()));
    outcome.result.timing.read = read;
    return outcome;
  }

  TuneOutcome Streamed(const std::shared_ptr<CsvStream>& stream) {
    const TuneOptions options = Named(stream->table().names());
    CheckTuneOptions(options);
    stream->Load(NamedByOptions(options.data));
    const double read = watch_.Lap();
    StreamedCells cells(stream, options.threads);
    const PreparedTable table{path_, stream->table().columns.size(),
                              PrepareDataset(&cells, options.data)};
    CheckFamily(options, table.dataset.target.task);
    if (table.dataset.target.task == Task::kClassification) Fail(ErrorKind::kStreamClasses);
    TuneOutcome outcome = TunePrepared(table, options, MakeModelOfTask, &watch_);
    outcome.result.timing.read = read;
    return outcome;
  }

  const std::string& path_;
  const ReadOptions& reading_;
  TuneOptions options_;
  const NameColumnsOf& name_columns_;
  TuneCsvSettings settings_;
  Stopwatch watch_;
  MappedFile file_;
};

}  // namespace

TuneOutcome TuneCsvWith(const std::string& path, const ReadOptions& reading, TuneOptions options,
                        const NameColumnsOf& name_columns, TuneCsvSettings settings) {
  return CsvTuning(path, reading, std::move(options), name_columns, std::move(settings)).Run();
}

TuneOutcome TuneCsv(const std::string& path, const ReadOptions& reading, const TuneOptions& options,
                    const NameColumnsOf& name_columns) {
  return TuneCsvWith(path, reading, options, name_columns, {MemoryOfMachine(), {}});
}

}  // namespace halflife
