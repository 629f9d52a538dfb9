// The rows of the practice: a bundled table, or the reader's own file, dropped, opened or pasted.
import { inflate } from '../engine.js';
import { button, make, say } from '../dom.js';
import { word } from '../words.js';

const MOST_BYTES = 50e6;

// {name, bytes} of a bundled table.
const bundled = new Map();
export async function bundledTable(name) {
  if (!bundled.has(name)) bundled.set(name, { name: `${name}.csv`, bytes: await inflate(`data-${name}`) });
  return bundled.get(name);
}

// A place to give a file or a text. `take({name, bytes})` gets it, `refuse(message)` what is wrong.
export function makeOwnData({ take, refuse }) {
  const file = make('input', {
    type: 'file',
    accept: '.csv,.tsv,.txt,text/csv,text/plain',
    id: 'own-file',
    class: 'unseen',
  });
  const area = make('textarea', { rows: 4, spellcheck: 'false', autocomplete: 'off', id: 'own-text' });
  const use = button('do.use', () => {
    const bytes = new TextEncoder().encode(area.value);
    if (bytes.length === 0) refuse(word('own.empty'));
    else if (fits(bytes.length, refuse)) take({ name: 'pasted.csv', bytes });
  });
  const open = async (chosen) => {
    if (!chosen || !fits(chosen.size, refuse)) return;
    if (chosen.size === 0) return refuse(word('own.empty'));
    try {
      take({ name: chosen.name, bytes: new Uint8Array(await chosen.arrayBuffer()) });
    } catch (error) {
      refuse(error.message); // a folder, or a file that has gone
    }
  };
  file.addEventListener('change', () => open(file.files[0]));
  const drop = make('p', { class: 'drop' });
  drop.append(
    file,
    say(make('label', { for: file.id, class: 'button' }), 'own.file'),
    say(make('span'), 'own.drop'),
  );
  const element = make('div', { class: 'own', hidden: true }, drop);
  element.append(say(make('label', { for: area.id }), 'own.paste'), area, use);
  acceptDrops(drop, open);
  return element;
}

function acceptDrops(drop, open) {
  const over = (event) => {
    event.preventDefault();
    drop.classList.toggle('over', event.type === 'dragover');
  };
  drop.addEventListener('dragover', over);
  drop.addEventListener('dragleave', over);
  drop.addEventListener('drop', (event) => {
    over(event);
    open(event.dataTransfer.files[0]);
  });
}

function fits(size, refuse) {
  if (size <= MOST_BYTES) return true;
  refuse(word('own.large', { size: Math.ceil(size / 1e6) }));
  return false;
}
