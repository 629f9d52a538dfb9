// 5: loss ellipses, the ball of a norm, and where they touch.
import { button } from '../dom.js';
import { makeDraggable, placeIn } from '../drag.js';
import { clamp, rounded } from '../numbers.js';
import { linear, log } from '../options.js';
import { joined, word } from '../words.js';

const TOUCH = 1e-3; // a radius this near (as a share) to the first touch is called a touch

const degrees = (x, y) => (Math.atan2(y, x) * 180) / Math.PI;

// An ellipse turned by half a turn is the same: angles stay from -90 to 90.
const halfTurn = (angle) => angle - 180 * Math.round(angle / 180);

const drags = {
  centre: (section, at, start) => ({
    cx: rounded(clamp(start.values.cx + at.x - start.x, -3, 3)),
    cy: rounded(clamp(start.values.cy + at.y - start.y, -3, 3)),
  }),
  turn: (section, at, start) => {
    const { cx, cy, angle } = start.values;
    const turned = degrees(at.x - cx, at.y - cy) - degrees(start.x - cx, start.y - cy);
    return { angle: clamp(Math.round(halfTurn(angle + turned)), -90, 90) };
  },
  // The handle is on the short axis, whose length goes with 1/sqrt(stretch).
  stretch: (section, at, start) => {
    const { cx, cy, stretch } = start.values;
    const ratio = Math.hypot(at.x - cx, at.y - cy) / Math.hypot(start.x - cx, start.y - cy);
    return { stretch: rounded(clamp(stretch / Math.max(ratio, 1e-3) ** 2, 1, 20)) };
  },
  // A ball grows alike in all directions, whatever p is.
  radius: (section, at, start) => {
    const ratio = Math.hypot(at.x, at.y) / Math.hypot(start.x, start.y);
    return { radius: rounded(clamp(start.values.radius * ratio, 0.01, 4)) };
  },
};

function dragHandles(section) {
  const place = (at) => placeIn(section.answer.numbers[`plot_${section.pictures[0].variant()}`], at);
  makeDraggable(section.pictures[0], {
    begin: (name, at) => ({ ...place(at), values: { ...section.values } }),
    move: (name, at, start) => {
      for (const [option, value] of Object.entries(drags[name](section, place(at), start)))
        section.change(option, value);
    },
    settle: () => section.settle(),
  });
}

// A button that sets the radius to a multiple of the one at which the ball first touches the ellipse.
const radiusButton = (key, factor) => (section) => {
  const first = () => section.answer?.numbers.first_radius[0];
  const it = button(key, () => section.set({ radius: clamp(first() * factor, 0.01, 4) }));
  section.radiusButtons ??= [];
  section.radiusButtons.push(it);
  return it;
};

function shown(section) {
  const first = section.answer.numbers.first_radius[0];
  for (const it of section.radiusButtons) it.disabled = !(first > 0.02 && first < 3);
}

function touchWords(section, values) {
  const { first_radius, crossings } = section.answer.numbers;
  const ratio = section.values.radius / first_radius[0];
  if (Math.abs(ratio - 1) < TOUCH) return word('say.contours.one');
  if (crossings.length === 0) return ratio < 1 ? word('say.contours.none') : '';
  return word('say.contours.two', { ...values, crossings: crossings.length / 2 });
}

function sentence(section, values) {
  const { inside, touches, zeros } = section.answer.numbers;
  if (inside[0] === 1) return joined([touchWords(section, values), word('say.contours.inside')]);
  const best = section.values.p < 1 ? 'say.contours.rest' : 'say.contours.best';
  const parts = [touchWords(section, values), word(best, values)];
  if (zeros[0] > 0) parts.push(word(zeros[0] > 1 ? 'say.contours.zeros' : 'say.contours.zero'));
  if (touches.length > 2) parts.push(word('say.contours.several', { count: touches.length / 2 }));
  return joined(parts);
}

export const contours = {
  name: 'contours',
  early: true,
  options: {
    cx: linear(-3, 3, 0.01, 1.6),
    cy: linear(-3, 3, 0.01, 1),
    stretch: linear(1, 20, 0.1, 4),
    angle: linear(-90, 90, 1, 30),
    level: log(0.01, 20, 0.5),
    p: linear(0.5, 4, 0.05, 2),
    radius: linear(0.01, 4, 0.01, 1),
  },
  pictures: [['figure', { square: true }], ['link']],
  controls: [
    'radius',
    'p',
    'level',
    { title: 'group.place', open: true, names: ['cx', 'cy', 'stretch', 'angle'] },
  ],
  buttons: [radiusButton('do.none', 0.7), radiusButton('do.one', 1), radiusButton('do.two', 1.3)],
  ready: dragHandles,
  numbers: (section) => ({
    best_x: section.answer.numbers.best[0],
    best_y: section.answer.numbers.best[1],
  }),
  shown,
  sentence,
};
