// node hostile.mjs PAGE.html: gives the practice texts that are no tables. Each must end with a message
// that can be read, and the page must answer afterwards.
import { mkdtempSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { finish, goTo, launch, open } from './page.mjs';

const file = process.argv[2];
const rows = (count, row) => Array.from({ length: count }, (_, i) => row(i)).join('\n');
const cells = (count, cell) => Array.from({ length: count }, (_, j) => cell(j)).join(',');
const texts = {
  'one word': 'hello',
  'a header alone': 'a,b,c',
  'one row': 'a,b\n1,2',
  'rows of many lengths': 'a,b\n1\n2,3,4\n5,6',
  'an open quote': 'a,b\n"1,2\n3,4',
  'a column twice': 'a,a\n1,2\n3,4',
  'names that are none': ',,\n1,2,3\n4,5,6',
  'bytes of no text': 'a,b\n\u0000\u0001,\ufffd\n3,4',
  markup: `<script>alert(1)</script>,"<img src=x onerror=alert(1)>"\n${rows(30, (i) => `${i},${i % 7}`)}`,
  'no numbers but infinities': `a,b\n${rows(20, () => 'inf,1e999')}`,
  'a constant target': `a,b\n${rows(30, (i) => `${i},1`)}`,
  'a class for each row': `a,b\n${rows(400, (i) => `${i},name${i}`)}`,
  'five thousand columns': [cells(5000, (j) => `c${j}`)]
    .concat(Array.from({ length: 20 }, (_, i) => cells(5000, (j) => (i * j) % 11)))
    .join('\n'),
  'a line of a megabyte': `a,b\n${'9'.repeat(1e6)},1\n2,3`,
  'a million quotes': '"'.repeat(1e6),
};

// The tables among them: they are learnt from.
const sound = ['markup', 'five thousand columns'];

// Fills the area without typing, as a paste does.
async function paste(page, text) {
  await page.locator('#own-text').evaluate((area, value) => (area.value = value), text);
  await page.getByRole('button', { name: 'Use this text' }).click();
}

const settled = (page) => page.evaluate(() => window.lab.idle());

const browser = await launch();
const { page, failures } = await open(browser, `${file}#practice`);
page.on('dialog', (dialog) => {
  failures.push('a text of a table was run as a script');
  dialog.dismiss();
});
const block = await goTo(page, 'practice');
await block.locator('[data-option="source"] select').selectOption('own');
for (const [name, text] of Object.entries(texts)) {
  await paste(page, text);
  await settled(page);
  const message = await page.evaluate(() => window.lab.failure('practice'));
  const shown = await block.locator('.outcome').isVisible();
  const verdict = shown ? await block.locator('.outcome > h3').first().textContent() : '';
  if (!message === !shown)
    failures.push(`${name}: ${message ? 'a message beside a verdict' : 'neither message nor verdict'}`);
  if (!sound.includes(name) === !message) failures.push(`${name}: ${message || verdict}`);
  console.log(`${name}: ${message || `a sweep: ${verdict}`}`);
  if (/undefined|null|NaN|\[object|unreachable|out of bounds/.test(message))
    failures.push(`${name}: ${message}`);
}
// More than a page takes: refused before it is read.
const large = join(mkdtempSync(join(tmpdir(), 'halflife-')), 'large.csv');
writeFileSync(large, 'a,b\n1,2\n');
truncateSync(large, 51e6);
await page.locator('#own-file').setInputFiles(large);
await settled(page);
const refusal = await page.evaluate(() => window.lab.failure('practice'));
console.log(`51 MB: ${refusal}`);
if (!refusal.includes('51 MB')) failures.push(`51 MB: ${refusal}`);
rmSync(dirname(large), { recursive: true });
// The page lives: a table again, and another section.
await block.locator('[data-option="source"] select').selectOption('diabetes');
await settled(page);
if (await page.evaluate(() => window.lab.failure('practice'))) failures.push('no sweep after all that');
const numbers = await page.evaluate(() => window.lab.answer('practice')?.numbers.best_decay);
if (!(numbers?.[0] >= 0)) failures.push('no answer after all that');
await goTo(page, 'contours');
await browser.close();
finish(failures);
