// A sweep over decays on the reader's own CSV file, with the program's own result, figures and
// report.

#include <algorithm>
#include <cmath>
#include <nlohmann/json.hpp>

#include "base/error.h"
#include "base/text.h"
#include "halflife/report.h"
#include "halflife/rule.h"
#include "halflife/table.h"
#include "halflife/tune.h"
#include "halflife/version.h"
#include "lab/choices.h"
#include "lab/questions.h"
#include "net/rows.h"
#include "report/figures.h"
#include "report/plain_text.h"
#include "tune/training/net_tuner.h"

namespace halflife {
namespace {

// More would keep a page busy for minutes.
constexpr std::size_t kMostBytes = 50'000'000;
constexpr int kMostEpochs = 100000;

Table TableOf(const Question& question) {
  if (question.data().size() > kMostBytes)
    Fail(ErrorKind::kPageFileTooLarge, {kMostBytes / 1'000'000});
  return ParseCsv(question.data(), question.Word("name", "table.csv"));
}

// The time of an exact fit grows with the cube of rows or encoded columns, whichever are fewer.
void CheckSize(const Table& table) {
  constexpr std::size_t kMostFewer = 1000;
  std::size_t encoded = 0;
  for (const Column& column : table.columns)
    encoded += std::max<std::size_t>(1, column.levels.size());
  if (std::min(table.rows, encoded) > kMostFewer)
    FailIn(table.source, ErrorKind::kPageTableTooLarge, {table.rows, encoded});
}

const std::string& ColumnAt(const Table& table, double index) {
  if (!(index >= 0 && index < static_cast<double>(table.columns.size())) ||
      index != std::floor(index))
    Fail(ErrorKind::kPageColumnUnknown);
  return table.columns[static_cast<std::size_t>(index)].name;
}

// The table once more, with the texts of the target's cells, which classes are called by.
Table TableToLearn(const Question& question) {
  const Table table = TableOf(question);
  const int last = static_cast<int>(table.columns.size()) - 1;
  ReadOptions reading;
  reading.keep_text = {ColumnAt(table, question.Whole("target", 0, last, last))};
  return ParseCsv(question.data(), table.source, reading);
}

// Columns are named by their place, counted from 0: their names may hold anything.
DataOptions DataOf(const Question& question, const Table& table) {
  DataOptions data;
  const int last = static_cast<int>(table.columns.size()) - 1;
  data.target = ColumnAt(table, question.Whole("target", 0, last, last));
  for (const std::string& place : Split(question.Word("ignore", ""), ','))
    data.ignore.push_back(ColumnAt(table, NumberOf("ignore", place)));
  data.task = static_cast<Task>(question.Choice("task", {"auto", "regression", "classification"}));
  data.log_target = question.Whole("log_target", 0, 1, 0) != 0;
  data.seed = question.Seed();
  return data;
}

std::vector<double> DecaysOfWord(const std::string& text) {
  std::vector<double> decays;
  for (const std::string& part : Split(text, ',')) decays.push_back(NumberOf("decays", part));
  return decays;
}

TuneResult TuneExactly(const Question& question, const Table& table) {
  CheckSize(table);
  TuneOptions options;
  options.data = DataOf(question, table);
  options.data.folds = question.Whole("folds", 0, 100, 0);
  options.decays = DecaysOfWord(question.Word("decays", ""));
  options.threads = 1;
  return Tune(table, options).result;
}

TuneResult TuneTheNet(const Question& question, const Table& table) {
  NetTuneOptions options;
  options.data = DataOf(question, table);
  options.decays = DecaysOfWord(question.Word("decays", ""));
  options.seeds = question.Whole("seeds", 1, 20, 3);
  options.rounds = 1;  // a reader waits for the answer
  options.net.hidden = HiddenChoice(question, "16");
  options.training.epochs = question.Whole("epochs", 0, kMostEpochs, 0);
  options.training.batch = question.Whole("batch", 1, 65536, 32);
  options.training.optimizer.rule = question.Word("rule", "adamw");
  options.training.optimizer.law = LawChoice(question, "law", DecayLaw::kDecoupled);
  if (question.Whole("bias", 0, 1, 0) != 0) options.training.optimizer.policy = DecayPolicy::kAll;
  const RuleSpec& rule = FindRule(*options.training.optimizer.rule);
  options.lrs = {question.Real("lr", 1e-8, 100, rule.lr)};
  options.threads = 1;
  const RowSplits splits(table, nullptr, options.data, options.rounds);
  return NetTuner(splits, table.source, options).Tune().result;
}

void AddFigure(const std::string& name, const Figure& figure, Answer* answer) {
  answer->Figure(name, {figure.wide, figure.narrow});
  answer->texts[name + ".readout"] = figure.readout;
}

}  // namespace

Answer AskColumns(const Question& question) {
  const Table table = TableOf(question);
  nlohmann::ordered_json columns = nlohmann::ordered_json::array();
  for (const Column& column : table.columns) {
    const bool text = column.kind == Column::Kind::kText;
    columns.push_back({{"name", CleanText(column.name)},
                       {"kind", text ? "text" : "numbers"},
                       {"levels", column.levels.size()},
                       {"missing", column.missing_count()}});
  }
  Answer answer;
  answer.Number("rows", static_cast<double>(table.rows));
  answer.texts["columns"] = columns.dump();
  return answer;
}

Answer AskPractice(const Question& question) {
  const bool net = question.Choice("model", {"auto", "net"}) == 1;
  const Table table = TableToLearn(question);
  const TuneResult result = net ? TuneTheNet(question, table) : TuneExactly(question, table);
  Answer answer;
  answer.texts["result"] = ResultJson(result);
  answer.texts["report"] = ReportHtml(result);
  AddFigure("loss", LossFigure(result), &answer);
  if (!result.paths.empty()) AddFigure("weights", PathFigure(result), &answer);
  if (net) AddFigure("learning", LearningFigure(result), &answer);
  return answer;
}

}  // namespace halflife
