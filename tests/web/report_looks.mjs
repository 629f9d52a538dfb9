// node report_looks.mjs REPORT.html: a report in both languages, light and dark, wide and narrow, without
// scripts and on paper: what axe-core finds serious, what is cut off, what is missing.
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { finish, launch, openFile } from './page.mjs';

const [file] = process.argv.slice(2);
const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
const faults = [];
const check = (holds, what) => holds || faults.push(what);

const switchTo = (page, language) => page.locator(`label[lang="${language}"]`).click();

async function checkAccess(page, what) {
  await page.evaluate(axe);
  const { violations } = await page.evaluate(() => window.axe.run(document));
  for (const { id, impact, nodes } of violations) {
    const places = nodes.map((node) => node.target.join(' ')).slice(0, 5);
    const line = `${what}: ${impact} ${id}: ${places.join(' | ')}`;
    if (impact === 'serious' || impact === 'critical') faults.push(line);
    else console.log(line);
  }
}

// The page is as wide as the window, and what is wider lies in what scrolls.
async function checkWidth(page, what) {
  const wide = await page.evaluate(() => {
    const within = document.documentElement.clientWidth;
    const scrolls = (element) => element.closest('.scroll, pre, nav, .unseen, svg');
    return {
      page: document.documentElement.scrollWidth - within,
      cut: [...document.querySelectorAll('body *')]
        .filter((each) => !scrolls(each) && each.getBoundingClientRect().right > within + 1)
        .map((each) => `${each.tagName} ${each.className}`),
      clipped: [...document.querySelectorAll('table, pre')]
        .map((each) => each.closest('.scroll, pre'))
        .filter((each) => each.scrollWidth > each.clientWidth + 1 && getComputedStyle(each).overflowX !== 'auto')
        .map((each) => each.tagName),
    };
  });
  check(wide.page <= 0, `${what}: the page scrolls sideways by ${wide.page}`);
  check(wide.cut.length === 0, `${what}: reaches out: ${wide.cut.slice(0, 5).join(', ')}`);
  check(wide.clipped.length === 0, `${what}: clipped: ${wide.clipped.join(', ')}`);
}

async function checkLooks(browser) {
  for (const width of [320, 390, 1280, 1440]) {
    const judged = width === 390 || width === 1440;
    for (const colorScheme of judged ? ['light', 'dark'] : ['light']) {
      const { page, context, failures } = await openFile(browser, file, {
        colorScheme,
        viewport: { width, height: 900 },
        reducedMotion: 'reduce',
      });
      await page.locator('details').evaluateAll((all) => all.forEach((each) => (each.open = true)));
      for (const language of ['en', 'zh']) {
        await switchTo(page, language);
        const what = `${language} ${colorScheme} ${width}`;
        await checkWidth(page, what);
        if (judged) await checkAccess(page, what);
      }
      faults.push(...failures);
      await context.close();
    }
  }
}

// Without scripts everything is there but what saves, and the switch and the terms work.
async function checkWithoutScripts(browser) {
  const { page, context, failures } = await openFile(browser, file, { javaScriptEnabled: false });
  const figures = await page.locator('figure').all();
  check(figures.length > 0, 'no figures without scripts');
  for (const figure of figures) {
    const box = await figure.locator('svg.wide').boundingBox();
    check(box && box.width > 300 && box.height > 100, 'a figure is missing without scripts');
    check(!(await figure.locator('.save').isVisible()), 'files cannot be saved without scripts');
  }
  await switchTo(page, 'zh');
  check(/\p{Script=Han}/u.test(await page.locator('#verdict-heading').innerText()), 'the switch needs scripts');
  const term = page.locator('button.term:visible').first();
  await term.click();
  const note = page.locator(`#${await term.getAttribute('popovertarget')}`);
  check(await note.isVisible(), 'the terms need scripts');
  faults.push(...failures);
  await context.close();
}

const pagesOf = (pdf) => (pdf.toString('latin1').match(/\/Type\s*\/Page\b(?!s)/g) ?? []).length;

// On paper: the wide drawings, no controls, code and tables whole, one language.
async function checkPaper(browser, javaScriptEnabled) {
  const { page, context, failures } = await openFile(browser, file, {
    javaScriptEnabled,
    viewport: { width: 390, height: 844 },
    colorScheme: 'dark',
  });
  const pdf = await page.pdf({ format: 'A4' });
  check(pagesOf(pdf) > 1 && pdf.length > 40000, `the PDF has ${pagesOf(pdf)} pages, ${pdf.length} bytes`);
  await page.emulateMedia({ media: 'print', colorScheme: 'dark' });
  for (const figure of await page.locator('figure').all()) {
    check(await figure.locator('svg.wide').isVisible(), 'the narrow drawing is printed');
    check(!(await figure.locator('svg.narrow').isVisible()), 'both drawings are printed');
  }
  for (const control of ['.top', '.save', '.keys', '.crosshair'])
    for (const each of await page.locator(control).all()) check(!(await each.isVisible()), `${control} is printed`);
  for (const code of await page.locator('pre').all()) {
    const look = await code.evaluate((each) => [getComputedStyle(each).whiteSpace, each.scrollWidth - each.clientWidth]);
    check(look[0] === 'pre-wrap' && look[1] <= 0, `code is clipped on paper: ${look}`);
  }
  if (javaScriptEnabled) {
    const paper = await page.evaluate(() => getComputedStyle(document.body).backgroundColor);
    check(paper === 'rgb(253, 252, 249)', `the paper is ${paper}`);
  }
  check(await page.locator('#glossary dd').first().isVisible(), 'the glossary is not printed');
  faults.push(...failures);
  await context.close();
}

const browser = await launch();
try {
  await checkLooks(browser);
  await checkWithoutScripts(browser);
  await checkPaper(browser, true);
  await checkPaper(browser, false);
} catch (error) {
  faults.push(error.stack);
} finally {
  await browser.close();
}
finish(faults);
