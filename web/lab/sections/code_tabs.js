// The code of both paths, as C++ and as PyTorch, in tabs.
import { copyText } from '../clipboard.js';
import { button, inWords, make, sayLabel, setText } from '../dom.js';
import { hasWord, word } from '../words.js';

const FORMS = ['cpp', 'pytorch'];

// One piece of code with its heading and a button that copies it.
function makeCode(section, path) {
  const heading = make('h3', { class: 'small' });
  const code = make('code');
  const copy = button('do.copy', async () => {
    const copied = await copyText(code.textContent);
    setText(copy, word(copied ? 'do.copied' : 'do.notcopied'));
    setTimeout(() => setText(copy, word('do.copy')), 1500);
  });
  const show = () => {
    const law = section.values[`law_${path}`];
    const key = `choice.law.${law}`;
    setText(heading, word(`code.${path}`, { law: hasWord(key) ? word(key) : law }));
    setText(code, section.answer?.texts[`${section.form}_${path}`] ?? '');
  };
  inWords(show);
  return {
    element: make(
      'div',
      { class: `code ${path}` },
      make('div', {}, heading, copy),
      make('pre', { tabindex: 0 }, code),
    ),
    show,
  };
}

export function makeTabs(section) {
  section.form = 'cpp';
  const panel = make('div', { class: 'codes', role: 'tabpanel', id: 'paths-code' });
  const tabs = FORMS.map((form) => {
    const tab = button(`code.${form}`, () => choose(form), {
      role: 'tab',
      'aria-controls': panel.id,
      id: `paths-${form}`,
    });
    tab.addEventListener('keydown', (event) => {
      if (event.key !== 'ArrowLeft' && event.key !== 'ArrowRight') return;
      choose(FORMS[1 - FORMS.indexOf(form)]).focus();
    });
    return tab;
  });
  section.codes = ['a', 'b'].map((path) => makeCode(section, path));
  panel.append(...section.codes.map((code) => code.element));
  const choose = (form) => {
    section.form = form;
    tabs.forEach((tab, i) => {
      tab.setAttribute('aria-selected', String(FORMS[i] === form));
      tab.tabIndex = FORMS[i] === form ? 0 : -1;
    });
    panel.setAttribute('aria-labelledby', `paths-${form}`);
    section.codes.forEach((code) => code.show());
    return tabs[FORMS.indexOf(form)];
  };
  const list = sayLabel(make('div', { class: 'tabs', role: 'tablist' }, ...tabs), 'code.label');
  section.more.append(list, panel);
  choose('cpp');
}
