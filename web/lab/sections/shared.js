// Parts that several sections have.
import { button, inWords, setText } from '../dom.js';
import { linear, log, seed } from '../options.js';
import { word } from '../words.js';

export const drawAgain = (section) =>
  button('do.again', () => section.set({ seed: (section.values.seed + 1) % 4294967296 }));

export const decaySlider = (low, high, init = 0) => log(low, high, init, { zero: true });

// A polynomial fitted to noisy points of the lesson's curve.
export const polynomialOptions = (degree) => ({
  seed: seed(),
  noise: linear(0, 1, 0.01, 0.3),
  points: { ...linear(5, 100, 1, 20), whole: true },
  degree: { ...linear(1, 20, 1, degree), whole: true },
  decay: decaySlider(1e-8, 1e3),
});

// A sentence with the section's numbers in it.
export const sentence = (key) => (section, shown) => word(key, shown);

export const lastOf = (values) => (values?.length > 0 ? values[values.length - 1] : NaN);

export const wantsLessMotion = () => window.matchMedia('(prefers-reduced-motion: reduce)').matches;

// Play and pause, with `turned` called after section.playing has changed. Hidden where less motion is wanted.
export function makePlayButton(section, turned) {
  const toggle = () => {
    section.playing = !section.playing;
    turned();
    section.sayPlay();
    section.changed();
  };
  const it = button('do.play', toggle, { class: 'main' });
  section.sayPlay = () => setText(it, word(section.playing ? 'do.pause' : 'do.play'));
  inWords(section.sayPlay);
  const hide = () => (it.hidden = wantsLessMotion());
  window.matchMedia('(prefers-reduced-motion: reduce)').addEventListener('change', hide);
  hide();
  return it;
}
