// Grips over a figure's handles (<g data-handle="centre">). They lie outside of the SVG, which is
// replaced at each redraw, so a drag goes on whatever is drawn. Every grip has a slider as its equal.
import { make } from './dom.js';
import { clamp, rounded } from './numbers.js';

// Where a place of the window is in the picture's own units (those of the view box).
function toPicture(picture, event) {
  const { svg } = picture;
  const box = svg.getBoundingClientRect();
  const { width, height } = svg.viewBox.baseVal;
  return {
    x: ((event.clientX - box.left) * width) / box.width,
    y: ((event.clientY - box.top) * height) / box.height,
  };
}

// The values at a place of a plot, whose answer says where it is: left, top, right, bottom, and the
// values at the ends of both axes.
export function placeIn([left, top, right, bottom, low, high], at) {
  const share = { x: (at.x - left) / (right - left), y: (bottom - at.y) / (bottom - top) };
  return { x: low + share.x * (high - low), y: low + share.y * (high - low) };
}

// `move(name, now, start)`: called at each move, with the values that `begin(name, at)` gave.
export function makeDraggable(picture, { begin, move, settle }) {
  const layer = make('div', { class: 'grips', 'aria-hidden': 'true' });
  picture.element.append(layer);
  const grips = new Map();
  const gripOf = (name) => {
    if (!grips.has(name)) {
      const grip = makeGrip(picture, name, { begin, move, settle });
      grips.set(name, grip);
      layer.append(grip);
    }
    return grips.get(name);
  };
  picture.ondraw = () => {
    const { width, height } = picture.svg.viewBox.baseVal;
    for (const handle of picture.sheet.querySelectorAll('[data-handle]')) {
      const box = handle.getBBox();
      const grip = gripOf(handle.dataset.handle);
      // As large as the handle, and never too small for a finger.
      grip.style.width = `max(2.75rem, ${(100 * box.width) / width}%)`;
      grip.style.height = `max(2.75rem, ${(100 * box.height) / height}%)`;
      grip.style.left = `${(100 * (box.x + 0.5 * box.width)) / width}%`;
      grip.style.top = `${(100 * (box.y + 0.5 * box.height)) / height}%`;
    }
  };
}

// A drag along the horizontal axis that sets one option. The answer's numbers NAME_wide and NAME_narrow
// say where the plot is: left, top, right, bottom, and the values at left and right.
export function dragAlong(section, name, option) {
  const picture = section.pictures.find((each) => each.name === name);
  const { low, high } = section.options[option];
  makeDraggable(picture, {
    begin: () => ({}),
    move: (handle, now) => {
      const plot = section.answer.numbers[`${name}_${picture.variant()}`];
      section.change(option, rounded(clamp(placeIn(plot, now).x, low, high)));
    },
    settle: () => section.settle(),
  });
}

function makeGrip(picture, name, { begin, move, settle }) {
  const grip = make('div', { class: 'grip', 'data-grip': name });
  let start = null;
  grip.addEventListener('pointerdown', (event) => {
    if (event.button !== 0) return;
    event.preventDefault();
    grip.setPointerCapture(event.pointerId);
    start = begin(name, toPicture(picture, event));
    picture.element.dataset.dragging = name;
  });
  grip.addEventListener('pointermove', (event) => {
    if (start) move(name, toPicture(picture, event), start);
  });
  const end = () => {
    if (!start) return;
    start = null;
    delete picture.element.dataset.dragging;
    settle();
  };
  grip.addEventListener('pointerup', end);
  grip.addEventListener('pointercancel', end);
  return grip;
}
