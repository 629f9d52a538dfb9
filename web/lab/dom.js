// Elements, and words on them that follow the language.
import { word } from './words.js';

// make('p', {class: 'x', onclick: f}, child, 'text', ...)
export function make(tag, attributes = {}, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (name.startsWith('on')) element.addEventListener(name.slice(2), value);
    else if (value === true) element.setAttribute(name, '');
    else if (value !== false && value !== null && value !== undefined) element.setAttribute(name, value);
  }
  element.append(...children);
  return element;
}

export function setText(element, text) {
  if (element.textContent !== text) element.textContent = text;
}

const spoken = new Set(); // functions that write words again when the language changes

// Calls `write` now and at each change of the language.
export function inWords(write) {
  spoken.add(write);
  write();
}

export function speakAgain() {
  spoken.forEach((write) => write());
}

export function say(element, key) {
  inWords(() => setText(element, word(key)));
  return element;
}

export function sayLabel(element, key) {
  inWords(() => element.setAttribute('aria-label', word(key)));
  return element;
}

export const button = (key, onclick, attributes = {}) =>
  say(make('button', { type: 'button', onclick, ...attributes }), key);
