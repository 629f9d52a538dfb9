#include "report/figure_style.h"

namespace halflife {
namespace {

// One colour, one meaning: held-out, training, the choice, what it is compared with.
constexpr std::string_view kStyle = R"css(
:root {
  --baseline: #77716a; --excess: #a87400; --noise: #00805d; --bias: #b3508c; --variance: #a87400;
}
@media screen and (prefers-color-scheme: dark) {
  :root {
    --baseline: #a39d94; --excess: #dbb04e; --noise: #3fc19b; --bias: #e091c0; --variance: #dbb04e;
  }
}
svg .flat { fill: var(--choice); fill-opacity: 0.1; stroke: none; }
svg .choice.current { stroke: var(--ink); stroke-dasharray: 2 3; }
svg .choice.lowest { stroke: var(--validation); stroke-dasharray: 2 3; }
svg text.current { font-weight: 600; }
svg text.lowest { fill: var(--validation); font-weight: 600; }
svg .best-mark { fill: var(--choice); stroke: var(--paper); stroke-width: 1.5; }
svg .leader.quiet { fill: none; stroke: var(--soft); stroke-width: 0.7; opacity: 0.7; }
svg .dot.aside { fill: var(--paper); stroke: var(--validation); stroke-width: 1.4; }
svg :is(.curve, .series, .bar).baseline { stroke: var(--baseline); }
svg :is(.curve, .series, .bar).tuned { stroke: var(--choice); }
svg :is(.curve, .series).excess { stroke: var(--excess); }
svg .curve.baseline.thin { stroke-width: 1.2; stroke-dasharray: 8 3; }
svg .dot.baseline { fill: var(--baseline); }
svg .dot.tuned { fill: var(--choice); }
svg .curve.tuned.light, svg .dot.tuned.light { opacity: 0.75; }
svg .curve.tuned.light { stroke-width: 1.4; stroke-dasharray: 5 4; }
svg .series.faint { stroke: var(--soft); stroke-width: 1; opacity: 0.7; }
svg .curve.noise { stroke: var(--noise); stroke-dasharray: 8 3; }
svg .curve.bias { stroke: var(--bias); }
svg .curve.variance { stroke: var(--variance); }
svg .curve.sum { stroke: var(--ink); stroke-width: 2.4; }
svg .curve.validation.dotted { stroke-width: 2.2; stroke-dasharray: 0.1 5; }
svg .dot.noise { fill: var(--noise); }
svg .dot.bias { fill: var(--bias); }
svg .dot.variance { fill: var(--variance); }
svg .dot.sum { fill: var(--ink); }
svg .steps { stroke-width: 1.5; stroke-linejoin: round; fill-opacity: 0.16; }
svg .steps.baseline { stroke: var(--baseline); fill: var(--baseline); }
svg .steps.tuned { stroke: var(--choice); fill: var(--choice); }
svg .steps.validation { stroke: var(--validation); fill: var(--validation); }
svg .diagonal { stroke: var(--soft); stroke-width: 1; stroke-dasharray: 4 4; }
svg .dot.held { fill: var(--validation); fill-opacity: 0.5; }
svg .dot.bin { fill: var(--validation); fill-opacity: 0.35; stroke: var(--validation); stroke-width: 1.4; }
svg .level, svg .curve.level { fill: none; stroke: var(--soft); stroke-width: 1; opacity: 0.7; }
svg .level.held { stroke: var(--choice); stroke-width: 1.6; opacity: 1; }
svg .shrink-path { stroke: var(--ink); stroke-width: 1.6; }
svg .held-ball { fill: var(--choice); fill-opacity: 0.14; stroke: var(--choice); stroke-width: 1.8; }
svg .dot.minimum { fill: var(--ink); }
svg .dot.chosen { fill: var(--choice); stroke: var(--paper); stroke-width: 1.5; }
svg text.count { font-variant-numeric: tabular-nums; }
svg text.small { font-size: 11px; }
svg text.count.none { fill: var(--soft); }
svg .cell { fill: var(--training); stroke: none; }
svg .cell.right { fill: var(--validation); }
svg .cell.s0 { fill: var(--tint); fill-opacity: 1; }
svg .cell.s1 { fill-opacity: 0.08; } svg .cell.s2 { fill-opacity: 0.13; } svg .cell.s3 { fill-opacity: 0.18; }
svg .cell.s4 { fill-opacity: 0.23; } svg .cell.s5 { fill-opacity: 0.28; } svg .cell.s6 { fill-opacity: 0.33; }
svg .cell.s7 { fill-opacity: 0.38; } svg .cell.s8 { fill-opacity: 0.43; } svg .cell.s9 { fill-opacity: 0.48; }
)css";

}  // namespace

std::string_view FigureStyle() { return kStyle; }

}  // namespace halflife
