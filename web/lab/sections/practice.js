// 7: a sweep over decays on real rows, in a worker, with the verdict of the command line.
import { inWords, button, make, say, setText } from '../dom.js';
import { failureWords } from '../failure_words.js';
import { lab, needBench } from '../lab.js';
import { check, choice, linear, log, text } from '../options.js';
import { word } from '../words.js';
import { bundledTable, makeOwnData } from './own_data.js';
import { makeOutcome } from './outcome.js';
import { commandOf, nameOf, numbersOf, questionOf, targetOf } from './sweep.js';

const DECAYS = '0,1e-5,3e-5,1e-4,3e-4,1e-3,3e-3,0.01,0.03,0.1,0.3,1';
const QUICK_BYTES = 1e6; // exact fits of less run again by themselves
const SOON = 350; // ms

const isQuick = (section) => section.values.model === 'auto' && section.file?.bytes.length < QUICK_BYTES;

async function useTable(section, table) {
  if (section.running) needBench().stop(STOPPED);
  forget(section);
  setText(section.told, '');
  section.fail(null);
  lab.busy.add('practice');
  try {
    const answer = await needBench().ask('columns', { name: nameOf(table) }, table.bytes);
    Object.assign(section, {
      file: table,
      columns: JSON.parse(answer.texts.columns),
      rows: answer.numbers.rows[0],
    });
    if (section.own) section.values.target = -1;
    section.sayTable();
    fillTargets(section);
    await run(section);
  } catch (error) {
    section.fail(() => failureWords(error));
  } finally {
    lab.busy.delete('practice');
  }
}

// Nothing of an earlier table stays beside a message about this one.
function forget(section) {
  Object.assign(section, { file: null, columns: null, result: null, answer: null });
  section.outcome.element.hidden = true;
  setText(section.tableLine, '');
}

function fillTargets(section) {
  const { option } = section.table.virtual.column;
  option.words = section.columns.map((column, i) => String(i));
  option.title = (place) => section.columns[Number(place)].name;
  for (const control of section.controls) control.fill?.();
  section.sync();
}

// While it runs the time is told; the stop button ends the worker.
async function run(section) {
  section.again = section.running;
  if (section.running) return;
  if (!section.file) return section.fail(word('own.none'));
  if (section.badDecays) return section.fail(word('run.decays'));
  const begun = performance.now();
  const seconds = () => ((performance.now() - begun) / 1000).toFixed(2);
  const clock = setInterval(() => setText(section.told, word('run.busy', { seconds: seconds() })), 200);
  section.asked = questionOf(section);
  section.command = commandOf(section);
  setRunning(section, true);
  try {
    const answer = await needBench().ask('practice', section.asked, section.file.bytes);
    section.result = JSON.parse(answer.texts.result);
    section.outcome.show(answer, section.result, section.command);
    markStale(section);
    section.answer = { numbers: numbersOf(section.result), texts: answer.texts };
    section.speak();
    section.fail(null);
    setText(section.told, word('run.done', { seconds: seconds() }));
    setText(section.status, section.outcome.parts.heading.textContent);
  } catch (error) {
    setText(section.told, '');
    section.outcome.element.hidden = true;
    section.fail(() => (error.message === STOPPED ? word('run.stopped') : failureWords(error)));
  } finally {
    clearInterval(clock);
    setRunning(section, false);
    if (section.again) run(section);
  }
}

const STOPPED = 'stopped';

function setRunning(section, running) {
  section.running = running;
  section.block.toggleAttribute('data-busy', running);
  section.runButton.disabled = running;
  section.stopButton.hidden = !running;
  if (running) lab.busy.add('sweep');
  else lab.busy.delete('sweep');
}

const isStale = (section) => JSON.stringify(questionOf(section)) !== JSON.stringify(section.asked);

// Whether what is shown is of other options than those that are set.
function markStale(section) {
  const stale = isStale(section);
  section.outcome.element.classList.toggle('stale', stale);
  if (stale) setText(section.told, word('run.stale'));
}

// A change makes what is shown stale; where a run takes no time it follows by itself.
function changed(section, name) {
  showNetOptions(section);
  if (name === null && section.badDecays !== undefined) section.clearDecays();
  if (!section.own && section.values.data !== section.shownData) return loadBundled(section);
  if (!section.file || name === 'source') return null;
  clearTimeout(section.soon);
  lab.busy.delete('soon');
  if (isQuick(section) && isStale(section)) runSoon(section);
  else if (!section.running) markStale(section);
  return null;
}

function runSoon(section) {
  lab.busy.add('soon');
  section.soon = setTimeout(() => {
    lab.busy.delete('soon');
    run(section);
  }, SOON);
}

function loadBundled(section) {
  section.shownData = section.values.data;
  lab.busy.add('practice');
  bundledTable(section.values.data)
    .then((table) => useTable(section, table))
    .catch((error) => {
      lab.busy.delete('practice');
      section.fail(word('say.broken', { message: error.message }));
    });
}

function showNetOptions(section) {
  for (const name of ['hidden', 'seeds', 'bias']) {
    const control = section.panel.querySelector(`[data-option="${name}"]`);
    control.hidden = section.values.model !== 'net';
  }
}

function chooseData(section, data) {
  section.own = data === 'own';
  section.ownElement.hidden = !section.own;
  section.values.target = -1;
  if (section.own) return;
  section.values.data = data;
  section.shownData = null; // it is to be read again, whatever was there in between
}

function makeDecays(section) {
  const id = 'practice-decays';
  const input = make('input', {
    type: 'text',
    id,
    spellcheck: 'false',
    autocomplete: 'off',
    inputmode: 'text',
  });
  input.addEventListener('change', () => {
    const value = input.value.replaceAll(/\s/g, '');
    const good =
      section.options.decays.pattern.test(value) && value.split(',').every((each) => Number(each) >= 0);
    input.setAttribute('aria-invalid', String(!good));
    section.badDecays = !good;
    section.fail(good ? null : word('run.decays'));
    if (good) section.change('decays', value);
  });
  section.buttons.before(
    make('div', { class: 'control decays' }, say(make('label', { for: id }), 'option.decays'), input),
  );
  section.clearDecays = () => {
    section.badDecays = undefined;
    input.removeAttribute('aria-invalid');
  };
  section.controls.push({
    sync: () =>
      document.activeElement !== input && (input.value = section.values.decays.replaceAll(',', ', ')),
  });
}

function ready(section) {
  makeDecays(section);
  section.ownElement = makeOwnData({
    take: (table) => useTable(section, table),
    refuse: (message) => section.fail(message),
  });
  section.runButton = button('do.run', () => run(section), { class: 'main' });
  section.stopButton = button('do.stop', () => needBench().stop(STOPPED), { hidden: true });
  section.told = make('span', { class: 'told' });
  section.buttons.prepend(section.runButton, section.stopButton);
  section.buttons.append(section.told);
  section.tableLine = make('p', { class: 'quiet' });
  section.sayTable = () => {
    if (!section.file) return;
    setText(
      section.tableLine,
      word('own.loaded', { name: section.file.name, rows: section.rows, columns: section.columns.length }),
    );
  };
  inWords(section.sayTable);
  section.panel.querySelector('[data-option="model"]').after(section.ownElement, section.tableLine);
  section.outcome = makeOutcome();
  section.more.append(section.outcome.element);
  showNetOptions(section);
}

export const practice = {
  name: 'practice',
  options: {
    data: choice(['diabetes', 'breast_cancer']),
    target: { kind: 'place', low: -1, high: 1e6, whole: true, init: -1 },
    model: choice(['auto', 'net']),
    hidden: log(2, 256, 32, { whole: true }),
    seeds: linear(1, 10, 1, 3),
    bias: check(0),
    decays: text(/^[\d.e+-]+(,[\d.e+-]+)+$/i, DECAYS),
  },
  virtual: {
    source: {
      option: { ...choice(['diabetes', 'breast_cancer', 'own']), label: 'option.data' },
      get: (section) => (section.own ? 'own' : section.values.data),
      set: chooseData,
    },
    column: {
      option: { ...choice(null, ''), label: 'option.target' },
      get: (section) => (section.columns ? String(targetOf(section)) : ''),
      set: (section, place) => (section.values.target = Number(place)),
    },
  },
  keeps: ['data', 'target'],
  pictures: [],
  controls: ['source', 'column', 'model', 'hidden', 'seeds', 'bias'],
  ready,
  after: changed,
  chosen(section) {
    clearTimeout(section.soon);
    lab.busy.delete('soon');
    run(section);
  },
  draw(section) {
    if (!section.own && !section.shownData) loadBundled(section);
  },
  numbers: (section) => section.answer.numbers && firstsOf(section.answer.numbers),
};

const firstsOf = ({ best_decay, improvement, p_value }) => ({
  best_decay: best_decay[0],
  improvement: improvement[0],
  p_value: p_value[0],
});
