// 1: a net that is trained while one looks on, with a decay that may be moved meanwhile.
import { button } from '../dom.js';
import { rounded } from '../numbers.js';
import { choice, linear, log, seed, text } from '../options.js';
import { joined, language, word } from '../words.js';
import { decaySlider, drawAgain, lastOf, makePlayButton, wantsLessMotion } from './shared.js';

const MOST_EPOCHS = 20000;
const BUDGET = 10; // ms a frame for training
const JUMP = 100; // epochs of a step where less motion is wanted
const ON = 300; // epochs that are trained on when the decay has been moved, so that one sees what it does

// "0:0,120:0.01": the decay from each epoch on.
const historyOf = (values) => values.decays.split(',').map((part) => part.split(':').map(Number));

// The library refuses a decoupled decay that would take a whole weight in one step.
const mostDecay = ({ law, lr }) => (law === 'decoupled' ? 0.9 / lr : Infinity);

function setDecay(section, wanted) {
  const decay = Math.min(wanted, rounded(mostDecay(section.values)));
  const history = historyOf(section.values).filter(([epoch]) => epoch < section.reached);
  history.push([section.reached, decay]);
  section.values.decays = history.map(([epoch, value]) => `${epoch}:${value}`).join(',');
}

// Before the rate or the decay changes: what to go back to if the training then diverges.
function remember(section) {
  if (section.answer?.numbers.diverged[0] === 0) section.good = { ...section.values };
}

// The decay acts from now on; any other change begins a new training.
function restartUnless(section, name) {
  const { values } = section;
  if (name === 'decay') {
    if (!section.playing) values.epochs = Math.min(MOST_EPOCHS, section.reached + ON);
    return;
  }
  const most = rounded(mostDecay(values));
  const history = historyOf(values).map(([epoch, decay]) => `${epoch}:${Math.min(decay, most)}`);
  values.decays = history.join(',');
  section.reached = 0;
  section.pace = 1;
}

function draw(section) {
  const { values, playing } = section;
  const target = playing ? MOST_EPOCHS : values.epochs;
  const most = playing ? section.speed : target;
  const next = Math.min(target, section.reached + Math.max(1, Math.min(most, section.pace)));
  const begun = performance.now();
  const answer = section.ask('overfit', { ...values, epochs: next });
  const took = performance.now() - begun;
  section.pace = Math.max(
    1,
    Math.floor(section.pace * (took > BUDGET ? 0.6 : took < 0.7 * BUDGET ? 1.5 : 1) + 1),
  );
  section.reached = next;
  const diverged = answer.numbers.diverged[0] === 1;
  if (playing) values.epochs = next;
  if (playing && (diverged || next === MOST_EPOCHS)) pause(section);
  const done = diverged || (next >= target && !section.playing);
  if (!done) section.request();
  return done || !wantsLessMotion() ? answer : null;
}

function pause(section) {
  if (!section.playing) return;
  section.playing = false;
  section.sayPlay();
  section.settle();
}

const playButton = (section) =>
  makePlayButton(section, () => {
    if (section.playing) section.values.epochs = section.reached;
    else section.settle();
  });

const stepButton = (section) =>
  button('do.step', () => {
    if (section.playing) pause(section);
    const epochs = section.reached + (wantsLessMotion() ? JUMP : section.speed);
    section.values.epochs = Math.min(MOST_EPOCHS, epochs);
    section.changed();
    section.settle();
  });

const restartButton = (section) =>
  button('do.restart', () => {
    if (section.playing) pause(section);
    const decay = historyOf(section.values).at(-1)[1];
    section.set({ epochs: 0, decays: `0:${decay}` });
  });

function shown(section) {
  const diverged = section.answer.numbers.diverged[0] === 1;
  const why = section.answer.texts.why;
  const words = joined([word('say.diverged'), language() === 'en' ? why : '']);
  section.trouble = diverged ? words : null;
}

export const overfit = {
  name: 'overfit',
  options: {
    seed: seed(9),
    rows: { ...linear(8, 100, 1, 20), whole: true },
    noise: linear(0, 1, 0.01, 0.5),
    hidden: { ...linear(2, 128, 1, 48), whole: true },
    lr: log(1e-4, 0.1, 0.01),
    rule: choice(['adamw', 'sgd', 'adam', 'lion', 'rmsprop', 'muon']),
    law: choice(['decoupled', 'coupled']),
    epochs: { ...linear(0, MOST_EPOCHS, 1, 1500), whole: true },
    decays: text(/^0:[\d.e+-]+(,\d+:[\d.e+-]+)*$/, '0:0'),
  },
  virtual: {
    decay: {
      option: decaySlider(1e-5, 1e2),
      get: (section) => historyOf(section.values).at(-1)[1],
      set: setDecay,
    },
    speed: {
      option: log(1, 200, 5, { whole: true }),
      get: (section) => section.speed,
      set: (section, speed) => (section.speed = speed),
    },
  },
  pictures: [['fit'], ['curves']],
  controls: [
    'decay',
    'lr',
    'speed',
    { title: 'group.net', names: ['hidden', 'rows', 'noise', 'rule', 'law'] },
  ],
  buttons: [playButton, stepButton, restartButton, drawAgain],
  begin(section) {
    Object.assign(section, { reached: 0, pace: 1, speed: 5, playing: false });
  },
  before: (section, name) => {
    if (name !== 'speed') remember(section);
  },
  after: (section, name) => {
    if (name !== 'speed') restartUnless(section, name);
  },
  remembers: true, // by remember(): what began to diverge had good answers at first
  pause,
  draw,
  shown,
  numbers: ({ answer: { numbers } }) => ({
    train_loss: lastOf(numbers.train),
    validation_loss: lastOf(numbers.validation),
    norm: lastOf(numbers.norm),
    penalty: lastOf(numbers.penalty),
    best_epoch: lastOf(numbers.best_epoch),
    best_validation: lastOf(numbers.best_validation),
  }),
  sentence: (section, shownValues) =>
    word(section.answer.numbers.epoch[0] > 0 ? 'say.overfit' : 'say.overfit.new', shownValues),
};
