// 7: a decay in the unit of time.
import { log } from '../options.js';
import { decaySlider, sentence } from './shared.js';

export const halfLife = {
  name: 'half_life',
  early: true,
  home: 'practice',
  title: 'title.half',
  options: {
    lr: log(1e-6, 1, 1e-3),
    decay: decaySlider(1e-6, 1e2, 0.1),
    steps_per_epoch: log(1, 1e5, 100, { whole: true }),
    epochs: log(1, 1e4, 100, { whole: true }),
  },
  pictures: [['figure']],
  controls: ['lr', 'decay', 'steps_per_epoch', 'epochs'],
  sentence: sentence('say.half_life'),
};
