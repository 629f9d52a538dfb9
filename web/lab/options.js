// What an option may be: the scale of a slider, the words of a choice. A section's options are a table
// of these, from which follow its controls, what an address may set, and the values that presets give.
import { clamp, rounded } from './numbers.js';

export const linear = (low, high, step, init) => ({ kind: 'slider', scale: 'linear', low, high, step, init });

// Logarithmic between `low` and `high`; with `zero` the left end is 0.
export const log = (low, high, init, more = {}) => ({
  kind: 'slider',
  scale: 'log',
  low,
  high,
  init,
  perDecade: 20,
  ...more,
});

export const choice = (words, init = words[0]) => ({ kind: 'choice', words, init });
export const check = (init) => ({ kind: 'check', init });
export const seed = (init = 1) => ({ kind: 'seed', low: 0, high: 4294967295, init });
// Words that must look like `pattern`, without a control of their own.
export const text = (pattern, init) => ({ kind: 'text', pattern, init });

export const defaultsOf = (options) =>
  Object.fromEntries(Object.entries(options).map(([name, option]) => [name, option.init]));

// The value that a text of an address or a preset stands for; undefined where it stands for none.
export function accept(option, given) {
  if (option.kind === 'choice') {
    const known = option.words ? option.words.includes(given) : /^[\w-]+$/.test(given);
    return known ? given : undefined;
  }
  if (option.kind === 'text') return option.pattern.test(given) ? given : undefined;
  const value = Number(given);
  if (given.trim() === '' || !Number.isFinite(value)) return undefined;
  if (option.kind === 'check') return value === 1 ? 1 : 0;
  if (option.zero && value === 0) return 0;
  const inside = clamp(value, option.low, option.high);
  return option.kind === 'seed' || option.whole ? Math.round(inside) : inside;
}

// The values that a log slider stops at, in order.
export function stops(option) {
  const decades = Math.log10(option.high / option.low);
  const count = Math.round(decades * option.perDecade);
  const values = option.zero ? [0] : [];
  for (let i = 0; i <= count; ++i) {
    const value = option.low * 10 ** ((i / count) * decades);
    const stop = option.whole ? Math.round(value) : rounded(value);
    if (stop !== values.at(-1)) values.push(stop);
  }
  return values;
}

export function nearestStop(values, value) {
  const distance = (stop) => Math.abs(Math.log(stop) - Math.log(value));
  if (value <= 0) return 0;
  let best = values[0] === 0 ? 1 : 0;
  values.forEach((stop, i) => {
    if (stop > 0 && distance(stop) < distance(values[best])) best = i;
  });
  return best;
}
