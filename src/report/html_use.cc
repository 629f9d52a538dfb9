#include <fmt/format.h>

#include "halflife/report.h"
#include "report/answer.h"
#include "report/html_parts.h"
#include "report/html_sections.h"
#include "report/svg.h"
#include "report/words.h"

namespace halflife {
namespace {

std::string UnitsList(const TuneResult& result) {
  std::string html = "<dl>\n";
  const std::string decay = DecayText(BestPoint(result).decay);
  html += Entry(InEither("halflife"), InBoth([&](Language language) {
                  const std::string why = NotRecommendedText(result, language);
                  if (why.empty()) return Say(language, "decay {}", "衰减 {}", decay);
                  return Say(language, "decay {} ({})", "衰减 {}（{}）", decay, why);
                }));
  const std::vector<Unit> english = EquivalentUnits(result, Language::kEnglish);
  const std::vector<Unit> chinese = EquivalentUnits(result, Language::kChinese);
  for (std::size_t i = 0; i < english.size(); ++i) {
    html +=
        EntryHtml({english[i].library, chinese[i].library},
                  "<code>" + InLanguages(Escaped({english[i].expression, chinese[i].expression})) +
                      "</code>");
  }
  return html + "</dl>\n";
}

std::string SnippetsHtml(const TuneResult& result) {
  const std::vector<Snippet> english = Snippets(result, Language::kEnglish);
  const std::vector<Snippet> chinese = Snippets(result, Language::kChinese);
  std::string html;
  for (std::size_t i = 0; i < english.size(); ++i) {
    const std::string id = fmt::format("code-{}", i + 1);
    html += Element("h3 id=\"" + id + "\"", Said{english[i].library, chinese[i].library}) +
            Element("p class=\"quiet\"", Said{english[i].note, chinese[i].note});
    if (!english[i].code.empty()) html += Code(english[i].code, id);
  }
  return html;
}

}  // namespace

std::string UseSection(const TuneResult& result) {
  if (NoSignal(result)) return "";
  std::string html =
      Element("p", InBoth([&](Language language) {
                return Say(language, "Every decay here follows one convention: {}",
                           "这里所有的衰减都用同一约定：{}", Convention(result, language));
              }));
  html +=
      UnitsList(result) +
      Element("p", InBoth([&](Language language) { return HalfLifeSentence(result, language); }));
  if (!IsTrained(result)) {
    html += Element(
        "p class=\"quiet\"",
        Said{"The code expects X encoded as numbers. PyTorch and Keras do not standardise: give "
             "them columns with mean 0 and standard deviation 1. AdamW's decay is decoupled, "
             "another thing: tune it on its own.",
             "代码要求 X 已编码为数。PyTorch 和 Keras 不做标准化：请给它们均值为 0、标准差为 1 的"
             "列。AdamW 的衰减是解耦的，是另一回事：请单独调它。"});
  }
  return html + SnippetsHtml(result);
}

}  // namespace halflife
