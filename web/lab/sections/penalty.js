// 4: data loss and penalty.
import { dragAlong } from '../drag.js';
import { linear } from '../options.js';
import { decaySlider, drawAgain, polynomialOptions, sentence } from './shared.js';

export const penalty = {
  name: 'penalty',
  early: true,
  options: {
    ...polynomialOptions(12),
    decay: decaySlider(1e-8, 1e3, 0.1),
    w: linear(-3, 3, 0.01, 1),
  },
  pictures: [['one'], ['stack', { half: true }], ['fit', { half: true }]],
  controls: ['decay', 'w', 'degree', 'points', 'noise'],
  buttons: [drawAgain],
  ready: (section) => dragAlong(section, 'one', 'w'),
  sentence: sentence('say.penalty'),
};
