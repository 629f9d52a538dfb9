// A line across a figure of the report that follows pointer and arrow keys, and reads out the values.
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
  const line = () => {
    const cross = picture.svg?.querySelector('.crosshair');
    if (!cross) return;
    cross.setAttribute('x1', data[picture.variant()][at]);
    cross.setAttribute('x2', data[picture.variant()][at]);
    cross.classList.add('on');
  };
  const show = (index) => {
    at = Math.max(0, Math.min(data.readings.length - 1, index));
    line();
    speak();
  };
  const nearest = (event) => {
    const box = picture.svg.getBoundingClientRect();
    const pointer = ((event.clientX - box.left) * picture.svg.viewBox.baseVal.width) / box.width;
    const x = data[picture.variant()];
    let best = 0;
    x.forEach((place, i) => {
      if (Math.abs(place - pointer) < Math.abs(x[best] - pointer)) best = i;
    });
    show(best);
  };
  const keys = {
    ArrowLeft: () => at - 1,
    ArrowRight: () => at + 1,
    Home: () => 0,
    End: () => data.readings.length - 1,
  };
  Object.assign(plot, {
    tabIndex: 0,
    onpointermove: nearest,
    onpointerdown: nearest,
    onfocus: () => show(at),
    onkeydown: (event) => {
      if (!keys[event.key] || event.altKey || event.ctrlKey || event.metaKey) return;
      event.preventDefault();
      show(keys[event.key]());
    },
  });
  plot.setAttribute('role', 'group');
  speak(); // from the start, so that nothing moves when the pointer comes
  return { speak };
}
