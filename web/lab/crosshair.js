// Reads a figure of the report along its axis, in the reader's language.
import { followReadings, moveLine } from '../../src/report/readout.js';
import { make } from './dom.js';
import { hasWord, word } from './words.js';

const given = (key) => (hasWord(`read.${key}`) ? word(`read.${key}`) : key);

// "decay 0.1" and "decay 0.1, 2 of 3 seeds diverged" in the reader's language.
function titleWords(title) {
  const [, decay, rest] = /^decay (\S+?)(,.*)?$/.exec(title) ?? [null, null, ''];
  return decay === null ? title : word('read.decay', { decay }) + (rest ?? '');
}

// `data`: {labels, readings: [{title, values}], wide, narrow: x of each reading, best}.
export function readAlong(picture, out, data) {
  const plot = picture.element;
  let at = data.best;
  const speak = () => {
    const reading = data.readings[at];
    const pairs = reading.values.map((value, i) =>
      make('span', {}, make('i', {}, given(data.labels[i])), make('span', {}, value)),
    );
    out.replaceChildren(make('b', {}, titleWords(reading.title)), ...pairs);
    plot.setAttribute('aria-label', word('plot.arrows', { label: word('plot.losslabel') }));
  };
  const xs = () => data[picture.variant()];
  followReadings(plot, {
    count: data.readings.length,
    start: data.best,
    drawing: () => ({ svg: picture.svg, x: xs() }),
    show: (index) => {
      at = index;
      moveLine(picture.svg, xs()[at]);
      speak();
    },
  });
  speak(); // from the start, so that nothing moves when the pointer comes
  return { speak };
}
