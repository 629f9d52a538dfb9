// 6: two decay laws on one loss, step by step, with the code of both.
import { button } from '../dom.js';
import { makeDraggable, placeIn } from '../drag.js';
import { clamp, rounded } from '../numbers.js';
import { choice, linear, log } from '../options.js';
import { joined, word } from '../words.js';
import { makeTabs } from './code_tabs.js';
import { decaySlider, lastOf, makePlayButton } from './shared.js';

const LARGE_LR = 0.5; // a rule's own, such as that of adadelta

// The rules and laws that the library has; the choices are filled as soon as it can be asked.
function readRegistry(section) {
  const { texts } = section.ask('registry', {});
  section.rules = JSON.parse(texts.rules);
  section.laws = JSON.parse(texts.laws);
  section.options.rule.words = section.rules.map((rule) => rule.name);
  section.options.rule.title = (name) => section.rules.find((rule) => rule.name === name).title;
  for (const law of ['law_a', 'law_b']) {
    section.options[law].words = section.laws.map((each) => each.name);
    section.options[law].refused = (name) => refusal(section, name);
  }
  section.controls.forEach((control) => control.fill?.());
}

// Why the rule cannot have that law; undefined where it can.
function refusal(section, law) {
  const rule = section.rules?.find((each) => each.name === section.values.rule);
  return rule?.refused_laws.find((each) => each.law === law)?.reason;
}

// Another rule: laws that it takes, those that were chosen last where it can; and the learning rate that
// was set, but for rules whose steps are of another size.
function ruleChanged(section, name) {
  showMomentum(section);
  const { values } = section;
  if (name === 'steps' && section.playing) section.goal = Math.max(values.steps, section.goal);
  if (name === null || name === 'law_a' || name === 'law_b')
    section.chosenLaws = { law_a: values.law_a, law_b: values.law_b };
  if (name !== 'rule' || !section.rules) return;
  const rule = section.rules.find((each) => each.name === values.rule);
  values.lr = rule.lr >= LARGE_LR ? rule.lr : Math.min(values.lr, 0.1);
  for (const law of ['law_a', 'law_b']) {
    values[law] = section.chosenLaws?.[law] ?? values[law];
    if (refusal(section, values[law]))
      values[law] = section.laws.find((each) => !refusal(section, each.name)).name;
  }
  section.controls.forEach((control) => control.fill?.());
}

function showMomentum(section) {
  const control = section.panel.querySelector('[data-option="momentum"]');
  control.hidden = section.values.rule !== 'sgd';
}

function draw(section) {
  if (!section.rules) readRegistry(section);
  if (section.playing) stepOn(section);
  section.asked = questionOf(section.values);
  return section.ask('paths', section.asked);
}

// Momentum belongs to one rule; the page has a slider for that one only.
function questionOf({ momentum, ...values }) {
  return values.rule === 'sgd' && momentum > 0 ? { ...values, 'option.momentum': momentum } : values;
}

// Playing shows the paths as they grow, up to the steps that were chosen.
function stepOn(section) {
  const { values } = section;
  const pace = Math.max(1, Math.round(section.goal / 240));
  values.steps = Math.min(section.goal, values.steps + pace);
  if (values.steps === section.goal) {
    section.playing = false;
    section.sayPlay();
    section.settle();
  } else {
    section.request();
  }
  section.sync();
}

const playButton = (section) =>
  makePlayButton(section, () => {
    if (section.playing) {
      section.goal = section.values.steps;
      section.values.steps = 1;
    } else {
      section.values.steps = section.goal;
    }
  });

function pause(section) {
  if (!section.playing) return;
  section.playing = false;
  section.values.steps = section.goal;
  section.sayPlay();
}

const stepButton = (section) =>
  button('do.step', () => {
    section.change('steps', Math.min(2000, section.values.steps + 1));
    section.settle();
  });

// The two laws are one and the same as far as numbers of finite length can tell.
function isSame({ difference, rounding, diverged_a: a, diverged_b: b }) {
  if (a[0] > 0 || b[0] > 0) return false;
  return difference.every((each, i) => each === 0 || each <= (rounding[i] ?? 0));
}

function sentence(section, values) {
  return word(isSame(section.answer.numbers) ? 'say.paths.same' : 'say.paths', values);
}

// Weights that run away.
function shown(section) {
  section.codes.forEach((code) => code.show());
  const { diverged_a: a, diverged_b: b } = section.answer.numbers;
  const ran = [
    ['A', a[0]],
    ['B', b[0]],
  ].filter(([, step]) => step > 0);
  const words = ran.map(([path, step]) => word('say.paths.diverged', { path, step }));
  section.trouble = ran.length > 0 ? joined([...words, word('say.paths.why')]) : null;
}

// The handle is where both paths start.
function dragStart(section) {
  const picture = section.pictures[0];
  const place = (at) => placeIn(section.answer.numbers[`plot_${picture.variant()}`], at);
  makeDraggable(picture, {
    begin: (name, at) => ({ ...place(at), values: { ...section.values } }),
    move: (name, at, start) => {
      const now = place(at);
      section.change('start_x', rounded(clamp(start.values.start_x + now.x - start.x, -3, 3)));
      section.change('start_y', rounded(clamp(start.values.start_y + now.y - start.y, -3, 3)));
    },
    settle: () => section.settle(),
  });
}

const lastingDifference = (section) =>
  section.answer.numbers.difference.reduce((most, each) => Math.max(most, each), 0);

export const paths = {
  name: 'paths',
  early: true,
  options: {
    rule: choice(null, 'adam'),
    law_a: choice(null, 'coupled'),
    law_b: choice(null, 'decoupled'),
    lr: log(1e-4, 1, 0.05),
    decay: decaySlider(1e-4, 1e2, 0.5),
    steps: { ...linear(1, 2000, 1, 400), whole: true },
    cx: linear(-3, 3, 0.01, 1.6),
    cy: linear(-3, 3, 0.01, 1),
    momentum: linear(0, 0.99, 0.01, 0),
    stretch: linear(1, 20, 0.1, 4),
    angle: linear(-90, 90, 1, 30),
    start_x: linear(-3, 3, 0.01, -2),
    start_y: linear(-3, 3, 0.01, 2),
  },
  pictures: [['figure', { square: true }], ['difference']],
  controls: [
    'rule',
    'law_a',
    'law_b',
    'lr',
    'decay',
    'momentum',
    'steps',
    { title: 'group.start', names: ['start_x', 'start_y', 'cx', 'cy', 'stretch', 'angle'] },
  ],
  buttons: [playButton, stepButton],
  ready(section) {
    makeTabs(section);
    dragStart(section);
    showMomentum(section);
  },
  after: ruleChanged,
  pause,
  draw,
  shown,
  numbers: (section) => ({
    largest_difference: lastingDifference(section),
    difference: lastingDifference(section),
    loss_a: lastOf(section.answer.numbers.loss_a),
    loss_b: lastOf(section.answer.numbers.loss_b),
  }),
  sentence,
};
