// The controls of a section's options. Each is {element, sync}: sync() shows the value that holds now.
import { inWords, make, say, setText } from './dom.js';
import { nearestStop, stops } from './options.js';
import { rounded, show } from './numbers.js';
import { hasWord, word } from './words.js';

let last = 0;
const nextId = () => `control-${++last}`;

// `context`: {get(name), change(name, value), settle()}; settle when a drag or a choice is done.
export function makeControl(name, option, context) {
  if (option.kind === 'slider') return makeSlider(name, option, context);
  if (option.kind === 'choice') return makeChoice(name, option, context);
  return makeCheck(name, option, context);
}

function makeSlider(name, option, context) {
  const id = nextId();
  const values = option.scale === 'log' ? stops(option) : null;
  const range = values
    ? { min: 0, max: values.length - 1, step: 1 }
    : { min: option.low, max: option.high, step: option.step };
  const input = make('input', { type: 'range', id, name, ...range });
  const label = say(make('label', { for: id }), option.label ?? `option.${name}`);
  const output = make('output', { for: id });
  const value = () => (values ? values[Number(input.value)] : rounded(Number(input.value), 12));
  input.addEventListener('input', () => context.change(name, value()));
  input.addEventListener('change', () => context.settle());
  const sync = () => {
    const now = context.get(name);
    const place = String(values ? nearestStop(values, now) : now);
    if (input.value !== place) input.value = place;
    const shown = `${show(now)}${option.unit ?? ''}`;
    setText(output, shown);
    if (input.getAttribute('aria-valuetext') !== shown) input.setAttribute('aria-valuetext', shown);
    const share = (Number(input.value) - input.min) / (input.max - input.min);
    input.style.setProperty('--filled', `${(100 * share).toFixed(2)}%`);
  };
  const element = make('div', { class: 'control slider', 'data-option': name }, label, output, input);
  return { element, sync };
}

// A word of a choice in the reader's language, where there is one: "decoupled", "adamw".
const choiceText = (name, value) => {
  const key = `choice.${name.replace(/_[ab]$/, '').replace('source', 'data')}.${value}`;
  return hasWord(key) ? word(key) : value;
};

function makeChoice(name, option, context) {
  const id = nextId();
  const select = make('select', { id, name });
  const label = say(make('label', { for: id }), option.label ?? `option.${name}`);
  const fill = () => {
    select.replaceChildren(
      ...(option.words ?? []).map((value) => {
        const refused = option.refused?.(value);
        const text = option.title?.(value) ?? choiceText(name, value);
        return make('option', { value, disabled: Boolean(refused), title: refused }, text);
      }),
    );
    select.value = context.get(name);
  };
  inWords(fill);
  select.addEventListener('change', () => {
    context.change(name, select.value);
    context.settle();
  });
  const sync = () => {
    if (select.value !== context.get(name)) select.value = context.get(name);
  };
  return { element: make('div', { class: 'control', 'data-option': name }, label, select), sync, fill };
}

function makeCheck(name, option, context) {
  const id = nextId();
  const input = make('input', { type: 'checkbox', id, name });
  const label = say(make('label', { for: id }), option.label ?? `option.${name}`);
  input.addEventListener('change', () => {
    context.change(name, input.checked ? 1 : 0);
    context.settle();
  });
  const sync = () => {
    input.checked = context.get(name) === 1;
  };
  return { element: make('div', { class: 'control check', 'data-option': name }, input, label), sync };
}
