#include <fmt/format.h>

#include <algorithm>

#include "base/text.h"
#include "halflife/report.h"
#include "report/html_parts.h"
#include "report/html_sections.h"
#include "report/net_words.h"
#include "report/numbers.h"
#include "report/penalty_words.h"
#include "report/splits_words.h"
#include "report/words.h"

namespace halflife {
namespace {

// What was fitted how often, or trained how long.
std::string RunEntries(const TuneResult& result) {
  const auto in_both = [&](std::string (*words)(const TuneResult&, Language)) {
    return InBoth([&](Language language) { return words(result, language); });
  };
  if (IsTrained(result)) {
    const Said kept = in_both(KeptText);
    return Entry({"net", "网络"}, in_both(TrainingText)) +
           Entry({"[rows](split)", "[各行](split)"}, in_both(SplitText)) +
           Entry({"decayed", "衰减对象"}, in_both(DecayedText)) +
           Entry({"sweep", "扫描"}, in_both(SweepText)) +
           (kept.english.empty() ? "" : Entry({"net kept", "留下的网络"}, kept));
  }
  const Said folds = in_both(FoldsText);
  const Said term{"[folds](fold)", "[折](fold)"};
  if (!FoldsAreDrawn(result)) return Entry(term, folds);
  return Entry(term, InBoth([&](Language language) {
                 return Say(language, "{}; seed {}", "{}；种子 {}", folds.In(language),
                            result.seed);
               }));
}

// Those that are none of the table's among them, but no empty one after a last delimiter.
std::size_t ColumnsOfFile(const DataSummary& data) {
  const auto empty = [](const ColumnSummary& column) {
    return std::any_of(column.findings.begin(), column.findings.end(), [](const Finding& finding) {
      return finding.kind == Finding::Kind::kTrailingDelimiter;
    });
  };
  const auto count = std::count_if(data.column_list.begin(), data.column_list.end(), empty);
  return std::max(data.columns, data.column_list.size() - static_cast<std::size_t>(count));
}

Said EncodingText(const DataSummary& data) {
  const bool has_text = std::any_of(data.column_list.begin(), data.column_list.end(),
                                    [](const ColumnSummary& column) {
                                      return column.kind == ColumnSummary::Kind::kCategory &&
                                             column.role == ColumnSummary::Role::kInput;
                                    });
  return InBoth([&](Language language) {
    return Say(language,
               "{0}Numbers less their mean, divided by their standard deviation, both of the "
               "training rows of each fit.",
               "{1}数值减去均值再除以标准差，两者都取自每次拟合的训练行。",
               has_text ? "Each level of a text column is a column of 0 and 1. " : "",
               has_text ? "文本列的每个取值是一个 0/1 列。" : "");
  });
}

std::string DataEntries(const TuneResult& result) {
  const DataSummary& data = result.data;
  std::string html = EntryHtml({"file", "文件"}, NameHtml(data.path, 1000));
  html += Entry({"rows used", "所用行数"}, InBoth([&](Language language) {
                  if (data.rows_dropped == 0) return std::to_string(data.rows);
                  return Say(language, "{}, {} left out", "{}，略去 {} 行", data.rows,
                             data.rows_dropped);
                }));
  html += Entry({"columns", "列数"}, InBoth([&](Language language) {
                  return Say(language, "{0} in the file, {1} after encoding",
                             "文件中 {0} 列，编码后 {2} 个特征", ColumnsOfFile(data),
                             Counted(data.features, "feature"), data.features);
                }));
  if (HasRole(result, ColumnSummary::Role::kWeight))
    html += Entry({"total weight", "总权重"}, InEither(Number(data.total_weight, 6)));
  html += Entry({"encoding", "编码"}, EncodingText(data));
  const std::string target = NameHtml(data.target, 1000);
  html += EntryHtml({"target", "目标"}, InLanguages(InBoth([&](Language language) {
                      return data.log_target
                                 ? Say(language, "{}, natural log", "{}，取自然对数", target)
                                 : target;
                    })));
  if (data.classes.empty()) return html;
  std::vector<std::string> classes;
  for (const std::string& name : data.classes) classes.push_back(NameHtml(name, 1000));
  return html + EntryHtml({"classes", "类别"}, Join(classes, ", "));
}

std::string ScoreEntries(const TuneResult& result) {
  std::string html;
  if (result.data.null_loss) {
    html += Entry({"[constant](constant)", "[常数](constant)"}, InBoth([&](Language language) {
                    return Say(language, "loss {} held out{}", "留出损失 {}{}",
                               NullLossText(result), MajorityText(result, language));
                  }));
  }
  const Said others = InBoth([&](Language language) { return OtherScores(result, language); });
  if (!others.english.empty()) html += Entry({"at the best decay", "最优衰减处"}, others);
  return html;
}

std::string TimesText(const TuneResult& result, Language language) {
  const Timing& timing = result.timing;
  return Say(language, "reading {0} s, fitting {1} s, verdict {2} s, figures {5} s, {3}",
             "读取 {0} 秒，拟合 {1} 秒，结论 {2} 秒，图 {5} 秒，{4} 个线程", Number(timing.read, 2),
             Number(timing.fit, 2), Number(timing.verdict, 2),
             Counted(static_cast<std::size_t>(result.threads), "thread"), result.threads,
             Number(timing.diagnostics, 2));
}

}  // namespace

std::string RunSection(const TuneResult& result) {
  std::string html = "<dl class=\"facts\">\n" + DataEntries(result) + ScoreEntries(result);
  html +=
      Entry({"model", "模型"}, InBoth([&](Language language) {
              const std::string penalty = PenaltyTitle(result, language);
              const std::string family = FamilyName(result, language);
              return penalty.empty() ? family : Say(language, "{}, {}", "{}，{}", family, penalty);
            }));
  html += RunEntries(result);
  html += Entry({"version", "版本"}, InEither("halflife " + result.version));
  html += Entry({"time", "用时"},
                InBoth([&](Language language) { return TimesText(result, language); }));
  return html + "</dl>\n" +
         NoteList(ListInBoth([&](Language language) { return Notes(result, language); }));
}

}  // namespace halflife
