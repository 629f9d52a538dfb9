// 3: small weights make smooth curves.
import { choice } from '../options.js';
import { drawAgain, polynomialOptions, sentence } from './shared.js';

const MOST_OF_NET = 10; // a net is trained step by step, which larger decays would upset

// A net has another range of decays, and no degree.
function fitToModel({ values, panel }) {
  const net = values.model === 'net';
  if (net) values.decay = Math.min(values.decay, MOST_OF_NET);
  panel.querySelector('[data-option="degree"]').hidden = net;
}

export const simple = {
  name: 'simple',
  early: true,
  options: {
    ...polynomialOptions(12),
    model: choice(['polynomial', 'net']),
  },
  pictures: [['fit'], ['weights', { half: true }], ['roughness', { half: true }]],
  controls: ['model', 'decay', 'degree', 'points', 'noise'],
  buttons: [drawAgain],
  ready: fitToModel,
  after: fitToModel,
  sentence: sentence('say.simple'),
};
