// One lesson's live block: its controls, figures, sentence, and the live numbers of its prose.
import { copyText } from './clipboard.js';
import { makeControl } from './controls.js';
import { button, inWords, make, say, sayLabel, setText } from './dom.js';
import { LabFailure } from './engine.js';
import { failureWords } from './failure_words.js';
import { Picture } from './figure.js';
import { lab, schedule } from './lab.js';
import { show } from './numbers.js';
import { accept, defaultsOf } from './options.js';
import { makePresets } from './presets.js';
import { language, word } from './words.js';

// When a change counts as done and is told to those who listen to the page.
const SETTLED = 700; // ms

// A section's table: {name, options, pictures: [[name, {half, square}]], controls: [name] or
// {title, names}, virtual: {name: {option, get, set}}, asks(section), numbers(section), sentence(section)}.
export class Section {
  constructor(table) {
    this.table = table;
    this.name = table.name;
    this.place = document.getElementById(table.home ?? table.name);
    this.options = table.options;
    this.defaults = defaultsOf(table.options);
    this.values = lab.state.add(this.name, this.defaults, (name, text) => this.accept(name, text));
    this.controls = [];
    this.answer = null;
    this.dirty = true;
    this.near = false;
    lab.sections.set(this.name, this);
    table.begin?.(this);
    this.build();
    this.presets = makePresets(this);
    this.table.ready?.(this);
    this.sync();
  }

  accept(name, text) {
    return Object.hasOwn(this.options, name) ? accept(this.options[name], text) : undefined;
  }

  build() {
    const { table } = this;
    this.pictures = table.pictures.map(([name, looks]) => new Picture(name, looks));
    this.figures = make('div', { class: 'pictures' }, ...this.pictures.map((picture) => picture.element));
    if (table.title) this.figures.prepend(say(make('h3'), table.title));
    this.panel = make('div', { class: 'panel' });
    for (const entry of table.controls) this.addControls(this.panel, entry);
    this.buttons = make('div', { class: 'buttons' });
    this.sentence = make('p', { class: 'sentence' });
    this.status = make('p', { class: 'unseen', role: 'status' });
    this.failure = make('div', { class: 'failure', role: 'alert', hidden: true });
    this.more = make('div', { class: 'more' });
    this.panel.append(this.buttons);
    this.block = make('div', { class: `block ${this.name}`, role: 'group' });
    this.block.append(this.figures, this.panel, this.sentence, this.failure, this.status, this.more);
    sayLabel(this.block, `block.${this.name}`);
    inWords(() => this.move());
    inWords(() => this.speak());
    inWords(() => this.sayFailure());
    for (const each of this.table.buttons ?? []) this.buttons.append(each(this));
    this.buttons.append(
      button('do.reset', () => this.set({ ...this.defaults })),
      this.linkButton(),
    );
  }

  // The block exists once and goes where the language that is read has its place for it.
  move() {
    const figure = `[data-figure="${this.table.home ?? this.name}"]`;
    const home = this.place.querySelector(`:scope > [lang^="${language()}"] ${figure}`);
    if (home && this.block.parentNode !== home) home.append(this.block);
  }

  addControls(parent, entry) {
    if (typeof entry === 'string') {
      const option = this.options[entry] ?? this.table.virtual[entry].option;
      const control = makeControl(entry, option, this);
      this.controls.push(control);
      parent.append(control.element);
      return control;
    }
    const details = make('details', { class: 'group', open: entry.open }, make('summary'));
    inWords(() => setText(details.firstChild, word(entry.title)));
    for (const name of entry.names) this.addControls(details, name);
    parent.append(details);
    return details;
  }

  linkButton() {
    const link = button('do.link', async () => {
      lab.state.writeNow();
      const copied = await copyText(lab.state.link(this.place.id));
      setText(link, word(copied ? 'do.copied' : 'do.notcopied'));
      setTimeout(() => setText(link, word('do.link')), 1500);
    });
    return link;
  }

  get(name) {
    return this.table.virtual?.[name] ? this.table.virtual[name].get(this) : this.values[name];
  }

  change(name, value) {
    if (value === undefined || this.get(name) === value) return;
    this.table.before?.(this, name);
    if (this.table.virtual?.[name]) this.table.virtual[name].set(this, value);
    else this.values[name] = value;
    this.table.after?.(this, name);
    this.changed();
  }

  set(values) {
    this.table.pause?.(this);
    this.table.before?.(this, null);
    Object.assign(this.values, values);
    this.table.after?.(this, null);
    this.changed();
    this.settle();
  }

  changed() {
    this.sync();
    lab.state.write();
    this.request();
  }

  request() {
    this.dirty = true;
    schedule();
  }

  sync() {
    for (const control of this.controls) control.sync();
    this.presets.sync();
  }

  // Called when a change is done, so that the status is not read out at each step of a drag.
  settle() {
    clearTimeout(this.settling);
    this.settling = setTimeout(() => setText(this.status, this.sentence.textContent), SETTLED);
  }

  // To what was set when there was an answer without trouble last.
  backButton() {
    this.back ??= button('do.back', () => this.set({ ...(this.good ?? this.defaults) }));
    return this.back;
  }

  ask(question, options) {
    return lab.engine.ask(question, options);
  }

  draw() {
    this.dirty = false;
    try {
      const answer = this.table.draw ? this.table.draw(this) : this.ask(this.name, this.values);
      if (!answer) return;
      this.put(answer);
      // `trouble`: what a table's shown() found wrong with the answer.
      if (this.trouble) return this.fail(this.trouble, this.backButton());
      if (!this.table.remembers) this.good = { ...this.values };
      this.fail(null);
    } catch (error) {
      if (!(error instanceof LabFailure)) throw error;
      this.fail(() => failureWords(error), this.backButton());
    }
  }

  put(answer) {
    this.answer = answer;
    for (const picture of this.pictures) picture.show(answer.texts);
    this.speak();
    this.table.shown?.(this);
  }

  // The live numbers and the sentence.
  speak() {
    if (!this.answer) return this.table.sentence && setText(this.sentence, word('say.loading'));
    const numbers = this.table.numbers?.(this) ?? {};
    const values = { ...this.values, ...firsts(this.answer.numbers), ...numbers };
    this.fill(values);
    if (this.table.sentence) setText(this.sentence, this.table.sentence(this, shown(values)));
  }

  fill(values) {
    this.live ??= [...this.place.querySelectorAll('[data-number]')];
    for (const element of this.live) {
      const value = values[element.dataset.number];
      if (value !== undefined) setText(element, typeof value === 'string' ? value : show(value));
    }
  }

  // `message`: a text, or a function that gives it in the language of the moment; `extra`: elements after
  // it, such as a button back.
  fail(message, ...extra) {
    this.failure.hidden = message === null;
    this.message = message;
    if (message !== null) this.failure.replaceChildren(make('p'), ...extra);
    this.sayFailure();
  }

  sayFailure() {
    const { message } = this;
    if (message) setText(this.failure.firstChild, typeof message === 'function' ? message() : message);
  }
}

const firsts = (numbers) =>
  Object.fromEntries(Object.entries(numbers).map(([name, values]) => [name, values[0]]));

// Every number as it is shown.
export const shown = (values) =>
  Object.fromEntries(
    Object.entries(values).map(([name, value]) => [name, typeof value === 'number' ? show(value) : value]),
  );
