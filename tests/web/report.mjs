// node report.mjs REPORT.html: works every control of a report as a reader would, in both languages, and
// checks what comes of it: the switch, the arrow keys, the files that are saved, the terms, the contents.
import { readFileSync } from 'node:fs';
import { finish, launch, openFile } from './page.mjs';

const [file] = process.argv.slice(2);
const faults = [];
const check = (holds, what) => holds || faults.push(what);

// The language of the document follows the switch, and only what is said in it is seen.
async function checkLanguage(page, language) {
  const seen = await page.evaluate(() => ({
    lang: document.documentElement.lang,
    title: document.title,
    spans: [...document.querySelectorAll('span[lang], text[lang]')]
      .filter((each) => each.getClientRects().length > 0)
      .map((each) => each.getAttribute('lang')),
    heading: document.querySelector('#verdict-heading').innerText,
  }));
  check(seen.lang === language, `html lang is ${seen.lang}, not ${language}`);
  check(seen.spans.length > 50, `only ${seen.spans.length} texts are seen in ${language}`);
  check(seen.spans.every((each) => each === language), `another language than ${language} is seen`);
  check(/\p{Script=Han}/u.test(seen.title + seen.heading) === (language === 'zh'), `title: ${seen.title}`);
}

const chosen = (page) => page.locator('input[name="language"]:checked');

async function switchTo(page, language) {
  await chosen(page).focus();
  await page.keyboard.press(language === 'zh' ? 'ArrowRight' : 'ArrowLeft');
  check((await chosen(page).inputValue()) === language, `the arrow keys do not switch to ${language}`);
}

// What a figure's data say in the language shown.
const told = (figure) =>
  figure.evaluate((element) => {
    const script = element.querySelector('script');
    if (!script) return null;
    const data = JSON.parse(script.textContent);
    const zh = document.documentElement.lang === 'zh';
    const wide = element.querySelector('svg.wide').getClientRects().length > 0;
    return {
      titles: (data.readings ?? []).map((each) => (zh && each.title_zh) || each.title),
      places: data[wide ? 'wide' : 'narrow'] ?? [],
      best: data.best,
      rows: data.table ? data.table.rows.length : data.readings.length,
      columns: data.table ? data.table.columns.length : data.labels.length + 1,
    };
  });

async function checkKeys(figure, name) {
  const data = await told(figure);
  if (!data || data.titles.length === 0) return;
  const plot = figure.locator('.plot');
  const last = data.titles.length - 1;
  await plot.focus();
  const keys = [['Home', 0], ['ArrowRight', Math.min(1, last)], ['ArrowLeft', 0], ['End', last]];
  for (const [key, at] of keys) {
    await plot.press(key);
    const shown = await figure.locator('.readout b').innerText();
    check(shown === data.titles[at], `${name}: ${key} tells ${shown}, not ${data.titles[at]}`);
    const x = await figure.locator('svg:visible .crosshair').getAttribute('x1');
    check(Number(x) === data.places[at], `${name}: ${key} puts the line at ${x}, not ${data.places[at]}`);
  }
  const box = await figure.locator('svg:visible').boundingBox();
  await figure.page().mouse.move(box.x + box.width / 2, box.y + box.height / 2);
  const moved = await figure.locator('.readout b').innerText();
  check(data.titles.includes(moved), `${name}: the pointer tells ${moved}`);
}

// How many cells a line of CSV has, some of them quoted.
const cellsIn = (line) => line.replace(/"([^"]|"")*"/g, '').split(',').length;

const judges = {
  async SVG(bytes, { page, caption, name, language }) {
    const text = bytes.toString('utf8');
    const read = await page.evaluate((source) => {
      const { documentElement: root } = new DOMParser().parseFromString(source, 'image/svg+xml');
      return {
        root: root.nodeName,
        broken: root.querySelector('parsererror') !== null,
        title: root.querySelector('title')?.textContent,
        languages: [...root.querySelectorAll('[lang]')].map((each) => each.getAttribute('lang')),
        texts: root.querySelectorAll('text').length,
        classes: root.querySelectorAll('[class]').length,
        filled: [...root.querySelectorAll('rect')].map((each) => each.getAttribute('fill')),
      };
    }, text);
    check(read.root === 'svg' && !read.broken, `${name}: the SVG is not well-formed`);
    check(read.title === caption, `${name}: the SVG's title is ${read.title}, not ${caption}`);
    check(read.languages.every((each) => each === language), `${name}: the SVG is in two languages`);
    check(read.texts > 3 && read.classes === 0, `${name}: the SVG has no styles of its own`);
    check(/^rgb/.test(read.filled[0]), `${name}: the SVG has no paper`);
    check(!/var\(|url\((?!"?#)/.test(text), `${name}: the SVG needs the page`);
  },
  async PNG(bytes, { name, size }) {
    check(bytes.subarray(1, 4).toString() === 'PNG' && bytes.length > 4000, `${name}: no PNG`);
    const pixels = [bytes.readUInt32BE(16), bytes.readUInt32BE(20)];
    check(
      pixels.every((each, i) => Math.abs(each - 2 * size[i]) <= 1),
      `${name}: the PNG has ${pixels} pixels, the drawing ${size}`,
    );
  },
  async CSV(bytes, { name, data }) {
    const lines = bytes.toString('utf8').split('\r\n').slice(0, -1);
    check(lines.length === data.rows + 1, `${name}: the CSV has ${lines.length} lines, not ${data.rows + 1}`);
    check(
      lines.every((line) => cellsIn(line) === data.columns),
      `${name}: not every line of the CSV has ${data.columns} cells`,
    );
  },
};

async function checkSaving(page, figure, name, language) {
  const buttons = figure.locator('.save button');
  const said = {
    page,
    name,
    language,
    caption: (await figure.locator('figcaption').innerText()).trim(),
    data: await told(figure),
    size: await figure.locator('svg:visible').evaluate(({ viewBox: { baseVal: box } }) => [box.width, box.height]),
  };
  for (const button of await buttons.all()) {
    const kind = await button.innerText();
    const [download] = await Promise.all([page.waitForEvent('download'), button.press('Enter')]);
    check(
      download.suggestedFilename() === `halflife-${name}.${kind.toLowerCase()}`,
      `${name}: saved as ${download.suggestedFilename()}`,
    );
    await judges[kind](readFileSync(await download.path()), said);
  }
  check((await buttons.count()) === (said.data ? 3 : 2), `${name}: ${await buttons.count()} files to save`);
}

// Each button shows what its term means, within the window; Escape takes that away.
async function checkTerms(page) {
  const buttons = await page.locator('button.term:visible').all();
  // At least those of the table's head.
  check(buttons.length >= 8, `only ${buttons.length} terms explain themselves`);
  const { width, height } = page.viewportSize();
  for (const button of buttons) {
    const words = await button.innerText();
    await button.press('Enter');
    const note = page.locator(`#${await button.getAttribute('popovertarget')}`);
    const box = await note.boundingBox();
    check(box !== null, `${words}: nothing is shown`);
    if (!box) continue;
    const inside = box.x >= 0 && box.y >= 0 && box.x + box.width <= width && box.y + box.height <= height;
    check(inside, `${words}: shown outside of the window, at ${JSON.stringify(box)}`);
    check((await note.innerText()).length > 20, `${words}: not explained`);
    await page.keyboard.press('Escape');
    check(!(await note.isVisible()), `${words}: Escape does not hide it`);
  }
}

async function checkContents(page) {
  const links = await page.locator('nav a').all();
  const sections = await page.locator('main > section').all();
  check(links.length === sections.length, `${links.length} links to ${sections.length} sections`);
  for (const link of links) {
    const hash = await link.getAttribute('href');
    await link.press('Enter');
    await page.waitForFunction((id) => {
      const { top } = document.querySelector(id).getBoundingClientRect();
      const below = innerHeight + scrollY >= document.documentElement.scrollHeight - 1;
      return location.hash === id && (below || (top > -2 && top < innerHeight / 3));
    }, hash);
  }
}

async function work(browser, looks) {
  const { page, context, failures } = await openFile(browser, file, { reducedMotion: 'reduce', ...looks });
  await checkLanguage(page, 'en');
  for (const language of ['en', 'zh']) {
    if (language === 'zh') await switchTo(page, 'zh');
    await checkLanguage(page, language);
    for (const figure of await page.locator('figure').all()) {
      const name = await figure.getAttribute('data-name');
      await checkKeys(figure, name);
      await checkSaving(page, figure, name, language);
    }
    await checkTerms(page);
    await checkContents(page);
  }
  await switchTo(page, 'en');
  await checkLanguage(page, 'en');
  faults.push(...failures);
  await context.close();
}

const browser = await launch();
try {
  await work(browser, {});
  await work(browser, { viewport: { width: 390, height: 844 }, colorScheme: 'dark' });
} catch (error) {
  faults.push(error.stack);
} finally {
  await browser.close();
}
finish(faults);
