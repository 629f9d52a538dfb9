#include <fmt/format.h>

#include <span>

#include "halflife/report.h"
#include "report/columns_html.h"
#include "report/glossary.h"
#include "report/html_parts.h"
#include "report/html_sections.h"
#include "report/page_assets.h"
#include "report/plain_text.h"
#include "report/svg.h"
#include "report/words.h"

namespace halflife {
namespace {

struct Section {
  std::string_view id;
  Said title;                                     // its heading; may hold terms of the glossary
  Said link;                                      // in the list of contents
  std::string (*html)(const TuneResult& result);  // none: its figures
};

std::span<const Section> Sections() {
  static const Section sections[] = {
      {"decays", {"The decays tried", "试过的衰减"}, {"Decays tried", "试过的衰减"}, DecaysSection},
      {"verdict",
       {"Does it matter?", "有影响吗？"},
       {"Does it matter?", "有影响吗？"},
       VerdictSection},
      {"training", {"How it trained", "训练过程"}, {"Training", "训练过程"}, nullptr},
      {"parts",
       {"[Bias](bias), [variance](variance) and [noise](noise)",
        "[偏差](bias)、[方差](variance)与[噪声](noise)"},
       {"Bias and variance", "偏差与方差"},
       nullptr},
      {"weights",
       {"What decay does to the weights", "衰减对权重做了什么"},
       {"Weights", "权重"},
       nullptr},
      {"contours",
       {"Where a penalty holds two weights", "惩罚把两个权重稳在哪里"},
       {"Contours", "等高线"},
       nullptr},
      {"shrinkage", {"Shrinkage by direction", "各方向的收缩"}, {"Shrinkage", "收缩"}, nullptr},
      {"predictions",
       {"Predictions on held-out rows", "留出行上的预测"},
       {"Predictions", "预测"},
       nullptr},
      {"rows",
       {"More rows, or more decay?", "更多的行，还是更大的衰减？"},
       {"More rows?", "更多的行？"},
       nullptr},
      {"sizes",
       {"A larger net, or a smaller one?", "更大的网络，还是更小的？"},
       {"Larger net?", "更大的网络？"},
       nullptr},
      {"use", {"Use it", "拿来用"}, {"Use it", "拿来用"}, UseSection},
      {"columns",
       {"The columns as they were read", "各列是怎样读入的"},
       {"Columns", "各列"},
       ColumnsSection},
      {"run", {"What was done", "做了什么"}, {"What was done", "做了什么"}, RunSection},
  };
  return sections;
}

Said GlossaryTitle() { return {"Glossary", "词汇"}; }

std::string Link(std::string_view id, const Said& text) {
  return fmt::format("<li><a href=\"#{}\">{}</a></li>\n", id, InLanguages(Escaped(text)));
}

std::string SectionHtml(std::string_view id, const Said& title, const std::string& html) {
  return fmt::format("<section id=\"{0}\" aria-labelledby=\"{0}-heading\">\n", id) +
         Tagged(fmt::format("h2 id=\"{}-heading\"", id), WithTerms(title)) + html + "</section>\n";
}

// Two radio buttons, of which the style sheet makes all the rest: no script is needed.
std::string LanguageSwitch(Language first) {
  const auto button = [&](const char* code, const char* name, bool on) {
    return fmt::format(
        "<label lang=\"{0}\"><input type=\"radio\" name=\"language\" id=\"language-{0}\" "
        "value=\"{0}\"{2}/>{1}</label>\n",
        code, name, on ? " checked=\"checked\"" : "");
  };
  return "<fieldset class=\"languages\">\n<legend class=\"unseen\">" +
         InLanguages({"Language", "语言"}) + "</legend>\n" +
         button("en", "English", first == Language::kEnglish) +
         button("zh", "中文", first == Language::kChinese) + "</fieldset>\n";
}

Said TitleOf(const TuneResult& result) {
  const std::string target = CutTo(CleanText(result.data.target), 80);
  return InBoth([&](Language language) {
    return Say(language, "Weight decay for {}", "{} 的权重衰减", target);
  });
}

// The policy lets nothing be loaded, from the network or from beside the page.
std::string Head(const TuneResult& result, Language first) {
  const Said title = TitleOf(result);
  return fmt::format(
      "<!DOCTYPE html>\n<html lang=\"{0}\" xmlns=\"http://www.w3.org/1999/xhtml\">\n<head>\n"
      "<meta charset=\"utf-8\"/>\n"
      "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src "
      "'unsafe-inline'; script-src 'unsafe-inline'; img-src data: blob:; base-uri 'none'; "
      "form-action 'none'\"/>\n"
      "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\"/>\n"
      "<meta name=\"generator\" content=\"halflife {1}\"/>\n"
      "<title data-en=\"{2}\" data-zh=\"{3}\">{4}</title>\n<style>{5}</style>\n</head>\n",
      first == Language::kEnglish ? "en" : "zh", EscapeXml(result.version),
      EscapeXml(title.english), EscapeXml(title.chinese), EscapeXml(title.In(first)), PageStyle());
}

}  // namespace

std::string ReportHtml(const TuneResult& result, Language first) {
  std::string links = Link("answer", {"The answer", "答案"});
  std::string body = "<section id=\"answer\" aria-labelledby=\"answer-heading\">\n" +
                     AnswerSection(result) + "</section>\n";
  for (const Section& section : Sections()) {
    const std::string html =
        section.html != nullptr ? section.html(result) : FiguresOf(section.id, result);
    if (html.empty()) continue;
    links += Link(section.id, section.link);
    body += SectionHtml(section.id, section.title, html);
  }
  links += Link("glossary", GlossaryTitle());
  return Head(result, first) + "<body>\n<header class=\"top\">\n" + LanguageSwitch(first) +
         "<nav aria-labelledby=\"contents-heading\">\n" +
         Element("p id=\"contents-heading\"", Said{"Contents", "目录"}) + "<ol>\n" + links +
         "</ol>\n</nav>\n</header>\n<main>\n" + body +
         SectionHtml("glossary", GlossaryTitle(), GlossaryList(body, IsTrained(result))) +
         "</main>\n" + GlossaryNotes(body, IsTrained(result)) + "<script>//<![CDATA[" +
         PageScript() + "//]]></script>\n</body>\n</html>\n";
}

}  // namespace halflife
