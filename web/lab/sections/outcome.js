// What a sweep gave: verdict, figure with a crosshair, table, equivalents, files to keep.
import { readAlong } from '../crosshair.js';
import { button, inWords, make, say, sayLabel, setText } from '../dom.js';
import { Picture } from '../figure.js';
import { show } from '../numbers.js';
import { word } from '../words.js';
import { equivalents, heading, paragraphs, wasSetAside } from './verdict.js';

function save(name, type, text) {
  const address = URL.createObjectURL(new Blob([text], { type }));
  make('a', { href: address, download: name }).click();
  setTimeout(() => URL.revokeObjectURL(address), 10000);
}

export function makeOutcome() {
  const parts = {
    heading: make('h3'),
    words: make('div'),
    picture: new Picture('loss'),
    readout: make('div', { class: 'readout few' }),
    weights: new Picture('weights', { named: true }),
    learning: new Picture('learning'),
    table: make('table'),
    units: make('dl'),
    line: make('code'),
  };
  const outcome = { parts, answer: null, result: null };
  const scroll = sayLabel(
    make('div', { class: 'scroll', tabindex: 0, role: 'region' }, parts.table),
    'table.label',
  );
  const files = make('div', { class: 'buttons' });
  files.append(
    button('do.result', () => save('result.json', 'application/json', outcome.answer.texts.result)),
    button('do.report', () => save('report.html', 'text/html', outcome.answer.texts.report)),
  );
  const title = (key) => say(make('h3', { class: 'small' }), key);
  outcome.element = make(
    'div',
    { class: 'outcome', hidden: true },
    parts.heading,
    parts.words,
    parts.picture.element,
    parts.readout,
    scroll,
    parts.weights.element,
    parts.learning.element,
    title('title.use'),
    parts.units,
    title('title.command'),
    make('pre', { tabindex: 0 }, parts.line),
    files,
  );
  inWords(() => write(outcome));
  // `command`: the line of the program that does the same.
  outcome.show = (answer, result, command) => {
    Object.assign(outcome, { answer, result, command });
    outcome.element.hidden = false;
    parts.picture.show(answer.texts);
    for (const name of ['weights', 'learning']) showIfThere(parts[name], answer.texts);
    outcome.cross = readAlong(parts.picture, parts.readout, JSON.parse(answer.texts['loss.readout']));
    write(outcome);
  };
  return outcome;
}

function showIfThere(picture, texts) {
  picture.element.hidden = !texts[`${picture.name}.wide`];
  if (!picture.element.hidden) picture.show(texts);
}

function write({ parts, result, command, cross }) {
  if (!result) return;
  setText(parts.heading, heading(result));
  parts.words.replaceChildren(...paragraphs(result).map((text) => make('p', {}, text)));
  parts.table.replaceChildren(tableHead(result), tableBody(result));
  parts.units.replaceChildren(
    ...equivalents(result).flatMap(([name, text]) => [make('dt', {}, name), make('dd', {}, text)]),
  );
  setText(parts.line, command);
  cross?.speak();
}

const scoreName = (result) => (result.data.task === 'regression' ? 'r2' : 'accuracy');

function tableHead(result) {
  const last = result.test ? 'table.half' : 'table.dof';
  const keys = [
    'table.decay',
    'table.train',
    'table.validation',
    `table.${scoreName(result)}`,
    'table.norm',
    last,
    'table.choice',
  ];
  const roomy = ['table.train', 'table.norm', last];
  const cells = keys.map((key) =>
    make('th', { scope: 'col', class: roomy.includes(key) ? 'roomy' : null }, word(key)),
  );
  return make('thead', {}, make('tr', {}, ...cells));
}

function tableBody(result) {
  return make('tbody', {}, ...result.grid.map((point, index) => tableRow(result, point, index)));
}

function tableRow(result, point, index) {
  const marks = [];
  if (index === result.best.index) marks.push(word('table.best'));
  if (index === result.one_se.index) marks.push(word('table.onese'));
  if (wasSetAside(point)) marks.push(word('table.aside'));
  const cell = (text, roomy) => make('td', { class: roomy ? 'roomy' : null }, text);
  return make(
    'tr',
    { class: index === result.best.index ? 'best' : null },
    make('th', { scope: 'row' }, show(point.decay)),
    cell(show(point.train.loss), true),
    cell(`${show(point.validation.loss)} ± ${show(point.validation.se, 2)}`),
    cell(show(point.validation[scoreName(result)])),
    cell(show(point.weight_norm), true),
    cell(show(result.test ? point.half_life_epochs : point.effective_dof, 3), true),
    cell(marks.join(', ')),
  );
}
