// The page: language, contents, sections, and what tests take hold of as window.lab.
import { inWords, make, say, sayLabel, setText, speakAgain } from './dom.js';
import { idle, lab, schedule, startLibrary } from './lab.js';
import { keepScrollable } from './scrollable.js';
import { Section } from './section.js';
import { contours } from './sections/contours.js';
import { halfLife } from './sections/half_life.js';
import { overfit } from './sections/overfit.js';
import { paths } from './sections/paths.js';
import { penalty } from './sections/penalty.js';
import { practice } from './sections/practice.js';
import { simple } from './sections/simple.js';
import { variance } from './sections/variance.js';
import { State } from './state.js';
import { language, useLanguage, word } from './words.js';
import { serve } from './worker.js';

const tables = [overfit, variance, simple, penalty, contours, paths, practice, halfLife];
const stops = ['overfit', 'variance', 'simple', 'penalty', 'contours', 'paths', 'practice', 'glossary'];

function firstLanguage() {
  const given = lab.state.flat.lang ?? navigator.language;
  return given.startsWith('zh') ? 'zh' : 'en';
}

function speak(name) {
  useLanguage(name);
  document.title = word('page.title');
  speakAgain();
  // The sections' blocks have moved: what is near may be another one now.
  schedule();
}

// The switch names the other language, in that language.
function makeSwitch() {
  const other = { en: ['zh', '中文', 'zh-CN'], zh: ['en', 'English', 'en'] };
  const it = make('button', { type: 'button', class: 'switch' });
  const write = () => {
    setText(it, other[language()][1]);
    it.lang = other[language()][2];
  };
  it.addEventListener('click', () => {
    const place = keepPlace();
    lab.state.flat.lang = other[language()][0];
    speak(lab.state.flat.lang);
    place();
    lab.state.write();
  });
  inWords(write);
  return it;
}

// The section that is read stays where it is on the screen, though its text becomes longer or shorter.
function keepPlace() {
  const isRead = (section) => section.getBoundingClientRect().top < 200;
  const read = [...document.querySelectorAll('main > section')].findLast(isRead);
  if (!read) return () => {};
  const { top, height } = read.getBoundingClientRect();
  return () => {
    const now = read.getBoundingClientRect();
    const wanted = top < 0 ? (top * now.height) / height : top;
    window.scrollBy({ top: now.top - wanted, behavior: 'instant' });
  };
}

function makeContents() {
  const nav = document.querySelector('nav');
  const list = make('ol');
  for (const name of stops) {
    const link = say(make('a', { href: `#${name}` }), `nav.${name}`);
    link.addEventListener('click', (event) => {
      if (event.ctrlKey || event.metaKey || event.shiftKey || event.altKey) return;
      event.preventDefault(); // the address holds more than the anchor
      lab.state.at = name;
      lab.state.writeNow();
      goTo(name);
    });
    list.append(make('li', {}, link));
  }
  sayLabel(nav, 'nav.label');
  nav.replaceChildren(list, makeSwitch());
  markCurrent(list);
}

function goTo(name) {
  const section = document.getElementById(name);
  if (!section) return;
  section.scrollIntoView();
  section.tabIndex = -1;
  section.focus({ preventScroll: true });
}

function markCurrent(list) {
  const links = new Map([...list.querySelectorAll('a')].map((link) => [link.hash.slice(1), link]));
  const seen = new IntersectionObserver(
    (entries) => {
      for (const { target, isIntersecting } of entries) {
        if (!isIntersecting) continue;
        links.forEach((link) => link.removeAttribute('aria-current'));
        const link = links.get(target.id);
        link?.setAttribute('aria-current', 'true');
        // Where the bar is too narrow for all links, it follows.
        if (link) list.scrollTo({ left: link.offsetLeft - list.offsetLeft - 40 });
      }
    },
    { rootMargin: '-30% 0px -65% 0px' },
  );
  for (const name of links.keys()) seen.observe(document.getElementById(name));
}

// Only what is near to the window is drawn.
function watchNearness() {
  const seen = new IntersectionObserver(
    (entries) => {
      for (const { target, isIntersecting } of entries) {
        lab.sections.get(target.dataset.section).near = isIntersecting;
      }
      schedule();
    },
    { rootMargin: '400px 0px' },
  );
  for (const section of lab.sections.values()) {
    section.block.dataset.section = section.name;
    seen.observe(section.block);
  }
}

// A link was put into the address bar of the open page.
function followAddress() {
  window.addEventListener('hashchange', () => {
    lab.state.read();
    for (const section of lab.sections.values()) {
      lab.state.take(section.name);
      section.set({});
    }
    speak(firstLanguage());
    if (lab.state.at) goTo(lab.state.at);
  });
}

// On paper every figure is drawn, near or not.
function drawToPrint() {
  window.addEventListener('beforeprint', () => {
    if (!lab.engine) return;
    for (const section of lab.sections.values()) if (section.dirty && !section.playing) section.draw();
  });
}

// For tests; what a page needs does not go through it.
function expose() {
  const section = (name) => lab.sections.get(name);
  window.lab = {
    frames: lab.frames,
    idle,
    ask: (question, options) => plainAnswer(lab.engine.ask(question, options)),
    state: (name) => ({ ...section(name).values }),
    asked: (name) => ({ ...(section(name).asked ?? section(name).values) }),
    set(name, values) {
      section(name).near = true;
      section(name).set(values);
    },
    answer: (name) => section(name).answer && plainAnswer(section(name).answer),
    failure: (name) => (section(name).failure.hidden ? '' : section(name).failure.textContent),
  };
}

const plainAnswer = ({ numbers, texts }) => ({
  numbers: Object.fromEntries(Object.entries(numbers).map(([name, values]) => [name, Array.from(values)])),
  texts,
});

function failToStart(error) {
  lab.failure = error;
  for (const section of lab.sections.values()) section.fail(word('say.broken', { message: error.message }));
}

function start() {
  lab.state = new State();
  useLanguage(firstLanguage());
  document.title = word('page.title');
  for (const table of tables) new Section(table);
  makeContents();
  keepScrollable();
  expose();
  followAddress();
  drawToPrint();
  if (lab.state.at) goTo(lab.state.at);
  watchNearness();
  // First paint, then the library: two frames, as the first one comes before the paint.
  requestAnimationFrame(() => requestAnimationFrame(() => startLibrary().catch(failToStart)));
}

if (typeof document === 'undefined') serve();
else start();
