#include "report/page_assets.h"

#include "readout_script.h"
#include "report/figure_style.h"

namespace halflife {

namespace {

constexpr std::string_view kStyle = R"css(
:root {
  color-scheme: light dark;
  --paper: #fdfcf9; --ink: #1d1c1a; --soft: #5f5b54; --rule: #dcd8cf; --tint: #f4f1ea;
  --validation: #0067a6; --training: #b34a00; --choice: #6b4c9a;
  --c1: #0067a6; --c2: #c75300; --c3: #00805d; --c4: #b3508c; --c5: #2f92cb; --c6: #a87400;
}
@media (prefers-color-scheme: dark) {
  :root {
    --paper: #171716; --ink: #e8e5de; --soft: #a5a098; --rule: #3a3834; --tint: #201f1d;
    --validation: #62b5ec; --training: #f0935a; --choice: #bda2e6;
    --c1: #62b5ec; --c2: #f08a4b; --c3: #3fc19b; --c4: #e091c0; --c5: #a5d8f7; --c6: #dbb04e;
  }
}
* { box-sizing: border-box; }
html { -webkit-text-size-adjust: 100%; text-size-adjust: 100%; }
body {
  margin: 0; background: var(--paper); color: var(--ink);
  font: 17px/1.6 Charter, "Bitstream Charter", "Source Serif 4", "Noto Serif", Georgia, serif;
}
main { max-width: 44rem; margin: 0 auto; padding: 3.5rem 1.25rem 5rem; }
header .source { margin: 0; color: var(--soft); font-size: 0.95rem; overflow-wrap: anywhere; }
h1 { margin: 0.35rem 0 0; font-size: 1.75rem; line-height: 1.3; font-weight: 600; text-wrap: balance; }
h2 { margin: 3.2rem 0 0.6rem; font-size: 1.2rem; line-height: 1.35; font-weight: 600; }
h3 { margin: 1.8rem 0 0.3rem; font-size: 1rem; font-weight: 600; }
p, ul, dl { margin: 0.6rem 0; }
.answer { margin: 1.1rem 0 0; font-size: 1.1rem; }
.quiet { color: var(--soft); font-size: 0.92rem; }
ul { padding-left: 1.2rem; }
li { margin: 0.2rem 0; overflow-wrap: anywhere; }
code, pre { font-family: ui-monospace, "SF Mono", "DejaVu Sans Mono", Menlo, Consolas, monospace; font-size: 0.82rem; }
pre { margin: 0.5rem 0; padding: 0.8rem 1rem; background: var(--tint); border-radius: 4px; overflow-x: auto; line-height: 1.5; }
figure { margin: 2.2rem 0 0; }
figcaption { margin-top: 0.6rem; color: var(--soft); font-size: 0.92rem; line-height: 1.5; }
table, svg, .readout, dl { font-family: system-ui, "Segoe UI", Roboto, "Helvetica Neue", "Noto Sans", "DejaVu Sans", sans-serif; }
.plot { border-radius: 4px; touch-action: pan-y; }
:focus-visible { outline: 2px solid var(--validation); outline-offset: 4px; }
svg { display: block; width: 100%; height: auto; }
svg.narrow { display: none; }
@media (max-width: 35rem) {
  main { padding: 2rem 1rem 4rem; }
  h1 { font-size: 1.45rem; }
  svg.wide { display: none; }
  svg.narrow { display: block; }
}
svg text { font-size: 13px; fill: var(--ink); }
svg .name, svg .number { fill: var(--soft); }
svg .number { font-variant-numeric: tabular-nums; }
svg .grid { stroke: var(--rule); stroke-width: 1; }
svg .grid.zero { stroke: var(--soft); }
svg .axis { stroke: var(--soft); stroke-width: 1; }
svg .curve, svg .series { fill: none; stroke-width: 2; stroke-linejoin: round; stroke-linecap: round; }
svg .validation { stroke: var(--validation); }
svg .training { stroke: var(--training); }
svg .curve.training { stroke-dasharray: 6 4; }
svg .curve.loo { stroke: var(--validation); stroke-width: 1; opacity: 0.7; }
svg .curve.across { stroke-dasharray: 1 5; }
svg .bar { stroke-width: 1.2; opacity: 0.7; }
svg .dot { stroke: none; }
svg .dot.validation { fill: var(--validation); }
svg .dot.training { fill: var(--training); }
svg .dot.best { fill: var(--paper); stroke: var(--validation); stroke-width: 2.5; }
svg .choice { stroke: var(--choice); stroke-width: 1.2; }
svg .choice.one-se { stroke-dasharray: 5 4; }
svg text.best, svg text.one-se { fill: var(--choice); font-weight: 600; }
svg .series.c1 { stroke: var(--c1); } svg .series.c2 { stroke: var(--c2); } svg .series.c3 { stroke: var(--c3); }
svg .series.c4 { stroke: var(--c4); } svg .series.c5 { stroke: var(--c5); } svg .series.c6 { stroke: var(--c6); }
svg .series.second { stroke-dasharray: 7 4; }
svg .leader { stroke-width: 1; stroke-dasharray: none; }
svg .crosshair { stroke: var(--ink); stroke-width: 1; visibility: hidden; }
svg .crosshair.on { visibility: visible; }
.readout { display: flex; margin: 0.6rem 0 0; font-size: 0.85rem; line-height: 1.5; flex-wrap: wrap; gap: 0.1rem 1.1rem; }
.readout:empty { display: none; }
.readout.many:not(:empty) { display: grid; grid-template-columns: repeat(auto-fill, minmax(13rem, 1fr)); }
.readout.many b { grid-column: 1 / -1; }
.readout span { display: flex; justify-content: space-between; align-items: baseline; gap: 0.6rem; font-variant-numeric: tabular-nums; }
.readout i { font-style: normal; color: var(--soft); min-width: 0; overflow-wrap: anywhere; }
.scroll { overflow-x: auto; margin: 1.6rem 0 0; }
table { border-collapse: collapse; width: 100%; font-size: 0.84rem; line-height: 1.4; font-variant-numeric: tabular-nums; }
caption { text-align: left; white-space: normal; color: var(--soft); padding-bottom: 0.5rem; }
th, td { padding: 0.28rem 0.45rem; text-align: right; white-space: nowrap; font-weight: 400; }
th:first-child { padding-left: 0.3rem; }
thead th { border-bottom: 1px solid var(--soft); vertical-align: bottom; color: var(--soft); }
tbody th { font-weight: 400; }
td:last-child, thead th:last-child { text-align: left; white-space: normal; color: var(--choice); }
tbody tr { border-bottom: 1px solid var(--rule); }
tr.best { background: var(--tint); }
tr.best th, tr.best td { font-weight: 600; }
dl { display: grid; grid-template-columns: max-content 1fr; gap: 0.2rem 1.2rem; font-size: 0.88rem; line-height: 1.5; }
dt { color: var(--soft); }
dd { margin: 0; overflow-wrap: anywhere; font-variant-numeric: tabular-nums; }
@media (max-width: 35rem) { dl.facts { grid-template-columns: 1fr; } dl.facts dd { margin-bottom: 0.5rem; } .roomy { display: none; } }
@media print { main { padding: 0; max-width: none; } pre, figure, table { break-inside: avoid; } }
)css";

constexpr std::string_view kScript = R"js(
for (const figure of document.querySelectorAll("figure")) {
  const data = JSON.parse(figure.querySelector("script").textContent);
  const plot = figure.querySelector(".plot");
  const out = figure.querySelector(".readout");
  const drawings = ["wide", "narrow"].map((name) => ({ svg: plot.querySelector("svg." + name), x: data[name] }));
  const element = (tag, text) => Object.assign(document.createElement(tag), { textContent: text });
  const tell = (index) => {
    const reading = data.readings[index];
    out.replaceChildren(element("b", reading.title));
    reading.values.forEach((value, i) => {
      const pair = document.createElement("span");
      pair.append(element("i", data.labels[i]), element("span", value));
      out.append(pair);
    });
  };
  tell(data.best);  // from the start, so that nothing moves when the pointer comes
  followReadings(plot, {
    count: data.readings.length,
    start: data.best,
    drawing: () => drawings.find((drawing) => drawing.svg.getClientRects().length > 0),
    show: (index) => {
      for (const { svg, x } of drawings) moveLine(svg, x[index]);
      tell(index);
    },
  });
  plot.setAttribute("aria-label", plot.dataset.label + ". The arrow keys read the values at each " + plot.dataset.step + ".");
}
)js";

}  // namespace

std::string_view PageStyle() {
  static const std::string style = std::string(kStyle).append(FigureStyle());
  return style;
}

std::string PageScript() { return std::string(kReadoutScript) += kScript; }

}  // namespace halflife
