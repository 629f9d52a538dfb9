// What all sections share: the library, the state in the address, one redraw a frame, its count.
import { Engine, compileLibrary } from './engine.js';
import { Bench } from './worker.js';

const FRAME = 16; // ms

export const lab = {
  engine: null,
  module: null,
  state: null, // of the address
  sections: new Map(),
  frames: {}, // section -> {frames, over}
  busy: new Set(), // what runs beyond a frame, such as a sweep
  failure: null,
};

let scheduled = 0;

// Draws, at the next frame, what has changed and is near to what can be seen. However often it is
// called in a frame: the latest values win.
export function schedule() {
  scheduled ||= requestAnimationFrame(() => {
    scheduled = 0;
    if (!lab.engine) return;
    for (const section of lab.sections.values()) {
      if (section.dirty && section.near) timed(section);
    }
  });
}

function timed(section) {
  const begun = performance.now();
  section.draw();
  section.block.getBoundingClientRect(); // so that the layout is part of what is measured
  const count = (lab.frames[section.name] ??= { frames: 0, over: 0, longest: 0 });
  const took = performance.now() - begun;
  count.frames += 1;
  if (took > FRAME) count.over += 1;
  count.longest = Math.max(count.longest, took);
}

export function needBench() {
  lab.bench ??= new Bench(lab.module);
  return lab.bench;
}

export async function startLibrary() {
  lab.module = await compileLibrary();
  lab.engine = await Engine.start(lab.module);
  schedule();
  for (const section of lab.sections.values()) if (section.table.early) whenIdle(() => drawEarly(section));
}

const whenIdle = (body) => (window.requestIdleCallback ?? setTimeout)(body);

// The prose has numbers of the figures below it: those that cost little are there before one comes near.
function drawEarly(section) {
  if (section.dirty && !lab.failure) section.draw();
}

const isIdle = () =>
  lab.failure ||
  (lab.engine &&
    !scheduled &&
    lab.busy.size === 0 &&
    ![...lab.sections.values()].some((s) => s.dirty && s.near));

// Resolves when nothing is left to draw or to compute.
export async function idle() {
  do await new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve)));
  while (!isIdle());
}
