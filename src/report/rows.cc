#include "report/rows.h"

#include <cmath>
#include <set>

#include "base/text.h"
#include "report/net_words.h"
#include "report/numbers.h"
#include "report/say.h"
#include "report/words.h"

namespace halflife {
namespace {

std::vector<std::string> MarksOf(const TuneResult& result, std::size_t index, Language language) {
  std::vector<std::string> marks;
  if (result.grid[index].decay == result.verdict.baseline) {
    marks.push_back(Say(language, "baseline", "基线"));
  }
  const bool signal = !NoSignal(result);
  if (index == static_cast<std::size_t>(result.best)) marks.push_back(BestName(result, language));
  if (signal && index == static_cast<std::size_t>(result.one_se))
    marks.push_back(Say(language, "one-SE", "一倍标准误"));
  if (const auto& trained = result.grid[index].trained) {
    const std::string end = EndMark(result, *trained, language);
    if (!end.empty()) marks.push_back(end);
  }
  return marks;
}

// A net's cells. The marks say of which epoch its figures are, or that they are moved. A run that
// was not started or diverged has none to compare.
void AddTrained(const GridPoint& point, TableRow* row) {
  const TrainedPoint& trained = *point.trained;
  row->lr = ShortestNumber(trained.lr);
  row->half_life = point.half_life_epochs ? Number(*point.half_life_epochs, 3) : "-";
  if (point.validation.se == 0.0) row->error.clear();  // of one row in one run there is none
  if (trained.seeds > 0 || (!trained.diverged && !trained.curves.empty())) return;
  row->train = row->validation = row->error = row->score = row->norm = "-";
}

// Without a signal the lowest loss may lie anywhere: rows evenly over the decays at which the
// columns are still in use.
std::vector<std::size_t> RowsThatMatter(const TuneResult& result) {
  constexpr double kInUse = 0.5;  // effective degrees of freedom
  constexpr std::size_t kRows = 12;
  std::size_t count = result.grid.size();
  const auto in_use = [&](const GridPoint& point) {
    return point.nonzero ? *point.nonzero > 0 : point.effective_dof.value_or(kInUse) >= kInUse;
  };
  while (count > 1 && !in_use(result.grid[count - 1])) --count;
  std::set<std::size_t> rows;
  for (std::size_t i = 0; i < kRows; ++i) rows.insert(i * (count - 1) / (kRows - 1));
  rows.insert(static_cast<std::size_t>(result.best));
  return {rows.begin(), rows.end()};
}

// What the best constant scores; above the decays, which have to beat it.
TableRow ConstantRow(const TuneResult& result, Language language) {
  TableRow row;
  row.decay = Say(language, "constant", "常数");
  row.train = row.norm = "-";
  row.validation = NullLossText(result);
  row.score = IsRegression(result) ? "-" : Fixed(result.data.null_accuracy.value_or(NAN), 4);
  row.dof = "0.0";
  row.nonzero = "0";
  row.marks = {IsRegression(result) ? Say(language, "the mean", "均值")
                                    : Say(language, "the shares", "各类比例")};
  return row;
}

}  // namespace

std::vector<std::size_t> RowsShown(const TuneResult& result) {
  if (NoSignal(result) && !IsTrained(result)) return RowsThatMatter(result);
  const auto count = static_cast<int>(result.grid.size());
  std::set<std::size_t> rows;
  const auto add = [&](int index) {
    if (index >= 0 && index < count) rows.insert(static_cast<std::size_t>(index));
  };
  constexpr int kFew = 13;
  constexpr int kFewTrained = 24;  // a net's rows say how each ended
  if (count <= (IsTrained(result) ? kFewTrained : kFew)) {
    for (int i = 0; i < count; ++i) add(i);
    return {rows.begin(), rows.end()};
  }
  for (const int index : {0, result.best, result.one_se, count - 1}) add(index);
  for (const int offset : {1, 2, 4, 8, 16}) {
    add(result.best - offset);
    add(result.best + offset);
  }
  return {rows.begin(), rows.end()};
}

std::string RowsChoiceText(const TuneResult& result, Language language) {
  return NoSignal(result) && !IsTrained(result)
             ? Say(language, "evenly over those at which the columns are in use",
                   "均匀取自各列仍起作用的衰减")
             : Say(language, "dense around the best", "最优值附近较密");
}

std::vector<TableRow> TableRows(const TuneResult& result, Language language) {
  const GridPoint& usual = NoSignal(result) ? result.grid.front() : BestPoint(result);
  const int norm_decimals = DecimalsFor(0.01 * usual.weight_norm);
  std::vector<TableRow> rows;
  if (result.data.null_loss && !IsTrained(result)) rows.push_back(ConstantRow(result, language));
  for (const std::size_t index : RowsShown(result)) {
    const GridPoint& point = result.grid[index];
    rows.push_back({.decay = Number(point.decay, 6),
                    .lr = "",
                    .train = LossText(result, point.train.mean),
                    .validation = LossText(result, point.validation.mean),
                    .error = LossText(result, point.validation.se),
                    .score = Fixed(point.score, 4),
                    .norm = Fixed(point.weight_norm, norm_decimals),
                    .dof = point.effective_dof ? Fixed(*point.effective_dof, 1) : "-",
                    .nonzero = point.nonzero ? std::to_string(*point.nonzero) : "",
                    .half_life = "",
                    .marks = MarksOf(result, index, language)});
    if (point.trained) AddTrained(point, &rows.back());
  }
  return rows;
}

}  // namespace halflife
