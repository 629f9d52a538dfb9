// node axe.mjs PAGE.html: accessibility of the page in both languages, light and dark, wide and narrow.
// Prints what axe-core finds serious or critical, a line each, and exits with 1 where there is any.
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { finish, launch, open } from './page.mjs';

const file = process.argv[2];
const source = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
const looks = [
  ['en', 'light', 1440],
  ['en', 'dark', 390],
  ['zh', 'dark', 1440],
  ['zh', 'light', 390],
];

// Scrolls through the page, so that every section is drawn.
async function drawAll(page) {
  for (const name of await page.evaluate(() =>
    [...document.querySelectorAll('.block')].map((each) => each.dataset.section),
  )) {
    await page.locator(`.block[data-section="${name}"]`).scrollIntoViewIfNeeded();
    await page.evaluate(() => window.lab.idle());
  }
}

const found = [];
const browser = await launch();
for (const [lang, colorScheme, width] of looks) {
  const { page, context, failures } = await open(browser, `${file}#lang=${lang}`, {
    colorScheme,
    viewport: { width, height: 900 },
    reducedMotion: 'reduce',
  });
  await drawAll(page);
  await page.evaluate(source);
  const { violations } = await page.evaluate(() => window.axe.run(document));
  for (const { id, impact, nodes } of violations) {
    const line = `${lang} ${colorScheme} ${width}: ${impact} ${id}: ${nodes
      .map((node) => node.target.join(' '))
      .slice(0, 5)
      .join(' | ')}`;
    if (impact === 'serious' || impact === 'critical') found.push(line);
    else console.log(line);
  }
  found.push(...failures);
  await context.close();
}
await browser.close();
finish(found);
