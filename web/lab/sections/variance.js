// 2: how the expected error splits into bias, variance and noise.
import { dragAlong } from '../drag.js';
import { linear, seed } from '../options.js';
import { decaySlider, drawAgain, sentence } from './shared.js';

export const variance = {
  name: 'variance',
  early: true,
  options: {
    seed: seed(),
    noise: linear(0, 1, 0.01, 0.3),
    points: linear(5, 100, 1, 20),
    degree: linear(1, 20, 1, 9),
    decay: decaySlider(1e-8, 1e3),
    fits: linear(1, 100, 1, 30),
    x: linear(-1, 1, 0.01, 0.3),
  },
  pictures: [['fits'], ['split']],
  controls: ['decay', 'degree', 'points', 'noise', 'x', 'fits'],
  buttons: [drawAgain],
  ready: (section) => dragAlong(section, 'fits', 'x'),
  sentence: sentence('say.variance'),
};
