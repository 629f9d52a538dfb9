// 2: how the expected error splits into bias, variance and noise.
import { dragAlong } from '../drag.js';
import { linear } from '../options.js';
import { drawAgain, polynomialOptions, sentence } from './shared.js';

export const variance = {
  name: 'variance',
  early: true,
  options: {
    ...polynomialOptions(9),
    fits: { ...linear(1, 100, 1, 30), whole: true },
    x: linear(-1, 1, 0.01, 0.3),
  },
  pictures: [['fits'], ['split']],
  controls: ['decay', 'degree', 'points', 'noise', 'x', 'fits'],
  buttons: [drawAgain],
  ready: (section) => dragAlong(section, 'fits', 'x'),
  sentence: sentence('say.variance'),
};
